"""Twenty kills at random moments; two hundred in a campaign."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reportgen.core import files
from reportgen.core.files import save_all
from tests.population import size

from .crash import HalfWritten, Trial, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")


@pytest.mark.campaign
def test_killed_at_random_moments_no_file_is_half() -> None:
    kills = size(200, 6)
    seen = run(kills)
    assert sum(seen.values()) >= kills
    assert any("leftovers" in state for state in seen), seen


def test_a_half_written_file_is_detected(tmp_path: Path) -> None:
    """The trial itself, on what a writer that writes in place would leave."""
    trial = Trial(tmp_path, seed=1)
    victim = next(trial.out.iterdir())
    victim.write_bytes(victim.read_bytes()[:-1])
    with pytest.raises(HalfWritten):
        trial.kill("甲", aimed=False)


@pytest.mark.parametrize("at", range(1, 7))
def test_killed_between_any_two_steps_each_file_is_whole(at: int, tmp_path: Path) -> None:
    """The same by counting: a child dies, without any cleaning up, at the step number ``at`` of keeping and moving."""
    old, new = ({f"{n}.pdf": f"{version} {n}".encode() for n in range(3)} for version in ("old", "new"))
    save_all(tmp_path, old)
    child = os.fork()
    if child == 0:
        steps = iter(range(1, 100))

        def dying(real):  # type: ignore[no-untyped-def]
            return lambda *args, **more: os._exit(9) if next(steps) == at else real(*args, **more)

        files.os.link, files.os.replace = dying(os.link), dying(os.replace)
        save_all(tmp_path, new)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    found = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".pdf"}
    assert [found[name] == new[name] for name in old] == [n < at - 4 for n in range(3)]
    assert all(found[name] in (old[name], new[name]) for name in old)
    assert len(list(tmp_path.iterdir())) > 3
    save_all(tmp_path, new)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == new
