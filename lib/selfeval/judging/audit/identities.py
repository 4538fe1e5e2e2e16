"""Budget identities in running text: initial plus changes is adjusted, adjusted less spent is carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from selfeval.knowledge import load
from selfeval.quantity import Quantity

from .finding import Finding, Numbers, amount, finding
from .material import Material
from .mention import Mention
from .precision import compare


def identities(material: Material) -> Iterator[Finding]:
    """Every identity of knowledge/checks.toml wherever a paragraph states its result and all its terms."""
    for entry in load("checks")["identity"]:
        for paragraph in material.paragraphs:
            for index, mention in enumerate(paragraph):
                if mention.figure.kind == "money" and _says(entry["result"], mention):
                    yield from _judge(material, entry, paragraph, index)


def _judge(material: Material, entry: dict[str, Any], paragraph: Sequence[Mention], index: int) -> Iterator[Finding]:
    terms = _terms(entry, paragraph, index)
    if not terms:
        return
    result = paragraph[index]
    value = sum((sign * mention.amount for sign, mention in terms), Decimal(0))
    mentions = [result, *(mention for _, mention in terms)]
    comparison = compare(result.quantity, Quantity(value), material.precision.tolerance(mentions))
    gap = abs(result.amount - value)
    # Far apart, the terms are those of something else.
    sure = re.search(entry.get("sure", "$^"), result.lead) and not re.search(entry.get("unless", "$^"), result.lead)
    scale = max(mention.amount for mention in mentions) if sure else result.amount
    if comparison.verdict == "differs" and not _in_a_row(mentions) and gap > Decimal(load("checks")["thresholds"]["partial_share"]) * scale:
        return
    yield finding(
        material,
        "identity",
        comparison.verdict,
        [mention.id for mention in mentions],
        Numbers.compared(result.amount, value, comparison, result.unit),
        name=entry["name"],
        formula="".join(f" {'−' if sign < 0 else '+'} {amount(mention.amount, mention.unit)}" for sign, mention in terms).lstrip(" +"),
    )


def _in_a_row(mentions: Sequence[Mention]) -> bool:
    """Do result and terms follow each other in one sentence? Then they belong together, however far apart they are."""
    places = sorted(mention.index for mention in mentions)
    return len({mention.sentence for mention in mentions}) == 1 and places[-1] - places[0] < len(places)


def _terms(entry: dict[str, Any], paragraph: Sequence[Mention], index: int) -> list[tuple[int, Mention]]:
    """For each term the nearest quantity before the result that its words name, in the order of the terms; [] if one is not there."""
    found, limit = [], index
    for term in entry["terms"][::-1]:
        near = term.get("within", load("checks")["rates"]["reach"])
        places = (
            place
            for place in range(limit - 1, max(0, limit - near) - 1, -1)
            if paragraph[place].figure.kind == "money" and _says(term["words"], paragraph[place])
        )
        limit = next(places, -1)
        if limit < 0:
            return []
        chosen = paragraph[limit]
        sign = -1 if re.search(term.get("minus", "$^"), _last_clause(chosen)) else term.get("sign", 1)
        found.append((sign, chosen))
    return found[::-1]


def _says(words: str, mention: Mention) -> bool:
    return bool(re.search(words, _last_clause(mention)))


def _last_clause(mention: Mention) -> str:
    return re.split("[，。；：\n\t]", mention.lead)[-1]
