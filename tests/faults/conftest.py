"""The figures of the fault suite, printed at its end."""

from __future__ import annotations

from collections import Counter

import pytest

_FIGURES: Counter[str] = Counter()


@pytest.fixture(scope="session")
def figures() -> Counter[str]:
    """Counts what was tried and what came of it."""
    return _FIGURES


def pytest_terminal_summary(terminalreporter) -> None:
    if _FIGURES:
        terminalreporter.section("faults")
        for name, count in sorted(_FIGURES.items()):
            terminalreporter.write_line(f"{count:6d}  {name}")
