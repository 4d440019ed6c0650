"""What area offices did and said in a year: selection, committees, activities, letters, money, problems, models."""
