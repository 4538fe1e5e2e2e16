"""Marks of the self-evaluation: weight times fulfilment, caps, sums over groups, the execution score, and the grade at its boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from selfeval.judging.report import Finding, Material, Mention, finding, once
from selfeval.judging.slip import is_swapped, slip_between, testifies
from selfeval.knowledge import load
from selfeval.measuring.scoring import points_for, shares_of
from selfeval.quantity import quotient
from selfeval.reading.clauses import STOPS, parts_of, words_before
from selfeval.reading.figures import figure_id
from selfeval.reading.statements import Statement, is_total_mark
from selfeval.reading.structure import is_plain_rate
from selfeval.records.budget_lines.reasons import cue, names
from selfeval.records.budget_lines.wording import flatten
from selfeval.records.findings import Numbers
from selfeval.records.printed_forms import EXECUTION, part_named
from selfeval.records.stated import execution_weight
from selfeval.words import percent, quantity, rounded

from .score_rows import Marked, groups, indicators, sheets, stated_of, statements
from .statement_checks import verdicts_of_sentences
from .table_checks import put_right

_POINT = "分"
_HUNDRED = Decimal(100)
_CENT, _HALF_CENT = Decimal("0.01"), Decimal("0.005")
# So many that missed their target and come out show how a report takes off points.
_PROVING = 2
_EQUALS = ("=", "＝")
# Weights of the parts of an evaluation go by fives, scores hardly do.
_WEIGHTS_STEP = 5
# In so many characters before a total it says of what.
_LEAD = 8
# Names shorter than this are those of many rates.
_SHORTEST_NAME = 3


def indicator_scores(material: Material) -> Iterator[Finding]:
    """Every indicator's score against weight × fulfilment; where fewer is better both formulas in use are accepted.

    Where a target was missed whoever marks may take off more than the share that is missing, and a score below it cannot be checked, but
    for the one of which all others that missed theirs come out, and for one that was reckoned where others were, as that of execution is.
    """
    found: list[_Due] = []
    for row in indicators(material):
        if row.get("score").amount > row.get("weight").amount:
            yield _scored(material, "score_cap", row, row.get("weight").amount, "differs")
        else:
            found += filter(None, [_due(material, row)])
    lower = [each for each in found if each.verdict == "not_checkable"]
    come_out = [each for each in found if each.missed and each.verdict in ("agrees", "rounding")]
    # How the budget was executed is always marked so, and tells nothing of the others.
    fine = sum(_is_fine(each.row) and not _of_execution(each.row) for each in come_out)
    for each in found:
        proved = len(lower) == 1 and len(come_out) >= _PROVING
        proved = proved or (_is_fine(each.row) and (fine >= len(lower) or _of_execution(each.row)))
        verdict = "differs" if each in lower and proved and not each.told else each.verdict
        yield _scored(material, "score", each.row, each.shown, verdict, formula=each.formula)


class _Due(NamedTuple):
    """What the score of an indicator ought to be: `missed` its target, `told` that it may be another, as points were taken off."""

    row: Marked
    shown: Decimal
    verdict: str
    formula: str
    missed: bool
    told: bool


def _comparable(row: Marked) -> bool:
    target, actual = row.get("target"), row.get("actual")
    return bool(target and actual) and (target.dimension == actual.dimension or bool(target.unit and not actual.unit))


def _fewer_is_better(row: Marked) -> bool:
    rules, qualifier = load("checks")["scores"], row.get("target").figure.qualifier
    named = re.search(rules["fewer"], row.name) or rules["costs"] in row.path
    return qualifier == "at_most" or (qualifier not in {"at_least", "over"} and bool(named))


def _due(material: Material, row: Marked) -> _Due | None:
    """The score an indicator ought to have by its target and what was reached, or by the rate of what was done."""
    rules, weight, score = load("checks")["scores"], row.get("weight").amount, row.get("score")
    allowed = _allowed(row, weight)
    if not allowed:
        return None
    sentence, by = _sentence(material, score), "fulfilment" if row.get("target") and row.get("actual") else "by_rate"
    cuts = [Decimal(cut["points"]) for cut in re.finditer(rules["deduction"], sentence) if not cut["each"]]
    told = bool(re.search(rules["deducted"], sentence))
    cut = sum(cuts, Decimal(0))
    allowed = [value - cut for value in allowed]
    chosen = min(allowed, key=lambda value: abs(value - score.amount))
    shown, missed = rounded(chosen, 2), weight not in allowed
    verdict = _verdict(material, score, shown)
    if verdict == "differs" and not cuts:
        slip = slip_between(score.amount, shown)
        more_taken = score.amount < chosen and (told or (missed and not is_swapped(slip)))
        open_to_more = not slip if by == "by_rate" else more_taken
        # Full marks were given where less than a target was reached that no sign says is a least.
        unsigned = chosen < score.amount == weight and not _is_signed(row)
        if unsigned or open_to_more:
            verdict, told = "not_checkable", told or unsigned
    formula = load("checks")["words"][by].format(**{role: mention.figure.text for role, mention in row.roles.items()})
    formula += load("checks")["words"]["deducted"].format(points=quantity(cut, _POINT)) if cut else ""
    return _Due(row, shown, verdict, formula, missed, told)


def _of_execution(row: Marked) -> bool:
    return any(part_named(name) == EXECUTION for name in (row.name, *row.path))


def _is_fine(row: Marked) -> bool:
    """Whether a score is printed to the hundredth: it was reckoned, for whoever takes off points by steps takes off round ones."""
    return bool(row.get("score").amount * 10 % 1)


def _is_signed(row: Marked) -> bool:
    """Whether a sign says what kind of target it is; 目标95% may be one to reach, or to stay below."""
    target = row.get("target")
    return target is not None and (target.figure.qualifier != "exact" or target.figure.text.startswith(_EQUALS))


def _allowed(row: Marked, weight: Decimal) -> list[Decimal]:
    """The scores the rules allow: full marks where the target is met, else weight × share, where fewer is better of what was to be; []
    where no rule tells."""
    target, actual, rate = (row.get(role) for role in ("target", "actual", "rate"))
    if not (target and actual):
        return [points_for(rate.amount, weight)] if rate and rate.is_percent else []
    wanted, reached, fewer = target.amount, max(actual.amount, Decimal(0)), _fewer_is_better(row)
    if target.figure.qualifier not in {"exact", "at_least", "at_most", "over"} or not _comparable(row):
        return []
    shares = shares_of("le" if fewer else "ge", wanted, reached)
    return [quotient(share.numerator * weight, Decimal(share.denominator)) for share in shares.values()]


def _verdict(material: Material, score: Mention, due: Decimal) -> str:
    """Equal at two places agrees; a hundredth off, or what the report's own way of printing scores cuts off, is rounding."""
    step = Decimal(1).scaleb(-(_finest(material) or score.decimals))
    return Numbers.of(score.amount, due, _POINT, max(_CENT, step / 2 if score.decimals else _CENT)).verdict


@once
def _finest(material: Material) -> int:
    """How many decimals the report prints scores with: the most any indicator has."""
    return max((row.get("score").decimals for row in indicators(material)), default=0)


def _scored(material: Material, rule: str, row: Marked, value: Decimal, verdict: str, **parts: object) -> Finding:
    score = row.get("score")
    figures = [score.id, *(row.roles[role].id for role in ("target", "actual", "rate", "weight") if role in row.roles)]
    numbers = Numbers.of(score.amount, value, _POINT, _HALF_CENT)
    return finding(material, rule, verdict, figures, numbers, name=row.name, weight=row.get("weight").figure.text, **parts)


def missed_targets(material: Material) -> Iterator[Finding]:
    """Indicators of a table that fall clearly short of their target, where its column of reasons gives none, and no sentence does; where
    all others that lost points give one, any that lost some.

    That a target was missed is told by its sign, or by points that were taken off. Why money was left over is told with the money.
    """
    thresholds = load("checks")["thresholds"]
    for sheet in sheets(material):
        rows = [row for row in sheet.rows if not _of_execution(row)]
        cut = [row for row in rows if _lost_points(row)]
        alone = cut and len(cut) > _PROVING and sum(_gives_none(row) for row in cut) == 1
        for row in (row for row in rows if _gives_none(row) and _comparable(row) and _owns_up(row)):
            target, actual = row.get("target"), row.get("actual")
            gap = (actual.amount - target.amount) * (1 if _fewer_is_better(row) else -1)
            short = quotient(gap, target.amount) if target.amount > 0 else Decimal(0)
            clearly = short > Decimal(thresholds["margin"]) or (alone and row in cut and short > 0)
            if clearly and not _explained_in_prose(material, row.name):
                severity = "" if short >= Decimal(thresholds["far"]) else "low"
                numbers = Numbers.of(actual.amount, target.amount, actual.unit, None)
                shown = {"name": row.name, "target": target.figure.text, "actual": actual.figure.text, "short": percent(short)}
                quote = material.document.sentence(actual.figure.start)
                yield finding(material, "missed_target", "flag", [actual.id, target.id], numbers, severity=severity, quote=quote, **shown)


def _gives_none(row: Marked) -> bool:
    return row.reason is not None and bool(re.fullmatch(load("checks")["scores"]["no_reason"], row.reason))


def _lost_points(row: Marked) -> bool:
    weight, score = row.get("weight"), row.get("score")
    return bool(weight and score) and score.amount < weight.amount


def rates_told_again(material: Material) -> Iterator[Finding]:
    """The rate an indicator of a table came to against the one rate of its name that the sentences tell: another one is of something else,
    unless a slip of the hand makes it of that one, and that comes out of its own numbers, or has none and two digits were changed about."""
    rows = [row for sheet in sheets(material) for row in sheet.rows if _is_rate(row)]
    told = [each for each in material.spoken.statements if each.figure.kind == "percent" and each.sentence >= 0 and each.period == "year"]
    told = [each for each in told if len(each.measure) >= _SHORTEST_NAME and not material.in_table(each.figure.start)]
    verdicts = verdicts_of_sentences(material)
    for row in rows:
        actual, alike = row.get("actual"), [each for each in told if _same_name(material, row, each)]
        only = len({each.amount for each in alike}) == 1 and not any(
            _same_name(material, other, each) for other in rows if other is not row for each in alike
        )
        slip = slip_between(actual.amount, alike[0].amount) if only else ""
        proved = verdicts.get(alike[0].index, "agrees" if is_swapped(slip) else "") if only else ""
        if only and (actual.amount == alike[0].amount or (slip and proved == "agrees")):
            numbers = Numbers.of(actual.amount, alike[0].amount, actual.unit)
            said = {"what": row.name, "slip": load("checks")["tables"]["slip"].format(slip=slip) if slip else ""}
            figures = [actual.id, figure_id(alike[0].index)]
            yield finding(material, "statement_again", "differs" if slip else "agrees", figures, numbers, **said)


def _is_rate(row: Marked) -> bool:
    """Whether an indicator came to a rate; that of the budget is told of many lines."""
    actual = None if _of_execution(row) else row.get("actual")
    return bool(actual and row.get("target")) and actual.is_percent and actual.figure.qualifier == "exact"


def _same_name(material: Material, row: Marked, told: Statement) -> bool:
    """Whether a rate of a sentence is called as a row; one of anything (利用率) only where the sentence tells of that as well."""
    if not row.name.endswith(told.measure):
        return bool(row.name) and told.measure.endswith(row.name)
    rest, of_anything = row.name.removesuffix(told.measure), told.measure.endswith("率") and is_plain_rate(told.measure)
    return not (rest and of_anything) or any(word in material.document.sentence(told.figure.start) for word in map("".join, pairwise(rest)))


def _owns_up(row: Marked) -> bool:
    return _lost_points(row) if row.get("weight") and row.get("score") else _is_signed(row)


def _explained_in_prose(material: Material, name: str) -> bool:
    """Whether a sentence outside the tables names an indicator and opens a reason."""
    told = [part.words for part in parts_of(material.document.text, "。\n") if "\t" not in part.words and "|" not in part.words]
    return any(names(sentence, name) and cue().search(flatten(sentence)) for sentence in told)


# ---- the score for execution ------------------------------------------------------------------------------------------------------------


def execution_score(material: Material) -> Iterator[Finding]:
    """The score for budget execution: the body's rate, at most 100 %, times its weight; the basis the report uses is accepted."""
    rules, rates = load("checks")["scores"], _rates(material)
    weights = statements(material, "weight").get("execution", [])
    weight = weights[0].amount if weights else execution_weight(None)
    rows = [row for row in indicators(material) if _of_execution(row)]
    # What weighs other than the rate alone holds more, as how it was adjusted.
    bare = [row for row in rows if len(rows) == 1 and not row.roles.keys() & {"actual", "rate"} and _is_fine(row)]
    bare = [row.get("score") for row in bare if row.get("weight").amount == execution_weight(None) == weight]
    for score in [*statements(material, "score").get("execution", []), *bare] if rates else ():
        rate, figures = min(rates, key=lambda each: abs(min(each[0], _HUNDRED) * weight / _HUNDRED - score.amount))
        shown = points_for(rate, weight)
        verdict = _verdict(material, score, shown)
        # More than the adjusted budget can not have been spent: of a wrong amount no score follows.
        no_rate = rate > _HUNDRED and material.tree.total().amount("adjusted") is not None
        if verdict != "differs" or not (no_rate or re.search(rules["narrower"], score.lead)):
            formula = f"{quantity(rounded(rate, 2), '%')} × {quantity(weight, _POINT)}"
            numbers = Numbers.of(score.amount, shown, _POINT, _HALF_CENT)
            yield finding(material, "execution_score", verdict, [score.id, *figures], numbers, formula=formula)


def _rates(material: Material) -> list[tuple[Decimal, list[str]]]:
    """The execution rates of the whole body, from its amounts; with an adjusted budget that is the only basis."""
    total = material.tree.total()
    spent = total.amount("actual") if total else None
    if spent is None:
        return []
    bases = ["adjusted"] if total.amount("adjusted") is not None else ["target", "initial"]
    figures = {basis: [*total.figures["actual"][:1], *total.figures[basis][:1]] for basis in bases}
    # Of an amount that a table proves wrong no score follows.
    wrong = put_right(material).keys()
    known = (basis for basis in bases if total.amount(basis) and wrong.isdisjoint(figures[basis]))
    return [(quotient(spent * _HUNDRED, total.amount(basis)), figures[basis]) for basis in known]


# ---- sums -------------------------------------------------------------------------------------------------------------------------------


def score_sums(material: Material) -> Iterator[Finding]:
    """Weights and scores of every group against those listed under it; the parts against the total; all statements of a part alike."""
    marked = groups(material)
    stated = {role: statements(material, role) for role in ("weight", "score")}
    for group in marked:
        for role in ("weight", "score"):
            # A chapter that prints no marks of its own has those stated for its part of the evaluation.
            whole = group.get(role) or stated_of(group, stated[role])
            parts = [child.get(role) for child in group.children]
            if whole and len(parts) > (0 if role == "score" else 1) and all(parts):
                yield _summed(material, f"{role}_sum", group.name, whole, parts)
    yield from _repeated(material, marked, stated["score"])
    yield from _weights_of_parts(material, stated["weight"])
    yield from filter(None, (_total_of_parts(material, paragraph) for paragraph in material.paragraphs))


def _summed(material: Material, rule: str, name: str, whole: Mention, parts: Sequence[Mention]) -> Finding:
    numbers = Numbers.of(whole.amount, sum((part.amount for part in parts), Decimal(0)), _POINT, _CENT)
    gap, shown = abs(numbers.difference), "、".join(part.figure.text for part in parts)
    verdict = "agrees" if not gap else "rounding" if gap <= _CENT and rule == "score_sum" else "differs"
    ids = [whole.id, *(part.id for part in parts)]
    return finding(material, rule, verdict, ids, numbers, name=name, number=len(parts), parts=shown, quote=_sentence(material, whole))


def _repeated(material: Material, marked: Sequence[Marked], stated: dict[str, list[Mention]]) -> Iterator[Finding]:
    """The score of one part, said in several places."""
    rules = load("checks")["scores"]
    for key in (key for key in stated if key in rules["once"]):
        headed = [group.get("score") for group in marked if group.get("score") and part_named(group.name) == key]
        first, *others = _of_all([*dict.fromkeys([*stated[key], *headed])])
        for other in others:
            numbers = Numbers.of(other.amount, first.amount, _POINT)
            verdict = "differs" if numbers.difference else "agrees"
            yield finding(material, "score_twice", verdict, [other.id, first.id], numbers, name=rules["labels"][key])


def _of_all(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Those of some totals that are of all marks: 指标得分合计88分，加预算执行9分，总分97分."""
    whole = load("checks")["scores"]["whole"]
    return [mention for mention in mentions if re.search(whole, mention.lead[-_LEAD:])] or mentions


def _weights_of_parts(material: Material, stated: dict[str, list[Mention]]) -> Iterator[Finding]:
    """The weights of all parts make one hundred; without that of execution, what it leaves.

    Marks gathered from all over a report are soon not all there are: a difference that no slip explains is of others.
    """
    rules = load("checks")["scores"]
    parts = {key: stated[key][0] for key in rules["first_level"] if key in stated}
    value = sum((part.amount for part in parts.values()), Decimal(0))
    due = _HUNDRED - (Decimal(0) if "execution" in parts or value == _HUNDRED else execution_weight(None))
    explained = (
        value == due or slip_between(value, due) or any(testifies(part.amount, part.amount + due - value) for part in parts.values())
    )
    # One sentence that states the weights of all parts leaves none out; what makes up the total that is told are scores.
    totals = {mention.amount for mention in material.mentions if mention.figure.unit == _POINT}
    rounded_off = sum(not part.amount % _WEIGHTS_STEP for part in parts.values()) >= len(parts) - 1 and not value % 1
    one_sentence = "execution" in parts and len({part.sentence for part in parts.values()}) == 1
    explained = explained or (one_sentence and rounded_off and value not in totals)
    if explained and set(rules["required"]) <= parts.keys() and not _leaves_out(material, parts.values()):
        mentions = sorted(parts.values(), key=lambda mention: mention.index)
        said = {"parts": "、".join(mention.figure.text for mention in mentions), "quote": _sentence(material, mentions[0])}
        verdict, ids = "agrees" if value == due else "differs", [mention.id for mention in mentions]
        yield finding(material, "total_weight", verdict, ids, Numbers.of(value, due, _POINT), **said)


def _total_of_parts(material: Material, paragraph: Sequence[Mention]) -> Finding | None:
    """The total against the scores of all parts that a paragraph tells once each, perhaps a sentence each, and no other marks between."""
    rules = load("checks")["scores"]
    marks = [mark for mark in paragraph if mark.figure.unit == _POINT and not re.search(rules["taken_off"], mark.lead)]
    named = [(part_named(words_before(mark.lead, len(mark.lead), STOPS)), mark) for mark in marks]
    first, last = (next((at for at, (key, _) in each if key), 0) for each in (enumerate(named), reversed([*enumerate(named)])))
    parts = dict(named[first : last + 1])
    total = parts.pop("total", None)
    if not total or len(parts) != last - first or not {"execution", *rules["required"]} <= parts.keys() <= {*rules["first_level"]}:
        return None
    of_year = all(material.stated[mark.index].period == "year" for mark in (total, *parts.values()))
    return _summed(material, "score_sum", rules["labels"]["total"], total, [*parts.values()]) if of_year else None


def _leaves_out(material: Material, parts: Iterable[Mention]) -> bool:
    """Whether a sentence that states some of `parts` states weights of others as well, which are not known here."""
    known, sentences = {part.index for part in parts}, {part.sentence for part in parts}
    weights = (
        each for each in material.spoken.statements if each.aspect == "weight" and each.index not in known and not is_total_mark(each)
    )
    return any(start <= each.figure.start < end for each in weights for start, end in sentences)


def _sentence(material: Material, mention: Mention) -> str:
    return material.document.sentence(mention.figure.start)


# ---- the grade --------------------------------------------------------------------------------------------------------------------------


def grades(material: Material) -> Iterator[Finding]:
    """The stated grade against the total score, by the report's own scale where it prints one, else by the official one."""
    in_tables = (row.get("score") for sheet in sheets(material) for row in sheet.totals if row.counts_all and row.get("score"))
    totals = [*_of_all(statements(material, "score").get("total", [])), *in_tables]
    found = _stated_grade(material, totals[0]) if totals else None
    own = _own_scale(material.document.text) if found else []
    scale = own or [(Decimal(low), word) for low, word in load("checks")["grades"]["scale"]]
    expected = next((word for low, word in sorted(scale, reverse=True) if found and totals[0].amount >= low), "")
    if expected:
        verdict = "agrees" if found["grade"][0] == expected[0] else "differs"
        said = {"grade": found["grade"], "expected": expected, "quote": _with_what_follows(material, found.start("grade"))}
        said["scale"] = load("checks")["words"]["own_scale" if own else "official_scale"]
        yield finding(material, "grade", verdict, [totals[0].id], Numbers(totals[0].amount, unit=_POINT), **said)


def _with_what_follows(material: Material, offset: int) -> str:
    """The sentence at `offset` and the next of its paragraph, in which the scale stands more often than not."""
    document = material.document
    start, end = document.sentence_at(offset)
    following = document.text[end : document.line_span(document.line_at(offset))[1]]
    return document.text[start : document.sentence_at(end + 1)[1]] if following.strip() else document.sentence(offset)


def _stated_grade(material: Material, total: Mention) -> re.Match[str] | None:
    """Where the report says what grade it is; 评为优 says so only in the paragraph of the total."""
    rules, text = load("checks")["grades"], material.document.text
    named, rated = (re.compile(rules["stated"].format(leads=rules[leads])) for leads in ("leads", "leads_beside_total"))
    return named.search(text) or rated.search(text, *material.document.line_span(total.line))


def _own_scale(text: str) -> list[tuple[Decimal, str]]:
    """The lower bounds of the grades as the report prints them; [] unless it prints at least three in a row."""
    rules = load("checks")["grades"]
    best: list[tuple[Decimal, str]] = []
    printed = len(re.findall(rules["word"], text)) >= 3
    for sentence in (part.words for part in parts_of(text, "。\n")) if printed else ():
        found = []
        if len(re.findall(rules["word"], sentence)) < 3:
            continue
        for step in [*re.finditer(rules["step"], sentence), *re.finditer(rules["reversed_step"], sentence)]:
            bounds = [Decimal(number) for number in re.findall(r"\d+(?:\.\d+)?", step["bounds"])]
            below = re.search(rules["below"], step["bounds"]) and len(bounds) == 1
            if bounds:
                found.append((Decimal(0) if below else min(bounds), step["grade"]))
        best = max(best, found, key=len)
    return best if len(best) >= 3 and len({word for _, word in best}) == len(best) else []
