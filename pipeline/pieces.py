"""Which pieces of content one attribution can hold: what the text between two of them says about it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex
from onrecord.pipeline.typography import count_words

MAX_SENTENCES_BETWEEN_QUOTED = 3
"""Of 1,540 pairs of quoted pieces of one attribution in PolNeAR's training part, 7 stand further apart."""


def parted(
    text: str, quotations: Sequence[Quotation], quoted: QuotedIndex, doc: Doc, seams: Sequence[Span] = ()
) -> list[Quotation]:
    """Divides quotations whose pieces cannot belong to one attribution, and joins what an open quotation runs through.

    In PolNeAR's training part (19,832 attributions) the text between two pieces tells. One attribution's pieces stand
    in two paragraphs almost only where the quotation marks of the first stay open (40 of 42 such pairs are one
    attribution, 19 of 266 where they are closed) or where its cue stands between two quoted pieces (35 of 57 pairs;
    22 others, mostly tweets). Pieces in two sentences without their cue between them are one attribution in 3 of 280
    pairs of unquoted pieces and in 4 of 58 of which the second is quoted.

    Args:
        text: The article's text.
        quotations: With clean edges, in order.
        quoted: The quoted stretches of the text.
        doc: Over the text, with sentences.
        seams: What stands inside a paragraph without being part of it, such as an advert.
    """
    parts = [part for quotation in quotations for part in _parts(text, quotation, quoted, doc, seams)]
    return _joined(sorted(parts, key=lambda part: (part.spans[0].start, part.spans[-1].end)), quoted)


def _parts(text: str, quotation: Quotation, quoted: QuotedIndex, doc: Doc, seams: Sequence[Span]) -> list[Quotation]:
    groups = [[quotation.spans[0]]]
    for before, after in pairwise(quotation.spans):
        if not _meet(text, before, after, seams) and _apart(text, before, after, quotation.cue, quoted, doc):
            groups.append([after])
        else:
            groups[-1].append(after)
    if len(groups) == 1:
        return [quotation]
    cue = quotation.cue
    nearest = min(groups, key=lambda group: 0 if cue is None else min(_distance(span, cue) for span in group))
    return [
        replace(quotation, spans=tuple(group), cue=cue if group is nearest else None)
        for group in groups
        if group is nearest or any(quoted.inside(span.start) for span in group)
    ]


def _meet(text: str, before: Span, after: Span, seams: Sequence[Span]) -> bool:
    """True where nothing but a seam stands between the two pieces."""
    return any(
        before.end <= seam.start
        and seam.end <= after.start
        and not count_words(text, before.end, seam.start)
        and not count_words(text, seam.end, after.start)
        for seam in seams
    )


def _apart(text: str, before: Span, after: Span, cue: Span | None, quoted: QuotedIndex, doc: Doc) -> bool:
    """True where the two pieces hardly ever belong to one attribution."""
    both_quoted = quoted.inside(before.end - 1) and quoted.inside(after.start)
    cue_between = cue is not None and before.end <= cue.start < after.start
    if "\n" in text[before.end : after.start]:
        if not count_words(text, before.end, after.start):
            return not _runs_on(before, quoted)
        return not (both_quoted and cue_between and _n_sentences(doc, before, after) <= 1)
    n_sentences = _n_sentences(doc, before, after)
    if both_quoted:
        return n_sentences >= MAX_SENTENCES_BETWEEN_QUOTED
    return n_sentences > (1 if cue_between else 0)


def _n_sentences(doc: Doc, before: Span, after: Span) -> int:
    """The number of sentences that start between the two pieces or with the second."""
    between = doc.char_span(before.end, after.start + 1, alignment_mode="expand")
    return 0 if between is None else sum(bool(token.is_sent_start) for token in between if token.idx >= before.end)


def _runs_on(span: Span, quoted: QuotedIndex) -> bool:
    """True of a piece that ends in a quotation which its paragraph does not close."""
    last = quoted.overlapping(span.end - 1, span.end)
    return not last or not last[-1].closed


def _distance(span: Span, cue: Span) -> int:
    return max(span.start - cue.end, cue.start - span.end, 0)


def _joined(quotations: Sequence[Quotation], quoted: QuotedIndex) -> list[Quotation]:
    """Joins quotations where one that its paragraph leaves open goes on in the next, and only one of them has a cue."""
    reopened = {stretch.start for stretch in quoted.outer if stretch.reopened}
    open_ends = {stretch.end for stretch in quoted.outer if not stretch.closed}
    result: list[Quotation] = []
    for quotation in quotations:
        before = result[-1] if result else None
        goes_on = quotation.spans[0].start in reopened and before is not None and before.spans[-1].end in open_ends
        if before is None or not goes_on or (before.cue is not None and quotation.cue is not None):
            result.append(quotation)
        else:
            sourced = quotation if before.cue is None else before
            result[-1] = replace(sourced, spans=(*before.spans, *quotation.spans))
    return result
