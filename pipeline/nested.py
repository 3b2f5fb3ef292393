"""Quotations inside quotations: what a speaker quotes, in marks of its own, gets a record of its own."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedIndex, QuotedSpan
from onrecord.pipeline.marks import REPORTING_VERBS, subject_of, was_said
from onrecord.pipeline.typography import count_words

COLLOQUIAL_CUES = frozenset({"go", "be"})
"""Lemmas that report speech in speech ("He goes, '...'", "I was like, '...'"), right before a comma or a colon only."""
REACH = 8
"""Most tokens between the inner quotation and its cue."""
MIN_WORDS = 2
"""A single word in inner marks is a word that is talked about."""
IMAGINED = frozenset({"i", "we", "you", "one", "someone", "somebody", "anyone", "everyone", "people"})
"""Sources whose inner quotation is the outer speaker's own, or made up ("You think: 'They love me.'")."""
CONFIDENCE = 0.9
"""Of 10 found in the training part of the passages of other news, all are in its gold (which has 13 in inner marks)."""


def nested_quotations(text: str, quotations: Sequence[Quotation], quoted: QuotedIndex, doc: Doc) -> list[Quotation]:
    """Returns what stands in inner quotation marks within the quotations' content and has a cue there.

    Args:
        text: The article's text.
        quotations: With final edges.
        quoted: The quoted stretches of the text.
        doc: Over the text, tagged and parsed.
    """
    contents = [span for quotation in quotations for span in quotation.spans]
    return [
        nested
        for stretch in quoted.nested
        if count_words(text, stretch.start, stretch.end) >= MIN_WORDS
        for outer in quoted.overlapping(stretch.start, stretch.end)
        if any(span.start <= outer.start and stretch.end <= span.end for span in contents)
        for nested in _nested(text, stretch, outer, doc)
    ]


def _nested(text: str, stretch: QuotedSpan, outer: QuotedSpan, doc: Doc) -> Iterator[Quotation]:
    inside = doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
    bounds = doc.char_span(*outer.inner, alignment_mode="contract")
    if inside is None or bounds is None:
        return
    cue = _cue_before(text, doc, bounds.start, inside.start, stretch) or _cue_behind(doc, inside.end, bounds.end)
    source = None if cue is None else subject_of(cue, stretch)
    if cue is None or source is None or not was_said(cue) or source.of(text).lower() in IMAGINED:
        return
    yield Quotation(
        spans=(Span(start=stretch.start, end=stretch.end),),
        cue=Span(start=cue.idx, end=cue.idx + len(cue)),
        source=source,
        confidence=CONFIDENCE,
        source_confidence=CONFIDENCE,
    )


def _cue_before(text: str, doc: Doc, first: int, last: int, stretch: QuotedSpan) -> Token | None:
    """The nearest reporting verb before the inner quotation, in the same sentence."""
    introduced = text[: stretch.start].rstrip().endswith((",", ":"))
    for token in reversed(doc[max(first, last - REACH) : last]):
        lemma = token.lemma_.lower()
        if token.pos_ in ("VERB", "AUX") and (lemma in REPORTING_VERBS or (introduced and lemma in COLLOQUIAL_CUES)):
            return token
        if token.is_sent_start:
            break
    return None


def _cue_behind(doc: Doc, first: int, last: int) -> Token | None:
    """A reporting verb right behind the inner quotation (`'...' so promises your own page`)."""
    for token in doc[first : min(first + 4, last)]:
        if token.lemma_.lower() in REPORTING_VERBS and token.pos_ == "VERB":
            return token
        if token.text in ".;?!":
            break
    return None
