"""Faults planted at random are found, every one; files as they were written give no finding."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reportgen.tree.nodes import Document
from reportgen.verify import compare
from reportgen.writers import formats, read_back, writer
from tests import nodes
from tests.population import size
from tests.writers.xlsx_reading import DOCUMENTS

from . import faults

COUNT = size(2000, 200)
KINDS = [(name, kind) for name, plants in faults.PLANTS.items() for kind in plants]


@pytest.fixture(scope="module")
def made() -> list[faults.Sample]:
    return faults.samples()


@pytest.fixture(scope="module")
def planted(made: list[faults.Sample]) -> list[faults.Planted]:
    return list(faults.plant(made, COUNT))


@pytest.mark.campaign
def test_the_faults_were_planted(planted: list[faults.Planted]) -> None:
    assert len(planted) == COUNT
    assert {(fault.format, fault.kind) for fault in planted} == set(KINDS)


@pytest.mark.campaign
@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_every_fault_is_found(planted: list[faults.Planted], name: str, kind: str) -> None:
    chosen = [fault for fault in planted if (fault.format, fault.kind) == (name, kind)]
    assert chosen
    assert [fault for fault in chosen if not fault.codes] == []


def untouched() -> Iterator[tuple[str, Document]]:
    yield "every kind of block", nodes.document()
    yield from DOCUMENTS.items()


@pytest.mark.parametrize("name", formats())
def test_the_samples_as_written_give_no_finding(made: list[faults.Sample], name: str) -> None:
    assert len(made) >= 2
    for sample in made:
        assert list(compare(sample.document, read_back(name, sample.files[name]), name)) == []


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize(("what", "document"), list(untouched()), ids=lambda x: x if isinstance(x, str) else "")
def test_unusual_documents_as_written_give_no_finding(what: str, document: Document, name: str) -> None:
    payload = writer(name).write(document, nodes.style())
    assert list(compare(document, read_back(name, payload), what)) == []
