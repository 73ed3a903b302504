"""Every page of the workbench, in both languages, and what the HTML writer makes, is valid HTML for the Nu checker."""

from __future__ import annotations

from pathlib import Path

import reportgen
from reportgen.writers import writer
from tests import nodes, nu
from tests.serving.browsing import DEMO, client, kept, pages_of
from tests.serving.pictures import with_questions

FAULTY = b"""<!DOCTYPE html><html lang="zh-CN"><head><title>t</title></head>
<body><p id="a">1<p id="a">2<div><img src="x.png"></div></body></html>"""


def test_every_page_is_valid_and_a_fault_would_be_found(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    browser = client(folder)
    good, questioned = kept(folder), kept(folder, with_questions())
    pages = {"faulty": FAULTY, "long": writer("html").write(nodes.document(), nodes.style())}
    pages |= reportgen.render(DEMO, ("html",)).files
    for language in ("zh", "en"):
        for path in pages_of(good, questioned):
            answer = browser.get(path, headers={"accept-language": language})
            assert f'<html lang="{language}' in answer.text
            pages[f"{language} {path}"] = answer.content
    assert len(pages) > 40
    found = nu.faults(pages, tmp_path)
    faulty = found.pop("faulty")
    assert any("Duplicate ID" in one for one in faulty)
    assert any("alt" in one for one in faulty)
    assert {name: one for name, one in found.items() if one} == {}
