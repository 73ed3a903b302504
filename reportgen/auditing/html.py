"""A page for people: a table of all audited files, and of each its findings, marked on pictures of its pages."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from ..core.files import save_all
from ..core.finding import Place, Severity
from ..recognise.blocks import Box
from .many import AuditedFile
from .report import AuditFinding

Translate = Callable[[str, Mapping[str, str]], str]
Locate = Callable[[Sequence[Place]], str]
"""Says the places of a finding in the language of a report."""
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}
TITLE = "审核结果"
STYLE = """
body{font:15px/1.6 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;margin:2em auto;max-width:62em;padding:0 1em}
table{border-collapse:collapse;width:100%;margin:1em 0}
th,td{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}
th{background:#eee}td.n{text-align:right}
.error,.warning,.note{margin:1em 0;border-left:6px solid #4a6572;padding-left:.7em}
.error{border-color:#b00020}.warning{border-color:#b26a00}
h2{margin-top:2em}small{color:#555}figure{position:relative;margin:1em 0;border:1px solid #bbb}
figure img{width:100%;display:block}
figure span{position:absolute;border:2px solid #b00020;background:rgba(176,0,32,.12)}
figure b{position:absolute;left:-1.9em;color:#b00020}
"""


def in_chinese(template: str, values: Mapping[str, str]) -> str:
    """Return a message as the code holds it."""
    return template.format(**values) if values else template


def places_in_chinese(where: Sequence[Place]) -> str:
    """Return the places of a finding as the code holds them."""
    return "；".join(map(str, where))


def write_report(
    files: Sequence[AuditedFile],
    path: Path,
    translate: Translate = in_chinese,
    language: str = "zh",
    locate: Locate = places_in_chinese,
) -> None:
    """Write a self-contained HTML page about ``files`` in the ``language`` (zh or en) of ``translate`` and ``locate``.

    Raises:
        OutputError: it cannot be written.
    """
    save_all(path.parent, {path.name: page(files, translate, language, locate)})


def page(
    files: Sequence[AuditedFile],
    translate: Translate = in_chinese,
    language: str = "zh",
    locate: Locate = places_in_chinese,
) -> bytes:
    """Return a self-contained HTML page about ``files``."""
    parts = [_summary(files, translate), *(_of_file(n, one, translate, locate) for n, one in enumerate(files))]
    title = escape(translate(TITLE, {}))
    tag = "zh-CN" if language == "zh" else language
    head = f'<!doctype html><html lang="{escape(tag)}"><head><meta charset="utf-8"><title>{title}</title>'
    text = f"{head}<style>{STYLE}</style></head><body><h1>{title}</h1>{''.join(parts)}</body></html>\n"
    return text.encode("utf-8", "xmlcharrefreplace")


def summary_heads(translate: Translate) -> list[str]:
    """Return the heads of the table of all files."""
    heads = [translate("文件", {}), translate("页数", {}), translate("表", {})]
    heads += [translate(word, {}) for word in SEVERITIES.values()]
    return [*heads, translate("表里核对的数", {}), translate("文字里读懂的数", {})]


def summary_values(one: AuditedFile, translate: Translate) -> list[str]:
    """Return the row of a file: its name, and as many values as there are heads; of one not audited only the reason."""
    if one.report is None:
        return [one.path.name, translate(one.error, one.values)]
    report, coverage = one.report, one.report.coverage
    counts = [len(list(report.of(severity))) for severity in SEVERITIES]
    shares = [f"{coverage.tied} / {coverage.cells}", f"{coverage.understood} / {coverage.figures}"]
    return [one.path.name, *map(str, (report.pages, len(report.tables), *counts)), *shares]


def _summary(files: Sequence[AuditedFile], translate: Translate) -> str:
    cells = "".join(f"<th scope=col>{escape(head)}</th>" for head in summary_heads(translate))
    rows = "".join(_row(n, one, translate) for n, one in enumerate(files))
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>"


def _row(number: int, one: AuditedFile, translate: Translate) -> str:
    name, *values = summary_values(one, translate)
    link = f'<td><a href="#f{number}">{escape(name)}</a></td>'
    if one.report is None:
        return f"<tr>{link}<td colspan=7>{escape(values[0])}</td></tr>"
    return f"<tr>{link}{''.join(f'<td class=n>{escape(value)}</td>' for value in values)}</tr>"


def _of_file(number: int, one: AuditedFile, translate: Translate, locate: Locate) -> str:
    if one.report is None:
        return ""
    body = "".join(_finding(n, found, translate, locate) for n, found in enumerate(one.report.findings, 1))
    pictures = "".join(_picture(one, page, translate) for page in sorted(one.pictures))
    nothing = f"<p>{escape(translate('没有发现问题。', {}))}</p>"
    said = without_picture(one, translate)
    more = f"<p>{escape(said)}</p>" if said else ""
    return f'<h2 id="f{number}">{escape(one.path.name)}</h2>{body or nothing}{pictures}{more}'


def without_picture(one: AuditedFile, translate: Translate) -> str:
    """Return a line that names the pages with findings of which there is no picture, where some have one; else ""."""
    assert one.report is not None
    pages = {box.page for _, box in marked(one.report.findings, one.report.boxes)} - one.pictures.keys()
    if not pages or not one.pictures:
        return ""
    values = {"pages": "、".join(map(str, sorted(pages)))}
    return translate("这几页也有问题，没有附图：{pages}", values)


def _finding(number: int, one: AuditFinding, translate: Translate, locate: Locate) -> str:
    finding = one.finding
    message, hint = (
        escape(translate(text, finding.values)) if text else "" for text in (finding.message, finding.hint)
    )
    places = escape(locate(finding.where))
    sure = "" if one.confidence == "certain" else escape(translate("（读法不完全有把握）", {}))
    head = f"<b>{number}　{escape(translate(SEVERITIES[finding.severity], {}))} {finding.code}</b>"
    more = "".join(f"<li>{escape(text)}" for text in consequences_of(one, translate, locate))
    more = f"<ul>{more}</ul>" if more else ""
    said = f"{head} {message}{sure}<br><small>{places}　{hint}{more}</small>"
    return f'<div class="{finding.severity.name.lower()}">{said}</div>'


def consequences_of(one: AuditFinding, translate: Translate, locate: Locate) -> Iterator[str]:
    """Yield a line for each other thing that is wrong because of a finding."""
    for finding in one.consequences:
        text = f"{finding.code} {translate(finding.message, finding.values)}"
        if cells := [Place(cell=place.cell) for place in finding.where if place.cell]:
            text = translate("{printed}（{pointer}）", {"printed": text, "pointer": locate(cells)})
        yield translate("由此：{text}", {"text": text})


def _picture(one: AuditedFile, page: int, translate: Translate) -> str:
    """Return the picture of a page with a frame around the place of each finding, numbered as they are."""
    assert one.report is not None
    size = one.report.sizes[page - 1]
    marks = "".join(
        f'<span style="left:{100 * box.left / size.width:.2f}%;top:{100 * box.top / size.height:.2f}%;'
        f"width:{100 * (box.right - box.left) / size.width:.2f}%;"
        f'height:{100 * (box.bottom - box.top) / size.height:.2f}%"><b>{number}</b></span>'
        for number, box in marked(one.report.findings, one.report.boxes)
        if box.page == page
    )
    data = base64.b64encode(one.pictures[page]).decode()
    alt = escape(translate("第 {page} 页", {"page": str(page)}))
    return f'<figure><img alt="{alt}" src="data:image/png;base64,{data}">{marks}</figure>'


def marked(findings: Sequence[AuditFinding], boxes: Mapping[str, Sequence[Box]]) -> Iterator[tuple[int, Box]]:
    """Yield the number of each finding, from 1, with each rectangle of its places."""
    for number, one in enumerate(findings, 1):
        for place in one.finding.where:
            for box in boxes.get(place.cell, ()):
                yield number, box
