"""Words at the edges of content that cannot begin or end it: grammar sets these edges, quotation marks the others."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex
from onrecord.pipeline.typography import clean_edges

NEEDS_MORE = frozenset("and but or nor the a an including".split())
"""Content does not end in these and run on: 1 of 22,900 pieces of PolNeAR's training part does."""
DASHES = frozenset(("-", "--", "–", "—"))


def with_grammatical_edges(quotations: Iterable[Quotation], quoted: QuotedIndex, doc: Doc) -> list[Quotation]:
    """Returns the quotations without what stands loose at an edge.

    That is the conjunction "that" where a piece begins, which belongs to the cue's clause, and an article or a
    conjunction where the last piece ends. Edges that are quotation marks stay. A piece of nothing else is left out, and
    so is a quotation without a piece.

    Args:
        quotations: With the edges that quotation marks set.
        quoted: The quoted stretches of the text.
        doc: Over the text.
    """
    result = []
    for quotation in quotations:
        last = quotation.spans[-1]
        edged = (_edged(span, quoted, doc, is_last=span is last) for span in quotation.spans)
        spans = tuple(span for span in edged if span is not None)
        # A lone "that" is no conjunction, whatever its tag: "rejected that".
        if not spans and all(span.of(doc.text).lower() == "that" for span in quotation.spans):
            spans = quotation.spans
        if spans:
            result.append(replace(quotation, spans=spans))
    return result


def _edged(span: Span, quoted: QuotedIndex, doc: Doc, *, is_last: bool) -> Span | None:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None:
        return span
    first, end = tokens.start, tokens.end
    if _is_conjunction(doc[first]):
        first += 1
    if not quoted.is_edge(span.end):
        loose = end
        while loose > first and (_is_loose(doc[loose - 1], first) or doc[loose - 1].is_space):
            loose -= 1
        end = loose if is_last or loose == first else end
    if (first, end) == (tokens.start, tokens.end):
        return span
    if first >= end:
        return None
    start = span.start if first == tokens.start else doc[first].idx
    stop = span.end if end == tokens.end else doc[end - 1].idx + len(doc[end - 1])
    return clean_edges(doc.text, Span(start=start, end=stop), quoted)


def _is_conjunction(token: Token) -> bool:
    return token.lower_ == "that" and (token.dep_ == "mark" or token.pos_ == "SCONJ")


def _is_loose(token: Token, first: int) -> bool:
    """True for an article or conjunction behind which the sentence goes on; not for a part of a word: `either/or`."""
    is_whole = token.i == first or bool(token.nbor(-1).whitespace_) or token.nbor(-1).is_space
    return is_whole and token.text in NEEDS_MORE and _runs_on(token)


def _runs_on(token: Token) -> bool:
    """True where a word, or a dash and then one, follows in the same sentence."""
    doc, after = token.doc, token.i + 1
    while after < len(doc) and (doc[after].is_space or doc[after].text in DASHES) and "\n" not in doc[after].text:
        after += 1
    return after < len(doc) and doc[after].text[0].isalnum() and not doc[after].is_sent_start
