"""The examples in docstrings, which JupyterLab shows beside a call, give what they say."""

import doctest
import importlib

import pytest

import selfeval


@pytest.mark.parametrize(
    "name", ["tables", "measuring.budget.metrics", "measuring.safety", "measuring.scoring.table", "judging.slip", "reading.grid.value"]
)
def test_the_examples_give_what_they_say(name):
    result = doctest.testmod(importlib.import_module(f"{selfeval.__name__}.{name}"))
    assert result.attempted > 0
    assert result.failed == 0
