"""Typefaces: which glyph a character has, how wide it is, and the part of a face that a file needs."""
