"""Everything that is wrong with annotated data, in one list: spans, ids, labels, hashes, each with file and line."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from onrecord.corpus.article import Block, Span
from onrecord.corpus.errors import DataError
from onrecord.corpus.gold_markup import LEMMA_TABLE, parse_gold, read_gold_sources, read_lemmas
from onrecord.corpus.json_lines import Fault, JsonLine, json_lines, validation_faults
from onrecord.corpus.record import Record, record_id
from onrecord.corpus.stance_data import StanceRow

HASHES = "HASHES"
SHOWN = 60
_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])


@dataclass(frozen=True)
class _Article:
    place: str
    text: str
    targets: tuple[str, ...]


def check_data(path: Path, *, articles: Path | None = None) -> list[Fault]:
    """Finds all faults of annotated data.

    Args:
        path: A gold folder (articles.jsonl, records.jsonl, HASHES), a folder of markup sources (*.txt), one source, or
            a file of JSON lines: records, articles with attributions, articles, or stance rows.
        articles: The texts of a file of records, where no articles.jsonl stands beside it.

    Returns:
        Every fault, in the order of files and lines; empty where all is well.

    Raises:
        DataError: The path cannot be read, or is none of these.
    """
    if path.is_dir():
        return _check_folder(path)
    if path.suffix == ".txt":
        return _check_source(path)
    lines = list(json_lines(path))
    first = next((line.data for line in lines if isinstance(line, JsonLine)), {})
    if "quote" in first:
        texts = articles or path.parent / "articles.jsonl"
        if not texts.is_file():
            raise DataError(
                f"{path}: records need their articles' texts; give --articles, or put articles.jsonl beside"
            )
        faults, held = _check_articles(list(json_lines(texts)))
        return faults + _check_records(lines, held)
    if "target" in first or "label" in first:
        return _check_rows(path, lines)
    if "text" in first:
        return _check_articles(lines)[0]
    raise DataError(f"{path}: neither records, articles, nor stance rows; it has {', '.join(first) or 'no objects'}")


def _check_folder(folder: Path) -> list[Fault]:
    if (folder / "records.jsonl").is_file():
        articles = folder / "articles.jsonl"
        if not articles.is_file():
            raise DataError(f"{folder}: records.jsonl but no articles.jsonl in it")
        faults, held = _check_articles(list(json_lines(articles)))
        if not held:
            faults.append(Fault(str(articles), "holds no articles"))
        return [*faults, *_check_records(list(json_lines(folder / "records.jsonl")), held), *_check_hashes(folder)]
    try:
        read_gold_sources(folder)
    except DataError as error:
        return _faults_of(error)
    return []


def _check_source(path: Path) -> list[Fault]:
    try:
        source = path.read_bytes().decode("utf-8")
        parse_gold(source, place=str(path), lemmas=read_lemmas(path.parent.parent / LEMMA_TABLE))
    except DataError as error:
        return _faults_of(error)
    except UnicodeDecodeError as error:
        return [Fault(str(path), f"not UTF-8: {error}")]
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror}") from error
    return []


def _faults_of(error: DataError) -> list[Fault]:
    found = []
    for line in str(error).splitlines():
        place, _, message = line.partition(": ")
        found.append(Fault(place, message))
    return found


def _check_hashes(folder: Path) -> Iterator[Fault]:
    if not (folder / HASHES).is_file():
        return
    for number, line in enumerate((folder / HASHES).read_text(encoding="utf-8").splitlines(), start=1):
        pinned, _, name = line.partition("  ")
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        if found is None:
            yield Fault(f"{folder / HASHES}:{number}", f"{name!r} is pinned and does not exist")
        elif found != pinned:
            yield Fault(f"{folder / HASHES}:{number}", f"{name} has SHA-256 {found[:12]}…, pinned is {pinned[:12]}…")


def _check_articles(lines: Sequence[JsonLine | Fault]) -> tuple[list[Fault], dict[str, _Article]]:
    faults: list[Fault] = []
    held: dict[str, _Article] = {}
    for line in lines:
        if isinstance(line, Fault):
            faults.append(line)
            continue
        name, text = line.data.get("id"), line.data.get("text")
        if not isinstance(name, str) or not isinstance(text, str):
            faults.append(Fault(line.place, f'an article needs "id" and "text"; this has {", ".join(line.data)}'))
            continue
        if name in held:
            faults.append(Fault(line.place, f"id {name!r} stands at {held[name].place} already"))
        targets = line.data.get("targets")
        held.setdefault(name, _Article(line.place, text, tuple(targets) if isinstance(targets, list) else ()))
        pinned = line.data.get("sha256")
        if pinned is not None and pinned != _digest(text):
            faults.append(Fault(line.place, f"sha256 {str(pinned)[:12]}… is not that of the text"))
        faults += _check_blocks(line, text)
        faults += _check_attributions(line, text)
    return faults, held


def _check_blocks(line: JsonLine, text: str) -> list[Fault]:
    try:
        blocks = _BLOCKS.validate_python(line.data.get("blocks") or ())
    except ValidationError as error:
        return validation_faults(line.place, error)
    faults, reached = [], 0
    for block in blocks:
        if block.start != reached:
            faults.append(Fault(line.place, f"blocks: one begins at {block.start}, where {reached} is due"))
        reached = block.end
    if blocks and reached != len(text):
        faults.append(Fault(line.place, f"blocks: the last ends at {reached}, the text at {len(text)}"))
    return faults


def _check_attributions(line: JsonLine, text: str) -> list[Fault]:
    faults = []
    items = line.data.get("attributions")
    if items is not None and not isinstance(items, list):
        return [Fault(line.place, f"attributions: a list is due, this is {type(items).__name__}")]
    for number, item in enumerate(items or ()):
        if not isinstance(item, dict):
            faults.append(Fault(line.place, f"attributions[{number}]: an object is due, this is {type(item).__name__}"))
            continue
        for role in ("content", "cue", "source"):
            for pair in item.get(role) or ():
                if not _is_span(pair) or not 0 <= pair[0] < pair[1] <= len(text):
                    wrong = f"attributions[{number}].{role}: {pair!r} is no [start, end] within {len(text)} characters"
                    faults.append(Fault(line.place, wrong))
    return faults


def _is_span(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and all(type(offset) is int for offset in pair)


def _check_records(lines: Sequence[JsonLine | Fault], articles: Mapping[str, _Article]) -> list[Fault]:
    faults: list[Fault] = []
    places: dict[str, str] = {}
    records: list[tuple[str, Record]] = []
    for line in lines:
        if isinstance(line, Fault):
            faults.append(line)
            continue
        try:
            record = Record.model_validate(line.data)
        except ValidationError as error:
            faults += validation_faults(line.place, error)
            continue
        records.append((line.place, record))
        if record.id in places:
            faults.append(Fault(line.place, f"id {record.id!r} stands at {places[record.id]} already"))
        places.setdefault(record.id, line.place)
    for place, record in records:
        article = articles.get(record.article.id)
        if article is None:
            faults.append(Fault(place, f"article {record.article.id!r} is not among the {len(articles)} articles"))
        else:
            faults += [Fault(place, message) for message in _record_faults(record, article)]
        if record.quote.nested_in is not None and record.quote.nested_in not in places:
            faults.append(Fault(place, f"quote.nested_in: there is no record {record.quote.nested_in!r}"))
    return faults


def _record_faults(record: Record, article: _Article) -> Iterator[str]:
    for what, span, claimed in _claims(record):
        if span.end > len(article.text):
            yield f"{what} at {span.start}..{span.end} ends behind the text of {len(article.text)} characters"
        elif (found := span.of(article.text)) != claimed:
            yield f"{what} at {span.start}..{span.end} is {found[:SHOWN]!r} in the article, not {claimed[:SHOWN]!r}"
    whole = (record.quote.spans[0].start, record.quote.spans[-1].end)
    if (record.quote.context.start, record.quote.context.end) != whole:
        yield f"quote.context must reach from {whole[0]} to {whole[1]}"
    due = record_id(record.article.id, record.quote.spans)
    if record.id != due:
        yield f"id {record.id!r} is not that of its spans, {due!r}"
    if record.article.sha256 != _digest(article.text):
        yield f"article.sha256 {record.article.sha256[:12]}… is not that of the text"
    for target, n in Counter(stance.target for stance in record.stances).items():
        if n > 1:
            yield f"stances: {n} entries on the target {target!r}"
        if article.targets and target not in article.targets:
            yield f"stances: target {target!r} is none of the article's: {', '.join(article.targets)}"


def _claims(record: Record) -> Iterator[tuple[str, Span, str]]:
    for number, (span, text) in enumerate(zip(record.quote.spans, record.quote.text, strict=True)):
        yield f"quote.text[{number}]", span, text
    if record.cue is not None:
        yield "cue.text", record.cue, record.cue.text
    if record.speaker.mention is not None:
        yield "speaker.mention.text", record.speaker.mention, record.speaker.mention.text
    for number, stance in enumerate(record.stances):
        if stance.mention is not None:
            yield f"stances[{number}].mention.text", stance.mention, stance.mention.text


def _check_rows(path: Path, lines: Sequence[JsonLine | Fault]) -> list[Fault]:
    faults: list[Fault] = []
    places: dict[str, str] = {}
    for line in lines:
        if isinstance(line, Fault):
            faults.append(line)
            continue
        fields = {"id": line.place, "dataset": path.name} | line.data
        try:
            row = StanceRow.model_validate(fields)
        except ValidationError as error:
            faults += validation_faults(line.place, error)
            continue
        faults += [Fault(line.place, f"the {name} is empty") for name in ("text", "target") if not fields[name].strip()]
        if row.id in places:
            faults.append(Fault(line.place, f"id {row.id!r} stands at {places[row.id]} already"))
        places.setdefault(row.id, line.place)
    return faults


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
