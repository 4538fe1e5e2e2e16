"""The points for budget execution: what was spent against the budget of the whole year, never more than full marks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selfeval import words
from selfeval.quantity import quotient
from selfeval.records.line_tree import Line, LineTree
from selfeval.records.stated import name_key

from .mark import Mark, digits, out_of, pointed, word
from .ruleset import Ruleset

DEPARTMENT = "department"


@dataclass(frozen=True)
class Money:
    """The budget lines that are about one scope: the department as a whole, or one project, which may be paid from several books."""

    scope: str
    lines: tuple[Line, ...]

    @property
    def contradictory(self) -> bool:
        """Whether two lines of one book claim to be the same project."""
        return len({line.book for line in self.lines}) < len(self.lines)

    def amount(self, column: str) -> Decimal | None:
        """The lines' amounts together; None when there is no line or one is silent."""
        amounts = [line.amount(column) for line in self.lines]
        return None if not amounts or any(amount is None for amount in amounts) else sum(amounts, Decimal(0))

    def inputs(self, *columns: str) -> str:
        """What stands behind the amounts: `t01.actual t01.adjusted`."""
        return " ".join(f"{line.line_id}.{column}" for line in self.lines for column in columns if line.amount(column) is not None)


def money_of(tree: LineTree, scope: str) -> Money:
    """The budget lines of the department, or of the project of that name, blanks and kinds of brackets aside."""
    if scope == DEPARTMENT:
        total = tree.total()
        return Money(scope, () if total is None else (total,))
    return Money(scope, tuple(tree.projects_by(name_key).get(name_key(scope), ())))


def execution_mark(money: Money, weight: Decimal | None, rules: Ruleset) -> Mark:
    """Execution rate times weight, capped at the weight; which budget it is held against is the mark's basis."""
    basis = next((basis for basis in rules.bases if money.amount(basis) is not None), "")
    missing = _missing(money, basis, weight, rules)
    if missing:
        return Mark(basis=basis, missing="、".join(missing))
    budget, actual = money.amount(basis), money.amount("actual")
    notes = [] if basis == rules.bases[0] else [word("other_basis", official=words.basis(rules.bases[0]), basis=words.basis(basis))]
    if actual < 0:
        notes, actual = [*notes, word("negative_spent")], Decimal(0)
    over = actual > budget
    points = out_of(weight, min(Fraction(actual) / Fraction(budget), Fraction(1)), rules.places)
    formula = word(
        "capped_formula" if over else "executed",
        actual=digits(actual),
        budget=digits(budget),
        weight=digits(weight),
        points=pointed(points, rules.places),
    )
    return Mark(points, quotient(actual, budget), basis, formula, notes=(*notes, *([word("capped")] if over else [])))


def _missing(money: Money, basis: str, weight: Decimal | None, rules: Ruleset) -> list[str]:
    if not money.lines:
        return [word("line_department") if money.scope == DEPARTMENT else word("line_project", scope=money.scope)]
    if money.contradictory:
        return [word("twice", scope=money.scope, count=str(len(money.lines)))]
    missing = [] if basis else ["或".join(words.basis(allowed) for allowed in rules.bases)]
    if basis and money.amount(basis) <= 0:
        missing.append(word("zero_budget", basis=words.basis(basis), budget=digits(money.amount(basis))))
    if money.amount("actual") is None:
        missing.append(word("spent"))
    if weight is None or weight < 0:
        missing.append(word("weight") if weight is None else word("negative_weight", weight=words.number(weight)))
    return missing
