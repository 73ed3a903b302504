"""The manifest of an output folder: its files and what they were made from (``docs/regenerating.md``).

``fingerprint`` identifies everything that files depend on, ``content_keys`` what they contain, ``record`` reads and
writes ``manifest.json``, ``freshness`` decides whether files are current and may be replaced.
"""

NAME = "manifest.json"
"""The manifest's file name, beside the outputs."""
