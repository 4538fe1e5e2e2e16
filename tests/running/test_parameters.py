"""Parameters that papermill injects and the notebook does not have."""

import pytest

from selfeval.exceptions import WrongUsage
from selfeval.running.parameters import require_known_parameters

DECLARED = 'unit: str = "jia"  # 单位\nyear: int = 2031  # 年度'
CHECK = "from selfeval.running.parameters import require_known_parameters\nrequire_known_parameters(In)"


@pytest.mark.parametrize("injected", [[], ['# Parameters\nyear = 2030\nunit = "yi"\n'], ["!ls", "# Parameters\nyear = 2030\n"]])
def test_parameters_that_a_cell_above_declares_pass(injected):
    require_known_parameters(["", DECLARED, *injected, CHECK])


@pytest.mark.parametrize(
    ("injected", "named"),
    [
        ("yaer = 2030\n", "yaer"),
        ("year = 2030\nyaer = 2030\nUnit = 1\n", "yaer、Unit"),
        ('x = 1\nprint("pwned")# = 1\n', "x、print"),
        ("year = 2030\nimport os\n", "import os"),
    ],
)
def test_a_parameter_that_is_misspelt_or_is_code_stops_the_notebook(injected, named):
    with pytest.raises(WrongUsage) as refused:
        require_known_parameters(["", DECLARED, f"# Parameters\n{injected}", CHECK])
    (told,) = refused.value.problems
    assert told.startswith(f"没有参数 {named}")
    assert "这份笔记本的参数是 unit、year，请改正名字后重新运行" in told
