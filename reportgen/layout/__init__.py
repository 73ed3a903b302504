"""Layouts: a locality's sections, sentences, tables and looks as YAML and templates, found by looking in a folder."""
