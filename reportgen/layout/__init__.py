"""Layouts: a locality's sections, sentences, tables and styles as YAML and templates, each layout a folder."""
