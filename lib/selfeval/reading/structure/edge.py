"""An edge: a figure and those that determine it."""

from __future__ import annotations

from typing import NamedTuple

SUM, BOUND, QUOTIENT, CHANGE, CHANGE_RATE, IMPLIED = "sum", "bound", "quotient", "change", "change_rate", "implied"
AVERAGE, TIMES, EQUAL, AGAIN, LEFT_OVER, FLOW = "average", "times", "equal", "again", "left_over", "flow"
DAILY, MONTHLY, REST = "daily", "monthly", "rest"

# What binds a rate of which only its own word (入住 of 入住率) tells what it is of.
STEM = "stem"
# What binds a rate to the number right in front of it: 16座的87.5%.
OF = "的"
# What binds a sentence to the cell that has its line.
CELL = "cell"
# What binds a number to one that is called just the same, where each tells how many there are.
CALLED = "called"
# What binds a number to one before with two of its digits about, all of them in another order, or one digit other.
SWAPPED, SHUFFLED, ONE_DIGIT = "swapped", "shuffled", "one digit"
# What binds a column of a list of which another comes out.
COLUMN = "column"
# What binds the first of a list to what they come to together.
FIRST_OF = "first of"
# What binds figures that only rank first among those near.
RANKED = "ranked"
# What binds a list that ends with all that is left: 其他, 其余.
OTHERS = "others"
# What binds rates told one for each of the figures before them: 分别, 依次.
PARALLEL = "parallel"
# What binds what was done to the figure before it that it may be a part of.
BESIDE = "beside"
# What binds some of a thing to all there is of it.
ALL = "all"
# What binds what 其中 says is some of those told before to them: it cannot be more.
SOME = "some"
# What binds marks: a sentence that lists them; one whose weights prove that it lists all.
MARKS, MARKS_OF_ALL = "marks", "marks of all"


class Edge(NamedTuple):
    """What one figure claims of others; all by the places of their statements in the list of statements.

    `kind` tells the arithmetic: the claim is the SUM of the operands; is no less than their sum (BOUND); the first in percent of the second
    (QUOTIENT), or what the first leaves of it (REST); the first less the second, as an amount (CHANGE) or in percent of the second
    (CHANGE_RATE); the first, a change, in percent of what the second was before it (IMPLIED); the first for each of the second (AVERAGE),
    or so many times the second (TIMES); the operand for each day (DAILY) or month (MONTHLY) of a year; the same, converted (EQUAL) or
    stated again (AGAIN); the first less the second (LEFT_OVER); the sum of the operands but the last few, whose number `words` tells, less
    those (FLOW).
    `words` are those that bind it; `likely` tells how likely it is meant, where what ranks lists or repeats says so.
    """

    kind: str
    claim: int
    operands: tuple[int, ...]
    words: str = ""
    likely: float = 0
