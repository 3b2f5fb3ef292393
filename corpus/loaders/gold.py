"""The gold corpus that is shipped with onrecord: invented news articles with attributions, speakers and stances.

Source: shipped, corpus/gold
Paper: none; corpus/gold/README.md describes it, ANNOTATION_GUIDELINES.md beside it how it was annotated
Licence: CC BY 4.0
Languages: en
Version: named by the hashes in its file HASHES
Size: 30 articles; `onrecord corpus stats` counts what is in them
Layout: a folder with `articles.jsonl` (id, text, blocks, split, targets) and `records.jsonl` (one attribution a line,
    as onrecord's records). Any other folder of that form is read as well.

Its stances become rows: each quotation with each target that it has an entry on, beside its speaker and paragraphs, as
the pipeline would ask a stance model.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onrecord.corpus.article import SPAN_SEPARATOR, Article
from onrecord.corpus.errors import DataError, OffsetError
from onrecord.corpus.json_lines import Fault, json_lines, validation_faults
from onrecord.corpus.record import Record
from onrecord.corpus.stance_data import StanceRow

ARTICLES = "articles.jsonl"
RECORDS = "records.jsonl"
DATASET = "onrecord-gold"


def load_gold_stances(folder: Path, *, split: str | None = None) -> Iterator[StanceRow]:
    """Yields a row for each stance of each record, in the order of the records.

    Args:
        folder: Holds the two files.
        split: `dev` or `test`; all by default.

    Raises:
        DataError: A file is missing or not of the form above, a record does not fit its article, or no article is of
            that split.
    """
    articles, splits = read_gold_articles(folder)
    if split is not None and split not in splits.values():
        raise DataError(f"{folder}: no article of split {split!r}; it has {', '.join(sorted(set(splits.values())))}")
    for place, record in _records(folder):
        article = articles.get(record.article.id)
        if article is None:
            raise DataError(f"{place}: article {record.article.id!r} is not in {folder / ARTICLES}")
        try:
            record.check(article.text)
        except OffsetError as error:
            raise DataError(f"{place}: {error}; `onrecord corpus check {folder}` lists all faults") from error
        if split is None or splits[article.id] == split:
            yield from _rows(record, article)


def read_gold_articles(folder: Path) -> tuple[dict[str, Article], dict[str, str]]:
    """Returns the articles by id, with their targets, and the split of each.

    Raises:
        DataError: The file is missing or not of the form above.
    """
    articles, splits = {}, {}
    for place, data in _objects(folder / ARTICLES):
        try:
            article = Article.model_validate({name: data[name] for name in Article.model_fields if name in data})
        except ValidationError as error:
            raise DataError(str(validation_faults(place, error)[0])) from error
        articles[article.id] = article
        splits[article.id] = str(data.get("split") or "")
    return articles, splits


def _records(folder: Path) -> Iterator[tuple[str, Record]]:
    for place, data in _objects(folder / RECORDS):
        try:
            yield place, Record.model_validate(data)
        except ValidationError as error:
            first = validation_faults(place, error)[0]
            raise DataError(f"{first}; `onrecord corpus check {folder}` lists all faults") from error


def _objects(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for line in json_lines(path):
        if isinstance(line, Fault):
            raise DataError(str(line))
        yield line.place, line.data


def _rows(record: Record, article: Article) -> Iterator[StanceRow]:
    mention = record.speaker.mention
    for stance in record.stances:
        yield StanceRow(
            id=f"{record.id}:{stance.target}",
            text=SPAN_SEPARATOR.join(record.quote.text),
            target=stance.target,
            label=stance.label,
            dataset=DATASET,
            speaker=record.speaker.name or (None if mention is None else mention.text),
            context=article.paragraphs_around(record.quote.context),
            article=article.id,
        )
