"""The witness that ranks: which figures near a claim it most likely comes out of, by learned weights."""

import pytest

from selfeval.knowledge import load
from selfeval.reading.document import Document
from selfeval.reading.figures import extract_figures
from selfeval.reading.statements import read_statements
from selfeval.reading.statements.pairs import CLAIMS, Pairs


def rankings(text):
    """For each claim as printed the operands of its candidates with how likely they are, the likeliest first."""
    ranking = read_statements(Document(text, "r.txt", "txt", "utf-8"), extract_figures(text)).ranking
    return {
        candidates[0].claim.figure.text: [([one.first.figure.text, one.base.figure.text], one.likely) for one in candidates]
        for candidates in ranking
    }


FIRST = {
    "a rate a clause behind its figures": ("热线平台接收诉求6248件，期内办结6186件，办结率99.01%。", "99.01%", ["6186件", "6248件"]),
    "a share of a list told a sentence before": (
        "立案432件，其中食品187件、广告245件。食品类案件占全部立案的43.29%。",
        "43.29%",
        ["187件", "432件"],
    ),
    "an average of what stands beside its number": ("立案84件，罚款187.60万元，案均2.23万元。", "2.23万元", ["187.60万元", "84件"]),
    "a change against the year before": ("接报警情1286起，较上年的1342起减少56起。", "56起", ["1286起", "1342起"]),
    "what is left, in a sentence of its own": ("全年预算4100万元，支出4050万元。年末结转50万元。", "50万元", ["4100万元", "4050万元"]),
}


@pytest.mark.parametrize(("text", "claim", "operands"), FIRST.values(), ids=FIRST)
def test_the_figures_a_claim_comes_out_of_rank_first(text, claim, operands):
    assert rankings(text)[claim][0][0] == operands


def test_of_all_candidates_and_none_the_chances_are_one_at_most():
    text = "检查企业820家次，其中矿山120家次、工贸700家次，发现隐患412条，已整改398条，整改率96.6%，户均0.5条。"
    assert all(0 < sum(likely for _, likely in found) < 1 for found in rankings(text).values())


def test_a_claim_with_no_two_like_figures_near_it_has_no_candidates():
    assert rankings("检查企业83家，罚款12万元，群众满意率98.3%。") == {}


def test_a_long_text_is_weighed_in_stretches_as_it_is_in_one(monkeypatch):
    text = "\n".join(text for text, _, _ in FIRST.values())
    whole = rankings(text)
    monkeypatch.setattr("selfeval.reading.statements.ranked._STRETCH", 3)
    assert rankings(text) == {claim: [(operands, pytest.approx(likely)) for operands, likely in found] for claim, found in whole.items()}


def test_every_kind_of_claim_has_weights_of_features_there_are():
    text = "热线平台接收诉求6248件，期内办结6186件，办结率99.01%。"
    statements = read_statements(Document(text, "r.txt", "txt", "utf-8"), extract_figures(text)).statements
    pairs = Pairs(statements, {})
    known = set(pairs.features(*pairs.possible([2])))
    assert {aspect: set(load("ranking")[aspect]) - known for aspect in CLAIMS} == {aspect: set() for aspect in CLAIMS}
