"""Words at the edges of content that cannot begin or end it: grammar sets these edges, quotation marks the others."""

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex

NEEDS_MORE = frozenset("and but or nor the a an by including".split())
"""Content does not end in these and run on: 1 of 22,900 pieces of PolNeAR's training part does."""
DASHES = frozenset(("-", "--", "–", "—"))


def with_grammatical_edges(quotations: Iterable[Quotation], quoted: QuotedIndex, doc: Doc) -> list[Quotation]:
    """Returns the quotations without what stands loose at an edge of a piece.

    That is the conjunction "that" at its beginning, which belongs to the cue's clause, and at its end an article, a
    conjunction or a preposition whose phrase the piece does not hold. Edges that are quotation marks stay. A piece of
    nothing else is left out, and so is a quotation without a piece.

    Args:
        quotations: With the edges that quotation marks set.
        quoted: The quoted stretches of the text.
        doc: Over the text.
    """
    result = []
    for quotation in quotations:
        spans = tuple(edged for span in quotation.spans if (edged := _edged(span, quoted, doc)) is not None)
        # A lone "that" is no conjunction, whatever its tag: "rejected that".
        if not spans and all(span.of(doc.text).lower() == "that" for span in quotation.spans):
            spans = quotation.spans
        if spans:
            result.append(replace(quotation, spans=spans))
    return result


def _edged(span: Span, quoted: QuotedIndex, doc: Doc) -> Span | None:
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    if tokens is None:
        return span
    first, last = tokens.start, tokens.end
    if _is_conjunction(doc[first]):
        first += 1
    if not quoted.is_edge(span.end):
        while last > first and doc[last - 1].lower_ in NEEDS_MORE and _runs_on(doc[last - 1]):
            last -= 1
            while last > first and doc[last - 1].is_punct and not quoted.is_edge(doc[last - 1].idx + 1):
                last -= 1
    if first >= last:
        return None
    start = span.start if first == tokens.start else doc[first].idx
    end = span.end if last == tokens.end else doc[last - 1].idx + len(doc[last - 1])
    return Span(start=start, end=end)


def _is_conjunction(token: Token) -> bool:
    return token.lower_ == "that" and (token.dep_ == "mark" or token.pos_ == "SCONJ")


def _runs_on(token: Token) -> bool:
    """True where a word, or a dash and then one, follows in the same sentence."""
    doc, after = token.doc, token.i + 1
    while after < len(doc) and (doc[after].is_space or doc[after].text in DASHES) and "\n" not in doc[after].text:
        after += 1
    return after < len(doc) and doc[after].text[0].isalnum() and not doc[after].is_sent_start
