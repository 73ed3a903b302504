"""Pages to PDF objects (ISO 32000-1): contents, structure, navigation, metadata, the file itself."""
