"""Find the names of other departments (AU128): above tables, and in headings and sentences about the budget."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument
from ..recognise.publishers import is_short_for
from ..recognise.table import RecognisedTable
from ..recognise.words import plain
from .report import AuditFinding

FEWEST = 3
"""So many times a department has to be named that it is known."""
MOST_AGREE = 3
"""So many times it has to be named for each other name."""
LONGEST = 60
"""Characters of a sentence that are shown."""
_NAME = re.compile(
    r"(?P<name>(?!关于|按照|根据|对|由|经|报|以|在|本|全)"
    r"[一-龥]{2,8}?[省市县区州旗盟][一-龥]{2,16}?(?:局|委员会|厅|办公室))"
)
_OWN = re.compile(
    "(?=部门|各单位|所属|本级|机关|[0-9]*年?度?(?:收入|支出|收支|预算|决算|一般公共|政府性基金|国有资本|财政拨款|“?三公"
    "|机关运行|政府采购|因公|公务|项目|绩效))"
)
"""What follows the name of the department of whose budget a sentence speaks."""
_FORMS = (
    re.compile(rf"(?:^|[^一-龥]|关于){_NAME.pattern}20[0-9]{{2}}年度?(?=[一-龥“])"),
    re.compile(rf"20[0-9]{{2}}年度?{_NAME.pattern}{_OWN.pattern}"),
    re.compile(rf"(?:^|[^一-龥]){_NAME.pattern}(?:本级|机关)(?:预算|决算)"),
)


def other_departments(read: ReadDocument, tables: Sequence[RecognisedTable]) -> Iterator[AuditFinding]:
    """Yield a warning for each name of a department that is not the document's, nor one of its units.

    The department is the one that tables, or headings and sentences, name three times as often as all others. Names of
    which one contains or abbreviates the other are of one department; a name that the document prints elsewhere, as in
    its list of units, may be that of a unit.
    """
    above = [(plain(table.publisher), table.publisher_place) for table in tables if table.publisher]
    named = [(name, one) for one in read.paragraphs() for name in _names(one.text)]
    of_tables, of_sentences = _usual([name for name, _ in above]), _usual([name for name, _ in named])
    known = [name for name in (of_tables, of_sentences) if name]
    units = {plain(row.texts["unit"].value) for table in tables for row in table.rows if "unit" in row.texts}
    for name, place in above if of_tables else ():
        if _is_other(name, known) and name not in units:
            yield _finding(name, known[0], name, place)
    often = Counter(name for name, _ in named)
    for name, paragraph in named if known else ():
        if _is_other(name, known) and name not in units and _printed(read, name) <= often[name]:
            yield _finding(name, known[0], paragraph.text[:LONGEST], paragraph.place)


def _usual(names: Sequence[str]) -> str:
    """Return the name that is the department's by far; "" if there is none."""
    ((name, often),) = Counter(names).most_common(1) or (("", 0),)
    others = sum(not is_short_for(one, name) for one in names)
    return name if often >= max(FEWEST, MOST_AGREE * others) else ""


def _is_other(name: str, known: Sequence[str]) -> bool:
    return not any(is_short_for(name, one) for one in known)


def _names(text: str) -> Iterator[str]:
    """Yield the departments of whose budget of a year a text speaks, each once."""
    yield from dict.fromkeys(match["name"] for form in _FORMS for match in form.finditer(plain(text)))


def _printed(read: ReadDocument, name: str) -> int:
    """Return how many paragraphs and cells have a name."""
    texts = [one.text for one in read.paragraphs()]
    texts += [str(cell.value) for table in read.tables() for cell in table.grid.cells.values()]
    return sum(name in plain(text) for text in texts)


def _finding(name: str, known: str, said: str, place: str) -> AuditFinding:
    message, hint = "印的是“{name}”，本文件是“{known}”的", "多半是从别的部门的文件抄来的：改正名称，金额也核对一遍"
    where = (Place(printed=f"“{said}”", cell=place),)
    return AuditFinding(
        Finding("AU128", Severity.WARNING, message, where, hint, {"name": name, "known": known}), "likely"
    )
