"""Rule sets: weights, formulas, bands and grades as data, proved to be sound before a point is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from selfeval.exceptions import KnowledgeBroken
from selfeval.knowledge import load

EXECUTION = "execution"
FORMULAS = ("ratio", "linear")
DEDUCTIONS = ("", "threshold_target_over_actual")
_BASES = ("adjusted", "initial")
_MARKING_RULES = ("over", "under", "apart", "ladder")
_LIGHTS = ("share", "unspent", "pace_red", "pace_yellow")


@dataclass(frozen=True)
class Level1:
    """A level-1 indicator: its weight, or the range its weight may lie in, and the weights of its second level where they are set."""

    id: str
    least: Decimal
    most: Decimal
    level2: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def weight(self) -> Decimal | None:
        """The weight, None where the rule set leaves a range."""
        return self.least if self.least == self.most else None


@dataclass(frozen=True)
class Band:
    """A qualitative band: the share of the weight it allows, `high` itself only where that is the whole."""

    id: str
    low: Decimal
    high: Decimal

    def holds(self, points: Decimal, weight: Decimal) -> bool:
        """Whether `points` out of `weight` lie in the band."""
        below = points <= weight if self.high == 1 else points < self.high * weight
        return self.low * weight <= points and below


@dataclass(frozen=True)
class Marking:
    """How a department rate is marked in points (see knowledge/scoring/hunan.toml)."""

    metric: str
    weight: Decimal
    rule: str
    full: Decimal
    step: Decimal
    minus: Decimal
    steps: tuple[tuple[Decimal, Decimal], ...]
    void: tuple[str, ...]
    unconfirmed: bool


@dataclass(frozen=True)
class Ruleset:
    """One rule set. Weights and points are points out of `total`; bounds of lights, bands and markings are ratios."""

    id: str
    title: str
    total: Decimal
    places: int
    level1: tuple[Level1, ...]
    bases: tuple[str, ...]
    at_most: str
    threshold: Decimal
    deduction: str
    bands: tuple[Band, ...]
    grades: tuple[tuple[Decimal, str], ...]
    lights: Mapping[str, Decimal]
    markings: tuple[Marking, ...]

    def of(self, level1: str) -> Level1 | None:
        """A level-1 indicator by id."""
        return next((level for level in self.level1 if level.id == level1), None)

    def grade(self, points: Decimal) -> str:
        """The grade of a total; a grade begins at its bound."""
        return next(name for bound, name in self.grades if points >= bound)


@cache
def read_ruleset(name: str) -> Ruleset:
    """Return the rule set knowledge/scoring/<name>.toml; what it does not say itself stands in the one it extends.

    Raises KnowledgeBroken when there is no such rule set or it contradicts itself.
    """
    data = load(f"scoring/{name}")
    base = load(f"scoring/{data['extends']}") if "extends" in data else {}
    return parse_ruleset({**base, **data}, name)


def validate_ruleset(data: Mapping[str, Any], name: str) -> None:
    """Raise KnowledgeBroken, naming the file and every fault at once, unless the rule set is sound: weights that add up on every level,
    bands and grades without gaps, and only formulas there are."""
    parse_ruleset(data, name)


def parse_ruleset(data: Mapping[str, Any], name: str) -> Ruleset:
    """The rule set of a parsed TOML file.

    Raises KnowledgeBroken, naming the file and every fault at once, when it lacks a field or contradicts itself.
    """
    where = f"scoring/{name}.toml"
    try:
        rules = _parsed(data, name)
    except KeyError as error:
        raise KnowledgeBroken(f"{where} 缺少字段 {error.args[0]}") from error
    except (InvalidOperation, TypeError, ValueError) as error:
        raise KnowledgeBroken(f"{where} 里有应为数字（加引号）而不是数字的值") from error
    faults = [*_weight_faults(rules), *_scale_faults(rules), *_choice_faults(rules)]
    if faults:
        raise KnowledgeBroken([f"{where}：{fault}" for fault in faults])
    return rules


def _parsed(data: Mapping[str, Any], name: str) -> Ruleset:
    return Ruleset(
        id=name,
        title=data["title"],
        total=Decimal(data["total"]),
        places=int(data["places"]),
        level1=tuple(_level1(entry) for entry in data["level1"]),
        bases=tuple(data["execution"]["bases"]),
        at_most=data["quantitative"]["at_most"],
        threshold=Decimal(data["over_fulfilment"]["threshold"]),
        deduction=data["over_fulfilment"]["deduction"],
        bands=tuple(Band(entry["id"], Decimal(entry["from"]), Decimal(entry["to"])) for entry in data["band"]),
        grades=tuple((Decimal(entry["from"]), entry["name"]) for entry in data["grade"]),
        lights={light: Decimal(data["lights"][light]) for light in _LIGHTS},
        markings=tuple(_marking(entry) for entry in data.get("marking", ())),
    )


def _level1(entry: Mapping[str, Any]) -> Level1:
    least, most = (entry["weight"],) * 2 if "weight" in entry else (entry["least"], entry["most"])
    level2 = {name: Decimal(weight) for name, weight in entry.get("level2", {}).items()}
    return Level1(entry["id"], Decimal(least), Decimal(most), level2)


def _marking(entry: Mapping[str, Any]) -> Marking:
    weight = Decimal(entry["weight"])
    stepped = entry["rule"] != "ladder"
    minus = Decimal(entry["minus_share"]) * weight if "minus_share" in entry else Decimal(entry["minus"] if stepped else 0)
    return Marking(
        metric=entry["metric"],
        weight=weight,
        rule=entry["rule"],
        full=Decimal(entry["full"] if stepped else 0),
        step=Decimal(entry["step"] if stepped else 0),
        minus=minus,
        steps=tuple((Decimal(step["to"]), Decimal(step["points"])) for step in (() if stepped else entry["steps"])),
        void=tuple(entry.get("void", ())),
        unconfirmed=entry.get("unconfirmed", False),
    )


def _weight_faults(rules: Ruleset) -> list[str]:
    """What does not add up: level 1 to the total, level 2 to level 1."""
    faults = []
    least, most = (sum((getattr(level, end) for level in rules.level1), Decimal(0)) for end in ("least", "most"))
    if not least <= rules.total <= most:
        execution = rules.of(EXECUTION)
        shown = f"{least:f}" if least == most else f"{least:f} 至 {most:f}"
        apart = ""
        if execution is not None:
            apart = f"（除预算执行率外 {least - execution.least:f}，应为 {rules.total - execution.least:f}）"
        faults.append(f"一级指标分值合计 {shown}，应为 {rules.total:f}{apart}")
    for level in rules.level1:
        if level.least < 0 or level.least > level.most:
            faults.append(f"一级指标 {level.id} 的分值 {level.least:f} 至 {level.most:f} 不成立")
        found = sum(level.level2.values(), Decimal(0))
        if level.level2 and not level.least <= found <= level.most:
            faults.append(f"一级指标 {level.id} 的二级指标分值合计 {found:f}，应为 {level.most:f}")
    names = [level.id for level in rules.level1]
    return faults + [f"一级指标 {name} 出现 {names.count(name)} 次" for name in dict.fromkeys(names) if names.count(name) > 1]


def _scale_faults(rules: Ruleset) -> list[str]:
    """Gaps and overlaps in bands and grades."""
    faults = []
    edges = [edge for band in rules.bands for edge in (band.high, band.low)]
    # From the whole down to nothing, each band beginning where the one before it ended.
    joined = edges[:1] == [Decimal(1)] and edges[-1:] == [Decimal(0)] and edges[1:-1:2] == edges[2::2]
    if not joined or any(band.low >= band.high for band in rules.bands):
        faults.append("定性档次应从 1 到 0 依次相接，没有空档和重叠")
    bounds = [bound for bound, _ in rules.grades]
    if bounds != sorted(set(bounds), reverse=True) or bounds[-1:] != [Decimal(0)] or bounds[0] > rules.total:
        faults.append("等级的下限应从高到低，最后一级为 0")
    return faults


def _choice_faults(rules: Ruleset) -> list[str]:
    """Formulas, columns and rules that do not exist."""
    faults = [f"执行率的分母 {basis} 不是 {'、'.join(_BASES)} 之一" for basis in rules.bases if basis not in _BASES]
    if not rules.bases:
        faults.append("没有写执行率的分母")
    if rules.at_most not in FORMULAS:
        faults.append(f"≤ 指标的公式 {rules.at_most} 不是 {'、'.join(FORMULAS)} 之一")
    if rules.deduction not in DEDUCTIONS:
        faults.append(f"超额完成的扣减公式“{rules.deduction}”不存在")
    if rules.threshold < 1:
        faults.append(f"超额完成的界限 {rules.threshold:f} 小于 1")
    for marking in rules.markings:
        if marking.rule not in _MARKING_RULES:
            faults.append(f"{marking.metric} 的计分办法 {marking.rule} 不是 {'、'.join(_MARKING_RULES)} 之一")
        elif marking.rule != "ladder" and (marking.step <= 0 or marking.minus < 0):
            faults.append(f"{marking.metric} 的计分步长应大于 0，扣分不应为负")
        elif any(points > marking.weight for _, points in marking.steps):
            faults.append(f"{marking.metric} 的分档得分超过分值")
    return faults
