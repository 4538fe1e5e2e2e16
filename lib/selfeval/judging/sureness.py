"""How sure it is that figures which do not come out tell of an error.

That words bind operands is one thing; how likely they are, how far claim and result lie apart, a slip of a hand that explains the gap,
what else the claim comes out of, and what other relations prove, are others. All are weighed together, for lists, rates, changes and
repeats each in its own way; the weights are data (knowledge/sureness.toml), learned by bench/sureness.py from reports whose errors are
known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import pairwise, takewhile
from math import exp, log
from typing import NamedTuple

from selfeval.knowledge import load, pattern
from selfeval.quantity import digits_of
from selfeval.reading.statements import (
    DERIVED,
    GENERIC,
    PLANS,
    Statement,
    is_of_plan,
    names_as_base,
    says,
    unexplained,
    units_of,
    without,
)
from selfeval.reading.structure import counts_its_parts, is_over, is_plain_rate, kind_of_flow, tells_all
from selfeval.reading.structure.edge import (
    AGAIN,
    AVERAGE,
    BOUND,
    CALLED,
    CHANGE,
    CHANGE_RATE,
    DAILY,
    EQUAL,
    FIRST_OF,
    FLOW,
    IMPLIED,
    LEFT_OVER,
    MONTHLY,
    OF,
    ONE_DIGIT,
    OTHERS,
    PARALLEL,
    QUOTIENT,
    RANKED,
    REST,
    SOME,
    STEM,
    SUM,
    SWAPPED,
    TIMES,
)

from .evidence import CHANGES, QUOTIENTS, Evidence, structure_of
from .otherwise import comes_out_elsewhere, comes_out_otherwise, taken_of_another
from .relations.edges import Relation, mended_by, mending, unit_of, unit_of_step, wanted_of
from .slip import (
    INVERTED,
    LEFT_OUT,
    MOVED,
    ONE_WRONG,
    OTHER_BASE,
    OTHER_COUNT,
    OTHER_STAGE,
    OTHER_UNIT,
    OTHER_WHOLE,
    OTHER_YEAR,
    is_swapped,
    testifies,
)

_LEAST, _FARTHEST = 1e-3, 20.0
_PLAIN, _AREAS = 0.8, {f"全{area}" for area in "省市州县区旗乡镇"}
# Claim and result that lie this far apart, by the logarithm of what the one is of the other.
_A_HUNDREDTH, _A_TENTH, _A_FIFTH, _TWICE = 0.01, 0.1, 0.2, 0.7
_SHORT, _LONG = 3, 4
_MOVED_BY = (1, 2, 3, -1, -2, -3)
_PAIR, _MOST_MENDED, _TEN, _NEAR = 2, 3, 10, 6
# A list of which so much of the whole is missing is of some of it.
_MOST_UNTOLD, _MOST_UNTOLD_OF_MONEY = Decimal("0.34"), Decimal("0.5")
_NEARLY_ALL, _TENTH, _ALL = Decimal("0.9"), Decimal("0.1"), 100
# So much of what a rate is called may be no word of its operands.
_MOST_UNEXPLAINED, _OF_ANYTHING = 0.4, "完成率"
_CONTENT = "满意"
# Lists that no word opens, closes or divides.
_UNSAID = frozenset({RANKED, "line"})
_UNOPENED, _OPENED = frozenset({RANKED, "bare", "beside"}), frozenset({"opened", "among"})
# What words bind is all there is of a whole, or stands in front of its total.
_OF_KNOWN = ("class", FIRST_OF, OTHERS)
_OF_ALL = ("total", *_OF_KNOWN)
_OF_OTHERS = frozenset({"of_something_else", "modified"})
_OF_ANOTHER = frozenset({OTHER_STAGE, OTHER_WHOLE, OTHER_YEAR})
# Slips of reckoning, not of typing.
_RECKONED = _OF_ANOTHER | {LEFT_OUT}
# What else a claim comes out of, and may be meant to; a plan or last year's figure is none of that.
_EXPLAINING = frozenset({"otherwise", "elsewhere", "explained", "explained_average", "explained_of_named_base"})
# Numbers that were not read stand right in front: what a claim is of.
_UNREAD = re.compile(r"\d\.\d")
_AND_SO_ON = re.compile("等(?![级次])")
_LISTS, _EXCEEDED, _BOUNDS, _FLOWS, _RATES, _CHANGES, _REPEATS = FAMILIES = (
    *("lists", "exceeded", "bounds", "flows"),
    *("rates", "changes", "repeats"),
)
_FAMILY = {
    SUM: _LISTS,
    BOUND: _BOUNDS,
    FLOW: _FLOWS,
    **dict.fromkeys((QUOTIENT, REST, AVERAGE, TIMES), _RATES),
    **dict.fromkeys((CHANGE, CHANGE_RATE, IMPLIED, LEFT_OVER), _CHANGES),
    **dict.fromkeys((AGAIN, EQUAL, DAILY, MONTHLY), _REPEATS),
}


class Doubt(NamedTuple):
    """A relation that does not hold, how sure it is that one of its figures is wrong, and which: the number `blamed` ought to be `wanted`,
    by a `slip` or, where that is empty, as it is computed; `others` would then hold as well."""

    relation: Relation
    sure: float
    blamed: Statement
    wanted: Decimal
    slip: str
    others: tuple[Relation, ...] = ()


def doubt(relation: Relation, evidence: Evidence) -> Doubt:
    """How sure a relation that does not hold tells of an error, and of which."""
    family, told, found = weighed(relation, evidence)
    if _are_two_things(relation, told, found, evidence) or _leaves_known_out(found, evidence) or _leaves_rest(relation, evidence):
        return found
    weights = known_weights()[family]
    score = sum(weights.get(name, 0) * value for name, value in told.items())
    plain = _is_plain(relation, told, found, evidence)
    return found._replace(sure=max(1 / (1 + exp(-score)), _PLAIN if plain else 0))


def _is_plain(relation: Relation, told: Mapping[str, float], found: Doubt, evidence: Evidence) -> bool:
    """Whether words alone leave little doubt: some of those told before are no more than they, however far the two lie apart, and what has
    just one name has not two numbers one slip apart, nor has what is likely one thing two that only a slip joins, unless both are proved
    elsewhere; a share of the line and the base it names comes out of them; and what comes out of nothing else is one slip from what it is
    likeliest of."""
    claim, words = relation.claim, relation.edge.words
    one_thing = words == CALLED and (found.slip == ONE_WRONG or is_swapped(found.slip))
    swapped = words == SWAPPED and claim.figure.kind == "count" and digits_of(found.blamed.figure.value) >= _SHORT
    # 19,264,090.70元 beside 192.64万元: of no two things all digits are the same.
    moved = relation.edge.kind == AGAIN and found.slip == MOVED and digits_of(found.blamed.figure.value) >= _LONG
    repeated = (one_thing or swapped or moved) and not told["both_proved"] and not told["each_told_twice"]
    # 参检率104.1%: no more than all can be, and it is of what words bind or of what is likeliest.
    capped = told.get("impossible") and pattern("checks", "rates", "capped").search(claim.measure) and (words != RANKED or told["first"])
    plain = words == SOME or repeated or bool(capped) or _is_rate_of_proved_change(relation, evidence)
    plain = plain or _is_rate_told_otherwise(relation, found, evidence)
    named = _is_share_of_named(relation, told) or _is_slip_of_likeliest(relation, told, found)
    return plain or named or _is_slip_of_list(relation, told, found)


def _is_rate_told_otherwise(relation: Relation, found: Doubt, evidence: Evidence) -> bool:
    """Whether one of two rates of just one name, which a slip keeps apart, comes out of figures of the report, the other of none, and no
    third is told: 满意率94.57% where it is worked out, 满意率95.47% where it is told again."""
    ends = (relation.claim, relation.operands[-1])
    rates = relation.edge.kind == AGAIN and all((each.figure.kind, each.aspect) == ("percent", "rate") for each in ends)
    # 网办率75.0% beside 达到70%: a target is printed less finely.
    as_fine = ends[0].figure.exponent == ends[1].figure.exponent
    if not (rates and as_fine and (found.slip == ONE_WRONG or is_swapped(found.slip)) and _are_one_rate(*ends)):
        return False
    told = {each.amount for each in evidence.statements if each.aspect == "rate" and _are_one_rate(each, ends[0])}
    # What a table says its own columns prove.
    return len(told) == _PAIR and sum(each.sentence < 0 or evidence.comes_out(each) for each in ends) == 1


def _are_one_rate(one: Statement, other: Statement) -> bool:
    """Whether two rates are called the same, one perhaps without whose it is: 特种设备定检率, 定检率; not any two 执行率, but that of a row
    a sentence names."""
    cell, said = sorted((one, other), key=lambda each: each.sentence)
    if cell.sentence < 0 <= said.sentence:
        return bool(cell.subject) and cell.subject[-1] in said.words and said.measure.endswith(cell.measure)
    short, long = sorted((one.measure, other.measure), key=len)
    alike = bool(short) and long.endswith(short) and (one.scope == other.scope or not (one.scope and other.scope))
    return alike and (one.subject == other.subject or not is_plain_rate(short))


def _is_rate_of_proved_change(relation: Relation, evidence: Evidence) -> bool:
    """Whether a rate is of a change right in front of it that comes out since the very figure the rate is of: 与2022年的2702万元相比，
    增加248万元，增长11.20%."""
    change, base = relation.operands[0], relation.operands[-1]
    of_change = relation.edge.kind == QUOTIENT and change.aspect == "change" and change.index == relation.claim.index - 1
    likely = evidence.coming_out(change) if of_change else ()
    since = {operand.index for each in likely for operand in each.operands} | {*evidence.changed.get(change.index, ())}
    return of_change and base.index in since


def _is_slip_of_list(relation: Relation, told: Mapping[str, float], found: Doubt) -> bool:
    """Whether, where there are a hundred things and more, just one slip keeps three or more parts that no word opens from their whole, or
    makes parts that one opens exceed it; a few, as 车12辆，其中执法用车8辆、新能源车6辆, may be among one another."""
    claim, number = relation.claim, len(relation.operands)
    if claim.figure.kind != "count" or claim.amount / unit_of_step(claim) < _TEN * _TEN:
        return False
    if relation.edge.kind == BOUND:
        return relation.edge.words in _OPENED and number > 1 and bool(found.slip)
    unopened = relation.edge.words in _UNOPENED or relation.edge.words == "divided"
    short = relation.edge.kind == SUM and relation.gap > 0 and number > _PAIR and claim.part_of is None
    return unopened and short and not told["goes_on"] and bool(told["slipped"])


def _is_slip_of_likeliest(relation: Relation, told: Mapping[str, float], found: Doubt) -> bool:
    """Whether one slip makes a rate, an average or a change come out of what words bind, or of what is likelier than all else together, and
    it comes out of nothing else; of what its name binds to the plan or the year before, all three in a row, nothing else is meant."""
    words, base = relation.edge.words, relation.operands[-1]
    meant = words != RANKED or (told.get("first") and told["likely"] > 0)
    in_row = words not in (RANKED, OF, STEM) and told.get("in_a_row") and (base.aspect in PLANS or base.period == "prior")
    free = not told["proved"] and (in_row or not any(told.get(name) for name in _EXPLAINING))
    of_two = _family(relation) in (_RATES, _CHANGES) or relation.edge.kind in (DAILY, MONTHLY)
    # A digit more or less joins numbers that lie far apart.
    slipped = told["slipped"] and (found.slip in (ONE_WRONG, MOVED, OTHER_COUNT, OTHER_BASE) or is_swapped(found.slip))
    return of_two and bool(meant and slipped) and free


def _is_share_of_named(relation: Relation, told: Mapping[str, float]) -> bool:
    """Whether a share that names both its line and its base lies near what these come to, and comes out of nothing else, or tells the base
    in its own words: 占全县行政村总数312个的28.8%."""
    claim, base = relation.claim, relation.operands[-1]
    name = claim.because.get("base") if claim.aspect == "share" else ""
    if not name or not relation.edge.words.endswith(name):
        return False
    otherwise = any(told.get(each) for each in ("explained", "otherwise", "elsewhere"))
    return (base.index == claim.index - 1 and name in base.words) or (bool(told["within_a_fifth"]) and not otherwise)


def _leaves_untold(relation: Relation) -> bool:
    """Whether so much of a whole is not among the parts of its list that others are left out, and no word says that these are all."""
    untold = _MOST_UNTOLD if relation.claim.figure.kind == "count" else _MOST_UNTOLD_OF_MONEY
    short = relation.edge.kind == SUM and relation.gap > untold * relation.claim.amount
    return short and relation.edge.words not in _OF_ALL and all(part.amount >= 0 for part in relation.operands)


def _leaves_known_out(found: Doubt, evidence: Evidence) -> bool:
    """Whether the parts of an amount fall short of it by just an amount that is told beside them (另有一项8万元), or of something else and
    neither a slip nor a word that binds them speaks against that."""
    relation, claim, gap = found.relation, found.relation.claim, found.relation.gap
    short = relation.edge.kind == SUM and gap > 0 and claim.figure.kind == "money"
    if short and (gap, claim.unit) in evidence.beside:
        return True
    told = evidence.often[gap, claim.unit] - sum(part.amount == gap for part in relation.operands)
    return short and told > 0 and (not found.slip or relation.edge.words in _UNSAID)


def _leaves_rest(relation: Relation, evidence: Evidence) -> bool:
    """Whether what seems told again is some of it, as the sentence that tells it tells the rest as well: 67所…，其余9所停办."""
    own = evidence.statements[relation.edge.claim + 1 : relation.edge.claim + _NEAR] if relation.edge.kind == AGAIN else ()
    beside = [each for each in own if each.sentence == relation.claim.sentence and each.unit == relation.claim.unit]
    return any(each.amount == -relation.gap for each in beside)


def _are_two_things(relation: Relation, told: Mapping[str, float], found: Doubt, evidence: Evidence) -> bool:
    """Whether figures surely tell of different things, whatever else speaks for them: numbers that no slip joins, rates one digit apart or
    of two owners are no repeat, what no words bind comes out nearly or by a slip, and is of no numbers that were not read, and a rate of
    others than its operands is not theirs."""
    claim, words = relation.claim, relation.edge.words
    if _leaves_untold(relation):
        # One wrong digit of many hardly explains by chance what is missing.
        one_wrong = found.slip == ONE_WRONG and digits_of(found.blamed.figure.value) >= _SHORT
        return not (told["testifies"] or one_wrong or _is_slip_of_list(relation, told, found))
    if _is_no_list(relation, evidence) or _is_no_average(relation, found, evidence):
        return True
    if words == STEM and found.slip == INVERTED and relation.operands[0].index < relation.operands[1].index:
        return True  # 催还28460册，已还27208册，催还率95.6%: what is called as the rate is what it is of
    if words == RANKED and relation.gap > 0 and told.get("goes_on"):
        return True  # 电气603起、用火不慎421起等 are some of all
    if words == RANKED and (_UNREAD.search(claim.ahead) or (found.blamed is not claim and found.blamed.sentence < 0)):
        return True  # nor does what no words bind blame a cell, which its own table proves
    if (words == RANKED or relation.edge.kind == AGAIN) and not found.slip:
        return abs(relation.gap) > _TENTH * max(claim.amount, relation.expected)
    of_part = says("whole_time", claim.because.get("period", "")) and any(operand.period == "part" for operand in relation.operands)
    if words == RANKED and (of_part or says("by_rule", claim.words)):
        return True  # a rate of all the year is of none of its parts, and 按上缴数的92.35%返还 tells by which something is reckoned
    if words == RANKED and relation.edge.kind in CHANGES and found.blamed is not claim:
        # What is told elsewhere is not to blame for a change that does not name it.
        return all(operand.sentence != claim.sentence for operand in relation.operands)
    if relation.edge.kind == AGAIN:
        if all(areas := [set(each.scope) & _AREAS for each in (claim, *relation.operands)]) and areas[0] != areas[1]:
            return True
        owners = {each.subject[-1:] for each in (claim, *relation.operands)}
        apart = claim.figure.kind == "percent" and (words == ONE_DIGIT or len(owners) > 1)
        return apart and not _is_rate_told_otherwise(relation, found, evidence)
    return bool(told.get("modified"))


def _is_no_list(relation: Relation, evidence: Evidence) -> bool:
    """Whether what seems a sum is a difference, a flow, or of things that are in one another, or its list begins with things of another
    unit: 球管1只、心电图机4台、除颤仪3台，共8台（只）."""
    begins_before = relation.edge.words == "total" and min(relation.operands, key=lambda each: each.index).mark == "、"
    no_sum = _is_difference(relation) or _overlap(relation) or _is_of_flow(relation, evidence)
    return relation.edge.kind == SUM and (begins_before or no_sum)


def _is_no_average(relation: Relation, found: Doubt, evidence: Evidence) -> bool:
    """Whether what seems an average is over others than it says, over days of some of the year, or one of several in a bracket, each of
    some of what the amount is for: （新建每户4万元、维修每户0.6万元）; of what was planned it is none that comes out of what was spent."""
    if relation.edge.kind in (DAILY, MONTHLY):
        return not found.slip
    row = evidence.statements[max(0, relation.edge.claim - 1) : relation.edge.claim + 2]
    averages = (pair for pair in pairwise(row) if {each.aspect for each in pair} == {"average"})
    apart = any((one.mark, other.mark) == ("（", "、") for one, other in averages)
    other = relation.edge.words == RANKED and not is_over(relation.claim, relation.operands[-1])
    if relation.edge.kind != AVERAGE:
        return False
    return apart or other or (relation.operands[0].aspect in PLANS and comes_out_elsewhere(relation, evidence))


def _is_difference(relation: Relation) -> bool:
    """Whether what seems a sum is what the first of two parts is more than the second: 净值（原值…万元，累计折旧…万元）."""
    parts = [part.amount for part in relation.operands]
    return len(parts) == _PAIR and relation.claim.amount == parts[0] - parts[1]


def _overlap(relation: Relation) -> bool:
    """Whether two of what nothing opens are each more than half of what they would be parts of: 登记214人，在管209人，规范管理203人."""
    return relation.edge.words in _UNOPENED and sum(part.amount * _PAIR > relation.claim.amount for part in relation.operands) >= _PAIR


def _is_of_flow(relation: Relation, evidence: Evidence) -> bool:
    """Whether what seems a sum of what nothing opens came and went: 当年立项96项，结题验收88项，终止7项，年末在研144项."""
    own = {relation.claim.index, *(part.index for part in relation.operands)}
    near = evidence.near.get(relation.claim.index, ()) if relation.edge.words in _UNOPENED else ()
    return any(other.edge.kind == FLOW and own <= {other.claim.index, *(each.index for each in other.operands)} for other in near)


def weighed(relation: Relation, evidence: Evidence) -> tuple[str, dict[str, float], Doubt]:
    """The family of a relation, what speaks for and against its telling of an error, and the doubt, not yet weighed."""
    found = _likeliest_error(relation, evidence)
    family = _family(relation)
    told = {**_of_any(relation, evidence), **_of_slip(relation, found, evidence), **_OF_FAMILY[family](relation, evidence)}
    # Two digits changed about in a number long enough are a proof whatever a rate is of.
    proof = found.blamed is relation.claim and told["testifies"]
    by_mistake = (_OF_OTHERS if proof else frozenset()) | (_EXPLAINING if found.slip in _OF_ANOTHER else frozenset())
    told |= dict.fromkeys(by_mistake & told.keys(), 0)
    return family, {name: float(value) for name, value in told.items()}, found


def _family(relation: Relation) -> str:
    """What is weighed alike: parts may well leave some out, but hardly exceed their whole."""
    family = _FAMILY[relation.edge.kind]
    return _EXCEEDED if family == _LISTS and relation.gap < 0 else family


@cache
def known_weights() -> dict[str, dict[str, float]]:
    """How much each feature speaks for an error, by family (knowledge/sureness.toml)."""
    return {family: dict(load("sureness")[family]) for family in FAMILIES}


@cache
def _makes() -> frozenset[str]:
    """What may bind operands and has a weight, a new one that of 0; what binds them by a name of their own is of no make."""
    return frozenset(name for weights in known_weights().values() for name in weights if name.startswith("by_"))


def _likeliest_error(relation: Relation, evidence: Evidence) -> Doubt:
    """The figure that, put right, mends most; the claim as it is computed where no slip explains the gap."""
    figures, free = (relation.claim, *relation.operands), [each for each in relation.operands if each.index not in evidence.proved]
    options = [
        Doubt(relation, 0, *each, tuple(_mended(relation, each[0], each[1], evidence)))
        for each in mending(relation, evidence.steps)
        # What another relation proves did not slip.
        if each[0] is relation.claim or each[0].index not in evidence.proved or relation.edge.kind == AGAIN
    ]
    # Without a slip, the only part that nothing else proves, and what mends other relations as well.
    of_proved_sum = relation.edge.kind == SUM and relation.claim.index in evidence.proved and len(free) == 1
    for each in free:
        wanted = wanted_of(relation, each)
        mended = () if wanted is None else _mended(relation, each, wanted, evidence)
        # The amount of a change and its rate are of the same two figures; one rate of a base may be of another, not told, two hardly.
        others = tuple(other for other in mended if other.claim is not relation.claim)
        if len({other.claim.index for other in others}) < _PAIR:
            others = tuple(other for other in others if {*other.operands} == {*relation.operands})
        if wanted is not None and (others or of_proved_sum) and all(option.blamed is not each for option in options):
            options.append(Doubt(relation, 0, each, wanted, "", others))
    options += (moved := [*_moved_from_elsewhere(relation, evidence)])
    left_out = _leaves_one_out(relation, evidence) and not any(each.others or each.blamed is relation.claim for each in options)
    reckoned = LEFT_OUT if left_out else taken_of_another(relation, evidence)
    as_it_stands = Doubt(relation, 0, relation.claim, relation.expected, reckoned)
    if left_out:
        return as_it_stands
    return max(
        (each for each in options if each.wanted > 0),
        # Two digits that changed places hardly come about by chance, one wrong digit soon.
        key=lambda each: (
            each.blamed.index not in evidence.proved,
            len(each.others),
            # A rate that comes out of the other base to its last digit was reckoned, not mistyped.
            each.slip == OTHER_BASE or each in moved,
            is_swapped(each.slip),
            -next(place for place, figure in enumerate(figures) if figure is each.blamed),
        ),
        default=as_it_stands,
    )


def _moved_from_elsewhere(relation: Relation, evidence: Evidence) -> Iterator[Doubt]:
    """A part of a rate whose point moved: what it would have to be stands elsewhere (334.17万元 told once more as 334,170元)."""
    for each in relation.operands if relation.edge.kind == QUOTIENT else ():
        for wanted in (each.amount.scaleb(places) for places in _MOVED_BY):
            if evidence.often[wanted, each.unit] and mended_by(relation, each, wanted, evidence.steps):
                yield Doubt(relation, 0, each, wanted, MOVED, tuple(_mended(relation, each, wanted, evidence)))


def _leaves_one_out(relation: Relation, evidence: Evidence) -> bool:
    """Whether a sum of all there are is just one of its parts short."""
    parts, place = [part.amount for part in relation.operands], relation.edge.claim
    before = evidence.statements[place - 1] if place else None
    of_all = relation.edge.words in _OF_KNOWN or counts_its_parts(relation.claim, len(parts), before)
    return relation.edge.kind == SUM and len(parts) > _PAIR and of_all and -relation.gap in parts


def _mended(relation: Relation, blamed: Statement, wanted: Decimal, evidence: Evidence) -> Iterator[Relation]:
    near = (other for other in evidence.near.get(blamed.index, ()) if other is not relation)
    return (other for other in near if mended_by(other, blamed, wanted, evidence.steps))


def _of_any(relation: Relation, evidence: Evidence) -> dict[str, float]:
    claim, operands, make = relation.claim, relation.operands, f"by_{relation.edge.words.replace(' ', '_')}"
    apart = abs(log(abs(claim.amount / relation.expected))) if claim.amount and relation.expected else _FARTHEST
    return {
        "bias": 1,
        relation.edge.kind: 1,
        make if make in _makes() else "by_name": 1,
        "within_a_hundredth": apart < _A_HUNDREDTH,
        "within_a_tenth": apart < _A_TENTH,
        "within_a_fifth": apart < _A_FIFTH,
        "within_twice": apart < _TWICE,
        "operand_proved": any(operand.index in evidence.proved for operand in operands),
        "sentence": all(operand.sentence == claim.sentence for operand in operands),
        "behind": any(operand.index > claim.index for operand in operands),
        "cell": any(operand.sentence < 0 for operand in operands),
        "part": claim.part_of is not None,
        "money": claim.figure.kind == "money",
    }


def _of_slip(relation: Relation, found: Doubt, evidence: Evidence) -> dict[str, float]:
    """Which slip explains the gap: in the claim, else in an operand; and what else would be mended with it."""
    own, digits = found.blamed is relation.claim, digits_of(found.blamed.figure.value)
    # A figure of another stage is no slip of digits.
    other_stage = found.slip in _OF_ANOTHER
    slip = "" if found.slip in _RECKONED else found.slip
    one_wrong, swapped = slip == ONE_WRONG, is_swapped(slip)
    return {
        "mends": min(len(found.others), _MOST_MENDED),
        "proved": found.blamed.index in evidence.proved,
        "claim_proved": not own and relation.claim.index in evidence.proved,
        # Any digit is one slip from any other.
        "slipped": bool(slip) and digits > 1,
        "slipped_digit": bool(slip) and digits == 1,
        "slipped_short": bool(slip) and 1 < digits < _SHORT,
        "swapped": own and swapped,
        "one_wrong": own and one_wrong and digits > 1,
        "one_wrong_of_three": own and one_wrong and digits >= _SHORT,
        "one_wrong_of_four": own and one_wrong and digits >= _LONG,
        "other_unit": own and slip == OTHER_UNIT,
        "other_base": own and slip in (OTHER_BASE, INVERTED),
        "left_out": found.slip == LEFT_OUT,
        "other_stage": other_stage,
        "other_stage_of_named_base": other_stage and names_as_base(relation.claim, relation.operands[-1]),
        "operand_slipped": not own,
        "operand_swapped": not own and swapped and digits >= _SHORT,
        "operand_one_wrong": not own and one_wrong,
        "operand_one_wrong_of_four": not own and one_wrong and digits >= _LONG,
        "testifies": bool(slip) and testifies(found.blamed.figure.value, found.wanted / unit_of(found.blamed)),
    }


def _of_lists(relation: Relation, evidence: Evidence) -> dict[str, float]:
    claim, parts, gap = relation.claim, relation.operands, relation.gap
    steps = claim.amount / unit_of_step(claim)
    likely = relation.edge.likely
    return {
        "likely": _odds(likely) if likely else 0,
        "unlisted": not likely,
        "two": len(parts) == _PAIR,
        "one": len(parts) == 1,
        "many": len(parts) > _SHORT,
        "less_than_one": any(part.amount > claim.amount for part in parts),
        "less_than_a_part": 0 < gap < min(part.amount for part in parts),
        # 馆藏档案…卷，其中文书档案…卷、重点档案…卷: beside what is nearly all of it smaller kinds may well be among it.
        "uneven": max(part.amount for part in parts) > _NEARLY_ALL * claim.amount,
        "round": _is_round(relation),
        # 其中 may list what overlaps: people by sex and by age.
        "living": claim.unit in units_of("living"),
        "few": steps < _TEN,
        "below_a_hundred": steps < _TEN * _TEN,
        "columns": structure_of(relation) in evidence.columns,
        "in_a_row": [part.index for part in parts] == [*range(claim.index + 1, claim.index + 1 + len(parts))],
        "moves": any(kind_of_flow(each) for each in (claim, *parts)),
        "goes_on": bool(_AND_SO_ON.match(parts[-1].behind)),
        "counted": counts_its_parts(claim, len(parts), evidence.statements[relation.edge.claim - 1] if relation.edge.claim else None),
        "of_change": claim.aspect == "change",
        "explained": _is_beside(abs(gap), relation, evidence),
    }


def _of_flows(relation: Relation, _: Evidence) -> dict[str, float]:
    steps = relation.claim.amount / unit_of_step(relation.claim)
    return {
        "few": steps < _TEN,
        "below_a_hundred": steps < _TEN * _TEN,
        "unnamed": sum(not kind_of_flow(each) for each in (relation.claim, *relation.operands)),
    }


def _of_rates(relation: Relation, evidence: Evidence) -> dict[str, float]:
    claim, (first, *rest) = relation.claim, relation.operands
    of_named = (claim.aspect == "share" or "base" in claim.because) and relation.edge.words.endswith(claim.because.get("base") or RANKED)
    ranked, beside = _of_ranking(relation, evidence), evidence.shared.get(rest[-1].index, ()) if rest else ()
    return {
        **ranked,
        # 占项目支出的13.98%: that it comes out of another base is the error.
        "of_named_base": of_named,
        "explained": ranked["explained"] and not of_named,
        "explained_average": ranked["explained"] and relation.edge.kind == AVERAGE,
        "explained_of_named_base": ranked["explained"] and of_named,
        "of_something_else": not _is_named_for(relation),
        "modified": _is_modified(relation),
        # 参检率104.1% of 187人 of whom 171 came: no rate of some of a thing is more than all of it.
        "impossible": claim.amount > _ALL >= relation.expected,
        "more_than_all": relation.expected > _ALL >= claim.amount,
        "elsewhere": comes_out_elsewhere(relation, evidence),
        "unexplained": unexplained(claim, *relation.operands),
        "in_a_row": _in_a_row(*rest, first, claim),
        "of_part": first.part_of is not None and bool(rest) and first.part_of == rest[0].index,
        # 基本支出占77.3%，项目支出占26.7%: what stands beside it comes out of the same base.
        "of_shared_base": claim.aspect == "share" and any(abs(other - claim.index) <= _NEAR for other in beside),
        "of_one_owner": first.figure.kind == "money" and bool(rest) and first.subject == rest[0].subject == claim.subject,
    }


def _of_changes(relation: Relation, evidence: Evidence) -> dict[str, float]:
    claim, (first, second) = relation.claim, relation.operands
    # The rate of a change and its amount stand side by side, and the other comes out of the same two figures.
    beside = evidence.changed.get(claim.index + (1 if relation.edge.kind == CHANGE else -1))
    return {
        **_of_ranking(relation, evidence),
        "in_a_row": _in_a_row(first, second, claim),
        "alone": _stand_alone(relation, evidence),
        "since_prior": second.period == "prior",
        "goes_with": beside == {first.index, second.index},
    }


def _of_repeats(relation: Relation, evidence: Evidence) -> dict[str, float]:
    claim, before = relation.claim, relation.operands[0]
    likely, told = relation.edge.likely, [evidence.often[each.amount, each.unit] for each in (claim, before)]
    return {
        # Numbers each of which is told again elsewhere are two things.
        "each_told_twice": min(told) > 1,
        "one_told_twice": max(told) > 1,
        "both_proved": {claim.index, before.index} <= evidence.proved,
        "likely": _odds(likely) if likely else 0,
        "unlikely": not likely,
        # 62万亩 beside 62.8万亩 is rounded.
        "as_fine": unit_of_step(claim) == unit_of_step(before),
        "named_long": len(claim.measure) > _LONG,
        "same_thing": claim.figure.kind == "count" and bool(claim.measure) and claim.measure == before.measure,
        "same_scope": (claim.subject, claim.scope, claim.state) == (before.subject, before.scope, before.state),
        "some_of_it": claim.part_of is not None or before.part_of is not None,
        "tells_all": tells_all(claim) or tells_all(before),
        "both_tell_all": tells_all(claim) and tells_all(before),
    }


_OF_FAMILY = {
    _LISTS: _of_lists,
    _EXCEEDED: _of_lists,
    _BOUNDS: _of_lists,
    _FLOWS: _of_flows,
    _RATES: _of_rates,
    _CHANGES: _of_changes,
    _REPEATS: _of_repeats,
}


def _of_ranking(relation: Relation, evidence: Evidence) -> dict[str, float]:
    """How likely the operands are among all that the claim may be of, and whether it comes out of anything else."""
    candidates = evidence.ranking.get(relation.claim.index, ())
    operands = {operand.index for operand in relation.operands}
    places = {frozenset(each.index for each in other.operands): place for place, (_, other) in enumerate(candidates)}
    place = places.get(frozenset(operands))
    return {
        "likely": _odds(0 if place is None else candidates[place][0]),
        "first": place == 0,
        "none": max(_LEAST, 1 - sum(each for each, _ in candidates)),
        "unranked": place is None,
        "otherwise": any(each.holds for _, each in candidates),
        "explained": relation.edge.kind in QUOTIENTS | {LEFT_OVER}
        and comes_out_otherwise(relation, evidence.statements, relation.edge.claim),
        "beside": relation.claim.index - relation.operands[0].index == 1,
        "turned": relation.turned and not _is_of_rates_alike(relation),
        "short": digits_of(relation.claim.figure.value) < _SHORT,
    }


def _is_of_rates_alike(relation: Relation) -> bool:
    """Whether one rate is told twice, and only the word of the change tells which is the later: 年末74.9%，年初76.2%，下降1.3个百分点."""
    of_points = relation.edge.kind == CHANGE and relation.claim.figure.kind == "percent"
    told_again = any(each.named != "own" for each in relation.operands)
    return of_points and told_again and relation.operands[-1].period != "prior"


def _is_beside(amount: Decimal, relation: Relation, evidence: Evidence) -> bool:
    """Whether a figure like the claim, near it, is just what parts and whole lie apart: 上年结转143件 besides what came in."""
    place, own = relation.edge.claim, {relation.claim.index, *(part.index for part in relation.operands)}
    near = evidence.statements[max(0, place - _NEAR) : place + _NEAR]
    return any(each.amount == amount and each.unit == relation.claim.unit and each.index not in own for each in near)


def _odds(likely: float) -> float:
    return log(max(likely, _LEAST) / max(1 - likely, _LEAST))


def _in_a_row(*statements: Statement) -> bool:
    """Whether figures follow one another, in this order, and nothing else stands among them."""
    return all(after.index == before.index + 1 for before, after in pairwise(statements))


def _stand_alone(relation: Relation, evidence: Evidence) -> bool:
    """Whether the operands are all the figures, rates and the like aside, that the sentence of a claim tells before it."""
    place, operands = relation.edge.claim, {operand.index for operand in relation.operands}
    before = takewhile(lambda each: each.sentence == relation.claim.sentence, reversed(evidence.statements[:place]))
    plain = {each.index for each in before if each.aspect not in DERIVED}
    return operands == plain


def _is_named_for(relation: Relation) -> bool:
    """Whether a rate is called what its operands are: 回访满意率 is not of what was dealt with. 执行率 is of anything that has a plan."""
    planned, claim = relation.operands[-1].aspect in PLANS, relation.claim
    if claim.measure == _OF_ANYTHING:
        # 修订完成率: of what was revised, which no word needs to say was completed.
        claim = replace(claim, words=claim.words.removesuffix(_OF_ANYTHING), measure="")
    return relation.edge.kind != QUOTIENT or planned or unexplained(claim, *relation.operands) <= _MOST_UNEXPLAINED


def _is_modified(relation: Relation) -> bool:
    """Whether a rate is of others than its operands, as a word says that neither of them has: 餐饮食品合格率 of all that was tried."""
    claim = relation.claim
    known = f"{GENERIC}{''.join(claim.section)}{claim.lead}" + "".join(_words_of(each) for each in relation.operands)
    # What binds its operands by its name alone needs no other word of them: 控制率.
    by_name = relation.edge.words == claim.measure and is_plain_rate(claim.measure)
    measure = "" if by_name or claim.measure == _OF_ANYTHING else claim.measure
    # 按编制数折算的控制率: how it was reckoned is not whose it is.
    words = without("reckoned", claim.words.replace(claim.measure, ""))
    own = "".join(" " if character in known else character for character in f"{words} {measure}")
    of_plan = relation.operands[-1].aspect in PLANS and is_of_plan(claim)
    own = without("of_plan", own)
    own = pattern("relations", "anyone", "words").sub(" ", own) if _CONTENT in claim.words else own
    return claim.aspect == "rate" and relation.edge.words != PARALLEL and not of_plan and any(len(word) > 1 for word in own.split())


def _words_of(statement: Statement) -> str:
    return f"{statement.ahead}{statement.words}{statement.measure}{''.join(statement.subject)}{statement.behind}"


def _is_round(relation: Relation) -> bool:
    """Whether the gap has one digit that is no zero, and not the last printed: as one wrong digit leaves it, an open list seldom."""
    steps = abs(relation.gap / unit_of_step(relation.claim))
    whole = int(steps)
    # Among round numbers a round gap says nothing.
    odd = [each for each in (relation.claim, *relation.operands) if each.amount / unit_of_step(each) % _TEN]
    return steps == whole and whole >= _TEN and len(str(whole).rstrip("0")) == 1 and len(odd) * 2 > len(relation.operands)
