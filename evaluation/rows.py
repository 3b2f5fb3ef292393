"""Rows of JSON lines, and the attributions in them: records, or articles with spans alone."""

import gzip
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pydantic import ValidationError

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError, MissingExtraError
from onrecord.corpus.json_lines import validation_faults
from onrecord.corpus.record import Record
from onrecord.evaluation.document import Attributed

OTHER_FORMATS = frozenset({".csv", ".parquet", ".sqlite", ".duckdb"})
"""Endings of what `extract` also writes: tables without all that a record holds."""

_SHOWN = 60


@dataclass(frozen=True)
class Row:
    """One JSON object of a file, and where it stands (`path:line`)."""

    place: str
    data: dict[str, Any]


def read_rows(path: Path) -> Iterator[Row]:
    """Yields the JSON objects of a file of JSON lines (.jsonl, .gz, .zst; `-` for stdin).

    Raises:
        DataError: The file cannot be read, or a line is not a JSON object.
    """
    number = 0
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield Row(f"{path}:{number}", _object(line, f"{path}:{number}"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, EOFError) as error:
        raise DataError(f"{path}:{number + 1}: not UTF-8 text, or cut off: {error}") from error


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DataError(f"{place}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise DataError(f"{place}: a line must be a JSON object, this is {type(row).__name__}")
    return row


def _open(path: Path) -> IO[str]:
    if path.suffix in OTHER_FORMATS:
        raise DataError(f"{path}: records are read from JSON lines; extract with -o {path.stem}.jsonl")
    if str(path) == "-":
        return io.TextIOWrapper(io.BytesIO(sys.stdin.buffer.read()), encoding="utf-8-sig", errors="surrogatepass")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", errors="surrogatepass")
    if path.suffix == ".zst":
        try:
            import zstandard
        except ImportError as error:
            raise MissingExtraError("zstandard", extra="zstd", purpose=f"reading {path}") from error
        lines: IO[str] = zstandard.open(path, "rt", encoding="utf-8-sig", errors="surrogatepass")
        return lines
    return path.open(encoding="utf-8-sig", errors="surrogatepass")


def record_of(row: Row) -> Record:
    """Returns the record of a row.

    Raises:
        DataError: It is none.
    """
    if "quote" not in row.data:
        raise DataError(
            f'{row.place}: neither a record (it has no "quote") nor an article with "attributions"; '
            f"it has {', '.join(row.data) or 'nothing'}"
        )
    try:
        return Record.model_validate(row.data)
    except ValidationError as error:
        raise DataError(first_fault(row.place, error)) from error


def first_fault(place: str, error: ValidationError) -> str:
    """Returns the first thing that pydantic found wrong with one object, behind its place."""
    return str(validation_faults(place, error)[0])


def attributions_of(row: Row, text: str) -> list[Attributed]:
    """Returns the attributions of an article's row, in order; those without content are left out.

    Args:
        row: An article with `attributions`.
        text: The gold text, which offsets must refer to.

    Raises:
        DataError: There are no attributions, or one is not of the form or lies outside of the text.
    """
    items = row.data.get("attributions")
    if not isinstance(items, list):
        raise DataError(
            f'{row.place}: every line must have a list of "attributions", as the first one has; '
            f"here it is {str(items)[:_SHOWN]!r}"
        )
    attributed = []
    for number, item in enumerate(items):
        place = f"{row.place}: attribution {number}"
        if not isinstance(item, dict):
            raise DataError(f"{place}: must be an object with content and source, this is {str(item)[:_SHOWN]!r}")
        content, source = (_spans(item.get(role), text, place, role) for role in ("content", "source"))
        if content:
            attributed.append(Attributed(id=f"{row.data['id']}#{number}", content=content, source=source))
    return attributed


def _spans(pairs: Any, text: str, place: str, role: str) -> tuple[Span, ...]:
    held = pairs or []
    for pair in held if isinstance(held, list) else [held]:
        if not _is_span(pair):
            raise DataError(
                f"{place}: spans must be [start, end] pairs of whole numbers, the start before the end; "
                f"{role} has {str(pair)[:_SHOWN]!r}"
            )
        if pair[1] > len(text):
            raise DataError(
                f"{place}: span {pair[0]}..{pair[1]} ends behind the gold text of {len(text)} characters: "
                "offsets must refer to the gold text"
            )
    return tuple(Span(start=start, end=end) for start, end in sorted(held))


def _is_span(pair: Any) -> bool:
    return (
        isinstance(pair, list)
        and len(pair) == 2
        and all(type(offset) is int for offset in pair)
        and 0 <= pair[0] < pair[1]
    )
