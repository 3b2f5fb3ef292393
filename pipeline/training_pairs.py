"""Pairs of quotation and target for a teacher to label: what a smaller stance model is distilled on."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from onrecord.corpus.article import Article, joined_text
from onrecord.corpus.loaders.attributed_jsonl import load_attributed_jsonl
from onrecord.corpus.loaders.polnear import load_polnear
from onrecord.corpus.quotation import AnnotatedArticle, Quotation
from onrecord.corpus.readers import article_from_text
from onrecord.corpus.record import Speaker, SpeakerKind
from onrecord.corpus.stance_data import read_stance_rows
from onrecord.models.stance import StancePair
from onrecord.pipeline.nlp import load_nlp, parse
from onrecord.pipeline.targets import TargetFinder

NEIGHBOUR_SHARE = 0.3
"""Share of quotations that are also paired with a target of a neighbouring one: what a quotation is not about."""
_CHUNK_ARTICLES = 16


def run_training_pairs(
    source: Path, out: Path, *, leave_out: Sequence[Path], spacy_model: str, most: int, seed: int
) -> str:
    """Writes a sample of the pairs of annotated articles as JSON lines; returns what was done.

    Args:
        source: A PolNeAR split's folder, or a JSONL file of attributed articles.
        out: The file to write: `id`, `article`, `target`, `text`, `speaker`, `context`.
        leave_out: Files of stance rows; their articles are left out.
        spacy_model: Finds the targets.
        most: Most pairs to write.
        seed: Of everything random.

    Raises:
        OnrecordError: The data is malformed, or the spaCy pipeline is unknown.
    """
    left_out = {row.article for path in leave_out for row in read_stance_rows(path)}
    loaded = load_polnear(source) if source.is_dir() else load_attributed_jsonl(source)
    articles = [article for article in loaded if article.id not in left_out]
    pairs = list(enumerate(training_pairs(articles, load_nlp(spacy_model), seed=seed)))
    chosen = sorted(random.Random(seed).sample(pairs, min(most, len(pairs))), key=lambda item: item[0])
    with out.open("w", encoding="utf-8") as file:
        for number, (article, pair) in chosen:
            row = {"id": f"pair-{number}", "article": article, **asdict(pair)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return f"{out}: {len(chosen)} of {len(pairs)} pairs of {len(articles)} articles; {len(left_out)} articles left out"


def training_pairs(
    articles: Sequence[AnnotatedArticle], nlp: Language, *, seed: int = 1
) -> Iterator[tuple[str, StancePair]]:
    """Yields the id of the article and a pair, for each target discovered in each annotated quotation.

    Args:
        articles: Articles with their attributions.
        nlp: A spaCy pipeline with a parser and named entities.
        seed: Of the choice of neighbouring targets.
    """
    rng = random.Random(seed)
    for start in range(0, len(articles), _CHUNK_ARTICLES):
        chunk = articles[start : start + _CHUNK_ARTICLES]
        read = [article_from_text(article.text, id=article.id) for article in chunk]
        for annotated, article, doc in zip(chunk, read, parse(nlp, read), strict=True):
            for pair in _article_pairs(annotated, article, doc, rng):
                yield annotated.id, pair


def _article_pairs(annotated: AnnotatedArticle, article: Article, doc: Doc, rng: random.Random) -> Iterator[StancePair]:
    finder = TargetFinder(doc, article.text)
    neighbours: list[str] = []
    for attribution in annotated.attributions:
        quotation = Quotation(attribution.content)
        source = " ".join(span.of(article.text) for span in attribution.source) or None
        nobody = Speaker(kind=SpeakerKind.UNKNOWN)
        own = [found.target.name for found in finder.targets(quotation, nobody)]
        own = [name for name in own if source is None or name not in source]
        others = [name for name in neighbours if name not in own]
        if others and rng.random() < NEIGHBOUR_SHARE:
            own.append(rng.choice(others))
        text = joined_text(article.text, quotation.spans)
        context = article.paragraphs_around(quotation.context)
        for target in own:
            yield StancePair(target, text, source, context)
        neighbours = own
