"""Every hand edit of ``edits.yaml``, made in the XML and made in LibreOffice: nothing is lost, nothing invented."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from reportgen.hand_edits import Pulled, pull
from reportgen.hand_edits.normalize import text_key
from reportgen.pipeline import prepare
from reportgen.tree.nodes import Document, Heading, Paragraph, plain
from reportgen.writers.docx import write
from reportgen.writers.docx.read_edited import read_edited
from tests.hand_edits.cases import DEMO, HERE, Case, agrees, as_text, cases, generated, overrides_in
from tests.hand_edits.docx_edits import edited
from tests.office import needed, run_basic
from tests.population import in_full

ONLY_IN_THE_DATA = ("QH101", "QH103", "QH104")
"""What is edited against the data does not come back: then file and document say different things."""


def pulled(payload: bytes, folder: Path) -> tuple[Pulled, Path]:
    file, into = folder / "edited.docx", folder / "budget.json"
    file.write_bytes(payload)
    shutil.copy(DEMO, into)
    return pull(file, into), into


def codes(found: Pulled) -> list[str]:
    return sorted(finding.code for finding in found.findings)


def paragraphs(document: Document) -> list[str]:
    """What stands in the running text, without numbers before headings and items."""
    blocks = document.blocks()
    numbered = (b for b in blocks if isinstance(b, Heading | Paragraph))
    return [text_key(plain(b.runs[1:] if isinstance(b, Heading) or b.role == "item" else b.runs)) for b in numbered]


def check(case: Case, brought: dict[str, str]) -> None:
    assert brought.keys() == case.brings.keys()
    for name, wanted in case.brings.items():
        assert agrees(brought[name], wanted), (name, brought[name])


EVERY = [*cases(), *cases("edits-xml.yaml")]


@pytest.mark.campaign
@pytest.mark.parametrize("case", EVERY if in_full() else EVERY[::3], ids=lambda case: case.edit)
def test_an_edit_in_the_file_comes_back(case: Case, tmp_path: Path) -> None:
    """The overrides are the wanted ones; the next document says what the clerk wrote; to pull that changes nothing.

    Every third edit is made, and the last tried for some of them; all with ``-m campaign``.
    """
    payload = edited(generated(), case.steps)
    found, into = pulled(payload, tmp_path)
    check(case, as_text(overrides_in(into)))
    assert codes(found) == sorted(case.finds)
    assert found.clean == (not {"QH101", "QH113", "QH204"} & set(case.finds))
    prepared = prepare(into)
    if case.brings and "{" not in str(case.steps) and not any(code in ONLY_IN_THE_DATA for code in case.finds):
        wanted = "\n".join(text_key(paragraph.text) for paragraph in read_edited(payload).paragraphs())
        assert [text for text in paragraphs(prepared.document) if text not in wanted] == []
    if not in_full() and len(case.edit) % 3:
        return
    before = into.read_bytes()
    (tmp_path / "next.docx").write_bytes(write(prepared.document, prepared.layout.style))
    again = pull(tmp_path / "next.docx", into)
    assert (again.changes, again.file, into.read_bytes()) == ((), None, before)


# LibreOffice: one file with all edits, and one each for those that want a file of their own.


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files that LibreOffice saved: all.docx, and alone-N.docx by the case's number."""
    needed()
    folder = tmp_path_factory.mktemp("office")
    (folder / "source.docx").write_bytes(generated())
    together = [step for case in cases() if not case.alone for step in case.steps]
    files = {"all": together} | {f"alone-{n}": case.steps for n, case in enumerate(cases()) if case.alone}
    lines = [
        "\t".join([f"{folder}/{name}.docx", *(x for step in steps for x in step)]) for name, steps in files.items()
    ]
    (folder / "edits.txt").write_text("\n".join(lines), encoding="utf-8")
    source = (HERE / "edits.bas").read_text(encoding="utf-8")
    run_basic(source, "Main", f"{folder}/source.docx", f"{folder}/edits.txt", profile=folder / "profile")
    assert not (folder / "edits.txt.error").exists(), (folder / "edits.txt.error").read_text(encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def together(saved: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Pulled, dict[str, str]]:
    found, into = pulled((saved / "all.docx").read_bytes(), tmp_path_factory.mktemp("together"))
    return found, as_text(overrides_in(into))


@pytest.mark.parametrize("case", [case for case in cases() if not case.alone], ids=lambda case: case.edit)
def test_an_edit_in_libreoffice_comes_back(case: Case, together: tuple[Pulled, dict[str, str]]) -> None:
    check(case, {name: text for name, text in together[1].items() if name in case.brings})


def test_saving_in_libreoffice_makes_no_edits(together: tuple[Pulled, dict[str, str]]) -> None:
    ordinary = [case for case in cases() if not case.alone]
    assert together[1].keys() == {name for case in ordinary for name in case.brings}
    assert codes(together[0]) == sorted(code for case in ordinary for code in case.finds)


@pytest.mark.parametrize("n", [n for n, case in enumerate(cases()) if case.alone], ids=lambda n: cases()[n].edit)
def test_an_edit_of_its_own_in_libreoffice_comes_back(n: int, saved: Path, tmp_path: Path) -> None:
    found, into = pulled((saved / f"alone-{n}.docx").read_bytes(), tmp_path)
    check(cases()[n], as_text(overrides_in(into)))
    assert codes(found) == sorted(cases()[n].finds)
