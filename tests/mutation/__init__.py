"""Random faults in reportgen's own source: does some test fail for each of them?

``python -m tests.mutation --count 60 --seed 1`` makes so many mutants of ``reportgen/`` (``mutants.py``), runs for each
one the tests that reach its line (``record.py``: coverage per test, recorded once), and prints every mutant that
survived with its place and its text before and after, so that a person can judge: a mutant may mean the same.
The working tree is never touched: all runs happen in copies (``trial.py``).
"""
