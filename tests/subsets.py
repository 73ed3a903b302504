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
    "tests/test_empty_parts.py": "documents without figures",
    "tests/rules": "the rules by example",
    "tests/core": "money, files, cache, interrupts",
    "tests/tree": "the document",
    "tests/layout": "layouts and their errors",
    "tests/manifest/test_hashes.py": "fingerprints",
    "tests/verify/test_compare.py": "what the comparison of a file must find",
    "tests/writers/test_docx.py": "DOCX",
    "tests/writers/test_xlsx.py": "XLSX",
    "tests/writers/test_pdf_line_breaking.py": "line breaking",
    "tests/writers/test_pdf_pages.py": "pages",
    "tests/writers/test_zips.py": "bytes that do not depend on the clock",
    "tests/hand_edits/test_review.py": "overrides that must be read again",
    "tests/comparison/test_edits.py": "differences by example",
    "tests/tracing/test_trace.py": "sources of figures",
    "tests/bulk/test_inputs.py": "documents of a bulk run",
}


def is_quick(nodeid: str) -> bool:
    """Whether the test belongs to the quick subset."""
    function = nodeid.partition("[")[0]
    file = nodeid.partition("::")[0]
    return function in QUICK or file in QUICK or any(file.startswith(f"{folder}/") for folder in QUICK)
