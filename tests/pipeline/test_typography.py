import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex, quoted_spans
from onrecord.corpus.record import QuoteType
from onrecord.pipeline.typography import clean_edges, mended, quote_type


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start=start, end=start + len(part))


def index_of(text: str) -> QuotedIndex:
    return QuotedIndex(quoted_spans(text, [Span(start=0, end=len(text))]))


def quotation(text: str, *parts: str, cue: str | None = None) -> Quotation:
    return Quotation(
        spans=tuple(span_of(text, part) for part in parts), cue=None if cue is None else span_of(text, cue)
    )


def texts(text: str, quotations: list[Quotation]) -> list[list[str]]:
    return [[span.of(text) for span in found.spans] for found in quotations]


SPEECH = "“We will not sign this paper,” she said. “Not this year.” He said that it was fair."


def test_ragged_edges_go_to_the_marks() -> None:
    found = mended(SPEECH, [quotation(SPEECH, "will not sign this", "this year", cue="said")], index_of(SPEECH))
    assert texts(SPEECH, found) == [["“We will not sign this paper,”", "“Not this year.”"]]


def test_a_stretch_goes_to_the_quotation_that_holds_most_of_it() -> None:
    two = [quotation(SPEECH, "We will not sign"), quotation(SPEECH, "paper"), quotation(SPEECH, "it was fair")]
    assert texts(SPEECH, mended(SPEECH, two, index_of(SPEECH))) == [["“We will not sign this paper,”"], ["it was fair"]]


def test_words_around_a_quoted_part_stay() -> None:
    text = "She called the whole plan a “gift to the rich” and left."
    found = mended(text, [quotation(text, "the whole plan a “gift to")], index_of(text))
    assert texts(text, found) == [["the whole plan a “gift to the rich”"]]


def test_a_mispaired_stretch_is_left_alone() -> None:
    text = 'He asked for "more, she said, and "less were given."'
    found = mended(text, [quotation(text, "more", cue="said")], index_of(text))
    assert texts(text, found) == [["more"]]


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("He said it was fair.", "it was fair.", "it was fair"),
        ("He said it was from the U.S. too", "it was from the U.S.", "it was from the U.S."),
        ("“It was fair.”", "“It was fair.”", "“It was fair.”"),
        ("He said , it was fair ;", ", it was fair ;", "it was fair"),
    ],
)
def test_edges_are_clean(text: str, part: str, expected: str) -> None:
    span = clean_edges(text, span_of(text, part), index_of(text))
    assert span is not None
    assert span.of(text) == expected


def test_edges_without_a_word_are_nothing() -> None:
    assert clean_edges("He said ...", Span(start=8, end=11), index_of("He said ...")) is None


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("“We will not sign this paper,”", QuoteType.DIRECT),
        ("it was fair", QuoteType.INDIRECT),
        ("this paper,” she said", QuoteType.MIXED),
    ],
)
def test_quote_type(part: str, expected: QuoteType) -> None:
    assert quote_type(SPEECH, [span_of(SPEECH, part)], index_of(SPEECH)) is expected


@given(st.data())
@settings(deadline=None)
def test_mended_spans_stay_in_order_and_apart(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab “”\"'.,", min_size=4, max_size=60))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    pieces = [Span(start=a, end=b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    found = mended(text, [Quotation(spans=(piece,)) for piece in pieces], index_of(text))
    spans = sorted((span for item in found for span in item.spans), key=lambda span: span.start)
    for before, after in itertools.pairwise(spans):
        assert before.end <= after.start
    assert all(span.of(text).strip() == span.of(text) for span in spans)
