"""Charts as all formats share them: wording, size, colours, and the native chart of DOCX and XLSX with its reader."""
