"""A part is no larger than its whole: pairs of facts that must stand so, trade by trade."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.knowledge import load

from .facts import Fact, nearest
from .finding import Finding, Numbers, finding
from .material import Material
from .precision import at_most


def part_of_whole(material: Material) -> Iterator[Finding]:
    """Every pair of knowledge/checks.toml in every sector that states both."""
    for pair in load("checks")["pair"]:
        for sector in material.sectors:
            parts, wholes = material.facts_of(pair["part"], sector=sector), material.facts_of(pair["whole"], sector=sector)
            if parts and (alike := [whole for whole in wholes if whole.base_unit == parts[0].base_unit]):
                yield _judge(material, parts[0], nearest(parts[0], alike))


def _judge(material: Material, part: Fact, whole: Fact) -> Finding:
    comparison = at_most(part.quantity, whole.quantity)
    numbers = Numbers.of(part.quantity, whole.quantity, comparison, part.base_unit)
    figures = [part.figure_id, whole.figure_id]
    return finding(material, "part_whole", comparison.verdict, figures, numbers, part=part.name, whole=whole.name)
