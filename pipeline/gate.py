"""The quality gate: the shipped models on the gold corpus's dev part, against pinned floors. `make gate`.

What is measured: records extracted from the articles' bare text with their own targets, scored as `onrecord evaluate`
does; and the stance model alone on every gold quotation and target (`given.…`), since a pipeline's stances depend on
which targets it takes a quotation to be about.

`--raise` writes floors anew, never lower (`make raise-floors`): after a better model, or after the gold corpus changed.
`--lower --reason TEXT` lets those fall that are not met, and writes the reason into the changelog.
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from onrecord.corpus.errors import DataError, OnrecordError, OutputError
from onrecord.corpus.loaders.gold import load_gold_stances, read_gold_articles
from onrecord.corpus.readers import article_from_text
from onrecord.evaluation.benchmark_data import BenchmarkSet
from onrecord.evaluation.benchmark_schema import Unit
from onrecord.evaluation.benchmark_scores import choose
from onrecord.evaluation.counts import CountTable
from onrecord.evaluation.evaluate import EvaluationOptions, evaluate_documents
from onrecord.evaluation.files import read_documents
from onrecord.evaluation.floors import (
    Floors,
    below,
    check_gold,
    falls,
    lowered,
    parse_floors,
    raised,
    with_reason,
)
from onrecord.evaluation.gates import metric_paths, score_at
from onrecord.evaluation.scores import defined
from onrecord.evaluation.stance import LABELS, count_labels, measure_labels
from onrecord.models.stance.figures import pairs_of
from onrecord.pipeline.pipeline import Pipeline

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "corpus" / "gold"
FLOORS = ROOT / "evaluation" / "floors.json"
CHANGELOG = ROOT / "CHANGELOG.md"
GOLD_FILES = ("articles.jsonl", "records.jsonl")
REMEDY = "`make raise-floors` measures anew and pins it"
GIVEN = "given."
"""Before the paths of the stance model's own scores, on gold quotations and targets."""
EXIT_DONE, EXIT_FAILED, EXIT_GATE = 0, 1, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the gate, or pins floors; returns the exit status: 0, 1 where it cannot run, 4 where a floor is not met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="raises", action="store_true", help="pin what is measured now, never lower")
    parser.add_argument("--lower", action="store_true", help="let floors fall that are not met; needs --reason")
    parser.add_argument("--reason", default="", help="why; goes into the changelog")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--floors", type=Path, default=FLOORS)
    parser.add_argument("--changelog", type=Path, default=CHANGELOG)
    options = parser.parse_args(arguments)
    if options.lower != bool(options.reason.strip()) or (options.lower and options.raises):
        parser.error("--lower and --reason TEXT go together, and not with --raise")
    try:
        return _run(options)
    except OnrecordError as error:
        sys.stderr.write(f"gate: {error}\n")
        return EXIT_FAILED


def _run(options: argparse.Namespace) -> int:
    floors = parse_floors(_read(options.floors), place=str(options.floors))
    gold = gold_hashes(options.gold)
    pins = options.raises or options.lower
    if not pins:
        check_gold(floors, gold, remedy=REMEDY)
    pipeline = Pipeline()
    scores = measure(pipeline, options.gold, floors.split)
    models = pipeline.models.names
    sys.stdout.write(_table(floors, scores))
    if options.lower:
        _lower(floors, lowered(floors, scores, gold=gold, models=models), options)
    elif options.raises:
        try:
            new = raised(floors, scores, gold=gold, models=models)
        except DataError as error:
            raise DataError(f"{error}\nmend what made them fall, or accept it: make lower-floors REASON='…'") from error
        _write(options.floors, new.to_json())
    else:
        fallen = below(floors, scores)
        if floors.models != models:
            sys.stderr.write(f"gate: other models than the floors were pinned with; where scores rose, {REMEDY}\n")
        sys.stderr.writelines(f"gate not met: {item}\n" for item in fallen)
        return EXIT_GATE if fallen else EXIT_DONE
    return EXIT_DONE


def _lower(before: Floors, after: Floors, options: argparse.Namespace) -> None:
    """Writes the reason first: a floor must not fall without it."""
    fallen = falls(before, after)
    if fallen:
        text = with_reason(_read(options.changelog), fallen, options.reason, place=str(options.changelog))
        _write(options.changelog, text)
    _write(options.floors, after.to_json())


def gold_hashes(folder: Path) -> dict[str, str]:
    """Returns the SHA-256 of each file of a gold folder, by name; one that does not exist has none."""
    paths = [path for name in GOLD_FILES if (path := folder / name).is_file()]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def measure(pipeline: Pipeline, gold: Path, split: str) -> dict[str, float | None]:
    """Runs the pipeline and its stance model on one split of a gold folder.

    Args:
        pipeline: With the models to measure.
        gold: The folder.
        split: Its part.

    Returns:
        Scores by path: those of `onrecord evaluate`, and the stance model's own behind `given.`.

    Raises:
        DataError: The folder cannot be read, or an article failed.
    """
    return _extracted(pipeline, gold, split) | _given(pipeline, gold, split)


def _extracted(pipeline: Pipeline, gold: Path, split: str) -> dict[str, float | None]:
    articles, splits = read_gold_articles(gold)
    # The gold blocks are left out: telling noise from the body is a part of the work.
    bare = [
        article_from_text(article.text, id=article.id, title=article.title, place=article.id).model_copy(
            update={"targets": article.targets}
        )
        for article in articles.values()
        if splits[article.id] == split
    ]
    lines = []
    for extraction in pipeline.stream(bare):
        if extraction.error is not None:
            raise DataError(f"an article of the gold corpus failed: {extraction.error}")
        lines += [record.to_json() for record in extraction.records]
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.jsonl"
        records.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        documents = read_documents(records, gold, split=split)
    result = evaluate_documents(documents, EvaluationOptions(n_resamples=1))
    return {path: score_at(result, path) for path in metric_paths()}


def _given(pipeline: Pipeline, gold: Path, split: str) -> dict[str, float | None]:
    classifier = pipeline.models.stance
    if classifier is None:
        return {}
    rows = tuple(load_gold_stances(gold, split=split))
    data = BenchmarkSet("gold", rows, LABELS, Unit.ARTICLE)
    cases = choose(data, classifier.predict(pairs_of(rows)).probabilities)
    measured = measure_labels(CountTable(list(count_labels(cases).values())).totals())
    return {f"{GIVEN}{path}": defined(value) for path, value in measured.items()}


def _table(floors: Floors, scores: Mapping[str, float | None]) -> str:
    lines = [f"{'metric':34}{'floor':>8}{'pinned at':>11}{'now':>8}\n"]
    for path, held in floors.metrics.items():
        found = scores.get(path)
        now = "–" if found is None else f"{100 * found:.1f}"
        mark = "  below" if found is None or found < held.floor else ""
        lines.append(f"{path:34}{100 * held.floor:8.1f}{100 * held.measured:11.1f}{now:>8}{mark}\n")
    return "".join(lines)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    sys.stdout.write(f"{path} written\n")


if __name__ == "__main__":
    sys.exit(main())
