"""The flat form of records, for tables: one row per quotation and target."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args, get_type_hints

from onrecord.corpus.article import SPAN_SEPARATOR
from onrecord.corpus.record import Record, Stance

"""Stands between the pieces of a quotation in `quote_text`; `quote_spans` tells where each piece is."""
LIST_SEPARATOR: Final = "; "
"""Stands between the names in `article_authors` and `annotators`."""
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


class FlatRow(NamedTuple):
    """One row of a table: a quotation and one of its targets, or none.

    The fields are the columns of every table format, in order; this is the one place that lists them. Offsets are
    half-open character offsets into the article's text. `quote_spans` is JSON, `[[start, end], ...]`; so is `models`.
    """

    schema: str
    record_id: str
    article_id: str
    article_title: str | None
    article_url: str | None
    article_publisher: str | None
    article_authors: str | None
    article_published: str | None
    article_language: str | None
    article_sha256: str
    quote_type: str
    quote_text: str
    quote_start: int
    quote_end: int
    quote_spans: str
    quote_nested_in: str | None
    quote_confidence: float | None
    cue_text: str | None
    cue_lemma: str | None
    cue_start: int | None
    cue_end: int | None
    speaker_kind: str
    speaker_name: str | None
    speaker_role: str | None
    speaker_organization: str | None
    speaker_entity: str | None
    speaker_mention_text: str | None
    speaker_mention_start: int | None
    speaker_mention_end: int | None
    speaker_confidence: float | None
    target: str | None
    stance: str | None
    stance_confidence: float | None
    score_favor: float | None
    score_against: float | None
    score_neutral: float | None
    target_mention_text: str | None
    target_mention_start: int | None
    target_mention_end: int | None
    target_origin: str | None
    models: str | None
    pipeline: str | None
    annotators: str | None


@dataclass(frozen=True)
class Column:
    """One column of a table: its name and type, and whether a cell may be empty."""

    name: str
    type: Literal["text", "integer", "real"]
    nullable: bool


def _columns() -> tuple[Column, ...]:
    names: dict[type, Literal["text", "integer", "real"]] = {str: "text", int: "integer", float: "real"}
    types = {name: get_args(hint) or (hint,) for name, hint in get_type_hints(FlatRow).items()}
    return tuple(Column(name, names[kinds[0]], type(None) in kinds) for name, kinds in types.items())


COLUMNS: Final = _columns()
"""The columns of every table format, in order, as FlatRow declares them."""


def flat_rows(record: Record) -> Iterator[FlatRow]:
    """Yields one row for each target of a record; one with an empty target where it has none."""
    article, quote, cue, speaker = record.article, record.quote, record.cue, record.speaker
    mention = speaker.mention
    without_target = FlatRow(
        schema=record.schema_version,
        record_id=record.id,
        article_id=article.id,
        article_title=article.title,
        article_url=article.url,
        article_publisher=article.publisher,
        article_authors=LIST_SEPARATOR.join(article.authors) or None,
        article_published=article.published,
        article_language=article.language,
        article_sha256=article.sha256,
        quote_type=quote.type.value,
        quote_text=SPAN_SEPARATOR.join(quote.text),
        quote_start=quote.context.start,
        quote_end=quote.context.end,
        quote_spans=json.dumps([[span.start, span.end] for span in quote.spans]),
        quote_nested_in=quote.nested_in,
        quote_confidence=quote.confidence,
        cue_text=cue.text if cue else None,
        cue_lemma=cue.lemma if cue else None,
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        speaker_kind=speaker.kind.value,
        speaker_name=speaker.name,
        speaker_role=speaker.role,
        speaker_organization=speaker.organization,
        speaker_entity=speaker.entity,
        speaker_mention_text=mention.text if mention else None,
        speaker_mention_start=mention.start if mention else None,
        speaker_mention_end=mention.end if mention else None,
        speaker_confidence=speaker.confidence,
        target=None,
        stance=None,
        stance_confidence=None,
        score_favor=None,
        score_against=None,
        score_neutral=None,
        target_mention_text=None,
        target_mention_start=None,
        target_mention_end=None,
        target_origin=None,
        models=json.dumps(record.models, sort_keys=True) if record.models else None,
        pipeline=record.pipeline,
        annotators=LIST_SEPARATOR.join(record.annotators or ()) or None,
    )
    if not record.stances:
        yield without_target
    for stance in record.stances:
        yield _with_target(without_target, stance)


def _with_target(row: FlatRow, stance: Stance) -> FlatRow:
    scores, mention = stance.scores, stance.mention
    return row._replace(
        target=stance.target,
        stance=stance.label.value,
        stance_confidence=stance.confidence,
        score_favor=scores.favor if scores else None,
        score_against=scores.against if scores else None,
        score_neutral=scores.neutral if scores else None,
        target_mention_text=mention.text if mention else None,
        target_mention_start=mention.start if mention else None,
        target_mention_end=mention.end if mention else None,
        target_origin=stance.origin,
    )


def inert(value: object) -> object:
    """Returns a cell that no spreadsheet takes for a formula: an apostrophe is put before text that begins like one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
