"""The summary of a run: ``summary.json``, ``summary.xlsx`` and ``index.html``."""
