"""Rows of stance data: a text, a target, and the label."""

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, ValidationError

from onrecord.corpus.article import Frozen
from onrecord.corpus.errors import DataError
from onrecord.corpus.json_lines import validation_faults
from onrecord.corpus.record import StanceLabel

OTHER_NAMES = "; other names are mapped by `onrecord corpus convert --form generic --label NAME=STANCE`"


class StanceRow(Frozen):
    """One text with its stance toward one target.

    Attributes:
        id: Unique in its data set.
        text: What was said; of a quotation its content.
        target: What the stance is toward.
        label: The stance.
        dataset: Name of the set.
        speaker: Who said it, where known.
        context: The paragraph around a quotation, where known.
        article: Id of the article a quotation is from, where known; splits and intervals go by it.
        sure: False where the reader who labelled it had doubts.
        scores: By label, a model's probabilities for the row, where one has read it (`onrecord stance` writes them);
            a training may learn from them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    text: str
    target: str
    label: StanceLabel
    dataset: str
    speaker: str | None = None
    context: str | None = None
    article: str | None = None
    sure: bool = True
    scores: dict[StanceLabel, float] | None = None


def read_stance_rows(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[StanceRow]:
    """Yields the rows of a JSONL(.gz), CSV or Parquet file, in its order.

    Args:
        path: The file.
        columns: Names of the file's columns by the names of StanceRow's fields, where they differ.

    Raises:
        DataError: A row is not of that form, or its label is none of favor, against, neutral.
    """
    names = dict(columns or {})
    for number, row in enumerate(_raw_rows(path), start=1):
        fields = {field: row.get(names.get(field, field)) for field in StanceRow.model_fields}
        fields["id"] = fields["id"] or f"{path.name}:{number}"
        fields["dataset"] = fields["dataset"] or path.name.split(".")[0]
        fields["sure"] = True if fields["sure"] is None else fields["sure"]
        try:
            yield StanceRow.model_validate(fields)
        except ValidationError as error:
            first = validation_faults(f"{path}:{number}", error)[0]
            other_name = error.errors()[0]["loc"][0] == "label" and fields["label"] is not None
            raise DataError(f"{first}{OTHER_NAMES if other_name else ''}") from error


def opposed_pairs(rows: Sequence[StanceRow]) -> list[tuple[int, int]]:
    """Returns the indices of rows of one text by one speaker that favor one target and oppose another."""
    sides: dict[tuple[str, str | None, str | None], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, row in enumerate(rows):
        if row.label is not StanceLabel.NEUTRAL:
            sides[row.text, row.speaker, row.article][row.label is StanceLabel.AGAINST].append(index)
    return [(i, j) for favored, opposed in sides.values() for i in favored for j in opposed]


def _raw_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    if path.suffix == ".parquet":
        from pyarrow import parquet

        for batch in parquet.ParquetFile(path).iter_batches():
            yield from batch.to_pylist()
    elif path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)
    else:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            yield from _json_lines(lines, path)


def _json_lines(lines: Iterable[str], path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise DataError(f"{path}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise DataError(f"{path}:{number}: a row must be a JSON object, this is {type(row).__name__}")
        yield row
