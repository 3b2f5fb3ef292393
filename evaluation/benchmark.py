"""The `benchmark` command as a plain function: stance models by data sets."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rich.console import Console

from onrecord.corpus.errors import DataError, MissingExtraError, ModelError, OutputError
from onrecord.corpus.stance_data import StanceRow, read_stance_rows
from onrecord.evaluation.benchmark_cache import PredictionCache
from onrecord.evaluation.benchmark_data import BenchmarkSet, find_set, read_set
from onrecord.evaluation.benchmark_models import (
    BASELINES,
    Model,
    fit_baseline,
    identify,
    installed_version,
    left_out_baseline,
)
from onrecord.evaluation.benchmark_page import render_benchmark
from onrecord.evaluation.benchmark_schema import BenchmarkResult, Exposure, ModelInfo, Problem, Settings
from onrecord.evaluation.benchmark_scores import choose, compare_models, given, score_cell
from onrecord.evaluation.benchmark_tables import csv_table, latex, markdown
from onrecord.evaluation.counts import Counts
from onrecord.evaluation.stance import StanceCase
from onrecord.models.stance.backends import load_classifier, spent_by
from onrecord.models.stance.chat_client import ChatUsage
from onrecord.models.stance.figures import pairs_of
from onrecord.models.stance.options import BackendOptions, read_options
from onrecord.models.stance.protocol import StanceClassifier

EXIT_DONE = 0
EXIT_PARTLY = 3


@dataclass(frozen=True)
class BenchmarkJob:
    """What to run.

    Attributes:
        models: Names, folders, `chat:MODEL`, or baselines.
        datasets: Files, or names of sets in `data`.
        out: Folder for the outputs and the cache.
        data: Folder of sets.
        train: Folder of the sets' training parts, on which baselines are fitted.
        n_resamples: Bootstrap resamples, and permutations.
        seed: Of the random numbers.
        threads: Of the ONNX models; 0 for one a core.
        offline: Take hub models from the local cache only.
        stance_options: What the models are told, `KEY=VALUE` each.
    """

    models: tuple[str, ...]
    datasets: tuple[str, ...]
    out: Path
    data: Path | None = None
    train: Path | None = None
    n_resamples: int = 1000
    seed: int = 1
    threads: int = 0
    offline: bool = True
    stance_options: tuple[str, ...] = ()


def run_benchmark(job: BenchmarkJob, console: Console) -> int:
    """Runs every model on every set and writes tables, page, result and predictions into a folder.

    Args:
        job: What to run.
        console: Takes messages (stderr).

    Returns:
        0; 3 where some models have no scores on some sets.

    Raises:
        UnknownModelError: There is no model of a name; nothing has been run then.
        DataError: A set cannot be found or read, or two have one name; nothing has been run then.
        OutputError: The folder cannot be written.
    """
    sets = [read_set(word, job.data) for word in dict.fromkeys(job.datasets)]
    _check_names([data.name for data in sets])
    names = tuple(dict.fromkeys(job.models))
    models = {name: identify(name, _options(job)) for name in names if name not in BASELINES}
    result = measure(job, names, models, sets, console)
    _write(job.out / "results.json", result.to_json())
    _write(job.out / "table.md", markdown(result))
    _write(job.out / "table.csv", csv_table(result))
    _write(job.out / "table.tex", latex(result))
    _write(job.out / "benchmark.html", render_benchmark(result))
    for problem in result.problems:
        _say(console, f"{problem.model} on {problem.dataset}: {problem.reason}")
    _say(console, f"{len(result.cells)} of {len(names) * len(sets)} scored; see {job.out / 'table.md'}")
    return EXIT_PARTLY if result.problems else EXIT_DONE


def measure(
    job: BenchmarkJob, names: Sequence[str], models: Mapping[str, Model], sets: Sequence[BenchmarkSet], console: Console
) -> BenchmarkResult:
    """Runs and scores everything; a model that fails on a set is named with the reason, and the rest goes on."""
    cells, comparisons, problems = [], [], []
    counts: dict[str, dict[str, dict[str, Counts]]] = {data.name: {} for data in sets}
    for name in names:
        answer = _Answers(job, name, models.get(name), console)
        for data in sets:
            try:
                cases, exposure = answer.on(data)
            except (ModelError, DataError, MissingExtraError) as error:
                problems.append(Problem(model=name, dataset=data.name, reason=str(error)))
                continue
            _write(job.out / "predictions" / f"{slug(name)}__{data.name}.jsonl", _predictions(data, cases))
            cell, counts[data.name][name] = score_cell(
                data, cases, model=name, exposure=exposure, n_resamples=job.n_resamples, seed=job.seed
            )
            cells.append(cell)
        if (spent := answer.spent()) is not None:
            _say(console, f"{name}: {spent}")
    for data in sets:
        comparisons += compare_models(data.name, counts[data.name], n_resamples=job.n_resamples, seed=job.seed)
    return BenchmarkResult(
        settings=Settings(onrecord=installed_version(), n_resamples=job.n_resamples, seed=job.seed),
        models=tuple(
            models[name].info() if name in models else ModelInfo(name=name, identity=None, trained_on=None)
            for name in names
        ),
        datasets=tuple(data.info() for data in sets),
        cells=tuple(cells),
        comparisons=tuple(comparisons),
        problems=tuple(problems),
    )


class _Answers:
    """One model's answers on set after set; the model is loaded when it first has something to classify."""

    def __init__(self, job: BenchmarkJob, name: str, model: Model | None, console: Console) -> None:
        self._job = job
        self._name = name
        self._model = model
        self._console = console
        self._loaded: StanceClassifier | None = None
        self._load = cache(self._classifier)
        identity = "" if model is None else model.identity
        self._cache = PredictionCache(job.out / "cache" / f"{slug(name)}.jsonl", identity)

    def on(self, data: BenchmarkSet) -> tuple[list[StanceCase], Exposure]:
        """Returns a set's rows with the answers, and what the model knows of the set."""
        pairs = pairs_of(data.rows)
        if self._model is not None:
            probabilities = self._cache.predict(
                pairs,
                self._load,
                lambda n: _say(self._console, f"{self._name} on {data.name}: {n:,} pairs to classify"),
            )
            return choose(data, probabilities), self._model.exposure(data)
        training = _training_rows(data.name, self._job.train)
        if training:
            return choose(data, fit_baseline(self._name, training).predict(pairs).probabilities), Exposure.FITTED
        labels = left_out_baseline(self._name, data).labels
        known = [label for label in labels if label is not None]
        if len(known) < len(labels):
            raise DataError("all rows are of one document, so there are no others to fit a baseline on; give --train")
        return given(data, known), Exposure.LEFT_OUT

    def _classifier(self) -> StanceClassifier:
        self._loaded = load_classifier(self._name, _options(self._job))
        return self._loaded

    def spent(self) -> ChatUsage | None:
        """Returns what the model's requests have cost, if it makes any."""
        return None if self._loaded is None else spent_by(self._loaded)


def _options(job: BenchmarkJob) -> BackendOptions:
    given = BackendOptions(threads=job.threads, chat_cache=job.out / "cache" / "chat", offline=job.offline)
    return read_options(job.stance_options, given)


def slug(name: str) -> str:
    """Returns a model's name as a file's name; two models of one slug differ in a short hash."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")
    if plain == name:
        return plain
    return f"{plain[-60:]}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"


def _training_rows(name: str, folder: Path | None) -> list[StanceRow]:
    if folder is None:
        return []
    try:
        path = find_set(name, folder)
    except DataError:
        return []
    return list(read_stance_rows(path))


def _predictions(data: BenchmarkSet, cases: Sequence[StanceCase]) -> str:
    lines = []
    for row, case in zip(data.rows, cases, strict=True):
        scores = None if case.scores is None else {k: round(v, 4) for k, v in case.scores.model_dump().items()}
        confidence = None if case.confidence is None else round(case.confidence, 4)
        line = {
            "id": row.id,
            "target": row.target,
            "text": row.text,
            "gold": row.label,
            "label": case.label,
            "confidence": confidence,
            "scores": scores,
        }
        lines.append(json.dumps(line, ensure_ascii=False))
    return "\n".join(lines) + "\n"


def _check_names(names: Sequence[str]) -> None:
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        raise DataError(f"two data sets are named {double!r}; rename one of the files, scores go by their names")


def _say(console: Console, message: str) -> None:
    console.print(message, markup=False, highlight=False, soft_wrap=True)


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", errors="surrogatepass", newline="\n")
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}; choose another folder") from error
