"""The typefaces of one PDF document: measuring, codes, embedding."""
