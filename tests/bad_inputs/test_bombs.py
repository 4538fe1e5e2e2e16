"""No bomb goes off: each is refused in words that name it, with less memory than any office machine has to spare."""

from __future__ import annotations

from pathlib import Path

import pytest

from bad_inputs.bombs import BOMBS
from bad_inputs.weigh_bombs import Weight, lay_out, weigh

_MEGABYTES = 300
# For all of them together: each takes less than a second, measured apart.
_SECONDS = 300


# The first of every kind of file stands for its kind in the quick half.
_FIRST = {kind: name for name, (kind, _) in reversed(BOMBS.items())}.values()


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, Weight]:
    """What came of every bomb that is asked for, put before one and the same process."""
    root = tmp_path_factory.mktemp("炸弹")
    asked = [item.callspec.params["name"] for item in request.session.items if item.path == request.path]
    folders: list[Path] = [lay_out(root / str(number), BOMBS[name][0], BOMBS[name][1]()) for number, name in enumerate(asked)]
    return dict(zip(asked, weigh(folders, _SECONDS), strict=True))


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in _FIRST else pytest.mark.slow) for name in BOMBS])
def test_a_bomb_is_refused_before_it_unpacks(name, weights):
    weight = weights[name]
    assert weight.code == 1, weight.said
    assert weight.said.startswith("错误：report.")
    assert "请" in weight.said
    assert weight.megabytes < _MEGABYTES
