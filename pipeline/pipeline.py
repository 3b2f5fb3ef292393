"""The flow: Article -> Doc -> quotations -> speakers -> targets -> stances -> records."""

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.corpus.article import Article, Span, joined_text
from onrecord.corpus.errors import ArticleError
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.record import (
    ArticleReference,
    Cue,
    Mention,
    Quote,
    Record,
    Scores,
    Speaker,
    Stance,
    StanceLabel,
    record_id,
)
from onrecord.models.stance import StanceClassifier, StancePair
from onrecord.models.stance.backends import spent_by
from onrecord.models.stance.chat_client import ChatUsage
from onrecord.models.stance.failures import predict_what_can_be
from onrecord.pipeline.language import ENGLISH, refusal
from onrecord.pipeline.loading import (
    DEFAULT_QUOTE_MODEL,
    DEFAULT_SPACY_MODEL,
    DEFAULT_STANCE_MODEL,
    Models,
    load_models,
)
from onrecord.pipeline.nlp import parse
from onrecord.pipeline.speakers import Titles, resolve_speakers
from onrecord.pipeline.targets import Target, TargetFinder, TargetMention
from onrecord.pipeline.typography import quote_type, quoted_index

SHOWN_FAILURES = 3
"""Stances that could not be classified, of one article, that its error spells out."""
CHUNK_CHARS = 200_000
"""Articles are worked on together up to this many characters: enough to fill batches, little enough to stay small."""


@dataclass(frozen=True)
class PipelineOptions:
    """What to run; everything that decides a record's content.

    Attributes:
        spacy_model: An installed spaCy pipeline or a folder.
        quote_model: A quotation model's name or folder, or `marks`.
        stance_model: A stance model's name or folder, or `none`.
        targets: The targets to classify, beside each article's own; where there are none, they are discovered.
        min_confidence: A stance below this probability is left out.
        language: `en`: an article in another language is an error; `any`: it is processed.
        stance_options: What the stance model is told, `KEY=VALUE` each.
        titles: Titles before names besides the known ones, a line each as `Titles.extended` takes them.
    """

    spacy_model: str = DEFAULT_SPACY_MODEL
    quote_model: str = DEFAULT_QUOTE_MODEL
    stance_model: str = DEFAULT_STANCE_MODEL
    targets: tuple[Target, ...] = ()
    min_confidence: float = 0.0
    stance_options: tuple[str, ...] = ()
    language: str = ENGLISH
    titles: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Version of the program and hash of these options, as records state it."""
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
        return f"onrecord {version('onrecord')}+config.{digest[:4]}"


@dataclass
class Extraction:
    """What came of one article: its records, or the error that stopped it.

    Attributes:
        article: The article.
        records: Its records.
        error: Why there are none, if it failed.
        shortfall: What its records lack, where some of its stances could not be classified.
        spent: What a chat model was asked, for this article and those that were worked on together with it.
    """

    article: Article
    records: tuple[Record, ...] = ()
    error: ArticleError | None = None
    shortfall: ArticleError | None = None
    spent: ChatUsage | None = None


@dataclass
class _Work:
    """One article on its way through the stages."""

    article: Article
    doc: Doc
    quotations: list[Quotation] = field(default_factory=list)
    speakers: list[Speaker] = field(default_factory=list)
    targets: list[list[TargetMention]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def failure(self) -> ArticleError | None:
        """What to report of stances that could not be classified."""
        if not self.failures:
            return None
        named = "; ".join(self.failures[:SHOWN_FAILURES])
        reason = f"stances that could not be classified and are left out, {len(self.failures)}: {named}"
        return ArticleError(reason, place=self.article.place or self.article.id, stage="stance")


class Pipeline:
    """Extracts attributed quotations with speakers and stances.

    Args:
        options: What to run.
        models: The loaded models; loaded by the options' names where not given.
    """

    def __init__(self, options: PipelineOptions | None = None, *, models: Models | None = None) -> None:
        self.options = options or PipelineOptions()
        self.models = models or load_models(
            self.options.spacy_model,
            self.options.quote_model,
            self.options.stance_model,
            stance_options=self.options.stance_options,
        )
        self.seconds: defaultdict[str, float] = defaultdict(float)
        """Time spent in each stage so far."""
        self._fingerprint = self.options.fingerprint
        self._titles = Titles().extended(self.options.titles)

    def extract(self, article: Article) -> list[Record]:
        """Returns the records of one article.

        Raises:
            ArticleError: The article could not be processed.
        """
        [extraction] = self.stream([article])
        if extraction.error is not None:
            raise extraction.error
        return list(extraction.records)

    def stream(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """Yields what came of each article, in order; one that fails does not stop the rest."""
        counted = None if self.models.stance is None else spent_by(self.models.stance)
        for chunk in _chunks(articles):
            before = None if counted is None else replace(counted)
            extractions = self._extracted(chunk)
            if counted is not None and before is not None:
                extractions[0].spent = counted.since(before)
            yield from extractions

    def _extracted(self, chunk: Sequence[Article]) -> list[Extraction]:
        """Works on those articles of a chunk that the models can read."""
        refusals = [refusal(article, self.options.language) for article in chunk]
        readable = [article for article, error in zip(chunk, refusals, strict=True) if error is None]
        found = iter(self._extract_chunk(readable) if readable else ())
        return [
            next(found) if error is None else Extraction(article, error=error)
            for article, error in zip(chunk, refusals, strict=True)
        ]

    def _extract_chunk(self, chunk: Sequence[Article]) -> list[Extraction]:
        """Works on some articles together; where that fails, on each alone, to find the one that fails."""
        try:
            with _memory_zone(self.models.nlp):
                return self._records(chunk)
        except Exception as error:  # noqa: BLE001  whatever one article provokes, the others must come through
            if len(chunk) > 1:
                return [result for article in chunk for result in self._extract_chunk([article])]
            [article] = chunk
            return [Extraction(article, error=_as_article_error(error, article))]

    def _records(self, articles: Sequence[Article]) -> list[Extraction]:
        """The flow itself, on one screen."""
        with self._timed("parse"):
            works = [
                _Work(article, doc) for article, doc in zip(articles, parse(self.models.nlp, articles), strict=True)
            ]
        with self._timed("quotations"):
            found = self.models.finder.find(articles, [work.doc for work in works])
            for work, quotations in zip(works, found, strict=True):
                work.quotations = quotations
        with self._timed("speakers"):
            for work in works:
                work.speakers = resolve_speakers(work.doc, work.article, work.quotations, titles=self._titles)
        with self._timed("targets"):
            for work in works:
                article, given = work.article, self._targets(work.article)
                finder = TargetFinder(work.doc, article.text, given, article=article, quotations=work.quotations)
                work.targets = [
                    finder.targets(quotation, speaker)
                    for quotation, speaker in zip(work.quotations, work.speakers, strict=True)
                ]
        with self._timed("stance"):
            stances = self._stances(works)
        with self._timed("records"):
            return [
                Extraction(work.article, tuple(self._article_records(work, article_stances)), shortfall=work.failure())
                for work, article_stances in zip(works, stances, strict=True)
            ]

    def _stances(self, works: Sequence[_Work]) -> list[list[tuple[Stance, ...]]]:
        """Classifies the pairs of all articles in one pass; returns each quotation's stances."""
        classifier = self.models.stance
        if classifier is None:
            return [[() for _ in work.quotations] for work in works]
        pairs = [pair for work in works for pair in _pairs(work)]
        predicted = _classified(classifier, pairs)
        return [
            [
                tuple(
                    stance
                    for mention in mentions
                    if (stance := _stance(work, mention, *next(predicted))) is not None
                    and (stance.confidence or 0.0) >= self.options.min_confidence
                )
                for mentions in work.targets
            ]
            for work in works
        ]

    def _article_records(self, work: _Work, stances: Sequence[tuple[Stance, ...]]) -> Iterator[Record]:
        article, quoted = work.article, quoted_index(work.article)
        reference = ArticleReference.of(article)
        ids = [record_id(article.id, quotation.spans) for quotation in work.quotations]
        holders = _holders(work.quotations)
        for number, (quotation, speaker) in enumerate(zip(work.quotations, work.speakers, strict=True)):
            around = holders[number]
            record = Record(
                id=ids[number],
                article=reference,
                quote=Quote(
                    type=quote_type(article.text, quotation.spans, quoted),
                    spans=quotation.spans,
                    text=tuple(span.of(article.text) for span in quotation.spans),
                    context=quotation.context,
                    nested_in=None if around is None else ids[around],
                    confidence=round(quotation.confidence, 4),
                ),
                cue=_cue(work.doc, article, quotation),
                speaker=speaker,
                stances=stances[number],
                models=self.models.names,
                pipeline=self._fingerprint,
            )
            record.check(article.text)
            yield record

    def _targets(self, article: Article) -> tuple[Target, ...]:
        """The article's own targets beside those of the run, which may have aliases."""
        named = {target.name for target in self.options.targets}
        return (*self.options.targets, *(Target(name) for name in dict.fromkeys(article.targets) if name not in named))

    def _timed(self, stage: str) -> "_Timer":
        return _Timer(self.seconds, stage)


class _Timer:
    def __init__(self, seconds: defaultdict[str, float], stage: str) -> None:
        self._seconds, self._stage = seconds, stage

    def __enter__(self) -> None:
        self._started = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._seconds[self._stage] += time.perf_counter() - self._started


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    chunk: list[Article] = []
    size = 0
    for article in articles:
        if chunk and size + len(article.text) > CHUNK_CHARS:
            yield chunk
            chunk, size = [], 0
        chunk.append(article)
        size += len(article.text)
    if chunk:
        yield chunk


def _memory_zone(nlp: Language) -> AbstractContextManager[object]:
    """Frees the strings of these articles from spaCy's vocabulary afterwards, so that memory stays flat."""
    return nlp.memory_zone()


def _as_article_error(error: Exception, article: Article) -> ArticleError:
    if isinstance(error, ArticleError):
        return error
    return ArticleError(f"{type(error).__name__}: {error}", place=article.place or article.id, stage="extract")


def _pairs(work: _Work) -> Iterator[StancePair]:
    article = work.article
    for quotation, speaker, mentions in zip(work.quotations, work.speakers, work.targets, strict=True):
        if not mentions:
            continue
        text = joined_text(article.text, quotation.spans)
        context = article.paragraphs_around(quotation.context)
        for mention in mentions:
            yield StancePair(mention.target.name, text, speaker.name or _worded(speaker), context)


def _worded(speaker: Speaker) -> str | None:
    return None if speaker.mention is None else speaker.mention.text


def _classified(
    classifier: StanceClassifier, pairs: Sequence[StancePair]
) -> Iterator[tuple[Sequence[float], str | None]]:
    """Yields each pair's probabilities, and why it could not be classified, if so."""
    if pairs:
        prediction, failures = predict_what_can_be(classifier, pairs)
        for index, probabilities in enumerate(prediction.probabilities.tolist()):
            yield probabilities, failures.get(index)


def _stance(work: _Work, mention: TargetMention, probabilities: Sequence[float], failure: str | None) -> Stance | None:
    """Returns the entry of a target, or None where the quotation gets none.

    A target that only what stands before makes the topic is entered where the quotation takes a side on it: else it is
    more likely about something else.
    """
    article = work.article
    if failure is not None:
        work.failures.append(f"{mention.target.name!r}: {failure}")
        return None
    favor, against = round(probabilities[0], 4), round(probabilities[1], 4)
    neutral = round(max(0.0, 1 - favor - against), 4)
    scores = {StanceLabel.FAVOR: favor, StanceLabel.AGAINST: against, StanceLabel.NEUTRAL: neutral}
    label = max(scores, key=lambda key: scores[key])
    if label is StanceLabel.NEUTRAL and not mention.is_direct:
        return None
    return Stance(
        target=mention.target.name,
        label=label,
        confidence=scores[label],
        scores=Scores(favor=favor, against=against, neutral=neutral),
        mention=_mention(article, mention.mention),
        origin=mention.target.origin,
    )


def _mention(article: Article, span: Span) -> Mention:
    return Mention(start=span.start, end=span.end, text=span.of(article.text))


def _cue(doc: Doc, article: Article, quotation: Quotation) -> Cue | None:
    span = quotation.cue
    if span is None:
        return None
    tokens = doc.char_span(span.start, span.end, alignment_mode="expand")
    lemma = span.of(article.text).lower() if tokens is None else _head_lemma(list(tokens))
    return Cue(start=span.start, end=span.end, text=span.of(article.text), lemma=lemma)


def _head_lemma(tokens: Sequence[object]) -> str:
    """Lemma of the cue's head: its last verb that is no auxiliary, else its last noun, else its first word."""
    for wanted in (("VERB",), ("NOUN",), ("AUX",)):
        heads = [token for token in tokens if getattr(token, "pos_", "") in wanted]
        if heads:
            return str(getattr(heads[0], "lemma_", "")).lower()
    return str(getattr(tokens[0], "lemma_", "")).lower()


def _holders(quotations: Sequence[Quotation]) -> list[int | None]:
    """Of each quotation, the index of the smallest other one with a span that holds all of its content, or None."""
    spans = sorted(
        ((span, index) for index, quotation in enumerate(quotations) for span in quotation.spans),
        key=lambda item: (item[0].start, -item[0].end),
    )
    holders: list[int | None] = [None] * len(quotations)
    open_spans: list[tuple[Span, int]] = []
    for span, index in spans:
        while open_spans and open_spans[-1][0].end <= span.start:
            open_spans.pop()
        if span == quotations[index].spans[0]:
            context = quotations[index].context
            around = [
                other for held, other in open_spans if other != index and held.contains(context) and held != context
            ]
            holders[index] = around[-1] if around else None
        open_spans.append((span, index))
    return holders
