"""The stages as spaCy components, for a user's own pipeline.

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("onrecord_quotations")
    nlp.add_pipe("onrecord_speakers")
    doc = nlp(text)
    doc.spans["quotes"]     # every contiguous piece of content; label: its type; span id: its quotation's number
    doc._.quotations        # list of onrecord.corpus.quotation.Quotation
    doc._.speakers          # list of onrecord.corpus.record.Speaker, one for each quotation

spaCy imports this module whenever it builds any pipeline, so models are imported by the component, not here.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

if TYPE_CHECKING:
    from onrecord.corpus.article import Article

QUOTES = "quotes"
"""Key of the span group."""


@Language.factory(
    "onrecord_quotations",
    assigns=["doc.spans", "doc._.quotations"],
    default_config={"model": "quotes-minilm-l6"},
)
def make_quotations(nlp: Language, name: str, model: str) -> "QuotationsComponent":
    """Makes the component that finds quotations.

    Args:
        nlp: The pipeline it is added to.
        name: Its name there.
        model: A quotation model's name or folder, or `marks`.
    """
    return QuotationsComponent(model)


@Language.factory("onrecord_speakers", requires=["doc.ents", "token.dep"], assigns=["doc._.speakers"])
def make_speakers(nlp: Language, name: str) -> "SpeakersComponent":
    """Makes the component that resolves speakers; it needs named entities, a parse, and quotations before it."""
    return SpeakersComponent()


class QuotationsComponent:
    """Sets `doc.spans["quotes"]` and `doc._.quotations`.

    Args:
        model: A quotation model's name or folder, or `marks`.
    """

    def __init__(self, model: str) -> None:
        from onrecord.pipeline.loading import load_finder

        self._finder = load_finder(model)
        if not Doc.has_extension("quotations"):
            Doc.set_extension("quotations", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Returns the Doc with its quotations."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Yields the Docs with their quotations; batches are formed across Docs."""
        from onrecord.pipeline.typography import quote_type, quoted_index

        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            articles = [_article(doc) for doc in batch]
            for doc, article, quotations in zip(batch, articles, self._finder.find(articles, batch), strict=True):
                quoted = quoted_index(article)
                group = SpanGroup(doc, name=QUOTES)
                for number, quotation in enumerate(quotations):
                    label = quote_type(article.text, quotation.spans, quoted).value
                    for span in quotation.spans:
                        tokens = doc.char_span(span.start, span.end, label=label, alignment_mode="expand")
                        if tokens is not None:
                            group.append(Span(doc, tokens.start, tokens.end, label=label, span_id=str(number)))
                doc.spans[QUOTES] = group
                doc._.quotations = quotations
                yield doc


class SpeakersComponent:
    """Sets `doc._.speakers`, one for each of `doc._.quotations`."""

    def __init__(self) -> None:
        if not Doc.has_extension("speakers"):
            Doc.set_extension("speakers", default=None)

    def __call__(self, doc: Doc) -> Doc:
        """Returns the Doc with its speakers."""
        from onrecord.pipeline.speakers import resolve_speakers

        if not Doc.has_extension("quotations") or doc._.quotations is None:
            raise ValueError("onrecord_speakers finds no quotations: add onrecord_quotations before it")
        doc._.speakers = resolve_speakers(doc, _article(doc), doc._.quotations)
        return doc


def _article(doc: Doc) -> "Article":
    from onrecord.corpus.readers import article_from_text

    return article_from_text(doc.text, id="doc")
