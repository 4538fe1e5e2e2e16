"""What the relations of a report say together, before any of them is called wrong: which hold, which do not, and what that proves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal

from selfeval.quantity import digits_of
from selfeval.reading.statements import DERIVED, PLANS, Statement, is_down, is_up, named_year, names_as_base, says, years_compared
from selfeval.reading.structure.edge import AGAIN, AVERAGE, BESIDE, BOUND, CHANGE, CHANGE_RATE, FLOW, IMPLIED, QUOTIENT, REST, SOME, SUM

from .relations.edges import COINCIDING, Relation, Steps

# How likely operands must be for what they say to count: that the claim may come out of them, does, or changed the other way; that
# far less likely ones were not meant.
_MEANT, HOLDING, _LIKELY, _LIKELIEST = COINCIDING, 0.1, 0.15, 0.9
# Farther down a ranking nothing is sure.
_MOST_CANDIDATES, _APART = 4, Decimal("2.5")
# How likely a sum of a list must be that comes out to count; to be known, or doubted. More digits, or parts, than the last hardly come
# out by chance.
_COINCIDING_SUM, _LISTED, _PAIR = 0.05, 0.35, 2
CHANGES = frozenset({CHANGE, CHANGE_RATE})
# What binds what came to what was done with it; of what there was before as well where both are of a flow.
_OUTCOMES = frozenset({"outcome", BESIDE, SOME})
# What is of one stage of a budget, and of one year, as long as it does not say otherwise.
OF_ONE_STAGE = frozenset({"share", "average"})
CHANGED = frozenset({"change", "change_rate"})
# A change of an amount is an amount itself.
WORKED_OUT = DERIVED - {"change"}
QUOTIENTS = CHANGES | {QUOTIENT, AVERAGE, IMPLIED, REST}

Ranked = Sequence[tuple[float, Relation]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The relations of a report that hold and those that do not, bound by words or of likely lists, and what follows from them.

    `ranking` has the likely relations of claims, by the index of the claim; `proved` the figures that what holds proves, and those a sum
    in columns or labels proves as `columns`; `changed` the operands of changes that hold, by claim; `near` what does not hold by figure;
    `shared` the shares that come out of a base, by base; `often` tells how often an amount of a unit is told, `beside` which are told
    beside others (另有); `plain` has the amounts of each unit that are not reckoned from others, with the figure.
    """

    statements: Sequence[Statement]
    steps: Steps
    held: Sequence[Relation]
    broken: Sequence[Relation]
    ranking: Mapping[int, Ranked]
    proved: Set[int]
    columns: Set[tuple[object, ...]]
    changed: Mapping[int, Set[int]]
    near: Mapping[int, Sequence[Relation]]
    shared: Mapping[int, Set[int]]
    often: Mapping[tuple[object, str], int]
    beside: Set[tuple[object, str]]
    plain: Mapping[str, Sequence[tuple[float, int]]]

    def coming_out(self, claim: Statement) -> list[Relation]:
        """The relations by which a claim comes out of operands it is likely of."""
        return [relation for likely, relation in self.ranking.get(claim.index, ()) if likely >= HOLDING and relation.holds]

    def comes_out(self, claim: Statement) -> bool:
        """Whether a figure comes out of others, as words bind it or as is likely."""
        return claim.index in self.proved or bool(self.coming_out(claim))


def evidence_of(
    relations: Iterable[Relation], statements: Sequence[Statement], ranking: Iterable[Ranked] = (), sums: Iterable[Sequence[Relation]] = ()
) -> Evidence:
    """Weigh nothing yet: sort the relations words bind, the `ranking` of the operands of each claim and what each list may add up to."""
    held, broken = _with_sums(relations, sums)
    # A bound leaves room, and what is said again is only said twice.
    proving = [relation for relation in held if relation.edge.kind not in (BOUND, AGAIN)]
    ranking = [*_of_named_bases(ranking, broken)]
    near: dict[int, list[Relation]] = defaultdict(list)
    plain: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for each in statements:
        if each.amount and each.aspect not in WORKED_OUT:
            plain[each.unit].append((float(each.amount), each.index))
    for relation in (*broken, *_surely_broken(ranking, broken)):
        for index in {relation.claim.index, *_operands(relation)}:
            near[index].append(relation)
    return Evidence(
        statements=statements,
        steps=Steps(statements),
        held=held,
        broken=broken,
        ranking={candidates[0][1].claim.index: candidates for candidates in ranking},
        proved={each.index for relation in proving for each in (relation.claim, *relation.operands)},
        columns={structure for relation in held if relation.claim.amount and (structure := structure_of(relation))},
        changed={relation.claim.index: _operands(relation) for relation in held if relation.edge.kind in CHANGES},
        near=near,
        shared=_shared(held, ranking),
        often=Counter((each.amount, each.unit) for each in statements),
        beside={(each.amount, each.unit) for each in statements if says("another", each.words)},
        plain=plain,
    )


def _shared(held: Iterable[Relation], ranking: Iterable[Ranked]) -> dict[int, set[int]]:
    """The shares that come out of a base, by base."""
    found: dict[int, set[int]] = defaultdict(set)
    for relation in (*held, *(candidates[0][1] for candidates in ranking if candidates[0][0] >= HOLDING)):
        if relation.edge.kind == QUOTIENT and relation.claim.aspect == "share" and relation.holds:
            found[relation.operands[-1].index].add(relation.claim.index)
    return found


def _of_named_bases(ranking: Iterable[Ranked], broken: Sequence[Relation]) -> Iterator[Ranked]:
    """The candidates of each claim; those of a claim that words bind to the base it names without what comes out of another base."""
    named = {each.claim.index for each in broken if names_its_base(each.claim, each.operands[-1]) and is_near(each)}
    for candidates in ranking:
        claim = candidates[0][1].claim
        left = [
            each for each in candidates if not (claim.index in named and each[1].holds and not names_its_base(claim, each[1].operands[-1]))
        ]
        if left:
            yield left


def is_near(relation: Relation) -> bool:
    """Whether a claim lies so near what it comes to that it may well be meant."""
    return min(relation.claim.amount, relation.expected) * _APART > max(relation.claim.amount, relation.expected)


def names_its_base(claim: Statement, base: Statement) -> bool:
    """Whether a claim says itself that it is of this base: by its name (占项目支出的24%), or its year (2024年比2023年增长)."""
    if claim.aspect in OF_ONE_STAGE:
        return names_as_base(claim, base)
    _, since = years_compared(claim)
    return claim.aspect in CHANGED and bool(since) and named_year(base) == since


def _surely_broken(ranking: Iterable[Ranked], broken: Sequence[Relation]) -> Iterator[Relation]:
    """Of claims that come out of nothing the relation that was surely meant, where no words bind it: what would mend it as well counts."""
    known = {_figures(relation) for relation in broken}
    for candidates in ranking:
        likely, relation = candidates[0]
        come_out = any(has_come_out(other, each, candidates) for each, other in candidates)
        if likely >= _LIKELIEST and not (relation.holds or come_out or _figures(relation) in known):
            yield relation


def open_claims(evidence: Evidence) -> Iterator[list[Relation]]:
    """The relations of each claim that does not come out: those words bind and those that are likely, each once."""
    by_claim: dict[int, list[Relation]] = defaultdict(list)
    for relation in evidence.broken:
        by_claim[relation.claim.index].append(relation)
    for claim in sorted({*by_claim, *evidence.ranking}):
        candidates = evidence.ranking.get(claim, ())
        comes_out = any(has_come_out(relation, likely, candidates) for likely, relation in candidates)
        bound = [relation for relation in by_claim[claim] if not comes_out or relation.edge.kind not in QUOTIENTS]
        known = {frozenset(_operands(relation)) for relation in bound}
        free = [each for each in candidates[:_MOST_CANDIDATES] if not (comes_out or turned_of(candidates))]
        free = [relation for likely, relation in free if not _is_inverted(relation, likely, candidates)]
        found = [*bound, *(relation for relation in free if frozenset(_operands(relation)) not in known and not relation.holds)]
        if found:
            yield found


def has_come_out(relation: Relation, likely: float, candidates: Ranked) -> bool:
    """Whether a claim comes out of these of its candidates; of such as are far less likely than others it does by chance, turned upside
    down, since an earlier year or of a plan by mistake."""
    meant = _MEANT if max(each for each, _ in candidates) < _LIKELIEST else HOLDING
    if likely < meant or not relation.holds or relation.turned:
        return False
    return not (
        _is_inverted(relation, likely, candidates)
        or _is_since_earlier(relation, candidates)
        or any(each > likely and _is_of_other_stage(relation, other) for each, other in candidates)
    )


def _is_since_earlier(relation: Relation, candidates: Ranked) -> bool:
    """Whether a change since last year comes out of the figure of a year before that."""
    if relation.edge.kind not in CHANGES or not says("last_year", relation.claim.words) or not (year := named_year(relation.operands[-1])):
        return False
    return any(named_year(other.operands[-1]) > year and other.operands[-1].period == "prior" for _, other in candidates)


def _is_of_other_stage(relation: Relation, meant: Relation) -> bool:
    """Whether a share or an average has a plan or a figure of the year before where what was `meant` has what came of it this year."""
    if relation.claim.aspect not in OF_ONE_STAGE or len(relation.operands) != len(meant.operands):
        return False
    differing = [(one, other) for one, other in zip(relation.operands, meant.operands, strict=True) if one is not other]
    return len(differing) == 1 and is_stage_of(*differing[0])


def is_stage_of(other: Statement, one: Statement) -> bool:
    """Whether a figure is the plan of another, or what that was the year before."""
    apart = other.aspect in PLANS or other.period == "prior"
    alike = other.unit == one.unit and one.aspect not in PLANS and one.period != "prior"
    if not apart or not alike:
        return False
    return other.subject[-1:] == one.subject[-1:] if one.figure.kind == "money" else not {*other.measure}.isdisjoint(one.measure)


def _is_inverted(relation: Relation, likely: float, candidates: Ranked) -> bool:
    """Whether the same operands are likelier the other way round."""
    return any(other.operands == relation.operands[::-1] and each > likely for each, other in candidates)


def turned_of(candidates: Ranked) -> Relation | None:
    """The relation by which a change since the year before comes out, but a word says plainly that it went the other way."""
    return next((relation for likely, relation in candidates if likely >= _LIKELY and _is_turned(relation)), None)


def _is_turned(relation: Relation) -> bool:
    """Whether a change since the year before comes out, but a word says plainly that it went the other way; 节约 may be told of either."""
    prior = relation.operands[-1].period == "prior"
    return prior and relation.holds and relation.turned and (is_down(relation.claim) or is_up(relation.claim))


def structure_of(relation: Relation) -> tuple[object, ...] | None:
    """What sums of one make share, so that one that holds proves the others: the labels or lines they go over."""
    if relation.edge.kind != SUM or relation.edge.words not in ("labels", "line", "sum"):
        return None
    if relation.edge.words == "labels":
        return "labels", *(part.lead for part in relation.operands)
    owners = ["".join(part.subject[-1:]) for part in relation.operands]
    # Names that are all different are a list of things; without them it is one of numbers.
    return ("lines", *owners) if all(owners) and len(set(owners)) == len(owners) else None


def hardly_by_chance(whole: Statement, parts: Sequence[object]) -> bool:
    """Whether that `parts` add up to a whole tells that they are its parts: two make a short number by chance."""
    return len(parts) > _PAIR or digits_of(whole.figure.value) > _PAIR


def _with_sums(relations: Iterable[Relation], sums: Iterable[Sequence[Relation]]) -> tuple[list[Relation], list[Relation]]:
    """Those of some relations that hold and those that do not, with the likely sums of lists: one that comes out, else the likeliest,
    unless parts of it are known to be parts of something else."""
    relations = [*relations]
    broken = [relation for relation in relations if not relation.holds]
    coming_out, likely_out, open_sums = [], [], []
    for candidates in sums:
        out = next((relation for relation in candidates if relation.holds and relation.edge.likely >= _COINCIDING_SUM), None)
        likely_out += [out] if out else []
        if out is None:
            open_sums += [candidates[0]] if candidates[0].edge.likely >= _LISTED else []
        elif out.edge.likely >= _LISTED and hardly_by_chance(out.claim, out.operands):
            coming_out.append(out)
    held = [*(relation for relation in relations if relation.holds and not relation.turned), *coming_out]
    taken = {index for relation in held if relation.edge.kind in (SUM, FLOW) for index in _operands(relation)}
    free: dict[tuple[int, frozenset[int]], Relation] = {}
    scored = {each.claim.index for each in held if each.edge.kind == SUM and each.claim.aspect == "score"}
    for relation in sorted(open_sums, key=lambda relation: -relation.edge.likely):
        parts = _operands(relation)
        if relation.claim.index in scored:
            continue  # 总分94.60分，五项满分依次为15分、20分、…
        if taken.isdisjoint(parts) and not any(relation.claim.index in others for _, others in free):
            free[_figures(relation)] = relation
            taken |= parts
    # What words bind as well is told as they have it.
    likely = {key: relation.edge.likely for key, relation in free.items()}
    bound = [
        relation._replace(edge=relation.edge._replace(likely=likely.get(_figures(relation), relation.edge.likely))) for relation in broken
    ]
    # Nor is what came and went parts of anything: 产生5180吨，处置5312吨 of what there was.
    flows = [_all_of(relation) for relation in (*held, *bound) if relation.edge.kind == FLOW]
    # What comes out of those parts and more has them all.
    full: dict[int, list[set[int]]] = defaultdict(list)
    for each in (*held, *likely_out):
        if each.edge.kind == SUM:
            full[each.claim.index].append(_operands(each))
    some = (each.edge.kind == SUM and any(_operands(each) < parts for parts in full[each.claim.index]) for each in bound)
    bound = [*_of_one_whole([each for each, is_some in zip(bound, some, strict=True) if not is_some])]
    bound = [each for each in bound if each.edge.words not in _OUTCOMES or not any(_all_of(each) <= others for others in flows)]
    known = [_operands(relation) for relation in bound if relation.edge.kind in (SUM, BOUND) and len(relation.operands) >= _PAIR] + flows
    return held, [*bound, *(relation for (_, parts), relation in free.items() if not any(parts <= others for others in known))]


def _of_one_whole(broken: Sequence[Relation]) -> Iterator[Relation]:
    """Relations that do not hold, without those lists that seem to be of several wholes and come out as none of them."""
    wholes: dict[frozenset[int], set[int]] = defaultdict(set)
    for relation in broken:
        if relation.edge.kind == SUM and len(relation.operands) > _PAIR:
            wholes[frozenset(_operands(relation))].add(relation.claim.index)
    yield from (each for each in broken if each.edge.kind != SUM or len(wholes[frozenset(_operands(each))]) < _PAIR)


def _all_of(relation: Relation) -> set[int]:
    return {relation.claim.index} | _operands(relation)


def _figures(relation: Relation) -> tuple[int, frozenset[int]]:
    return relation.claim.index, frozenset(_operands(relation))


def _operands(relation: Relation) -> set[int]:
    return {operand.index for operand in relation.operands}
