"""Content that holds the next attribution's source and cue: `it was late. He writes that “no one came”` are two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex, QuotedSpan
from onrecord.pipeline.marks import REPORTING_VERBS, subject_of, was_said
from onrecord.pipeline.typography import clean_edges, count_words

JOINTS = frozenset("and but while that as".split())
"""What may tie the two attributions and belongs to neither."""
MIN_WORDS_BEFORE = 3
"""Fewer words before the inner source are a scrap of its own clause."""


def parted_at_inner_cues(text: str, quotations: Sequence[Quotation], quoted: QuotedIndex, doc: Doc) -> list[Quotation]:
    """Parts quotations before a source and cue that stand in their content and lead up to a quotation mark.

    Args:
        text: The article's text.
        quotations: With clean edges.
        quoted: The quoted stretches of the text.
        doc: Over the text, tagged and parsed.
    """
    parts = [part for quotation in quotations for part in _parts(text, quotation, quoted, doc)]
    return sorted(parts, key=lambda part: (part.spans[0].start, part.spans[-1].end))


def _parts(text: str, quotation: Quotation, quoted: QuotedIndex, doc: Doc) -> Iterator[Quotation]:
    for number, span in enumerate(quotation.spans):
        for stretch in quoted.overlapping(span.start, span.end):
            found = _inner_cue(text, stretch, span, doc) if span.start < stretch.start < span.end else None
            if found is None:
                continue
            cue, source = found
            kept = _before(text, Span(start=span.start, end=source.start), quoted, doc)
            if kept is None and number == 0 and quotation.cue is not None:
                # The outer attribution would be lost.
                continue
            before = (*quotation.spans[:number], *(() if kept is None else (kept,)))
            if before:
                yield replace(quotation, spans=before)
            behind = (Span(start=stretch.start, end=span.end), *quotation.spans[number + 1 :])
            inner = replace(quotation, spans=behind, cue=Span(start=cue.idx, end=cue.idx + len(cue)), source=source)
            yield from _parts(text, inner, quoted, doc)
            return
    yield quotation


def _inner_cue(text: str, stretch: QuotedSpan, span: Span, doc: Doc) -> tuple[Token, Span] | None:
    """The finite verb of saying right before a quotation mark and its subject, where both stand inside the span."""
    inside = doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
    if inside is None or inside.start < 2:
        return None
    i = inside.start - 1
    is_introduced = doc[i].text in (",", ":")
    while i > 0 and (doc[i].is_punct or doc[i].is_space or doc[i].lower_ == "that"):
        i -= 1
    cue = doc[i]
    if cue.idx < span.start or cue.lemma_.lower() not in REPORTING_VERBS or not was_said(cue):
        return None
    source = subject_of(cue, stretch)
    if source is None or source.start <= span.start or source.end > cue.idx:
        return None
    first = doc.char_span(source.start, source.end, alignment_mode="expand")
    if first is None:
        return None
    # Behind `in 2012 the mayor said, “Go home,” and that ...` the outer content goes on.
    ends_here = is_introduced and not count_words(text, stretch.end, span.end)
    return (cue, source) if first[0].is_sent_start or ends_here else None


def _before(text: str, span: Span, quoted: QuotedIndex, doc: Doc) -> Span | None:
    """What stands before the inner source, without the word that ties the two; None where that is a scrap."""
    tokens = doc.char_span(span.start, span.end, alignment_mode="contract")
    end = span.end
    for token in reversed(tokens or ()):
        if not (token.is_punct or token.is_space or token.lower_ in JOINTS):
            break
        if token.lower_ in JOINTS:
            end = token.idx
    kept = clean_edges(text, Span(start=span.start, end=end), quoted) if end > span.start else None
    return kept if kept is not None and count_words(text, kept.start, kept.end) >= MIN_WORDS_BEFORE else None
