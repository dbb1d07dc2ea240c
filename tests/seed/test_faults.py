"""The list of the seed's faults in the documentation is what derivgen's checks say; ``pytest --regold`` writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.seed.faults import FAULTS, Printed, Put, derivation_of, distance, entries, evidence, table

PAGE = Path(__file__).resolve().parents[2] / "docs" / "seed-faults.md"


def test_the_page_says_what_the_checks_say(request: pytest.FixtureRequest) -> None:
    head, _, _ = PAGE.read_text(encoding="utf-8").partition("| id |")
    text = head + "\n".join(table()) + "\n"
    if request.config.getoption("--regold"):
        PAGE.write_text(text, encoding="utf-8")
        return
    assert text == PAGE.read_text(encoding="utf-8")


def test_every_fault_that_the_corpus_notes_is_on_the_page() -> None:
    noted = {f for e in entries().values() for x in e.expected.values() if x.fault for f in re.findall(r"[ACO]\d+", x.fault)}
    assert noted <= {fault.id for fault in FAULTS}
    assert [f.id for f in FAULTS] == [f"A{k}" for k in range(1, 24)] + [f"C{k}" for k in range(1, 5)] + [
        f"O{k}" for k in range(1, 7)
    ]


@pytest.mark.parametrize("fault", [f for f in FAULTS if isinstance(f.evidence, Printed)], ids=lambda f: f.id)
def test_a_printed_value_is_not_the_answer(fault: object) -> None:
    printed = fault.evidence  # type: ignore[attr-defined]
    away = distance(derivation_of(printed.id, printed.part), printed.value)
    assert away > 0.05


@pytest.mark.parametrize("fault", [f for f in FAULTS if isinstance(f.evidence, Put)], ids=lambda f: f.id)
def test_a_printed_statement_is_refuted_or_refused(fault: object) -> None:
    told = evidence(fault)  # type: ignore[arg-type]
    assert told.startswith(("Refused: ", "False. ", "It is "))
