"""The fill-in workbook: which part of the document is which sheet, making the workbook, reading it back."""
