"""What of the relations of prose may be called a difference, and which number is to blame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from selfeval.judging.slip import ONE_WRONG, digits_of, is_swapped, testifies
from selfeval.reading.statements import Statement, is_down, is_up, units_of
from selfeval.reading.structure import (
    AGAIN,
    AVERAGE,
    BOUND,
    CELL,
    CHANGE,
    CHANGE_RATE,
    COLUMN,
    DAILY,
    EQUAL,
    FIRST_OF,
    FLOW,
    IMPLIED,
    LEFT_OVER,
    MARKS,
    MARKS_OF_ALL,
    OF,
    ONE_DIGIT,
    OTHERS,
    PARALLEL,
    QUOTIENT,
    RANKED,
    STEM,
    SUM,
    TIMES,
    counts_its_parts,
)

from .otherwise import comes_out_otherwise
from .relations.edges import COINCIDING, Relation, Steps, mended_by, mending, unit_of, unit_of_step
from .sureness import Known, doubt

AGREES, ROUNDING, DIFFERS, TURNED = "agrees", "rounding", "differs", "turned"
# What one witness alone says: worth a look where it is likely; else words that may mean other figures, of which nothing is said.
SUSPECT, UNBOUND = "suspect", "unbound"
# Without a slip that explains it, claim and result lie at most so many times apart, or other figures were meant.
# An open list of fewer things is too soon one digit off.
_LONG, _TEN, _ALL = 100, 10, 100
# Between what is divided and by what a rate of it may stand.
_NEAREST = 2
_FARTHEST, _WIDE, _NEAR = Decimal(2), Decimal("1.5"), Decimal("1.1")
# Parts of a sentence that are so little more than their whole, or so many that nearly make it, were to make it.
_LITTLE, _SOME, _NEARLY, _MANY, _SPOKEN = Decimal("0.03"), Decimal("0.1"), Decimal("0.9"), 3, frozenset({"opened", "divided"})
# How likely operands must be for what they say to count: that the claim may come out of them, does, or changed the other way; that
# far less likely ones were not meant.
_MEANT, _HOLDING, _LIKELY, _LIKELIEST = COINCIDING, 0.1, 0.15, 0.9
# How sure it must be that a claim is wrong which words do not bind, and to be worth a look.
_SURE, _WORTH_A_LOOK = 0.65, 0.45
_PROVING = frozenset({SUM, QUOTIENT, CHANGE, CHANGE_RATE, AVERAGE, LEFT_OVER, FLOW, IMPLIED, TIMES, EQUAL, DAILY})
# How likely a sum of a list must be that comes out to count; to be known, or doubted; of two parts; of which a part has a wrong digit. More
# digits, or parts, than the last hardly come out by chance.
_COINCIDING_SUM, _LISTED, _LIKELY_PAIR, _SURELY_LISTED, _PAIR = 0.05, 0.35, 0.6, 0.8, 2
_CHANGES = frozenset({CHANGE, CHANGE_RATE})
_QUOTIENTS = _CHANGES | {QUOTIENT, AVERAGE, IMPLIED}


@dataclass(frozen=True, slots=True)
class Judged:
    """A relation and what is to be said of it.

    `blamed` is the number that, put right to `wanted`, mends it and the `others`, and `slip` how it may have come about; without one the
    claim is told as it stands.
    """

    relation: Relation
    verdict: str
    blamed: Statement
    wanted: Decimal
    slip: str = ""
    others: tuple[Relation, ...] = ()


def judge(
    relations: Iterable[Relation],
    statements: Sequence[Statement],
    ranking: Iterable[Sequence[tuple[float, Relation]]] = (),
    sums: Iterable[Sequence[Relation]] = (),
) -> list[Judged]:
    """Return one verdict a relation, and one a root cause where several do not hold, in reading order.

    Words bind the operands; the second witness of a difference is a single slip of a hand that explains it, or that the claim and all it
    rests on stand in one sentence in the one order such claims are made in. Where other figures beside it make the claim come out, they
    were meant, and nothing is said. What one witness alone says is suspect. Of claims that words leave open the `ranking` speaks: for
    each its likely operands, with how likely they are. `sums` are, for each figure that may begin a list, what it may add up to.
    """
    relations, steps = [*relations], Steps(statements)
    found = [
        Judged(relation, TURNED, relation.claim, relation.expected) if relation.turned else _held(relation)
        for relation in relations
        if relation.holds
    ]
    # What a list is known to come to without words proves, but is not told once more.
    held, broken = with_sums(relations, sums)
    ranking = [*ranking]
    known = known_of([*held, *broken], statements)
    meant = {
        candidates[0][1].claim.index: {operand.index for operand in relation.operands}
        for candidates in ranking
        for likely, relation in reversed(candidates)
        if relation.holds and likely >= _MEANT
    }
    broken = [relation for relation in broken if not _has_rival(relation, meant)]
    found += _roots(held, broken, statements, steps)
    told = [judged for judged in found if judged.verdict not in (SUSPECT, UNBOUND)]
    settled = {judged.blamed.index for judged in told} | {
        relation.claim.index for judged in told for relation in (judged.relation, *judged.others)
    }
    found += _by_rank([likely for likely in ranking if likely[0][1].claim.index not in settled], settled, known, steps)
    return sorted(found, key=lambda judged: judged.relation.claim.index)


def with_sums(relations: Iterable[Relation], sums: Iterable[Sequence[Relation]]) -> tuple[list[Relation], list[Relation]]:
    """Those of some relations that hold and those that do not, with the likely sums of lists: one that comes out, else the likeliest,
    unless parts of it are known to be parts of something else."""
    relations = [*relations]
    broken = [relation for relation in relations if not relation.holds]
    coming_out, open_sums = [], []
    for candidates in sums:
        out = next((relation for relation in candidates if relation.holds and relation.edge.likely >= _COINCIDING_SUM), None)
        if out is None:
            open_sums += [candidates[0]] if candidates[0].edge.likely >= _LISTED else []
        elif out.edge.likely >= _LISTED and hardly_by_chance(out.claim, out.operands):
            coming_out.append(out)
    held = [*(relation for relation in relations if relation.holds and not relation.turned), *coming_out]
    taken = {part.index for relation in held if relation.edge.kind == SUM for part in relation.operands}
    free: dict[tuple[int, frozenset[int]], Relation] = {}
    for relation in sorted(open_sums, key=lambda relation: -relation.edge.likely):
        figures = {relation.claim.index, *(part.index for part in relation.operands)}
        if taken.isdisjoint(figures - {relation.claim.index}) and not any(relation.claim.index in parts for _, parts in free):
            free[_figures(relation)] = relation
            taken |= figures - {relation.claim.index}
    # What words bind as well is told as they have it.
    likely = {key: relation.edge.likely for key, relation in free.items()}
    bound = [replace(relation, edge=replace(relation.edge, likely=likely.get(_figures(relation), 0))) for relation in broken]
    known = {_figures(relation) for relation in bound if relation.edge.kind in (SUM, BOUND)}
    return held, [*bound, *(relation for key, relation in free.items() if key not in known)]


def hardly_by_chance(whole: Statement, parts: Sequence[object]) -> bool:
    """Whether that `parts` add up to a whole tells that they are its parts: two make a short number by chance."""
    return len(parts) > _PAIR or digits_of(whole.figure.value) > _PAIR


def _figures(relation: Relation) -> tuple[int, frozenset[int]]:
    return relation.claim.index, frozenset(operand.index for operand in relation.operands)


def _held(relation: Relation) -> Judged:
    verdict = AGREES if relation.equal or relation.edge.kind == BOUND else ROUNDING
    if (
        relation.edge.kind == QUOTIENT
        and relation.claim.amount == _ALL != relation.expected
        and relation.operands[0].figure.kind == "count"
    ):
        verdict = UNBOUND  # 100 % is all of them, however it is rounded
    return Judged(relation, verdict, relation.claim, relation.expected)


def _by_rank(ranking: Sequence[Sequence[tuple[float, Relation]]], settled: set[int], known: Known, steps: Steps) -> Iterator[Judged]:
    """What comes out of likely operands, and what surely does not."""
    for candidates in ranking:
        holding = next(((likely, relation) for likely, relation in candidates if likely >= _MEANT and _comes_out(relation)), None)
        turned = next((relation for likely, relation in candidates if likely >= _LIKELY and _is_turned(relation)), None)
        if holding and holding[0] >= _HOLDING:
            yield _held(holding[1])
        if not holding and turned:
            yield Judged(turned, TURNED, turned.claim, turned.expected)
    for candidates in open_claims(ranking):
        relation, sure, blamed, wanted, slip = doubt(candidates, known, steps)
        if sure >= _WORTH_A_LOOK and blamed.index not in settled:
            yield Judged(relation, DIFFERS if sure >= _SURE else SUSPECT, blamed, wanted, slip)


def open_claims(ranking: Iterable[Sequence[tuple[float, Relation]]]) -> Iterator[Sequence[tuple[float, Relation]]]:
    """The claims that come out of none of their likely operands, nor were told with the wrong direction; those that come out of others
    only where these are far less likely."""
    for candidates in ranking:
        likeliest = max(likely for likely, _ in candidates)
        meant = _MEANT if likeliest < _LIKELIEST else _HOLDING
        if not any(
            (likely >= meant and _comes_out(relation)) or (likely >= _LIKELY and _is_turned(relation)) for likely, relation in candidates
        ):
            yield candidates


def known_of(relations: Iterable[Relation], statements: Sequence[Statement]) -> Known:
    """What relations that words bind say of the operands of claims, and which figures those that hold prove."""
    bound: dict[int, list[frozenset[int]]] = defaultdict(list)
    proved: set[int] = set()
    for relation in relations:
        bound[relation.claim.index].append(frozenset(operand.index for operand in relation.operands))
        if relation.holds and relation.edge.kind in _PROVING:
            proved |= {each.index for each in (relation.claim, *relation.operands)}
    return Known(bound, proved, statements)


def _comes_out(relation: Relation) -> bool:
    return relation.holds and not relation.turned


def _is_turned(relation: Relation) -> bool:
    """Whether a change since the year before comes out, but a word says plainly that it went the other way; 节约 may be told of either."""
    prior = relation.operands[-1].period == "prior"
    return prior and relation.holds and relation.turned and (is_down(relation.claim) or is_up(relation.claim))


def _has_rival(relation: Relation, meant: Mapping[int, set[int]]) -> bool:
    """Whether the claim comes out of other figures near it."""
    of = meant.get(relation.claim.index)
    return of is not None and relation.edge.kind in _QUOTIENTS and of != {operand.index for operand in relation.operands}


def _roots(held: Sequence[Relation], broken: Sequence[Relation], statements: Sequence[Statement], steps: Steps) -> Iterator[Judged]:
    """The numbers to blame: of all that a slip explains first the one that mends most and breaks nothing."""
    left = list(broken)
    columns = {_structure(relation) for relation in held if relation.claim.amount} - {None}
    # A bound leaves room, and what a cell says as well is only said twice.
    proving = [relation for relation in held if relation.edge.kind != BOUND and relation.edge.words != CELL]
    proved = {statement.index for relation in proving for statement in (relation.claim, *relation.operands)}
    while left:
        best = max(
            _candidates(left, proved, columns, steps),
            # Two digits that changed places hardly come about by chance, one wrong digit soon.
            key=lambda judged: (len(judged.others), is_swapped(judged.slip), judged.blamed is judged.relation.claim),
            default=None,
        )
        if best is None:
            break
        yield best
        left = [relation for relation in left if relation is not best.relation and relation not in best.others]
        # No number is to blame twice.
        left = [relation for relation in left if relation.claim.index != best.blamed.index]
    changed = {relation.claim.index: {each.index for each in relation.operands} for relation in held if relation.edge.kind in _CHANGES}
    for relation in left:
        canonical = _is_canonical(relation) or _structure(relation) in columns or _goes_with(relation, changed)
        # 重大隐患7条，已销号9条: what another sum proves is more than there was of all the same.
        told = canonical and (relation.claim.index not in proved or relation.edge.kind == BOUND)
        # Another column of its list is its second witness.
        told = told or relation.edge.words == COLUMN or _is_near_all(relation)
        told = told and not (relation.edge.kind in _QUOTIENTS and comes_out_otherwise(relation, statements, relation.edge.claim))
        # Numbers one digit off each other tell of one thing, as likely as not.
        silent = SUSPECT if relation.edge.words == ONE_DIGIT else UNBOUND
        yield Judged(relation, DIFFERS if told else silent, relation.claim, relation.expected)


def _is_near_all(relation: Relation) -> bool:
    """Whether the parts a sentence opens or divides make a little more than their whole, or many that divide it nearly all of it: what
    overlaps, or leaves some out, seldom does."""
    words, parts, whole = relation.edge.words, relation.operands, relation.claim
    in_a_row = [part.index for part in parts] == list(range(whole.index + 1, whole.index + 1 + len(parts)))
    if words not in _SPOKEN or len(parts) < 2 or not in_a_row:
        return False
    missed = relation.gap / whole.amount if whole.amount >= _LONG * unit_of_step(whole) else _ALL
    # 馆藏档案…卷，其中文书档案…卷、重点档案…卷: beside what is nearly all of it smaller kinds may well be among it.
    even = max(part.amount for part in parts) <= _NEARLY * whole.amount
    return (-_LITTLE <= missed < 0 and even) or (words == "divided" and len(parts) > _MANY and abs(missed) <= _SOME)


def _goes_with(relation: Relation, changed: dict[int, set[int]]) -> bool:
    """Whether the rate of a change and its amount stand side by side, and the other comes out of the same two figures."""
    operands, beside = {each.index for each in relation.operands}, 1 if relation.edge.kind == CHANGE else -1
    return relation.edge.kind in _CHANGES and changed.get(relation.claim.index + beside) == operands


def _structure(relation: Relation) -> tuple[object, ...] | None:
    """What sums of one make share, so that one that holds proves the others: the labels or lines they go over."""
    if relation.edge.kind != SUM or relation.edge.words not in ("labels", "line", "sum"):
        return None
    if relation.edge.words == "labels":
        return "labels", *(part.lead for part in relation.operands)
    owners = ["".join(part.subject[-1:]) for part in relation.operands]
    # Names that are all different are a list of things; without them it is one of numbers.
    return ("lines", *owners) if all(owners) and len(set(owners)) == len(owners) else None


def _is_told_by(relation: Relation, statement: Statement, slip: str, columns: set[object]) -> bool:
    """Whether a slip is a witness for such a relation: lines not all listed leave a gap, and a short number is soon a slip away."""
    if relation.edge.words in ("labels", "line", "listed"):
        smallest = min(part.amount for part in relation.operands)
        near = relation.gap < smallest or (relation.edge.words == "listed" and _is_round(relation))
        return _structure(relation) in columns or relation.gap < 0 or near
    if relation.edge.kind == BOUND and relation.claim.amount < _TEN:
        return False
    if relation.edge.words == RANKED or (relation.edge.likely and _is_listed(relation, statement, slip)):
        return _is_listed(relation, statement, slip)
    if relation.edge.words in ("opened", "bare") and relation.edge.kind == SUM:
        long = relation.claim.amount >= _LONG * unit_of_step(relation.claim)
        return long and (is_swapped(slip) or _is_round(relation) or (relation.gap < 0 and relation.edge.words == "opened"))
    if relation.edge.kind == BOUND and len(relation.operands) > 1:
        # 其中 may list what overlaps: of few things, or of people by sex and by age, that is no slip.
        if relation.claim.unit in units_of("living"):
            return is_swapped(slip)
        return relation.claim.figure.kind == "money" or relation.claim.amount >= _LONG * unit_of_step(relation.claim)
    if relation.edge.words == ONE_DIGIT:
        return False
    if relation.edge.kind == AGAIN:
        digits = len(str(statement.figure.value).replace(".", "").strip("0"))
        # 62万亩 beside 62.8万亩 is rounded.
        as_fine = unit_of_step(relation.claim) == unit_of_step(relation.operands[0])
        return bool(slip) and (digits > 2 or (as_fine and len(relation.claim.measure) > 5))
    return True


def _is_listed(relation: Relation, statement: Statement, slip: str) -> bool:
    """Whether a slip in a figure of a likely list tells that it does not come to its sum; one wrong digit soon does so by chance."""
    long, several, likely = digits_of(statement.figure.value) > _PAIR, len(relation.operands) > _PAIR, relation.edge.likely
    # Of two parts less is sure, and of two changes others may be left out.
    if not several and (likely < _LIKELY_PAIR or relation.claim.aspect == "change"):
        return False
    if is_swapped(slip):
        return long or (several and statement is relation.claim)
    if slip != ONE_WRONG:
        return False
    if statement is relation.claim:
        return several or long
    return long and several and likely >= _SURELY_LISTED


def _is_round(relation: Relation) -> bool:
    """Whether the gap has one digit that is no zero, and not the last printed: as one wrong digit leaves it, an open list seldom."""
    steps = abs(relation.gap / unit_of_step(relation.claim))
    whole = int(steps)
    # Among round numbers a round gap says nothing.
    odd = [each for each in (relation.claim, *relation.operands) if each.amount / unit_of_step(each) % _TEN]
    return steps == whole and whole >= _TEN and len(str(whole).rstrip("0")) == 1 and len(odd) * 2 > len(relation.operands)


def _candidates(broken: Sequence[Relation], proved: set[int], columns: set[object], steps: Steps) -> Iterator[Judged]:
    """Every number that a slip explains, with all the relations it mends; what another relation proves is not to blame."""
    seen: set[tuple[int, Decimal]] = set()
    for relation in broken:
        for statement, wanted, slip in mending(relation, steps):
            # Two that are proved each in its own place still contradict each other where their digits only changed places.
            settled = statement.index in proved and not (
                relation.edge.kind == AGAIN
                and statement.figure.kind == "money"
                and testifies(statement.figure.value, wanted / unit_of(statement))
            )
            proof = relation.edge.words == "listed" and testifies(statement.figure.value, wanted / unit_of(statement))
            if settled or (statement.index, wanted) in seen or not (proof or _is_told_by(relation, statement, slip, columns)):
                continue
            seen.add((statement.index, wanted))
            others = (other for other in broken if other is not relation and mended_by(other, statement, wanted, steps))
            yield Judged(relation, DIFFERS, statement, wanted, slip, tuple(others))


def _is_canonical(relation: Relation) -> bool:
    """Whether claim and operands stand in one sentence, as claims of this kind are made, and lie near each other."""
    sentences = {each.sentence for each in (relation.claim, *relation.operands)}
    if len(sentences) > 1 or not relation.claim.amount:
        return False
    if not relation.expected:
        # 准确率87.9%，上年87.9%，提高1.7个百分点: last year's value was copied.
        return relation.edge.kind == CHANGE and _are_in_a_row(*relation.operands, relation.claim)
    if relation.edge.kind == EQUAL:
        return True
    ratio = abs(relation.claim.amount / relation.expected)
    if not 1 / _FARTHEST <= ratio <= _FARTHEST:
        return False
    if relation.edge.words == PARALLEL:
        return True
    kind, (first, *rest) = relation.edge.kind, relation.operands
    if kind == AVERAGE:
        # 人次均307元 behind 5382人次、165.31万元: what is divided right before it, and by what it names.
        near = relation.claim.index == first.index + 1 and first.index - _NEAREST <= rest[0].index < first.index
        return near and rest[0].part_of is None
    if kind == IMPLIED:
        # 支出24.18万元，比上年减少3.62万元，下降13.02%: what the base was is told by the three alone.
        value = rest[0]
        in_a_row = relation.claim.index == first.index + 1 == value.index + 2 and first.subject == value.subject
        # 上年16.58万元，减少1.32万元，下降8.0%: the value may be the earlier one.
        return in_a_row and abs(first.amount / value.amount * _ALL - relation.claim.amount) > relation.step
    if kind in (CHANGE, CHANGE_RATE):
        return first.index < rest[0].index < relation.claim.index or relation.claim.index > max(first.index, rest[0].index)
    if kind == QUOTIENT:
        return _follows(relation, first, rest[0])
    if kind == SUM:
        # What was found and what became of it, and lines that are divided in one way only.
        return (
            relation.edge.words in (MARKS_OF_ALL, FIRST_OF)
            or (relation.edge.words == "total" and counts_its_parts(relation.claim, len(relation.operands)))
            or (relation.edge.words == "outcome" and relation.gap > 0)
            or (relation.edge.words == "class" and 1 / _NEAR <= ratio <= _NEAR)
            or (relation.edge.words == OTHERS and 1 / _WIDE <= ratio <= _WIDE)
        )
    if kind == BOUND and relation.edge.words == "among":
        # 床位1286张，其中护理型1736张: one part that is more than its whole.
        return not rest
    return (
        kind in (LEFT_OVER, TIMES, FLOW)
        or relation.edge.words == MARKS
        or (kind == BOUND and relation.edge.words == "outcome" and ratio >= 1 / _WIDE)
    )


def _are_in_a_row(*statements: Statement) -> bool:
    """Whether figures follow one another, in this order, and nothing else stands among them."""
    return all(after.index == before.index + 1 for before, after in pairwise(statements))


def _follows(relation: Relation, first: Statement, base: Statement) -> bool:
    """Whether a rate stands right behind its operands: of one owner's money, or a result behind its plan or what it is a part of."""
    if relation.edge.words == OF:
        return True
    if relation.claim.aspect == "share":
        beside = base.index == first.index - 1 and not relation.claim.because.get("base")
        return relation.claim.index == first.index + 1 and (first.part_of == base.index or beside)
    if first.figure.kind == "money":
        return first.subject == base.subject == relation.claim.subject
    if relation.edge.words == STEM:
        return False
    right_behind = relation.claim.index == first.index + 1 and base.index < first.index
    return right_behind and (first.part_of == base.index or base.aspect == "planned")
