"""Charts of a PDF: shapes of reportlab.graphics as operators, text in the fonts of the document."""
