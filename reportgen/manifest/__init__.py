"""What stands in an output folder and what it was made from: ``manifest.json`` (``docs/regenerating.md``).

``ground`` says what outputs stand on, ``keys`` what was written, ``record`` is the file, ``standing`` asks whether
the files in a folder are still what a build would make.
"""

NAME = "manifest.json"
"""The manifest's file name, beside the outputs."""
