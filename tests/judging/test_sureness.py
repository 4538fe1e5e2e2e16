"""How sure it is that a claim is wrong, and what else it may come out of."""

from decimal import Decimal

import pytest

from selfeval.judging.evidence import evidence_of
from selfeval.judging.otherwise import comes_out_otherwise
from selfeval.judging.relations.edges import Steps, relations_of_edges, relations_of_ranking
from selfeval.judging.sureness import doubt
from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements
from selfeval.reading.structure import edges_of, likely_edges


def ranked(text, claim):
    """The likely relations of a claim as printed that do not come out, and all there is beside."""
    spoken = read_statements(Document(text, "r.txt", "txt", "utf-8"), extract_figures(text))
    ranking = relations_of_ranking(likely_edges(spoken), spoken.statements, Steps(spoken.statements))
    evidence = evidence_of(relations_of_edges(edges_of(spoken), spoken.statements), spoken.statements, ranking)
    candidates = next(each for each in evidence.ranking.values() if each[0][1].claim.figure.text == claim)
    return [relation for _, relation in candidates if not relation.holds], evidence


def doubted(text, claim):
    """The surest doubt of a claim."""
    broken, evidence = ranked(text, claim)
    return max((doubt(relation, evidence) for relation in broken), key=lambda each: each.sure)


def test_two_digits_changed_about_are_surer_than_a_result_that_lies_anywhere():
    swapped, anywhere = (f"受理诉求6248件，办结6186件，办结率{rate}。" for rate in ("90.99%", "61.53%"))
    assert doubted(swapped, "90.99%").sure > doubted(anywhere, "61.53%").sure


def test_the_claim_is_to_blame_where_a_slip_in_it_explains_the_gap():
    found = doubted("受理诉求6248件，办结6186件，办结率90.99%。", "90.99%")
    assert (found.blamed.figure.text, round(found.wanted, 2)) == ("90.99%", Decimal("99.01"))


def test_a_rate_of_something_else_is_not_doubted():
    assert doubted("发现隐患320条，已整改304条，涉及学校的重大隐患整改率59%。", "59%").sure < 0.45


OTHERWISE = {
    "what did not fail": ("抽查药品840批次，不合格23批次，合格率97.26%。", "97.26%"),
    "two answers of three": ("满意412人，基本满意63人，不满意25人，满意度95.0%。", "95.0%"),
    "one of two": ("住校生2480人，走读生1064人，住校率70.0%。", "70.0%"),
    "what was planned with what was added": ("年初1800万元，追加126万元，支出1898.30万元，执行率98.56%。", "98.56%"),
}


@pytest.mark.parametrize(("text", "claim"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_claim_may_come_out_of_figures_no_pair_of_which_it_is_named_for(text, claim):
    broken, evidence = ranked(text, claim)
    assert broken
    assert all(comes_out_otherwise(relation, evidence.statements, relation.edge.claim) for relation in broken)


def test_a_claim_that_comes_out_of_nothing_near_it_is_not_explained():
    broken, evidence = ranked("受理诉求6248件，办结6186件，办结率90.99%。", "90.99%")
    assert broken
    assert not any(comes_out_otherwise(relation, evidence.statements, relation.edge.claim) for relation in broken)
