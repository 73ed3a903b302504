"""Errors planted one at a time, kind by kind, and the findings that name their places."""
