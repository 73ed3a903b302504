"""LibreOffice as an editor: a Basic macro in a throwaway profile opens files, changes them and saves them.

Nothing more need be installed than LibreOffice itself, which brings its Basic along.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

MODULE = "Edits"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DTD = '<!DOCTYPE {root} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{file}">\n'
_NAMESPACES = 'xmlns:{prefix}="http://openoffice.org/2000/{prefix}"'


def needed() -> str:
    """The office program; without it the test is skipped."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice (soffice)")
    return office


def run_basic(source: str, sub: str, *arguments: str, profile: Path, timeout: float = 120) -> None:
    """Run ``sub`` of the Basic module ``source`` with text arguments, in a profile made in the folder ``profile``.

    Whatever the macro does not tell in a file of its own is lost: an error in it ends the program without a word.
    """
    office = needed()
    start = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=timeout)
    _library(source, profile / "user" / "basic")
    given = ",".join(f'"{argument}"' for argument in arguments)
    call = f"macro:///Standard.{MODULE}.{sub}({given})"
    subprocess.run([*start, call], check=True, capture_output=True, timeout=timeout)


def _library(source: str, folder: Path) -> None:
    """The one module put into the library Standard of a profile that has been started once."""
    standard = folder / "Standard"
    script, library = (_NAMESPACES.format(prefix=prefix) for prefix in ("script", "library"))
    (standard / f"{MODULE}.xba").write_text(
        f"{_HEAD}{_DTD.format(root='script:module', file='module.dtd')}"
        f'<script:module {script} script:name="{MODULE}" script:language="StarBasic">{escape(source)}</script:module>',
        encoding="utf-8",
    )
    (standard / "script.xlb").write_text(
        f"{_HEAD}{_DTD.format(root='library:library', file='library.dtd')}"
        f'<library:library {library} library:name="Standard" library:readonly="false"'
        f' library:passwordprotected="false"><library:element library:name="{MODULE}"/></library:library>',
        encoding="utf-8",
    )
