"""The `evaluate` command as a plain function."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from onrecord.corpus.errors import DataError, OutputError
from onrecord.evaluation.document import Document
from onrecord.evaluation.evaluate import EvaluationOptions, compare_systems, evaluate_documents
from onrecord.evaluation.files import read_documents
from onrecord.evaluation.gates import parse_minimums, shortfalls
from onrecord.evaluation.page import render_page
from onrecord.evaluation.schema import EvaluationResult
from onrecord.evaluation.tables import print_tables

EXIT_DONE = 0
EXIT_USAGE = 2
EXIT_GATE = 4

STDOUT = Path("-")
NARROWEST = 130
"""Columns that the widest table needs; a narrower terminal wraps its lines, so that no figure is cut."""


@dataclass(frozen=True)
class EvaluateJob:
    """What to score.

    Attributes:
        records: The predictions; `-` for stdin.
        gold: A folder with `articles.jsonl` and `records.jsonl`, or one file of gold.
        articles: Texts, where gold does not bring its own.
        split: Score the gold articles of this split alone.
        against: Other systems' records, each compared with the first.
        json_out: Where the typed result goes; `-` for stdout, in place of the tables.
        html_out: Where the page goes.
        minimums: Gates, each METRIC=VALUE.
        n_resamples: Bootstrap resamples, and permutations.
        seed: Of the random numbers.
    """

    records: Path
    gold: Path
    articles: Path | None = None
    split: str | None = None
    against: tuple[Path, ...] = ()
    json_out: Path | None = None
    html_out: Path | None = None
    minimums: tuple[str, ...] = ()
    n_resamples: int = 1000
    seed: int = 1


def run_evaluate(job: EvaluateJob, console: Console) -> int:
    """Scores records against gold: tables to stdout, JSON and a page where asked for.

    Args:
        job: What to score.
        console: Takes messages (stderr).

    Returns:
        0; 2 where a gate is not of the right form; 4 where a gate is not met.

    Raises:
        DataError: The inputs cannot be read or do not fit together.
        OutputError: An output cannot be written.
    """
    try:
        gates = parse_minimums(job.minimums)
    except DataError as error:
        console.print(str(error), markup=False, highlight=False, soft_wrap=True)
        return EXIT_USAGE
    documents = read_documents(job.records, job.gold, articles=job.articles, split=job.split)
    options = EvaluationOptions(n_resamples=job.n_resamples, seed=job.seed)
    result = evaluate_documents(documents, options)
    if job.against:
        compared = compare_systems(result, _others(job), options=options)
        result = result.model_copy(update={"comparisons": compared})
    _write_outputs(result, documents, job)
    if job.json_out != STDOUT:
        width = max(Console(file=sys.stdout).width, NARROWEST)
        print_tables(result, Console(file=sys.stdout, width=width))
    missed = shortfalls(result, gates)
    for shortfall in missed:
        console.print(f"gate not met: {shortfall}", markup=False, highlight=False, soft_wrap=True)
    return EXIT_GATE if missed else EXIT_DONE


def _others(job: EvaluateJob) -> dict[str, EvaluationResult]:
    """Scores the other systems; only their counts are needed, so nothing is resampled."""
    others = {}
    for path in job.against:
        documents = read_documents(path, job.gold, articles=job.articles, split=job.split)
        others[str(path)] = evaluate_documents(documents, EvaluationOptions(n_resamples=1, seed=job.seed))
    return others


def _write_outputs(result: EvaluationResult, documents: Sequence[Document], job: EvaluateJob) -> None:
    if job.json_out == STDOUT:
        sys.stdout.write(result.to_json())
    elif job.json_out is not None:
        _write(job.json_out, result.to_json())
    if job.html_out is not None:
        title = f"{job.records.name} against {job.gold.name}"
        _write(job.html_out, render_page(result, documents, title=title))


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8", errors="surrogatepass", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}; choose another output") from error
