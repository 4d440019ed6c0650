"""What schools show for their answers: photos, PDFs, office files and links, each kept once a school."""
