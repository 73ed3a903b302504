"""No page speaks of commands, options and output folders."""

from __future__ import annotations

import re
from importlib.resources import files
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from reportgen.cli.language import Language
from reportgen.core.errors import UsageError
from reportgen.pipeline.acceptance import with_acceptance
from reportgen.serving.page_words import WORDS, PageWords

from .browsing import DEMO

OF_COMMANDS = re.compile(r"--[a-z]|\breportgen [a-z]|输出文件夹|再运行一次|\bpull\b")
NOT_SHOWN = re.compile(
    r"cli/"  # the command line itself
    r"|serving/server\.py"  # the start of the workbench, at a command line
    r"|auditing/(against_data|against_last|many)\.py"  # a page audits one file, with nothing beside it
    r"|bulk/(inputs|jobs|runner|store|executors/dask|summary/city_document)\.py"  # folders and tables of a command
    r"|compose/check_expressions\.py|layout/defaults\.py|pipeline/layout_copy\.py"  # layouts of one's own
    r"|intake/ledger/"  # a ledger needs its mapping
    r"|pipeline/(importing|lost_edits|output_folder|state_folder|unit_earlier|versions)\.py"  # files that are written
    r"|core/finding_codes\.py|budget/model\.py|docs/"  # lists of codes and fields
)
"""The modules whose messages about commands reach no page."""


def messages() -> dict[str, set[str]]:
    """The messages of the catalogue, each with the modules that have it."""
    with (files("reportgen") / "locale/en/LC_MESSAGES/messages.po").open("rb") as file:
        found = read_po(file)
    modules = {one.id: {where for where, _ in one.locations} - {"serving/page_words.py"} for one in found if one.id}
    return {id if isinstance(id, str) else id[0]: where for id, where in modules.items() if where}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_every_message_about_commands_that_reaches_a_page_has_the_words_of_pages() -> None:
    known = messages()
    shown = {
        message
        for message, modules in known.items()
        if OF_COMMANDS.search(message) and not all(NOT_SHOWN.match(module) for module in modules)
    }
    assert len(shown) > 30
    assert shown - WORDS.keys() == set()
    assert WORDS.keys() - known.keys() == set()


def test_the_words_of_pages_name_no_commands_and_need_no_other_values() -> None:
    for message, words in WORDS.items():
        assert not OF_COMMANDS.search(words), words
        assert fields(words) <= fields(message), words


def test_a_message_is_said_in_the_words_of_pages_in_every_language() -> None:
    with pytest.raises(UsageError) as raised:
        with_acceptance(DEMO, "GJ505", "核实属实")
    error = raised.value
    hints = {code: PageWords(Language(code), code).message(error.hint, error.values) for code in ("zh", "en")}
    assert hints["zh"] == "在“核对”里看可以接受的问题"
    assert not OF_COMMANDS.search(hints["en"])
    assert not re.search("[\u4e00-\u9fff]", hints["en"])
