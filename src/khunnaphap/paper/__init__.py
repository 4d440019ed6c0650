"""A document tree as DOCX or PDF: the only room that imports typst, PyThaiNLP's word cutter and knows Word's XML."""
