"""Finding quotations in articles: by the trained tagger, or by quotation marks alone."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from spacy.tokens import Doc

from onrecord.corpus.article import Article, Span
from onrecord.corpus.quotation import Quotation
from onrecord.models.quotes.tagger import QuoteTagger
from onrecord.pipeline.edges import with_grammatical_edges
from onrecord.pipeline.inner_cues import parted_at_inner_cues
from onrecord.pipeline.nested import nested_quotations
from onrecord.pipeline.pieces import parted
from onrecord.pipeline.typography import mended, quoted_index


class QuotationFinder(Protocol):
    """Finds the attributed quotations of articles."""

    def find(self, articles: Sequence[Article], docs: Sequence[Doc]) -> list[list[Quotation]]:
        """Returns the quotations of each article, in order of their first content.

        Args:
            articles: Some articles.
            docs: The Doc over each one's text.
        """
        ...


class TaggedQuotations:
    """Quotations that the trained tagger finds, with the edges that the quotation marks set."""

    def __init__(self, tagger: QuoteTagger) -> None:
        self._tagger = tagger

    def find(self, articles: Sequence[Article], docs: Sequence[Doc]) -> list[list[Quotation]]:
        """See `QuotationFinder.find`."""
        tagged = self._tagger.tag([(article.text, article.passages()) for article in articles])
        return [_edited(article, doc, found) for article, doc, found in zip(articles, docs, tagged, strict=True)]


def _edited(article: Article, doc: Doc, tagged: Sequence[Quotation]) -> list[Quotation]:
    """Returns what the tagger found with the edges and divisions that text and marks set, and what is nested in it."""
    text, quoted = article.unwrapped, quoted_index(article)
    whole = with_grammatical_edges(mended(text, without_noise(article, tagged), quoted), quoted, doc)
    seams = [Span(start=a.end, end=b.start) for passage in article.passages() for a, b in pairwise(passage)]
    parts = parted(text, parted_at_inner_cues(text, whole, quoted, doc), quoted, doc, seams)
    return in_order([*parts, *nested_quotations(text, parts, quoted, doc)])


def in_order(quotations: Iterable[Quotation]) -> list[Quotation]:
    """Returns the quotations by where their content starts, an outer one before those nested in it."""
    return sorted(quotations, key=lambda quotation: (quotation.context.start, -quotation.context.end))


def without_noise(article: Article, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Returns the quotations with each span cut where noise stands inside it."""
    pieces = [piece for passage in article.passages() for piece in passage]
    gaps = [
        Span(start=before.end, end=after.start)
        for before, after in pairwise(pieces)
        if after.start > before.end and article.text[before.end : after.start].strip()
    ]
    if not gaps:
        return list(quotations)
    starts = [gap.start for gap in gaps]

    def cut(span: Span) -> Iterator[Span]:
        start = span.start
        for gap in gaps[bisect_left(starts, span.start) :]:
            if gap.start >= span.end:
                break
            if gap.start > start:
                yield Span(start=start, end=gap.start)
            start = gap.end
        if start < span.end:
            yield Span(start=start, end=span.end)

    return [replace(found, spans=tuple(part for span in found.spans for part in cut(span))) for found in quotations]
