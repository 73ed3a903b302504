"""Laid-out pages as PDF objects (ISO 32000-1): contents, fonts, structure, navigation, metadata, the file."""
