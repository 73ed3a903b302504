"""README in both languages, CONTRIBUTING and the index of documents: equal commands, no broken links."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from reportgen.core.finding import Severity
from reportgen.pipeline import check

ROOT = Path(__file__).parent.parent
GUIDES = ("README.md", "README.en.md", "CONTRIBUTING.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "docs/*.md", "docs/*/*.md", "layouts/*.md", "fonts/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def commands(page: str) -> list[str]:
    """The lines of all code blocks without their comments."""
    blocks = re.findall(r"^```(?:sh|python)\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)
    return [re.sub(r"\s+# .*", "", line).rstrip() for block in blocks for line in block.splitlines()]


def marked(page: str, mark: str) -> list[str]:
    """The commands of the block below ``<!-- mark -->``."""
    block = re.search(rf"^<!-- {mark} -->\n```sh\n(.*?)^```", text_of(page), re.MULTILINE | re.DOTALL)
    assert block, f"{page} holds no block {mark}"
    return block[1].splitlines()


def test_both_readmes_give_the_same_commands() -> None:
    assert len(commands("README.md")) > 15
    assert commands("README.md") == commands("README.en.md")


def test_both_readmes_list_the_same_exit_codes_and_pictures() -> None:
    for pattern in (r"^\| ([0-9]+) \|", r"!\[.*?\]\((.*?)\)", r"<!-- .* -->"):
        found = [re.findall(pattern, text_of(page), re.MULTILINE) for page in ("README.md", "README.en.md")]
        assert found[0] == found[1] != []


@pytest.mark.parametrize(("page", "count"), [("README.md", "{} 条警告"), ("README.en.md", "{} warnings")])
def test_the_readme_counts_the_warnings_of_the_sample(page: str, count: str) -> None:
    """A newcomer who sees them at the first run must not look for a fault of the installation."""
    (line,) = marked(page, "seed")
    sample = next(word for word in line.split() if word.endswith(".json"))
    codes = [finding.code for finding in check(ROOT / sample).findings if finding.severity is Severity.WARNING]
    paragraph = next(part for part in text_of(page).split("\n\n") if count.format(len(codes)) in part)
    assert Counter(codes) == {
        code: int(number or 1) for code, number in re.findall(r"[（(](GJ[0-9]+)(?:[，, ]+([0-9]+))?", paragraph)
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(page))
    broken = [link for link in links if "://" not in link and not (ROOT / page).parent.joinpath(link).exists()]
    assert broken == []


def test_the_index_lists_every_document() -> None:
    listed = {(ROOT / "docs" / link).resolve() for link in re.findall(r"\]\(([^)#]+)", text_of("docs/README.md"))}
    documents = [*ROOT.glob("docs/*.md"), *ROOT.glob("docs/analysis/*.md")]
    assert {path.name for path in documents if path.resolve() not in listed} == {"README.md"}


def test_the_set_up_is_that_of_the_readme() -> None:
    """The README's command, which CI runs, step by step."""
    (line,) = marked("README.md", "test")
    create, *install, test = line.split(" && ")
    assert marked("CONTRIBUTING.md", "set-up") == [create, *install]
    assert test in text_of("CONTRIBUTING.md")


def test_the_lint_commands_are_those_of_ci() -> None:
    ci = text_of(".ci/run").replace(" --quiet", "")
    assert [line for line in marked("CONTRIBUTING.md", "lint") if line not in ci] == []


@pytest.mark.parametrize("line", [line for line in marked("CONTRIBUTING.md", "lint") if "ruff" in line])
def test_the_lint_commands_run(line: str) -> None:
    command = [sys.executable, "-m", *line.removeprefix(".venv/bin/").split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def named(pattern: str) -> list[str]:
    """What CONTRIBUTING names in this form, each once."""
    return sorted(set(re.findall(pattern, text_of("CONTRIBUTING.md"))))


@pytest.mark.parametrize("module", named(r"python -m (tests[.\w]*)"))
def test_the_modules_that_are_run_exist(module: str) -> None:
    path = ROOT.joinpath(*module.split("."))
    assert path.with_suffix(".py").exists() or (path / "__main__.py").exists()


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:reportgen|tests|docs|data)/[\w/.-]+)`", text_of("CONTRIBUTING.md"))))
)
def test_the_paths_that_are_named_exist(path: str) -> None:
    assert (ROOT / path).exists()
