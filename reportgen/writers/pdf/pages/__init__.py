"""Typeset blocks and tables placed on pages, before anything is drawn."""
