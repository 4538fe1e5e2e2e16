"""No bomb goes off: each is refused in words that name it, with less memory than any office machine has to spare."""

from __future__ import annotations

from pathlib import Path

import pytest

from bad_inputs.bombs import BOMBS
from bad_inputs.weigh_bombs import Weight, lay_out, weigh

_MEGABYTES = 300
# For all of them together: each takes less than a second, measured apart.
_SECONDS = 300


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Weight]:
    """What came of every bomb, put before one and the same process."""
    root = tmp_path_factory.mktemp("炸弹")
    folders: list[Path] = [lay_out(root / str(number), kind, make()) for number, (kind, make) in enumerate(BOMBS.values())]
    return dict(zip(BOMBS, weigh(folders, _SECONDS), strict=True))


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_unpacks(name, weights):
    weight = weights[name]
    assert weight.code == 1, weight.said
    assert weight.said.startswith("错误：report.")
    assert "请" in weight.said
    assert weight.megabytes < _MEGABYTES
