"""Rows of any columns in JSON lines, CSV and Parquet: read and written one by one, however many there are."""

import csv
import gzip
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import IO, Any

from onrecord.corpus.errors import DataError, OutputError
from onrecord.corpus.flat import inert
from onrecord.models.stance import LABELS

INPUT_ENDINGS = (".jsonl", ".jsonl.gz", ".csv", ".parquet")
OUTPUT_ENDINGS = (".jsonl", ".csv", ".parquet")
CHUNK_ROWS = 2_000
LONGEST_CELL = 100_000_000
"""Characters of a CSV cell; the reader's own limit would end the run at a long article."""
UNREADABLE = frozenset({"line", "error"})

Row = dict[str, Any]


def is_unreadable(row: Row) -> bool:
    """True of what stands for a line that could not be read."""
    return row.keys() == UNREADABLE


def read_rows(source: str) -> Iterator[Row]:
    """Yields the rows of a file with the columns `text` and `target`; a line that is no row as `line` and `error`.

    Args:
        source: A file, or `-` for JSON lines on stdin.

    Raises:
        DataError: The file is missing, of another format, broken, or lacks a column.
    """
    if source == "-":
        return _json_rows(sys.stdin.buffer, "stdin")
    _check_ending(source, INPUT_ENDINGS, "input")
    path = Path(source)
    if not path.is_file():
        raise DataError(f"{path}: no such file")
    if path.suffix == ".parquet":
        return _parquet_rows(path)
    if path.suffix == ".csv":
        return _csv_rows(path)
    return _json_file_rows(path)


def check_output(output: str) -> None:
    """Raises DataError where an output's format is unknown."""
    _check_ending(output, OUTPUT_ENDINGS, "output")


def write_rows(rows: Iterator[Row], output: str) -> None:
    """Writes rows; a file appears under its name when it is complete.

    A table has every column that any row has: rows are kept in a file beside it until all columns are known.

    Raises:
        OutputError: It cannot be written.
    """
    if output == "-":
        _write_json(rows, sys.stdout)
        return
    finished, unfinished, spool = Path(output), Path(f"{output}.tmp"), Path(f"{output}.rows.tmp")
    try:
        if output.endswith(".jsonl"):
            with unfinished.open("w", encoding="utf-8", newline="") as file:
                _write_json(rows, file)
        else:
            columns = _spool(rows, spool)
            write = _write_csv if output.endswith(".csv") else _write_parquet
            write(_json_file_rows(spool), columns, unfinished)
        os.replace(unfinished, finished)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror}; choose another output") from error
    finally:
        unfinished.unlink(missing_ok=True)
        spool.unlink(missing_ok=True)


def _json_file_rows(path: Path) -> Iterator[Row]:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            yield from _json_rows(lines, str(path))
    except (EOFError, gzip.BadGzipFile) as error:
        raise DataError(f"{path}: is no complete gzip file: {error}; make it again") from error


def _json_rows(lines: Iterable[bytes], place: str) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError) as error:
            yield _unreadable(line, f"{place}:{number}: not JSON in UTF-8: {error}")
            continue
        yield row if isinstance(row, dict) else _unreadable(line, f"{place}:{number}: a row must be a JSON object")


def _unreadable(line: bytes, reason: str) -> Row:
    return {"line": line.decode("utf-8", "backslashreplace").rstrip("\r\n"), "error": reason}


def _csv_rows(path: Path) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restkey="more_cells")
        try:
            _check_columns(reader.fieldnames or (), path)
            yield from reader
        except UnicodeDecodeError as error:
            raise DataError(f"{path}: is not UTF-8: {error}; convert it first") from error
        except csv.Error as error:
            raise DataError(f"{path}:{reader.line_num}: is not CSV: {error}") from error


def _parquet_rows(path: Path) -> Iterator[Row]:
    import pyarrow
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
        _check_columns(file.schema_arrow.names, path)
        for batch in file.iter_batches(batch_size=CHUNK_ROWS):
            yield from batch.to_pylist()
    except pyarrow.ArrowException as error:
        raise DataError(f"{path}: is no readable Parquet file: {error}") from error


def _check_columns(columns: Iterable[str], path: Path) -> None:
    missing = {"text", "target"} - set(columns)
    if missing:
        raise DataError(f"{path}: has no column {', '.join(sorted(missing))}; its columns: {', '.join(columns)}")


def _check_ending(path: str, allowed: Sequence[str], what: str) -> None:
    if path != "-" and not path.endswith(tuple(allowed)):
        raise DataError(f"{path}: unknown {what} format; allowed endings: {', '.join(allowed)}, or -")


def _write_json(rows: Iterable[Row], file: IO[str]) -> None:
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def _spool(rows: Iterable[Row], path: Path) -> dict[str, set[type]]:
    """Writes rows to a file; returns their columns in order of appearance, and what kinds of value each holds."""
    columns: dict[str, set[type]] = {}
    with path.open("w", encoding="utf-8", newline="") as file:
        for row in map(_flat, rows):
            for name, value in row.items():
                columns.setdefault(name, set())
                if value is not None:
                    columns[name].add(type(value))
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    if columns:
        columns["error"] = columns.pop("error", set())
    return columns


def _write_csv(rows: Iterable[Row], columns: Mapping[str, set[type]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="")
        if columns:
            writer.writeheader()
        for row in rows:
            writer.writerow({name: inert(value) for name, value in row.items()})


def _write_parquet(rows: Iterator[Row], columns: Mapping[str, set[type]], path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    def kind(values: set[type]) -> Any:
        if values == {bool}:
            return pyarrow.bool_()
        if values == {int}:
            return pyarrow.int64()
        return pyarrow.float64() if values and values <= {int, float} else pyarrow.string()

    schema = pyarrow.schema([(name, kind(values)) for name, values in columns.items()])
    with parquet.ParquetWriter(path, schema) as writer:
        while chunk := list(islice(rows, CHUNK_ROWS)):
            values = {
                field.name: [
                    _text(row.get(field.name)) if field.type == pyarrow.string() else row.get(field.name)
                    for row in chunk
                ]
                for field in schema
            }
            writer.write_table(pyarrow.table(values, schema=schema))


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _flat(row: Mapping[str, Any]) -> Row:
    """The row with its scores as columns of their own."""
    scores = row.get("scores") or {}
    flat = {name: value for name, value in row.items() if name != "scores"}
    return flat | {f"score_{label.value}": scores.get(label.value) for label in LABELS}
