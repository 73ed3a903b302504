"""The names of the parts of a DOCX package that are put in or taken out one by one."""

from __future__ import annotations

MAIN = "word/document.xml"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
FONT_TABLE = "word/fontTable.xml"
APP = "docProps/app.xml"
