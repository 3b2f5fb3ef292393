"""Words that grammar takes off the edges of content."""

import pytest

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex, quoted_spans
from onrecord.pipeline.edges import with_grammatical_edges
from onrecord.pipeline.nlp import load_nlp


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        pytest.param(
            "Ada Brook said that the levy is fair.", ["that the levy is fair"], ["the levy is fair"], id="that"
        ),
        pytest.param("Ada Brook rejected that.", ["that"], ["that"], id="a lone that is a pronoun"),
        pytest.param(
            "Ada Brook asked who should pay the levy, and in the end she paid.",
            ["who should pay the levy, and"],
            ["who should pay the levy"],
            id="conjunction and its comma",
        ),
        pytest.param(
            "Ada Brook backs the levy on boats but — unlike Voss — not on nets.",
            ["the levy on boats but"],
            ["the levy on boats"],
            id="a dash follows",
        ),
        pytest.param(
            "Ada Brook praised the mayor, as often, for the levy.", ["the", "the levy"], ["the levy"], id="a piece"
        ),
        pytest.param(
            "The levy is fair but — Ada Brook said — it will go.",
            ["The levy is fair but", "it will go"],
            ["The levy is fair but", "it will go"],
            id="the next piece goes on",
        ),
        pytest.param("What the levy pays for, nobody knows the.", ["nobody knows the"], ["nobody knows the"], id="end"),
        pytest.param("She said that, if elected, she would go.", ["that, if elected, she would go"],
                     ["if elected, she would go"], id="that and its comma"),
        pytest.param("Take either/or and go.", ["Take either/or"], ["Take either/or"], id="part of a word"),
        pytest.param("He has hepatitis A and nets.", ["hepatitis A"], ["hepatitis A"], id="a capital"),
        pytest.param("It would rise 5% or fall.", ["It would rise 5% or"], ["It would rise 5%"], id="a percentage"),
        pytest.param("A levy (on boats) and nets.", ["A levy (on boats) and"], ["A levy (on boats)"], id="brackets"),
        pytest.param("It is  “fair” and  the nets.", ["“fair” and  the"], ["“fair”"], id="behind a mark"),
        pytest.param("Ada Brook called it “fair by the”  book.", ["“fair by the”"], ["“fair by the”"], id="quoted"),
    ],
)  # fmt: skip
def test_loose_words_leave_the_edges(text: str, pieces: list[str], expected: list[str]) -> None:
    spans, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        spans.append(Span(start=start, end=start + len(piece)))
        at = start + len(piece)
    quoted = QuotedIndex(quoted_spans(text, [Span(start=0, end=len(text))]))
    found = with_grammatical_edges([Quotation(spans=tuple(spans), cue=None, source=None)], quoted, load_nlp()(text))
    assert [span.of(text) for quotation in found for span in quotation.spans] == expected


def test_nothing_is_left_of_a_quotation_of_loose_words() -> None:
    text = "Ada Brook praised the levy."
    quotation = Quotation(spans=(Span(start=18, end=21),), cue=None, source=None)
    assert with_grammatical_edges([quotation], QuotedIndex([]), load_nlp()(text)) == []
