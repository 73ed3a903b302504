"""What a web page declares of an element: its style attribute, and the rules of its classes in the page itself."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,5000})\}")
_CLASS = re.compile(r"(?:[a-z0-9]{0,10})\.([\w-]{1,80})", re.I)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_INDENT = re.compile(
    r"(?:mso-char-indent-count|padding-left|text-indent):\s*([0-9]{1,4}(?:\.[0-9]{1,4})?)(px|pt|em|rem)?(?![.%\w])",
    re.I,
)
_PER_STEP = {"px": 12.0, "pt": 9.0, "em": 1.0, "rem": 1.0, "": 1.0}
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.I)
_ALIGNED = re.compile(r"text-align:\s*(\w+)", re.I)
_LARGEST = 300_000
_MOST_STEPS = 40


class PageStyles:
    """The declarations of classes in the ``style`` elements of a page; other selectors and files are not read."""

    def __init__(self, root: Any) -> None:
        """Read the style elements below ``root``."""
        sheets = "\n".join(element.text_content() for element in root.iter("style"))[:_LARGEST]
        classes: defaultdict[str, list[str]] = defaultdict(list)
        for selectors, declarations in _RULE.findall(_COMMENT.sub(" ", sheets)):
            for selector in selectors.split(","):
                if found := _CLASS.fullmatch(selector.strip()):
                    classes[found[1]].append(declarations)
        self._classes = {name: ";".join(texts) for name, texts in classes.items()}

    def of(self, element: Any) -> str:
        """Return the declarations of an element; what its own style says comes first."""
        names = element.get("class", "").split()[:20]
        return ";".join([element.get("style", ""), *(self._classes.get(name, "") for name in names)])

    def hides(self, element: Any) -> bool:
        """Whether an element is not shown."""
        return element.get("hidden") is not None or bool(_HIDDEN.search(self.of(element)))

    def alignment(self, element: Any) -> str:
        """Return left, center, right …; the empty text if the element says nothing of it."""
        found = _ALIGNED.search(self.of(element))
        return (found[1] if found else element.get("align", "")).lower()

    def indent(self, element: Any) -> int:
        """Return by how many steps, of about one character, the text of an element is indented."""
        found = _INDENT.search(self.of(element))
        return min(round(float(found[1]) / _PER_STEP[(found[2] or "").lower()]), _MOST_STEPS) if found else 0
