"""Names that are listed first and given their numbers in turn: 人员经费和公用经费分别为20万元和3万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from selfeval.reading.clauses import names_of, only_joins, parts_of

from .draft import Draft
from .lexicon import place_of
from .noun import last_clause, name_in
from .phrase import bare


def name_in_turn(text: str, drafts: Sequence[Draft]) -> None:
    """Give each of the figures of a sentence that are told in turn the name that stands in its place among those listed ahead of them."""
    for place, draft in enumerate(drafts[:-1]):
        told = place_of("in_turn", text, *draft.phrase.words)[0]
        if told < 0:
            continue
        run = [draft, *_joined(text, drafts[place:])]
        ahead = last_clause(text, draft.phrase.ahead)
        for span in ((draft.phrase.words[0], told), ahead) if len(run) > 1 else ():
            named = [name_in(text, each, draft.phrase.figure.kind).noun for each in _listed(text, *span, len(run))]
            if named and all(named):
                for each, name in zip(run, named, strict=True):
                    each.noun, each.noun_ahead, each.in_turn, each.listed = name, False, True, name if span is ahead else ""
                    # 起数、死亡人数分别下降33.3%和42.9%: both went down.
                    if draft.aspect == "change_rate" and each.kind == "percent":
                        each.aspect, each.because["aspect"] = draft.aspect, draft.because.get("aspect", "")
                break


def _joined(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The figures that follow the first with nothing but joints between them."""
    for before, draft in pairwise(drafts):
        if not only_joins(bare(text[before.phrase.figure.end : draft.phrase.figure.start])):
            break
        yield draft


def _listed(text: str, begin: int, end: int, several: int) -> list[tuple[int, int]]:
    """Where the names stand that words list, where these are `several`: parted by 、 as far as it goes, the last two by 和 too."""
    begin = max(begin, place_of("all_of", text, begin, end)[1])
    words = text[begin:end]
    enumerated = [part.words for part in parts_of(words, "、")]
    for names in (names_of(words), [*enumerated[:-1], *names_of(enumerated[-1])], enumerated):
        if len(names) == several and all(len(name.strip()) > 1 for name in names):
            return [*_spans(text, begin, names)]
    return []


def _spans(text: str, begin: int, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    for name in names:
        begin = text.index(name, begin)
        yield begin, begin + len(name)
        begin += len(name)
