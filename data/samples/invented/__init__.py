"""The parts of ``make_city.py``: an invented city's departments and their budgets. Standard library only."""
