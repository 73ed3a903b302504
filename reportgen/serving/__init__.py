"""The workbench: pages in a browser for what the command line does for a department (``docs/workbench.md``).

A thin layer: every page calls the public functions, and holds no knowledge of figures, wording or files of its own.
"""
