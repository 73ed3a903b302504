"""Planted mistakes, each said in one message that names file, line and what is wrong, with data and without."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bad_input.command import run_json
from tests.bad_input.sample import DEMO

from . import mutants

MISTAKES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))
SECONDS = 10
PYTHON = re.compile(r"reportgen\.(?!ya?ml)|object at|NoneType|has no attribute|Traceback|内部错误|<class|Error\b|jinja")
"""What a writer of layouts does not know."""


def planted(mistake: dict[str, Any], folder: Path) -> tuple[Path, str]:
    """The folder of the layout with the mistake, and the place that must be named."""
    files = mutants.base()
    text = files[mistake["file"]].decode("utf-8")
    assert text.count(mistake["old"]) >= 1, mistake["name"]
    before = text[: text.index(mistake["old"])]
    files[mistake["file"]] = text.replace(mistake["old"], mistake["new"], 1).encode("utf-8")
    if mistake["new"].startswith("extends: "):
        files[mistake["file"]] = files[mistake["file"]].replace(b"extends: gongwen\n", b"")
    first = before.count("\n") + 1
    name = mistake["file"] if mistake["file"].startswith("text/") else f"甲/{mistake['file']}"
    return mutants.write(files, folder / "甲"), f"{name}:{first + mistake.get('line', 0)}"


def said(*command: str) -> tuple[int, list[str], float]:
    """The exit code, the messages with their hints, and the seconds of processor time."""
    begun = time.process_time()
    result = run_json(*command)
    took = time.process_time() - begun
    data = json.loads(result.out)
    found = data.get("mistakes", [data])
    texts = [(one.get("message") or one.get("error"), one.get("hint")) for one in found]
    return result.exit_code, [f"{text}（{hint}）" if hint else text for text, hint in texts], took


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one["name"])
def test_a_planted_mistake_is_one_message_with_its_line(mistake: dict[str, Any], tmp_path: Path) -> None:
    folder, place = planted(mistake, tmp_path)
    commands = {"data_only": ("check", str(DEMO), "--layout"), "proof_only": ("layout", "check")}
    for only, command in commands.items():
        if any(mistake.get(other) for other in commands if other != only):
            continue
        code, messages, took = said(*command, str(folder))
        assert code == 4, messages
        assert took < SECONDS
        assert any(message.startswith(place) and mistake["says"] in message for message in messages), (place, messages)
        assert [message for message in messages if PYTHON.search(message)] == []
        if only == "data_only":
            assert len(messages) == 1


def test_there_are_enough_of_them() -> None:
    assert len(MISTAKES) > 60
    assert len({one["name"] for one in MISTAKES}) == len(MISTAKES)
