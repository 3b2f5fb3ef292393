"""`onrecord stance`: rows of text and target in, the same rows with their stance out."""

from collections.abc import Iterator, Sequence
from itertools import islice

from rich.console import Console

from onrecord.models.stance import LABELS, StanceClassifier, StancePair
from onrecord.models.stance.backends import spent_by
from onrecord.models.stance.failures import predict_what_can_be
from onrecord.pipeline.extract import EXIT_DONE, EXIT_SOME_FAILED
from onrecord.pipeline.loading import load_stance
from onrecord.pipeline.row_files import Row, check_output, is_unreadable, read_rows, write_rows

CHUNK_ROWS = 2_000
"""Rows that are classified together: enough to sort by length, little enough to stream a million."""
WRITTEN = ("label", "confidence", "scores", "error", *(f"score_{label.value}" for label in LABELS))
"""Columns of the output that a row of the input may have as well."""
GIVEN = "gold_"
"""What stands before the name of such a column where it comes back: `label` of the input becomes `gold_label`."""


def run_stance(pairs: str, output: str, *, model: str, console: Console, options: Sequence[str] = ()) -> int:
    """Classifies the rows of a file.

    A row without text or target, and a line that cannot be read, comes back with an empty label and an `error`. What
    the input has under a name that is written, such as the `label` of annotated rows, comes back as `gold_label`.

    Args:
        pairs: A file of rows with `text` and `target`, and optionally `speaker` and `context`; `-` for JSON lines on
            stdin.
        output: A file, or `-` for JSON lines on stdout.
        model: A stance model's name or folder.
        console: Where messages go (stderr).
        options: Of the stance model, `KEY=VALUE` each.

    Returns:
        Exit status: 0 all done, 3 finished but some rows failed.

    Raises:
        OnrecordError: The file cannot be read, the model is unknown, or the output cannot be written.
    """
    check_output(output)
    rows = read_rows(pairs)
    classifier = load_stance(model, options=options)
    n_rows = n_failed = 0

    def classified() -> Iterator[Row]:
        nonlocal n_rows, n_failed
        while chunk := list(islice(rows, CHUNK_ROWS)):
            for row in _classify(classifier, chunk):
                n_rows += 1
                n_failed += row["label"] is None
                yield row

    write_rows(classified(), output)
    spent = spent_by(classifier)
    cost = "" if spent is None else f"; {spent}"
    console.print(f"{n_rows} rows, {n_failed} failed{cost}", highlight=False, soft_wrap=True)
    return EXIT_SOME_FAILED if n_failed else EXIT_DONE


def _classify(classifier: StanceClassifier, rows: Sequence[Row]) -> Iterator[Row]:
    reasons = [_reason(row) for row in rows]
    good = [row for row, reason in zip(rows, reasons, strict=True) if reason is None]
    pairs = [
        StancePair(row["target"], row["text"], row.get("speaker") or None, row.get("context") or None) for row in good
    ]
    prediction, failures = predict_what_can_be(classifier, pairs)
    predicted = iter(enumerate(prediction.probabilities.tolist()))
    for row, reason in zip(rows, reasons, strict=True):
        given = _without_clash(row)
        index, values = next(predicted) if reason is None else (-1, [])
        failure = failures.get(index, reason)
        if failure is not None:
            yield given | {"label": None, "confidence": None, "scores": None, "error": failure}
            continue
        probabilities = [round(value, 4) for value in values]
        best = max(range(len(LABELS)), key=probabilities.__getitem__)
        scores = {label.value: value for label, value in zip(LABELS, probabilities, strict=True)}
        yield given | {"label": LABELS[best].value, "confidence": probabilities[best], "scores": scores}


def _without_clash(row: Row) -> Row:
    """A row's own columns, those with the names of written ones renamed, so that nothing given is lost."""
    if is_unreadable(row):
        return {"line": row["line"]}
    renamed: Row = {}
    for name, value in row.items():
        free = name
        while free in WRITTEN or (free != name and (free in row or free in renamed)):
            free = f"{GIVEN}{free}"
        renamed[free] = value
    return renamed


def _reason(row: Row) -> str | None:
    """What is wrong with a row, or None."""
    if is_unreadable(row):
        return str(row["error"])
    for field in ("text", "target"):
        value = row.get(field)
        if not isinstance(value, str) or not value.strip():
            return f"{field!r} is {value!r}: it must be text that is not empty"
    for field in ("speaker", "context"):
        value = row.get(field)
        if value is not None and not isinstance(value, str):
            return f"{field!r} is {value!r}: it must be text, or empty"
    return None
