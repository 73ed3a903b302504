"""The summary of a run: the value (``model``), sums (``aggregate``), presentation (``html``, ``xlsx``), ``write``."""
