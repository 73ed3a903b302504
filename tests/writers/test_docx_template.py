"""The template of a style, the copy in the layout's folder, and the package that python-docx makes of it."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA, BadZipFile, ZipFile

import docx
import pytest
from lxml import etree

from reportgen.core.errors import InputError
from reportgen.writers.docx import read_back, style_ids, template, write
from reportgen.writers.docx.read_edited import read_edited
from reportgen.writers.docx.styles import PARAGRAPH_STYLES
from tests import nodes
from tests.docx_templates import templates
from tests.writers.docx_reading import xml_parts

SHIPPED = list(templates())


def canonical(payload: bytes) -> dict[str, bytes]:
    return {name: etree.tostring(root, method="c14n") for name, root in xml_parts(payload).items()}


@pytest.mark.parametrize(("file", "payload"), SHIPPED, ids=[file.parent.name for file, _ in SHIPPED])
def test_the_template_in_the_layouts_folder_is_that_of_its_style(file: Path, payload: bytes) -> None:
    """After a change of ``style.yaml``: ``python -m tests.docx_templates``."""
    assert canonical(file.read_bytes()) == canonical(payload)


def test_every_style_can_be_seen_in_the_template() -> None:
    word = docx.Document(BytesIO(template.template_file(nodes.style())))
    shown = [(paragraph.style, paragraph.text) for paragraph in word.paragraphs]
    assert [(style and style.style_id, text.partition("（")[0]) for style, text in shown] == [
        (named.id, named.name) for named in PARAGRAPH_STYLES
    ]
    assert word.settings.odd_and_even_pages_header_footer


def test_a_document_has_the_template_of_its_own_style() -> None:
    style = nodes.style()
    faces = {role: dataclasses.replace(face, name="某体") for role, face in style.faces.items()}
    other = dataclasses.replace(style, faces=faces)
    names = []
    for each in (style, other, style):
        word = docx.Document(BytesIO(write(nodes.document(), each)))
        names.append(word.styles["公文正文"].font.name)
    assert names == [style.faces[style.text["body"].face].name, "某体", names[0]]


def test_the_template_is_made_once_for_equal_styles() -> None:
    first = template.template_parts(nodes.style(), "zh-CN")
    assert template.template_parts(nodes.style(), "zh-CN") is first
    assert template.template_parts(nodes.style(), "zh-TW") is not first


def test_python_docx_reads_pages_footers_and_properties_of_the_file() -> None:
    tree, style = nodes.document(), nodes.style()
    word = docx.Document(BytesIO(write(tree, style)))
    assert [round((section.page_width or 0) / 36_000) for section in word.sections] == [
        style.pages[section.page].width for section in tree.sections
    ]
    numbered = [style.pages[section.page].numbered for section in tree.sections]
    assert ["PAGE" in section.footer.part.blob.decode() for section in word.sections] == numbered
    assert ["PAGE" in section.even_page_footer.part.blob.decode() for section in word.sections] == numbered
    about = word.core_properties
    assert (about.title, about.author, about.subject) == (tree.title, tree.author, tree.subject)
    assert (about.last_modified_by, about.language, about.revision) == (tree.author, tree.language, 1)


def test_a_property_longer_than_python_docx_allows_is_whole() -> None:
    tree = dataclasses.replace(nodes.document(), title="长" * 300, keywords=("词" * 256,))
    payload = write(tree, nodes.style())
    assert read_back(payload).title == tree.title
    assert docx.Document(BytesIO(payload)).core_properties.keywords == tree.keywords[0]


@pytest.mark.parametrize("field", ["title", "author", "subject"])
def test_a_forbidden_character_in_a_property_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match=r"document: character U\+0001"):
        write(dataclasses.replace(nodes.document(), **{field: "甲\x01"}), nodes.style())  # type: ignore[arg-type]


def test_python_docx_is_loaded_only_to_write_or_to_read() -> None:
    code = (
        "import sys, reportgen.writers.docx, reportgen.hand_edits\n"
        "from reportgen.writers import writer; writer('docx')\n"
        "sys.exit('docx' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def rezipped(payload: bytes, method: int) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(payload)) as source, ZipFile(target, "w", method) as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
    return target.getvalue()


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_methods_that_unpack_without_a_limit_are_refused(method: int) -> None:
    payload = rezipped(write(nodes.document(), nodes.style()), method)
    with pytest.raises(BadZipFile):
        read_back(payload)
    with pytest.raises(InputError):
        read_edited(payload)


def test_a_package_of_too_many_parts_is_refused_before_python_docx_follows_them() -> None:
    target = BytesIO(write(nodes.document(), nodes.style()))
    with ZipFile(target, "a") as archive:
        for number in range(600):
            archive.writestr(f"word/x{number}.xml", "<x/>")
    with pytest.raises(BadZipFile):
        read_back(target.getvalue())


READ = ("word/document.xml", "word/styles.xml")


def test_nothing_but_the_main_part_and_the_styles_of_an_edited_file_is_read() -> None:
    target = BytesIO()
    with ZipFile(BytesIO(write(nodes.document(), nodes.style()))) as source, ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name) if name in READ else b"<!DOCTYPE x><broken")
    assert read_edited(target.getvalue()) == read_edited(write(nodes.document(), nodes.style()))


def test_the_ids_of_styles_are_those_of_the_template() -> None:
    ids = {style.style_id for style in docx.Document(BytesIO(template.template_file(nodes.style()))).styles}
    assert {style_ids.TABLE, style_ids.HIDDEN_HEADING, style_ids.ANCHOR, *(s.id for s in PARAGRAPH_STYLES)} <= ids
