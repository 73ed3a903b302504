"""The state of a document: the source of its files and the findings about it, kept outside the published folder.

The state is data from outside, as the manifest is: one that is damaged or of another form counts as missing.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from ..budget.json_input import LARGEST
from ..core.finding import Finding
from ..core.stored_data import json_object, typed
from .findings import check_findings, json_fields
from .hashes import of_bytes

SUFFIX = ".state"
"""The suffix of state files and, in the default, of the folder that holds them."""
FORM = "reportgen-state/1"


@dataclass(frozen=True, slots=True)
class State:
    """What the files of a document were made of, beyond hashes.

    ``fingerprint`` is the hash of the fingerprint for which ``findings`` hold. ``source`` is the path of the JSON, as
    seen from the output folder; ``data`` and ``last`` are the document and last year's, packed, "" for none;
    ``blocks`` are the content keys by block, whose ids may hold words of the document. ``pulled`` is the document with
    the hand edits pulled since the files were made, packed, "" for none: only with these may the files be replaced.
    """

    form: str
    fingerprint: str
    source: str
    data: str
    last: str
    findings: tuple[Finding, ...]
    blocks: Mapping[str, str]
    pulled: str = ""

    def payload(self, digest: str) -> bytes:
        """Return the JSON document with the hash ``digest``, byte for byte.

        Raises:
            ValueError: the state is of another document, or was changed.
        """
        payload = unpacked(self.data)
        if of_bytes(payload) != digest:
            raise ValueError("of another document")
        return payload

    def last_payload(self) -> bytes | None:
        """Return last year's JSON document, None if there was none.

        Raises:
            ValueError: the state was changed.
        """
        return unpacked(self.last) if self.last else None


def file_name(slug: str) -> str:
    """Return the name of the state file of the document with the file name ``slug``."""
    return f"{slug}{SUFFIX}"


def packed(payload: bytes) -> str:
    """Return a JSON document as :class:`State` has it."""
    return base64.b85encode(zlib.compress(payload, 6)).decode("ascii")


def unpacked(text: str) -> bytes:
    """Return the document that :func:`packed` was given.

    Raises:
        ValueError: it was not.
    """
    try:
        return zlib.decompressobj().decompress(base64.b85decode(text), LARGEST)
    except zlib.error as error:
        raise ValueError(str(error)) from None


def parse(payload: bytes | None) -> State | None:
    """Return the state in a state file; None if it is not valid."""
    try:
        state = typed(State, {"pulled": "", **json_object(payload)})  # version 0.3 and before: none
        check_findings(state.findings)
    except ValueError:
        return None
    return state if state.form == FORM else None


def written(state: State) -> bytes:
    """Return the state file of ``state``; equal states give equal bytes."""
    data = asdict(state, dict_factory=json_fields)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
