"""Which pieces one attribution can hold, and where a second attribution begins inside a piece."""

import pytest
from spacy.tokens import Doc

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex, quoted_spans
from onrecord.pipeline.inner_cues import parted_at_inner_cues
from onrecord.pipeline.nlp import load_nlp
from onrecord.pipeline.pieces import parted


def span_of(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start=start, end=start + len(part))


def quotation(text: str, *parts: str, cue: str | None = None, source: str | None = None) -> Quotation:
    return Quotation(
        spans=tuple(span_of(text, part) for part in parts),
        cue=None if cue is None else span_of(text, cue),
        source=None if source is None else span_of(text, source),
    )


def read(text: str) -> tuple[QuotedIndex, Doc]:
    start, paragraphs = 0, []
    for line in text.split("\n"):
        if line:
            paragraphs.append(Span(start=start, end=start + len(line)))
        start += len(line) + 1
    return QuotedIndex(quoted_spans(text, paragraphs)), load_nlp()(text)


def parts_of(text: str, *quotations: Quotation) -> list[tuple[list[str], str | None]]:
    found = parted(text, quotations, *read(text))
    return [([span.of(text) for span in q.spans], q.cue and q.cue.of(text)) for q in found]


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        pytest.param(
            "“The levy is fair,” Ada Brook said. “It will stay.”",
            ("“The levy is fair,”", "“It will stay.”"),
            [["“The levy is fair,”", "“It will stay.”"]],
            id="its cue stands between two quoted pieces",
        ),
        pytest.param(
            "The levy, Ada Brook said, is fair.",
            ("The levy", "is fair"),
            [["The levy", "is fair"]],
            id="its cue stands within one sentence",
        ),
        pytest.param(
            "“The levy is fair,” Ada Brook said.\n\n“It will stay.”",
            ("“The levy is fair,”", "“It will stay.”"),
            [["“The levy is fair,”", "“It will stay.”"]],
            id="the next paragraph goes on behind the cue",
        ),
        pytest.param(
            "“The levy is fair.”\n\n“It will stay,” Ada Brook said.",
            ("“The levy is fair.”", "“It will stay,”"),
            [["“The levy is fair.”"], ["“It will stay,”"]],
            id="a paragraph closes its quotation",
        ),
        pytest.param(
            "“The levy is fair.\n\n“It will stay,” Ada Brook said.",
            ("“The levy is fair.", "“It will stay,”"),
            [["“The levy is fair.", "“It will stay,”"]],
            id="a paragraph leaves its quotation open",
        ),
        pytest.param(
            "Ada Brook said the levy is fair. Her party wants it. “It will stay.”",
            ("the levy is fair", "“It will stay.”"),
            [["the levy is fair"], ["“It will stay.”"]],
            id="a sentence without the cue stands between",
        ),
        pytest.param(
            "Ada Brook said the levy is fair. The boats of the harbour are old.",
            ("the levy is fair", "The boats of the harbour are old"),
            [["the levy is fair"]],
            id="an unquoted piece of another sentence is none",
        ),
    ],
)
def test_pieces_stay_together_or_part(text: str, parts: tuple[str, ...], expected: list[list[str]]) -> None:
    found = parts_of(text, quotation(text, *parts, cue="said"))
    assert [spans for spans, _ in found] == expected
    assert [cue for _, cue in found].count("said") == 1


def test_a_quotation_left_open_is_joined_with_what_goes_on_without_a_cue() -> None:
    text = "“The levy is fair.\n\n“It will stay,” Ada Brook said."
    first = quotation(text, "“The levy is fair.")
    second = quotation(text, "“It will stay,”", cue="said", source="Ada Brook")
    [found] = parted(text, [first, second], *read(text))
    assert len(found.spans) == 2
    assert (found.cue, found.source) == (second.cue, second.source)


def test_a_quotation_left_open_is_not_joined_with_one_that_has_another_cue() -> None:
    text = "Ada Brook wrote: “The levy is fair.\n\n“It will stay,” Leo Marsh said."
    two = [quotation(text, "“The levy is fair.", cue="wrote"), quotation(text, "“It will stay,”", cue="said")]
    assert parted(text, two, *read(text)) == two


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        pytest.param(
            "Brook said the joke was “in bad taste.” She writes that “no one laughed.”",
            "the joke was “in bad taste.” She writes that “no one laughed.”",
            [("the joke was “in bad taste.”", "said"), ("“no one laughed.”", "writes")],
            id="a sentence of its own",
        ),
        pytest.param(
            "They fought so long over the bill that Mayor Ada Brook said, “I need a map.”",
            "over the bill that Mayor Ada Brook said, “I need a map.”",
            [("over the bill", None), ("“I need a map.”", "said")],
            id="introduced by a comma",
        ),
        pytest.param(
            "Brook recalled that in June the mayor said, “Go home,” and that the vote was lost.",
            "in June the mayor said, “Go home,” and that the vote was lost",
            [("in June the mayor said, “Go home,” and that the vote was lost", None)],
            id="the outer content goes on behind the inner quotation",
        ),
        pytest.param(
            "Brook said the clerk had said that “nobody came” to the hall.",
            "the clerk had said that “nobody came” to the hall",
            [("the clerk had said that “nobody came” to the hall", "said")],
            id="what somebody else is said to have said stays",
        ),
    ],
)
def test_parts_before_an_inner_source_and_cue(text: str, part: str, expected: list[tuple[str, str | None]]) -> None:
    outer = quotation(text, part, cue="said" if text.startswith("Brook said") else None)
    found = parted_at_inner_cues(text, [outer], *read(text))
    assert [(" … ".join(span.of(text) for span in q.spans), q.cue and q.cue.of(text)) for q in found] == expected
