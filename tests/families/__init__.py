"""The layouts of localities: each is tried with an invented sample of its own, ``data/samples/<layout>.json``."""
