"""The fonts of one PDF: which face prints a character, how wide it is there, which code it has."""
