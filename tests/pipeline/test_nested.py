"""Quotations inside quotations."""

import pytest

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex, quoted_spans
from onrecord.pipeline.nested import nested_quotations
from onrecord.pipeline.nlp import load_nlp


def nested(text: str, content: str) -> list[tuple[str, str | None, str | None]]:
    start = text.index(content)
    outer = Quotation(spans=(Span(start=start, end=start + len(content)),))
    index = QuotedIndex(quoted_spans(text, [Span(start=0, end=len(text))]))
    return [
        (found.spans[0].of(text), found.cue and found.cue.of(text), found.source and found.source.of(text))
        for found in nested_quotations(text, [outer], index, load_nlp()(text))
    ]


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (
            "“The harbour master told me, ‘The boats stay in,’ and left,” Ada Brook recalled.",
            "“The harbour master told me, ‘The boats stay in,’ and left,”",
            ("‘The boats stay in,’", "told", "The harbour master"),
        ),
        (
            "‘The chairman wrote back “not this year, not ever”, and that was all,’ Leo Marsh said.",
            "‘The chairman wrote back “not this year, not ever”, and that was all,’",
            ("“not this year, not ever”", "wrote", "The chairman"),
        ),
        (
            "“He looked at the nets and said, ‘These will never hold,’” Ada Brook said.",
            "“He looked at the nets and said, ‘These will never hold,’”",
            ("‘These will never hold,’", "said", "He"),
        ),
    ],
)
def test_an_inner_quotation_with_a_cue_is_found(text: str, content: str, expected: tuple[str, str, str]) -> None:
    assert nested(text, content) == [expected]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(
            "“We call it the ‘old boys’ net’ here,” she said.", "“We call it the ‘old boys’ net’ here,”", id="name"
        ),
        pytest.param("“I said, ‘Are you sure of that?’” he said.", "“I said, ‘Are you sure of that?’”", id="oneself"),
        pytest.param(
            "“They will say, ‘You are too late.’” he said.", "“They will say, ‘You are too late.’”", id="not yet"
        ),
        pytest.param("“He said, ‘No.’ to us,” she said.", "“He said, ‘No.’ to us,”", id="one word"),
        pytest.param("“The mayor said, ‘We stay open.’” it read.", "The mayor", id="outside the content"),
    ],
)
def test_what_nobody_said_is_no_inner_quotation(text: str, content: str) -> None:
    assert nested(text, content) == []
