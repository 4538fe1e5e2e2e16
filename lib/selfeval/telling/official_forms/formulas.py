"""Formulas of the forms with their results, as Decimals: blank stays blank, nothing is divided by nothing, and both always agree."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from selfeval import words
from selfeval.quantity import quotient
from selfeval.telling.office import Cell

Result = tuple[Decimal | None, str]
# A yuan has two decimals, so 万元 have six: rounding there takes away what binary fractions add, and nothing else.
_MONEY_PLACES = 6
_HUNDRED = Decimal(100)


def added(parts: Sequence[Cell], stated: Decimal | None) -> Result:
    """The sum of `parts`, shown once all are filled; a stated total that is another number stands as it is stated."""
    known = [part.value for part in parts if isinstance(part.value, Decimal)]
    summed = sum(known, Decimal(0))
    if stated is not None and (not known or summed != stated):
        return stated, ""
    if not parts:
        return None, ""
    complete = len(known) == len(parts)
    # A stated total equal to the rows that are filled shows that the blank ones hold nothing.
    least = 1 if stated is not None and not complete else len(parts)
    named = span(parts)
    value = summed if stated is not None or complete else None
    return value, f'IF(COUNT({named})<{least},"",ROUND(SUM({named}),{_MONEY_PLACES}))'


def ratio(part: Cell, whole: Cell) -> Result:
    """`part` ÷ `whole` to a hundredth of a per cent."""
    formula = f'IF(OR({part.name}="",{whole.name}=""),"",IF({whole.name}<=0,"",ROUND({part.name}/{whole.name},4)))'
    if part.value is None or whole.value is None or whole.value <= 0:
        return None, formula
    return words.rounded(quotient(part.value, whole.value), 4), formula


def executed(actual: Cell, budget: Cell, weight: Cell) -> Result:
    """The score for execution: rate × weight, between 0 and the weight."""
    rate = f"MAX(0,MIN(1,{actual.name}/{budget.name}))"
    formula = f'IF({_blank(actual, budget, weight)},"",IF({budget.name}<=0,"",ROUND({rate}*{weight.name},2)))'
    if any(cell.value is None for cell in (actual, budget, weight)) or budget.value <= 0:
        return None, formula
    share = min(max(actual.value, Decimal(0)), budget.value)
    return words.rounded(quotient(share * weight.value, budget.value), 2), formula


def reached(target: Cell, actual: Cell, weight: Cell) -> Result:
    """The score where more is better: result ÷ target × weight, at most the weight."""
    rate = f"MIN(1,MAX(0,{actual.name})/{target.name})"
    formula = f'IF({_blank(target, actual, weight)},"",IF({target.name}<=0,"",ROUND({rate}*{weight.name},2)))'
    if target.value <= 0:
        return None, formula
    share = min(max(actual.value, Decimal(0)), target.value)
    return words.rounded(quotient(share * weight.value, target.value), 2), formula


def kept_below(target: Cell, actual: Cell, weight: Cell) -> Result:
    """The score where less is better: full marks up to the target, beyond it target ÷ result × weight."""
    beyond = f"ROUND({target.name}/{actual.name}*{weight.name},2)"
    formula = f'IF({_blank(target, actual, weight)},"",IF({actual.name}<={target.name},{weight.name},{beyond}))'
    if actual.value <= target.value:
        return weight.value, formula
    return words.rounded(quotient(target.value * weight.value, actual.value), 2), formula


def all_weights(weights: Sequence[Cell]) -> Result:
    """The weights together, once another than that of execution is there."""
    known = [cell.value for cell in weights if isinstance(cell.value, Decimal)]
    named = span(weights)
    return sum(known, Decimal(0)) if len(known) > 1 else None, f'IF(COUNT({named})<2,"",ROUND(SUM({named}),2))'


def total_score(scores: Sequence[Cell], weights: Sequence[Cell]) -> Result:
    """The scores together, shown only when the weights make 100 and every weight has its score."""
    points = [cell.value for cell in scores if isinstance(cell.value, Decimal)]
    carried = [cell.value for cell in weights if isinstance(cell.value, Decimal)]
    complete = sum(carried, Decimal(0)) >= _HUNDRED and len(points) >= len(carried)
    all_scores, all_of = span(scores), span(weights)
    unfinished = f"OR(ROUND(SUM({all_of}),2)<{_HUNDRED},COUNT({all_scores})<COUNT({all_of}))"
    return sum(points, Decimal(0)) if complete else None, f'IF({unfinished},"",ROUND(SUM({all_scores}),2))'


def agreed(result: Result, ours: Decimal | None) -> Result:
    """A formula only where it gives what we computed; else our value alone."""
    return result if result[0] == ours else (ours, "")


def span(cells: Sequence[Cell]) -> str:
    """Cells as the arguments of a function; rows right below one another become one area."""
    runs: list[list[Cell]] = []
    for cell in cells:
        last = runs[-1][-1] if runs else None
        if last is not None and last.column == cell.column and last.row + last.down == cell.row:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return ",".join(run[0].name if len(run) == 1 else f"{run[0].name}:{run[-1].name}" for run in runs)


def _blank(*cells: Cell) -> str:
    return "OR(" + ",".join(f'{cell.name}=""' for cell in cells) + ")"
