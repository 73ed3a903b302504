"""The quick subset: which tests ``pytest -m quick`` runs, and why these.

A file or folder stands for all its tests, ``file::function`` for one function. The aim: under a minute on two cores,
every package reached, and what most changes break (contract, figures, wording, rules, layers, files of the sample).
"""

from __future__ import annotations

from collections.abc import Mapping

QUICK: Mapping[str, str] = {
    "reportgen": "the examples in docstrings",
    "tests/test_layers.py": "imports and circles",
    "tests/test_vocabulary.py": "words",
    "tests/test_guides.py::test_both_readmes_give_the_same_commands": "guides",
    "tests/test_guides.py::test_every_link_leads_to_a_file": "guides",
    "tests/test_generated.py": "pages that follow from the code",
    "tests/test_seed.py": "the published document: every figure, sentence and cell",
    "tests/test_commands_by_stage.py::test_the_table_lists_every_command_that_takes_a_document": "stages",
    "tests/test_empty_parts.py": "documents without figures",
    "tests/rules": "the rules by example",
    "tests/core": "money, files, cache, interrupts",
    "tests/tree": "the document",
    "tests/layout/test_adding_up.py": "amounts that add up as printed",
    "tests/layout/test_charts.py": "charts of a layout",
    "tests/layout/test_folder.py": "the folder of a layout",
    "tests/layout/test_left_out.py": "headings without content",
    "tests/layout/test_outline_words.py": "words of a layout",
    "tests/layout/test_printing_places.py": "how numbers are printed where",
    "tests/layout/test_tables_of_records.py": "tables of records",
    "tests/manifest/test_hashes.py": "fingerprints",
    "tests/verify/test_compare.py": "what the comparison of a file must find",
    "tests/writers/test_docx.py": "DOCX",
    "tests/writers/test_xlsx.py": "XLSX",
    "tests/writers/test_pdf_line_breaking.py": "line breaking",
    "tests/writers/test_pdf_pages.py": "pages",
    "tests/writers/test_zips.py": "bytes that do not depend on the clock",
    "tests/hand_edits/test_review.py": "overrides that must be read again",
    "tests/comparison/test_locations.py": "places of differences",
    "tests/tracing/test_trace.py": "sources of figures",
    "tests/bulk/test_inputs.py": "documents of a bulk run",
}


def is_quick(nodeid: str) -> bool:
    """Whether the test belongs to the quick subset."""
    function = nodeid.partition("[")[0]
    file = nodeid.partition("::")[0]
    return function in QUICK or file in QUICK or any(file.startswith(f"{folder}/") for folder in QUICK)


def has_quick(file: str) -> bool:
    """Whether a file has tests of the quick subset."""
    return is_quick(file) or any(name.partition("::")[0] == file for name in QUICK)
