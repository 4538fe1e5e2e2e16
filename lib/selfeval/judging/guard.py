"""What of all relations that do not hold may be called a difference, and which number is to blame."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .relations.claim import Claim, Place, adds
from .slip import slip_between, testifies

# Where more relations than this hold nowhere, what they were read from was misread as a whole.
_MOST_UNPROVED = 300
# Of a number with fewer digits than this nearly any other is one slip away.
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Blamed:
    """A number that is to blame: what it would have to be, and the relations that would then hold, the first of them telling most."""

    place: Place
    wanted: Decimal
    claims: tuple[Claim, ...]
    sure: bool

    @property
    def gap(self) -> Decimal:
        """What is stated less what is wanted."""
        return self.place.number - self.wanted


def differences(claims: Iterable[Claim]) -> list[Blamed]:
    """Return what is to be called different, one number a root cause.

    A structure that mostly does not hold was misread, and nothing is said of it unless slips of a hand explain it. Where it mostly
    holds, the exceptions are real. Where one number, put right, mends relations of different make and breaks none, two witnesses speak
    against it: it is named. Else a relation that a proved structure broke is told as it stands.
    """
    held, broken, others = _sifted(claims)
    others = others if len(others) <= _MOST_UNPROVED else []
    # What is copied from table to table agrees with its copy, right or wrong, and a bound holds for many a number.
    telling = (claim for claim in held if claim.of_one_table and not claim.at_most)
    in_held = Counter(key for claim in telling for key in {place.key for place in (claim.whole, *claim.parts)})
    found: list[Blamed] = []
    while broken or others:
        blamed = _root(broken, others, in_held) or (_as_it_stands(broken[0]) if broken else None)
        if blamed is None:
            break
        found.append(blamed)
        # No number is to blame twice.
        in_held[blamed.place.key] += 1
        broken, others = (_after(claims, blamed) for claims in (broken, others))
    return sorted(found, key=lambda blamed: blamed.place.key)


def _after(claims: Sequence[Claim], blamed: Blamed) -> list[Claim]:
    """What of `claims` is broken still when the number to blame is put right."""
    mended = set(map(id, blamed.claims))
    left = [claim for claim in claims if id(claim) not in mended and claim.whole.key != blamed.place.key]
    put_right = [claim.corrected(blamed.place.key, blamed.wanted) for claim in left]
    return [claim for claim in put_right if not claim.holds]


def _sifted(claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim], list[Claim]]:
    """Of structures that mostly hold, the relations that hold and those that do not; then all others that do not hold."""
    structures: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        structures[claim.structure].append(claim)
    held, broken, others = [], [], []
    for members in structures.values():
        good = [claim for claim in members if claim.holds]
        bad = [claim for claim in members if not claim.holds and not _is_no_sum(claim)]
        others += [claim for claim in members if not claim.holds and _is_no_sum(claim)]
        proved = len([claim for claim in good if claim.firm and claim.whole.number]) >= _slips(bad)
        held += good if proved else []
        # Two digits changed about are their own witness, where nothing else of the make went wrong.
        told = proved or (bool(bad) and all(not claim.at_most and testifies(claim.whole.number, claim.expected) for claim in bad))
        # One sentence that words bind needs no others beside it, nor does a sum that one digit would mend.
        told = told or (len(members) == 1 and all(claim.bound or (claim.firm and claim.one_digit_off) for claim in bad))
        (broken if told else others).extend(bad)
    return held, broken, others


def _slips(claims: Sequence[Claim]) -> int:
    """How many slips spoil `claims`: one that spoils several of a structure spoils them by the same amount, as far as it is printed."""
    gaps = sorted((abs(claim.gap), claim.tolerance) for claim in claims)
    return len(gaps[:1]) + sum(gap - before > tolerance + least for (before, least), (gap, tolerance) in pairwise(gaps))


def _is_no_sum(claim: Claim) -> bool:
    """Whether a total is less than the largest of its parts, and no slip of a hand explains it: an average, a rank, the last of stocks.

    Only relations of another make may call it wrong.
    """
    parts = [part.number for part in claim.parts]
    if len(parts) < 2 or "computed" in claim.structure or not 0 <= claim.whole.number < max(parts) or min(parts) < 0:
        return False
    digits = claim.whole.number.as_tuple().digits
    return len(digits) < _FEWEST_DIGITS or not slip_between(claim.whole.number, claim.expected)


def _root(broken: Sequence[Claim], others: Sequence[Claim], in_held: Mapping[int, int]) -> Blamed | None:
    """The number that, put right, mends most and breaks nothing: of a proved structure at least one, else two of different make."""
    best: Blamed | None = None
    best_rank = (0, 0, False, False)
    pool = [*broken, *others]
    proved = set(map(id, broken))
    at: dict[int, list[Claim]] = defaultdict(list)
    for claim in pool:
        for key in {place.key for place in (claim.whole, *claim.parts)}:
            at[key].append(claim)
    for claim in pool:
        for place in (claim.whole, *claim.parts):
            # A number of one unproved relation has no second witness.
            alone = len(at[place.key]) < 2 and id(claim) not in proved
            wanted = None if alone or in_held.get(place.key) else _wanted(claim, place)
            if wanted is None:
                continue
            mended = tuple(other for other in at[place.key] if _mends(other, place, wanted))
            makes = len({other.structure for other in mended})
            # Of several parts that would each mend it the one a slip of the hand explains is to blame.
            rank = (makes, len(mended), place is claim.whole, bool(slip_between(place.number, wanted)))
            if (makes > 1 or any(id(other) in proved for other in mended)) and rank > best_rank:
                best, best_rank = Blamed(place, wanted, mended, sure=makes > 1), rank
    return best


def _as_it_stands(claim: Claim) -> Blamed:
    return Blamed(claim.whole, claim.expected, (claim,), sure=False)


def _wanted(claim: Claim, place: Place) -> Decimal | None:
    """What `place` would have to be for a sum or a repeat to hold; of other relations only the whole can be told."""
    if place.key == claim.whole.key:
        return claim.expected
    if claim.at_most or "computed" in claim.structure or all(part.key != place.key for part in claim.parts):
        return None
    if claim.of_one_table:
        return place.number - claim.gap if adds(place, claim.whole) != place.number else place.number + claim.gap
    # The same number in another table, there perhaps in another unit.
    return place.number + claim.gap * place.number / claim.expected if claim.expected else None


def _mends(claim: Claim, place: Place, wanted: Decimal) -> bool:
    """Whether `claim` would hold, were `place` what is wanted."""
    if all(spot.key != place.key for spot in (claim.whole, *claim.parts)):
        return False
    corrected = claim.corrected(place.key, wanted)
    return (corrected.gap if claim.at_most else abs(corrected.gap)) <= claim.tolerance * 2
