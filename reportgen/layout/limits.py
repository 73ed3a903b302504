"""How large the files of a layout may be, and how much work its templates: no layout runs or grows without bound."""

from __future__ import annotations

YAML_BYTES = 1_000_000
"""Of one YAML file."""
YAML_NODES = 100_000
"""Of one YAML file, with every alias counted as what it stands for: a few lines can stand for terabytes."""
YAML_LEVELS = 50
"""Of lists and mappings within each other."""
TEXT = 2000
"""Characters of a text in YAML."""
TEMPLATE_BYTES = 100_000
"""Of one template; the longest shipped one has 5,000."""
WORK, WORK_PER_RECORD = 50_000, 500
"""Steps and characters that the templates of one document may take: some, and more for each record of its facts.

The samples take 7,000 of more than 180,000."""
SMALL_NUMBER = 1_000_000
"""What a template may compute with is smaller."""
NAME_SHOWN, REASON_SHOWN = 60, 200
"""Characters of a name and of a reason that a message prints."""
HEADING_LEVELS = 4
"""Of headings."""
CHINESE_NUMBER = 9999
"""The largest number that is written in Chinese."""
MARKS = "\ue000", "\ue001"
"""The two private-use characters around the number of a figure in a rendered text; no layout may have them."""
MOST_SERIES, MOST_CATEGORIES, MOST_BARS = 6, 20, 24
"""Of a chart that can still be read, and that fits a page."""
