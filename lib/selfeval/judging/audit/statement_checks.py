"""What the sentences of a report owe one another, told as findings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from decimal import ROUND_HALF_UP, Decimal

from selfeval.judging.budget_sums import wrong_sums
from selfeval.judging.relations.edges import Relation, Steps, relations_of_edges, relations_of_ranking, relations_of_sums, unit_of
from selfeval.judging.report import Finding, Material, finding, once, sector_name
from selfeval.judging.slip import OTHER_UNIT, slip_between, testifies
from selfeval.judging.verdicts import AGREES, DIFFERS, ROUNDING, SUSPECT, TURNED, Judged, judge
from selfeval.knowledge import load
from selfeval.reading.figures import figure_id
from selfeval.reading.statements import PLANS, Statement
from selfeval.reading.structure import compared, contrary_reasons, edges_of, from_to, held_against, lasting, likely_edges, likely_sums
from selfeval.reading.structure.compared import LESS, MORE
from selfeval.reading.structure.edge import (
    AGAIN,
    AVERAGE,
    BOUND,
    CHANGE,
    CHANGE_RATE,
    DAILY,
    FLOW,
    IMPLIED,
    MONTHLY,
    PARALLEL,
    QUOTIENT,
    SUM,
)
from selfeval.records.findings import Numbers
from selfeval.words import quantity

from .table_checks import put_right

# Of two numbers and their rate the one to blame is the one that a slip explains which hardly comes about by chance.
_RATES = frozenset({QUOTIENT, AVERAGE, CHANGE_RATE})
_OF_SOMETHING = frozenset({CHANGE, CHANGE_RATE, IMPLIED, AVERAGE, DAILY, MONTHLY})
# States in which what was found or received has been dealt with, or waits for it.
_SETTLED = frozenset({"rectified", "under_way", "open", "closed"})
_TOLD = frozenset({AGREES, ROUNDING, DIFFERS, SUSPECT})
_MOST_PARTS = 12
# 100% that ought to be 99.05% is not told to be 99%.
_ALL, _SHOWN = 100, 2


def statements_hold(material: Material) -> Iterator[Finding]:
    """Sums, rates, shares, changes, averages and conversions of prose, recomputed of the figures they name."""
    for judged in _judged(material):
        if judged.verdict in _TOLD and not (judged.verdict == DIFFERS and _lacks_in_time(judged.relation)):
            yield _told(material, judged)
        elif judged.verdict == TURNED:
            yield _turned(material, judged.relation)


@once
def _judged(material: Material) -> list[Judged]:
    statements = material.spoken.statements
    ranking = relations_of_ranking(likely_edges(material.spoken), statements, Steps(statements))
    sums = relations_of_sums(likely_sums(material.spoken), statements)
    found = judge(relations_of_edges(edges_of(material.spoken), statements), statements, ranking, sums)
    known = put_right(material)
    for judged in found:
        if judged.verdict == DIFFERS:
            known[figure_id(judged.blamed.index)] = judged.wanted / unit_of(judged.blamed)
    return [*found, *(wrong_sums(material.tree, statements, known) if material.has_one_scope else ())]


def verdicts_of_sentences(material: Material) -> dict[int, str]:
    """How the figures of sentences that come out of others were judged, by their index."""
    return {judged.relation.claim.index: judged.verdict for judged in _judged(material)}


def durations(material: Material) -> Iterator[Finding]:
    """Months and days against the two dates they lie between."""
    statements = material.spoken.statements
    for place, dates, possible in lasting(material.document.text, material.figures, statements, material.year):
        claim = statements[place]
        stated = int(claim.figure.value)
        numbers = Numbers.of(stated, _meant(stated, possible), claim.figure.unit)
        known = [named for date in dates for named in material.figures_between(date, date + 1)]
        figures, shown = [*_ids(claim), *(identity for identity, _ in known)], " 至 ".join(figure.text for _, figure in known)
        yield finding(material, "duration", numbers.verdict, figures, numbers, dates=shown)


def _meant(stated: int, possible: Collection[int]) -> int:
    """Of the lengths of time two dates may tell the stated one, else one that a slip explains, else that with both days counted."""
    slipped = (days for days in sorted(possible) if slip_between(Decimal(stated), Decimal(days)))
    return stated if stated in possible else next(slipped, max(possible))


def comparisons(material: Material) -> Iterator[Finding]:
    """Words that compare two figures against the figures, and reasons that point the other way than the change they are given for."""
    statements = material.spoken.statements
    for comparison in (*compared(material.document.text, statements), *held_against(statements)):
        now, base = statements[comparison.now], statements[comparison.base]
        # That something became more than it was says nothing of by how much.
        by_how_much = comparison.said not in (MORE, LESS) or base.period != "prior"
        numbers = Numbers.of(now.amount, base.amount, now.unit) if by_how_much else Numbers(now.amount, unit=now.unit)
        verdict = "agrees" if comparison.holds(statements) else "differs"
        quote = material.document.text[material.document.sentence_at(base.figure.start)[0] : comparison.start + len(comparison.words)]
        told = {"label": name_of(now), "other": quantity(base.amount, base.unit), "said": comparison.words}
        yield finding(material, "compared", verdict, _ids(now, base), numbers, quote=quote, **told)
    for place, before in from_to(statements):
        now, base = statements[place], statements[before]
        told = {"label": name_of(now), "this": now.figure.text, "last": base.figure.text, "said": now.because["aspect"]}
        yield finding(material, "level_turned", "differs", _ids(now, base), Numbers(now.figure.value, unit=now.figure.unit), **told)
    for place, start, reason in contrary_reasons(material.document.text, statements):
        change = statements[place]
        told = {"label": name_of(change), "said": f"{change.because.get('aspect', '')}{change.figure.text}", "reason": reason}
        yield finding(material, "contrary_reason", "flag", _ids(change), at=start, **told)


def items_twice(material: Material) -> Iterator[Finding]:
    """Items of one list of money that name the same line with two amounts: one of them is too many, or is called by a wrong name."""
    for each in material.spoken.lists:
        seen: dict[tuple[object, ...], Statement] = {}
        for part in (material.stated[index] for index in each.parts if index in material.stated):
            key = (part.subject, part.measure, part.aspect, part.period, part.scope)
            before = seen.setdefault(key, part)
            own = part.figure.kind == "money" and {part.named, before.named} == {"own"} and bool(part.subject)
            if own and part.sentence == before.sentence and part.amount != before.amount:
                told = {"item": name_of(part), "one": before.figure.text, "other": part.figure.text}
                yield finding(material, "item_twice", "flag", _ids(part, before), **told)


def _ids(*statements: Statement) -> list[str]:
    return [figure_id(each.index) for each in statements]


def _told(material: Material, judged: Judged) -> Finding:
    relation = judged.relation
    claim, kind, figures = relation.claim, relation.edge.kind, _ids(relation.claim, *relation.operands)
    if (whole := _exceeded(judged)) is not None:
        return _of_root(material, judged, whole)
    slipped = judged.slip and testifies(judged.blamed.figure.value, judged.wanted / unit_of(judged.blamed))
    # A part that stands elsewhere than its sum is told where it stands, but for what the total of the body is made up of.
    line = material.line_of.get(figures[0])
    of_total = line is not None and line is material.tree.total()
    apart = kind == SUM and judged.blamed.sentence != claim.sentence and not of_total
    of_part = (slipped and (kind in _RATES or apart)) or (judged.slip == OTHER_UNIT and kind in _RATES)
    if judged.blamed is not claim and (judged.others or of_part):
        return _of_root(material, judged)
    if kind in (SUM, BOUND):
        return _of_list(material, judged, figures)
    if kind == AGAIN:
        return _of_repeat(material, judged)
    # As printed: 户均3200元 is not told in 万元.
    stated, unit = claim.figure.value, claim.figure.unit
    all_of = claim.figure.kind == "percent" and stated == _ALL
    # A year has as many days as make the slip: 365 or 366.
    comes_to = judged.wanted if kind == DAILY and judged.blamed is claim else relation.expected
    shown = stated if judged.verdict == AGREES else _printed(comes_to, claim, _SHOWN if all_of else 0)
    numbers = Numbers.of(stated, shown, unit, relation.tolerance / unit_of(claim))
    rule, verdict = ("rate_on_time", "not_checkable") if _lacks_in_time(relation) else ("statement", judged.verdict)
    told = {"label": _label(relation), "formula": _formula(relation), "slip": _slip(judged)}
    told["gap"] = quantity(abs(stated - shown), load("checks")["words"]["points"] if claim.figure.kind == "percent" else unit)
    return finding(material, rule, verdict, figures, numbers, **told)


def _lacks_in_time(relation: Relation) -> bool:
    """Whether a rate is of what was done in time, and what it comes out of only of what was done at all."""
    in_time = re.compile(load("checks")["rates"]["on_time"])
    claim, done = relation.claim, relation.operands[0]
    said = in_time.search(f"{claim.words}{claim.measure}") and not in_time.search(f"{done.words}{done.measure}")
    return relation.edge.kind == QUOTIENT and bool(said)


def _of_list(material: Material, judged: Judged, figures: list[str]) -> Finding:
    relation, claim, line = judged.relation, judged.relation.claim, _line_named(material, figures[0])
    parts = [f"{name_of(part, within=claim)} {part.figure.text}" for part in relation.operands]
    # As printed: 18,482,300.00元 is not told in 万元.
    one = unit_of(claim)
    shown = relation.expected if one == 1 else _printed(relation.expected, claim)
    numbers = Numbers.of(claim.figure.value, shown, claim.figure.unit, relation.tolerance / one)
    told = {"whole": line or _with_trade(material, figures[0], name_of(claim)), "number": len(parts), "slip": _slip(judged)}
    told["parts"] = "、".join(parts[:_MOST_PARTS]) + ("等" if len(parts) > _MOST_PARTS else "")
    severity = "high" if judged.verdict == DIFFERS and line else ""
    return finding(material, _rule_of_list(relation), judged.verdict, figures, numbers, severity=severity, **told)


def _rule_of_list(relation: Relation) -> str:
    """What became of things is told in other words than what they are made up of."""
    if relation.edge.kind == BOUND:
        return "statement_parts"
    settled = {part.state for part in relation.operands} & _SETTLED
    return "statement_states" if settled and relation.claim.state not in _SETTLED else "statement_list"


def _line_named(material: Material, figure: str) -> str:
    """The line of the budget a figure is of, with the column where it is not what was spent; '' for none."""
    line = material.line_of.get(figure)
    column = next((name for name, figures in line.figures.items() if figure in figures), "actual") if line else "actual"
    return f"{line.item}{'' if column == 'actual' else load('checks')['columns'][column]}" if line else ""


def _with_trade(material: Material, figure: str, name: str) -> str:
    """A name with the trade in front that its figure is told of: a report tells of the hazards of several."""
    sector = next((sector_name(fact.sector) for fact in material.facts if fact.figure_id == figure), "")
    return name if sector in name else f"{sector}{name}"


def _turned(material: Material, relation: Relation) -> Finding:
    claim, (now, before) = relation.claim, relation.operands
    # The size comes out, only the word is wrong: no number is too large or too small.
    numbers = Numbers(claim.figure.value, unit=claim.figure.unit)
    told = {"label": name_of(now), "this": quantity(now.amount, now.unit), "last": quantity(before.amount, before.unit)}
    told |= {"said": f"{claim.because.get('aspect', '')}{claim.figure.text}", "gap": quantity(abs(now.amount - before.amount), now.unit)}
    told["direction"] = load("checks")["words"]["more" if now.amount > before.amount else "less"]
    return finding(material, "statement_turned", "differs", _ids(claim, now, before), numbers, **told)


def _of_root(material: Material, judged: Judged, whole: Statement | None = None) -> Finding:
    """One number that is to blame, told at its own place: with the `whole` it exceeds, or the claims it does not fit."""
    blamed, claims = judged.blamed, [relation.claim for relation in (judged.relation, *judged.others)]
    figures = _ids(blamed, *([] if whole is None else [whole]), *claims)
    due = _printed(judged.wanted if whole is None else whole.amount, blamed)
    name = blamed.words if whole is not None and name_of(blamed) == name_of(whole) else name_of(blamed)
    told = {"what": _line_named(material, figures[0]) or name, "number": len(claims), "slip": _slip(judged)}
    told["claims"] = "、".join(f"{name_of(claim)}{claim.because.get('aspect', '')} {claim.figure.text}" for claim in claims)
    told["whole"] = "" if whole is None else name_of(whole)
    rule = "statement_exceeds" if whole is not None else "statement_root" if judged.others else "statement_operand"
    return finding(material, rule, "differs", figures, Numbers.of(blamed.figure.value, due, blamed.figure.unit), **told)


def _exceeded(judged: Judged) -> Statement | None:
    """The whole that a number to blame exceeds of which it is a part, None for none: 收到线索64件，办结67件，办结率95.3%."""
    (first, *rest), claim, blamed = judged.relation.operands, judged.relation.claim, judged.blamed
    of_rate = judged.relation.edge.kind == QUOTIENT and blamed is first and claim.amount <= _ALL and rest[0].aspect not in PLANS
    of_list = judged.relation.edge.kind in (SUM, BOUND) and blamed is not claim
    whole = rest[0] if of_rate else claim if of_list else None
    return whole if judged.verdict == DIFFERS and whole is not None and whole.amount < blamed.amount else None


def _of_repeat(material: Material, judged: Judged) -> Finding:
    # It is told where the number stands that is to blame.
    told, other = judged.relation.claim, judged.relation.operands[0]
    told, other = (other, told) if judged.blamed is other else (told, other)
    numbers = Numbers.of(told.amount, other.amount, told.unit, judged.relation.tolerance)
    said = {"what": name_of(told), "slip": _slip(judged)}
    if told.figure.unit != other.figure.unit:
        # As printed: who looks for 88,524,159.72元 does not find it as 8852.415972万元.
        said |= {"stated": told.figure.text, "recomputed": other.figure.text}
    return finding(material, "statement_again", judged.verdict, _ids(told, other), numbers, **said)


def _slip(judged: Judged) -> str:
    if not judged.slip:
        return ""
    blamed = judged.blamed
    # With a point that was lost it has more decimals than what is printed.
    printed, whole = _printed(judged.wanted, blamed), judged.wanted / unit_of(blamed)
    wanted = f"{format(printed if printed == whole else whole, 'f')}{blamed.figure.unit}"
    return load("checks")["tables"]["slip"].format(slip=f"{blamed.figure.text}→{wanted}：{judged.slip}")


def _printed(value: Decimal, like: Statement, decimals: int = 0) -> Decimal:
    """A value in the base unit of a statement as it would be printed there: in its unit, as finely, and with at least these decimals."""
    exponent = like.figure.value.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent if isinstance(exponent, int) else 0, -decimals))
    return (value / unit_of(like)).quantize(step, rounding=ROUND_HALF_UP)


def _label(relation: Relation) -> str:
    """What a claim is called: a rate by its own name, a share by its two lines, a change or an average by what it is of."""
    claim, first = relation.claim, relation.operands[0]
    if relation.edge.words == PARALLEL:
        base = f"占{name_of(relation.operands[1])}" if claim.aspect == "share" else claim.because.get("aspect", "")
        return f"{name_of(first)}{base}"
    if claim.aspect == "share":
        return f"{name_of(first)}占{claim.because.get('base', '')}"
    if relation.edge.kind == QUOTIENT and first.figure.kind != "money":
        return f"{claim.lead}{_up_to(claim.measure, claim.words)}"
    told = claim.because.get("aspect", "") if relation.edge.kind in _OF_SOMETHING else ""
    # Behind a list a change may be that of its whole.
    return f"{name_of(first if claim.part_of is None and first.extent == 'whole' and told else claim)}{told}"


def _up_to(measure: str, words: str) -> str:
    """The words as far as they name the measure: without 为 and 达到 behind it."""
    before, named, _ = words.rpartition(measure) if measure else ("", "", "")
    return before + named if named else measure


def name_of(statement: Statement, within: Statement | None = None) -> str:
    """What a statement is about, as short as tells it apart: owner, scope and measure; within a whole what it is of it."""
    own = [*statement.subject[-1:], *statement.scope]
    if within is not None:
        own = [word for word in own if word not in within.subject and word not in within.scope]
        return "".join(own) or statement.words or statement.measure
    measure = "" if own and statement.measure in own[-1] else statement.measure
    return "".join([*own, measure])


def _formula(relation: Relation) -> str:
    """What a claim comes out of, in the numbers as printed."""
    shown, forms = [operand.figure.text for operand in relation.operands], load("checks")["formulas"]
    if relation.edge.kind == FLOW:
        added = len(shown) - int(relation.edge.words)
        return " － ".join([" ＋ ".join(shown[:added]), *shown[added:]])
    return forms.get(relation.edge.kind, forms["quotient"]).format(*shown)
