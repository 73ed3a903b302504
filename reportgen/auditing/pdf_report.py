"""The report of audits as PDF: the content of the page (:mod:`.html`), findings marked on pictures of the pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from ..bulk.summary.labels import legible
from ..core.files import save_all
from ..core.finding import Severity
from ..layout.load import notice_style
from .html import (
    SEVERITIES,
    TITLE,
    Locate,
    Translate,
    consequences_of,
    in_chinese,
    marked,
    places_in_chinese,
    summary_heads,
    summary_values,
    without_picture,
)
from .many import AuditedFile
from .report import AuditFinding

MARGIN = 48.0
"""Points around the page."""
WIDTH, HEIGHT = A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN
NUMBER_AT = 11.0
"""Points left of a frame at which its number stands."""
BODY, HEAD, FALLBACK = "GongwenBody", "GongwenHead", "GongwenFallback"
COLOURS = {Severity.ERROR: "#b00020", Severity.WARNING: "#b26a00", Severity.NOTE: "#4a6572"}


def write_pdf_report(
    files: Sequence[AuditedFile],
    path: Path,
    translate: Translate = in_chinese,
    language: str = "zh",
    locate: Locate = places_in_chinese,
) -> None:
    """Write a PDF file about ``files`` in the ``language`` (zh or en) of ``translate`` and ``locate``.

    Raises:
        OutputError: it cannot be written.
    """
    save_all(path.parent, {path.name: pdf_report(files, translate, language, locate)})


def pdf_report(
    files: Sequence[AuditedFile],
    translate: Translate = in_chinese,
    language: str = "zh",
    locate: Locate = places_in_chinese,
) -> bytes:
    """Return a PDF file about ``files``; the same audits give the same bytes."""
    _register_fonts()
    title = translate(TITLE, {})
    made = BytesIO()
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        title=title, author="reportgen", invariant=1, initialFontName=BODY,
        lang="zh-CN" if language == "zh" else language,
    )  # fmt: skip
    parts = [_paragraph(title, HEAD, 18), Spacer(0, 8), _summary(files, translate), *_files(files, translate, locate)]
    document.build(parts)
    return made.getvalue()


def _register_fonts() -> None:
    style = notice_style()
    files = {BODY: style.faces["fangsong"].file, HEAD: style.faces["hei"].file, FALLBACK: style.fallback.file}
    for name, file in files.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(file)))


def _paragraph(text: str, font: str = BODY, size: float = 10, colour: str = "#000000") -> Paragraph:
    style = ParagraphStyle(
        font, fontName=font, fontSize=size, leading=size * 1.5, wordWrap="CJK", textColor=HexColor(colour),
        spaceAfter=size * 0.3,
    )  # fmt: skip
    return Paragraph(_with_fallback(legible(text), font), style)


def _with_fallback(text: str, font: str) -> str:
    """Return markup in which the characters that a typeface lacks are in the fallback."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    pieces = (escape(char) if ord(char) in known else f'<font name="{FALLBACK}">{escape(char)}</font>' for char in text)
    return "".join(pieces)


def _summary(files: Sequence[AuditedFile], translate: Translate) -> Table:
    heads = summary_heads(translate)
    rows = [[_paragraph(head, HEAD, 8) for head in heads]]
    commands: list[tuple[object, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, HexColor("#999999")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("FONTNAME", (0, 0), (-1, -1), BODY),
    ]
    for number, one in enumerate(files, 1):
        cells = [_paragraph(value, BODY, 8) for value in summary_values(one, translate)]
        if one.report is None:
            commands.append(("SPAN", (1, number), (-1, number)))
        rows.append([*cells, *("" for _ in heads[len(cells) :])])
    widths = [WIDTH - 7 * 44, *(44.0 for _ in range(7))]
    return Table(rows, colWidths=widths, style=TableStyle(commands), repeatRows=1)


def _files(files: Sequence[AuditedFile], translate: Translate, locate: Locate) -> Iterator[Flowable]:
    for one in files:
        report = one.report
        if report is None:
            continue
        yield Spacer(0, 10)
        yield _paragraph(one.path.name, HEAD, 13)
        for number, found in enumerate(report.findings, 1):
            yield from _finding(number, found, translate, locate)
        if not report.findings:
            yield _paragraph(translate("没有发现问题。", {}))
        if said := without_picture(one, translate):
            yield _paragraph(said)
        for page in sorted(one.pictures):
            yield PageBreak()
            yield _paragraph(f"{one.path.name}　{translate('第 {page} 页', {'page': str(page)})}", BODY, 9)
            yield MarkedPage(one, page)


def _finding(number: int, one: AuditFinding, translate: Translate, locate: Locate) -> Iterator[Flowable]:
    finding = one.finding
    message, hint = (translate(text, finding.values) if text else "" for text in (finding.message, finding.hint))
    sure = "" if one.confidence == "certain" else translate("（读法不完全有把握）", {})
    head = f"{number}　{translate(SEVERITIES[finding.severity], {})} {finding.code}　"
    yield _paragraph(f"{head}{message}{sure}", BODY, 10, COLOURS[finding.severity])
    yield _paragraph(f"{locate(finding.where)}　{hint}", BODY, 8.5, "#444444")
    for text in consequences_of(one, translate, locate):
        yield _paragraph(text, BODY, 8.5, "#444444")


class MarkedPage(Flowable):  # type: ignore[misc]
    """The picture of a page with a frame around the place of each finding, numbered as they are."""

    def __init__(self, audited: AuditedFile, page: int) -> None:
        """Fit the picture of ``page`` into what a page of the report has below its first line."""
        super().__init__()
        assert audited.report is not None
        self._report, self._page = audited.report, page
        self._picture = audited.pictures[page]
        size = audited.report.sizes[page - 1]
        self._scale = min((WIDTH - NUMBER_AT) / size.width, (HEIGHT - 30) / size.height)
        self.width, self.height = size.width * self._scale + NUMBER_AT, size.height * self._scale

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the picture, the edge of the page, and the frames."""
        canvas = self.canv
        canvas.translate(NUMBER_AT, 0)
        width = self.width - NUMBER_AT
        canvas.drawImage(ImageReader(BytesIO(self._picture)), 0, 0, width, self.height)
        canvas.setStrokeColor(HexColor("#bbbbbb"))
        canvas.rect(0, 0, width, self.height)
        severities = [one.finding.severity for one in self._report.findings]
        for number, box in marked(self._report.findings, self._report.boxes):
            if box.page == self._page:
                colour = HexColor(COLOURS[severities[number - 1]])
                canvas.setStrokeColor(colour)
                canvas.setFillColor(colour)
                left, bottom = box.left * self._scale, self.height - box.bottom * self._scale
                canvas.rect(left, bottom, (box.right - box.left) * self._scale, (box.bottom - box.top) * self._scale)
                canvas.setFont(HEAD, 8)
                canvas.drawRightString(left - 2, bottom + 1, str(number))
