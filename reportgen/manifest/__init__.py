"""What is recorded about the files of an output folder (``docs/regenerating.md``).

``fingerprint`` identifies everything that files depend on, ``content_keys`` what they contain, ``record`` reads and
writes ``manifest.json``, ``state`` what is kept outside the folder, ``freshness`` decides whether files are current and
may be replaced.
"""

NAME = "manifest.json"
"""The manifest's file name, beside the outputs."""
