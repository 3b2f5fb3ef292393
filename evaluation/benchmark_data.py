"""The benchmark's data sets: found by name or path, read, and cut into the units that are resampled."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.corpus.errors import DataError
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow, read_stance_rows
from onrecord.evaluation.benchmark_schema import SetInfo, Unit
from onrecord.evaluation.stance import LABELS, normal_target

ENDINGS = (".jsonl.gz", ".jsonl", ".csv", ".parquet")
FEWEST_TARGETS = 10
"""Permuting n targets cannot reach p < 2 / 2^n; with fewer of them texts are resampled and the targets held fixed."""


@dataclass(frozen=True)
class BenchmarkSet:
    """One data set.

    Attributes:
        name: The file's name without its ending.
        rows: Its rows, in order.
        labels: The labels that it has, in the order of LABELS.
        unit: What is resampled as one.
    """

    name: str
    rows: tuple[StanceRow, ...]
    labels: tuple[StanceLabel, ...]
    unit: Unit

    def unit_of(self, row: StanceRow) -> str:
        """Returns the name of the unit that a row belongs to."""
        if self.unit is Unit.ARTICLE and row.article is not None:
            return row.article
        return normal_target(row.target) if self.unit is Unit.TARGET else row.text

    def info(self) -> SetInfo:
        """Returns what the result says of the set."""
        counts = Counter(row.label for row in self.rows)
        return SetInfo(
            name=self.name,
            sha256=rows_hash(self.rows),
            n_rows=len(self.rows),
            n_targets=len({normal_target(row.target) for row in self.rows}),
            labels={label: counts[label] for label in self.labels},
            unit=self.unit,
            n_units=len({self.unit_of(row) for row in self.rows}),
        )


def read_set(word: str, folder: Path | None) -> BenchmarkSet:
    """Reads a data set.

    Args:
        word: A file's path, or a set's name in the folder.
        folder: Where names are looked up.

    Raises:
        DataError: There is no such file or name, a row is not of the right form, the set is empty, or ids occur twice.
    """
    path = find_set(word, folder)
    rows = tuple(read_stance_rows(path))
    if not rows:
        raise DataError(f"{path}: no rows in it")
    double = next((name for name, n in Counter(row.id for row in rows).items() if n > 1), None)
    if double is not None:
        raise DataError(f"{path}: the id {double!r} occurs twice; each row of a set needs its own")
    labels = tuple(label for label in LABELS if any(row.label is label for row in rows))
    return BenchmarkSet(set_name(path), rows, labels, _unit(rows))


def find_set(word: str, folder: Path | None) -> Path:
    """Returns the file that a path or a set's name stands for.

    Raises:
        DataError: There is none; the message lists the names that there are.
    """
    if Path(word).is_file():
        return Path(word)
    if folder is not None:
        for ending in ENDINGS:
            if (folder / f"{word}{ending}").is_file():
                return folder / f"{word}{ending}"
    names = [] if folder is None or not folder.is_dir() else sorted({set_name(path) for path in _files(folder)})
    where = "no --data folder is given" if folder is None else f"{folder} has {', '.join(names) or 'no sets'}"
    raise DataError(f"no data set {word!r}: it is no file ({', '.join(ENDINGS)}), and {where}")


def set_name(path: Path) -> str:
    """Returns a file's name without its ending."""
    return next((path.name.removesuffix(ending) for ending in ENDINGS if path.name.endswith(ending)), path.name)


def rows_hash(rows: Sequence[StanceRow]) -> str:
    """Returns the SHA-256 of what decides a benchmark's scores, whatever file form it came in."""
    lines = (
        json.dumps([row.id, row.target, row.text, row.speaker, row.context, row.article, row.label], ensure_ascii=False)
        for row in rows
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.endswith(ENDINGS)]


def _unit(rows: Sequence[StanceRow]) -> Unit:
    if all(row.article is not None for row in rows):
        return Unit.ARTICLE
    return Unit.TARGET if len({normal_target(row.target) for row in rows}) >= FEWEST_TARGETS else Unit.TEXT
