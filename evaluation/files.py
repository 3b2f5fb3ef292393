"""Reads predictions and gold from files, and refuses what does not fit together.

Either side may be records (one quotation a line, texts in an articles file) or articles with attributions
(`{"id", "text", "attributions": [{"content", "source", "cue"}]}`), which annotate spans alone.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from onrecord.corpus.article import Block, first_difference
from onrecord.corpus.errors import DataError, OffsetError
from onrecord.corpus.record import Record
from onrecord.evaluation.document import Attributed, Document, build_document
from onrecord.evaluation.rows import Row, attributions_of, first_fault, read_rows, record_of

TRAITS = ("publisher", "genre", "style")
"""Fields of an article's line by which slices are made."""

_BLOCKS: TypeAdapter[tuple[Block, ...]] = TypeAdapter(tuple[Block, ...])
_SHOWN = 3
_AROUND = 20


@dataclass(frozen=True)
class GoldArticle:
    """One article of the gold set."""

    id: str
    text: str
    place: str
    split: str | None = None
    traits: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    targets: tuple[str, ...] = ()


def read_documents(
    records: Path, gold: Path, *, articles: Path | None = None, split: str | None = None
) -> list[Document]:
    """Reads what is to be scored.

    Args:
        records: The predictions; `-` for stdin.
        gold: A folder with `articles.jsonl` and `records.jsonl`, a file of gold records (then `articles`, or an
            `articles.jsonl` beside it, holds the texts), or a file of articles with attributions.
        articles: Texts by article id. Where gold brings its own, these are taken for the texts that the predictions
            were made on, to show where they differ.
        split: Score the articles of this split alone; predictions on others are left out.

    Raises:
        DataError: A file is not of these forms; ids occur twice; predictions name articles that are not in gold, or
            offsets, texts or hashes that are not those of the gold texts.
    """
    gold_articles, gold_sides, own_texts = _read_gold(gold, articles)
    theirs = {} if articles is None or not own_texts else {row.id: row.text for row in _read_articles(articles)}
    pred_sides = _read_predictions(records, gold_articles, theirs)
    chosen = [article for article in gold_articles.values() if split is None or article.split == split]
    if not chosen:
        splits = sorted({article.split for article in gold_articles.values() if article.split})
        raise DataError(f"{gold}: no article of split {split!r}; its splits are {', '.join(splits) or 'not named'}")
    return [
        build_document(
            article.id,
            article.text,
            gold_sides.get(article.id, ()),
            pred_sides.get(article.id),
            traits=article.traits,
            blocks=article.blocks,
            targets=article.targets,
        )
        for article in chosen
    ]


def _read_gold(gold: Path, articles: Path | None) -> tuple[dict[str, GoldArticle], dict[str, list[Attributed]], bool]:
    """Returns the gold articles, their attributions, and whether the texts are gold's own."""
    records = _inside(gold, "records") if gold.is_dir() else gold
    rows = list(read_rows(records))
    if rows and "attributions" in rows[0].data:
        listed = _unique([_article(row) for row in rows], str(gold))
        return listed, {row.data["id"]: attributions_of(row, listed[row.data["id"]].text) for row in rows}, True
    own = _inside(gold, "articles") if gold.is_dir() else _beside(records)
    source = own or articles
    if source is None:
        raise DataError(f"{gold}: gold records need their articles' texts: name them with --articles")
    texts = _unique(_read_articles(source), str(source))
    parsed = [(row.place, _gold_record(row, gold)) for row in rows]
    _check_ids([(place, record.id) for place, record in parsed])
    misfits = [problem for place, record in parsed if (problem := _misfit(record, texts, {}, place))]
    _raise_all(misfits, "gold record", remedy=f"; `onrecord corpus check {gold}` lists all faults")
    sides = _grouped([record for _, record in parsed])
    if not gold.is_dir():
        # A plain file of records says nothing of further articles in a larger file of texts.
        texts = {name: article for name, article in texts.items() if name in sides}
    return texts, sides, own is not None


def _gold_record(row: Row, gold: Path) -> Record:
    try:
        return record_of(row)
    except DataError as error:
        raise DataError(f"{error}; `onrecord corpus check {gold}` lists all faults") from error


def _inside(folder: Path, name: str) -> Path:
    found = [path for ending in (".jsonl", ".jsonl.gz") if (path := folder / f"{name}{ending}").exists()]
    if not found:
        raise DataError(f"{folder}: no {name}.jsonl in it; a gold folder holds articles.jsonl and records.jsonl")
    return found[0]


def _beside(records: Path) -> Path | None:
    candidates = (records.parent / name for name in ("articles.jsonl", "articles.jsonl.gz"))
    return next((path for path in candidates if path.exists()), None)


def _read_articles(path: Path) -> list[GoldArticle]:
    return [_article(row) for row in read_rows(path)]


def _article(row: Row) -> GoldArticle:
    data = row.data
    if not isinstance(data.get("id"), str) or not isinstance(data.get("text"), str):
        raise DataError(f'{row.place}: not an article: it needs "id" and "text", both texts; it has {", ".join(data)}')
    try:
        blocks = _BLOCKS.validate_python(data.get("blocks") or ())
    except ValidationError as error:
        raise DataError(first_fault(row.place, error)) from error
    return GoldArticle(
        id=data["id"],
        text=data["text"],
        place=row.place,
        split=data.get("split"),
        traits={name: str(data[name]) for name in TRAITS if data.get(name)},
        blocks=blocks,
        targets=tuple(data.get("targets") or ()),
    )


def _unique(articles: Sequence[GoldArticle], place: str) -> dict[str, GoldArticle]:
    _check_ids([(article.place, article.id) for article in articles])
    if not articles:
        raise DataError(f"{place}: holds no articles, so there is nothing to score against")
    return {article.id: article for article in articles}


def _read_predictions(
    path: Path, gold: Mapping[str, GoldArticle], theirs: Mapping[str, str]
) -> dict[str, list[Attributed]]:
    rows = list(read_rows(path))
    if rows and "attributions" in rows[0].data:
        _check_ids([(row.place, str(row.data.get("id"))) for row in rows])
        strange = [row for row in rows if "attributions" in row.data and row.data.get("id") not in gold]
        _raise_all([_unknown(row.data.get("id"), gold, row.place) for row in strange], "article")
        return {str(row.data.get("id")): attributions_of(row, _text(row, gold)) for row in rows}
    records = [(row.place, record_of(row)) for row in rows]
    _check_ids([(place, record.id) for place, record in records])
    _raise_all([problem for place, record in records if (problem := _misfit(record, gold, theirs, place))], "record")
    return _grouped([record for _, record in records])


def _text(row: Row, gold: Mapping[str, GoldArticle]) -> str:
    # A row without attributions may be a record; attributions_of says what is wrong with it.
    article = gold.get(str(row.data.get("id")))
    return "" if article is None else article.text


def _grouped(records: Sequence[Record]) -> dict[str, list[Attributed]]:
    grouped: dict[str, list[Attributed]] = {}
    for record in records:
        grouped.setdefault(record.article.id, []).append(Attributed.of_record(record))
    return grouped


def _check_ids(places: Sequence[tuple[str, str]]) -> None:
    doubled = {name for name, n in Counter(name for _, name in places).items() if n > 1}
    if doubled:
        name = next(name for _, name in places if name in doubled)
        where = [place for place, held in places if held == name]
        raise DataError(f"{where[1]}: id {name!r} stands at {where[0]} already; ids must be unique")


def _misfit(record: Record, gold: Mapping[str, GoldArticle], theirs: Mapping[str, str], place: str) -> str | None:
    """Says what of a record does not fit the gold text; None where all does."""
    article = gold.get(record.article.id)
    if article is None:
        return _unknown(record.article.id, gold, place)
    try:
        record.check(article.text)
    except OffsetError as error:
        return f"{place}: {error}{_first_difference(article, theirs)}"
    digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    if record.article.sha256 == digest:
        return None
    return (
        f"{place}: record {record.id} was made on another text of article {article.id!r} than gold's "
        f"(sha256 {record.article.sha256[:12]}… against {digest[:12]}…)"
        f"{_first_difference(article, theirs) or ', though its own offsets fit'}: extract from the gold set's text"
    )


def _first_difference(article: GoldArticle, theirs: Mapping[str, str]) -> str:
    text = theirs.get(article.id)
    if text is None or text == article.text:
        return ""
    place = first_difference(text, article.text)
    ours, other = (whole[max(0, place - _AROUND) : place + _AROUND] for whole in (article.text, text))
    return f"; the texts first differ at character {place}: gold has {ours!r}, the other {other!r}"


def _unknown(name: object, gold: Mapping[str, GoldArticle], place: str) -> str:
    some = ", ".join(list(gold)[:_SHOWN]) + (", …" if len(gold) > _SHOWN else "")
    return f"{place}: article {name!r} is not in the gold set of {len(gold)} articles ({some})"


def _raise_all(problems: Sequence[str], what: str, *, remedy: str = "") -> None:
    if not problems:
        return
    counted = f"one {what} does" if len(problems) == 1 else f"{len(problems)} {what}s do"
    more = f"\nand {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
    raise DataError(f"{counted} not fit the gold set:\n" + "\n".join(problems[:_SHOWN]) + more + remedy)
