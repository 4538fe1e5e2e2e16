"""A run as it is where kernels cannot be forked: each is started ahead and imports for itself.

usage: python without_fork.py UNIT YEAR DATA OUTPUTS
"""

from __future__ import annotations

import sys

from selfeval.paths import locate
from selfeval.running.nursery import Spares
from selfeval.running.stages import notebooks


def main(unit: str, year: str, data: str, outputs: str) -> None:
    """As the command line does it."""
    with Spares(notebooks()) as nursery:
        from selfeval.running.runner import run  # beside the imports of the kernels

        run(locate(unit, int(year), data, outputs), nursery=nursery)


if __name__ == "__main__":
    main(*sys.argv[1:])
