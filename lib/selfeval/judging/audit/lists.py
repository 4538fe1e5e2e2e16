"""Totals and parts as the prose lists them: “68名，其中行政22名、参公28名…”, “3场、17场，合计20场”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, pairwise

from selfeval.knowledge import load
from selfeval.quantity import total

from .finding import Finding, Numbers, amount, finding, listed
from .material import Material
from .mention import Mention
from .precision import Comparison, at_most, compare

_REACH_BACK = 8
# No sentence lists more parts than this: what goes on without end is no list, and nothing is said of it.
_MOST_PARTS = 100


def parts_in_text(material: Material) -> Iterator[Finding]:
    """Every 其中 list against its whole, and every 合计 against what stands before it."""
    for paragraph in material.paragraphs:
        for index, mention in enumerate(paragraph):
            if _opens_list(mention):
                parts = _parts_from(paragraph, index)
                whole = _whole_before(paragraph, index, parts) if parts else None
                if whole:
                    yield from _judge(material, whole, parts)
            elif _closes_list(mention):
                parts = _parts_before(paragraph, index)
                if len(parts) > 1:
                    yield _finding(material, mention, _best_run(material, mention, parts[::-1])[::-1])


def _judge(material: Material, whole: Mention, parts: list[Mention]) -> Iterator[Finding]:
    if len(parts) > 1:
        yield _finding(material, whole, _best_run(material, whole, parts))
    elif parts and whole.dimension == parts[0].dimension and whole.sentence == parts[0].sentence:
        yield _single(material, whole, parts[0])


def _opens_list(mention: Mention) -> bool:
    return not mention.is_percent and bool(_pattern("opens").search(mention.lead))


def _closes_list(mention: Mention) -> bool:
    return not mention.is_percent and bool(_pattern("closes").fullmatch(mention.lead))


def _parts_from(paragraph: Sequence[Mention], index: int) -> list[Mention]:
    """The list that begins at `index`: quantities of its unit up to the end of the sentence, or until the mark between them changes.

    [] where it goes on too long to be a list.
    """
    first = paragraph[index]
    parts = [first]
    for place in range(index + 1, len(paragraph)):
        mention = paragraph[place]
        if mention.sentence != first.sentence or _pattern("ends").search(mention.lead):
            break
        if mention.dimension != first.dimension:
            continue
        looseness = _looseness(mention)
        if looseness is None or (len(parts) > 1 and looseness > _looseness(parts[1])):
            break
        if len(parts) == _MOST_PARTS:
            return []
        parts.append(mention)
    return parts


def _looseness(mention: Mention) -> int | None:
    """How loosely the mark in front ties a quantity to the one before: 、 and 和 0, a comma 1, a semicolon 2; None without a mark."""
    marks = load("checks")["lists"]["marks"]
    return next((rank for rank, tied in enumerate(marks) if mention.lead.lstrip().startswith(tuple(tied))), None)


def _whole_before(paragraph: Sequence[Mention], index: int, parts: Sequence[Mention]) -> Mention | None:
    """The nearest quantity of the same unit before the list; one smaller than a part is passed over for a larger one, if there is one."""
    everything = [mention for mention in paragraph[max(0, index - _REACH_BACK) : index][::-1] if mention.dimension == parts[0].dimension]
    # “支出20万元，比预算26万元减少6万元，其中…”: what it is compared with has no parts here.
    earlier = [mention for mention in everything if not _pattern("compared").search(_clause(mention))] or everything
    largest = max(part.amount for part in parts)
    nearest = next((mention for mention in earlier if mention.amount >= largest), earlier[0] if earlier else None)
    # “受理417件，办结417件。其中…”: of equal ones in a row the first is the whole.
    same = [mention for mention in earlier if nearest and mention.amount == nearest.amount and mention.sentence == nearest.sentence]
    return same[-1] if same else None


def _clause(mention: Mention) -> str:
    return re.split("[，,。；;：]", mention.lead)[-1]


def _parts_before(paragraph: Sequence[Mention], index: int) -> list[Mention]:
    """The list that ends before `index`: back to the beginning of the sentence, or to where the mark between the parts changes.

    [] where it begins too far back to be a list.
    """
    whole, parts = paragraph[index], []
    for place in range(index - 1, -1, -1):
        mention = paragraph[place]
        if mention.sentence != whole.sentence or mention.dimension != whole.dimension:
            break
        if len(parts) == _MOST_PARTS:
            return []
        parts.append(mention)
        if _looseness(mention) is None or _looseness(mention) > _looseness(parts[0]):
            break
    return parts[::-1]


def _best_run(material: Material, whole: Mention, parts: list[Mention]) -> list[Mention]:
    """Where commas part the list its end is open: as many parts, counted from the whole, as make it up; else all of them."""
    inner = parts[0] if whole.index > parts[0].index else parts[1]
    if _looseness(inner):
        for length in _lengths_near(whole, parts):
            if _compare(material, whole, parts[:length]).verdict in {"agrees", "rounding"}:
                return parts[:length]
    return parts


def _lengths_near(whole: Mention, parts: Sequence[Mention]) -> Iterator[int]:
    """How many parts may make up the whole, the most first: where the gap is wider than any rounding there is nothing to look into."""
    sums = [*accumulate(part.quantity for part in parts)]
    step = max(mention.step for mention in (whole, *parts))
    for length in range(len(parts), 1, -1):
        if abs(whole.amount - sums[length - 1].value) <= (length + 1) * step:
            yield length


def _compare(material: Material, whole: Mention, parts: Sequence[Mention]) -> Comparison:
    summed = total(part.quantity for part in parts)
    return compare(whole.quantity, summed, material.precision.tolerance([whole, *parts]))


def _finding(material: Material, whole: Mention, parts: Sequence[Mention]) -> Finding:
    comparison = _compare(material, whole, parts)
    summed = total(part.quantity for part in parts)
    numbers = Numbers.of(whole.quantity, summed, comparison, whole.unit)
    return finding(
        material,
        "list",
        _verdict(comparison, whole, parts),
        [mention.id for mention in (whole, *parts)],
        numbers,
        whole=_name(whole),
        number=len(parts),
        parts=listed(f"{_name(part)} {amount(part.amount, part.unit, part.figure.qualifier)}" for part in parts),
    )


def _verdict(comparison: Comparison, whole: Mention, parts: Sequence[Mention]) -> str:
    """A list after 其中 may leave things out, and kinds of people may overlap: only what cannot be explained so is a difference."""
    if comparison.verdict != "differs":
        return comparison.verdict
    if any(_pattern("overlaps").search(part.lead) for part in parts):
        return "not_checkable"
    if comparison.difference > 0 and not any(_pattern("rest").search(part.lead) for part in parts):
        if whole.figure.unit == "分" or (whole.index > parts[-1].index and _pattern("claims_all").search(whole.lead)):
            return "differs"
        partial = comparison.difference > Decimal(load("checks")["thresholds"]["partial_share"]) * whole.amount
        return "not_checkable" if partial or not _adjacent(parts) else "differs"
    return "differs"


def _adjacent(parts: Sequence[Mention]) -> bool:
    """No other quantity stands between the parts: a list of like things, not of examples with several numbers each."""
    return all(after.index - before.index == 1 for before, after in pairwise(parts))


def _single(material: Material, whole: Mention, part: Mention) -> Finding:
    comparison = at_most(part.quantity, whole.quantity)
    numbers = Numbers.of(part.quantity, whole.quantity, comparison, whole.unit)
    return finding(material, "part_whole", comparison.verdict, [part.id, whole.id], numbers, part=_name(part), whole=_name(whole))


def _name(mention: Mention) -> str:
    if _closes_list(mention):
        return mention.lead.strip("，,、；; ")
    return mention.figure.measure or mention.figure.text


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(load("checks")["lists"][name])
