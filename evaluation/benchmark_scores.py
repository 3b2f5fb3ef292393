"""Scores of one model on one set with intervals, and tests between models on the same set."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from onrecord.corpus.record import Scores, StanceLabel
from onrecord.corpus.stance_data import StanceRow
from onrecord.evaluation.benchmark_data import BenchmarkSet
from onrecord.evaluation.benchmark_schema import Cell, Comparison, Exposure
from onrecord.evaluation.counts import Counts, CountTable, FloatArray, Sums, common_index
from onrecord.evaluation.schema import Interval
from onrecord.evaluation.score_types import LabelScores
from onrecord.evaluation.scores import defined
from onrecord.evaluation.stance import (
    LABELS,
    StanceCase,
    StanceEntry,
    confusion,
    count_labels,
    coverage_curve,
    matrix_scores,
    measure_labels,
    normal_target,
)
from onrecord.evaluation.stance_scores import at_coverages, calibration_of, plotted
from onrecord.evaluation.uncertainty import bootstrap, compare, detectable_unpaired, holm
from onrecord.models.onnx_session import Floats

WITH_INTERVAL = {
    "stance.macro_f1": "macro_f1",
    "stance.mean_f1": "mean_f1",
    "stance.accuracy": "accuracy",
    "stance.over_targets.macro_f1": "over_targets.macro_f1",
    "stance.calibration.ece": "ece",
}
PRIMARY = "stance.macro_f1"


def choose(data: BenchmarkSet, probabilities: Floats) -> list[StanceCase]:
    """Pairs a set's rows with a model's answers.

    The model chooses among the labels that the set has; their probabilities are scaled to sum to 1.

    Args:
        data: The set.
        probabilities: (n_rows, 3) in the order of LABELS.
    """
    allowed = np.array([label in data.labels for label in LABELS])
    kept = np.where(allowed, probabilities.astype(np.float64), 0.0)
    totals = kept.sum(axis=1, keepdims=True)
    # A model that gives all of its probability to a label that the set lacks knows nothing of the others.
    shares = np.where(totals > 0, kept / np.where(totals > 0, totals, 1), allowed / allowed.sum())
    cases = []
    for row, share in zip(data.rows, shares, strict=True):
        best = int(np.where(allowed, share, -1.0).argmax())
        scores = Scores(**{label.value: float(value) for label, value in zip(LABELS, share, strict=True)})
        cases.append(StanceCase(_entry(data, row), LABELS[best], float(share[best]), scores))
    return cases


def given(data: BenchmarkSet, labels: Sequence[StanceLabel]) -> list[StanceCase]:
    """Pairs a set's rows with labels that have no probabilities."""
    return [StanceCase(_entry(data, row), label) for row, label in zip(data.rows, labels, strict=True)]


def score_cell(
    data: BenchmarkSet,
    cases: Sequence[StanceCase],
    *,
    model: str,
    exposure: Exposure,
    n_resamples: int,
    seed: int,
) -> tuple[Cell, dict[str, Counts]]:
    """Scores one model on one set.

    Args:
        data: The set.
        cases: Its rows with the model's answers.
        model: The model's name.
        exposure: What the model knows of the set.
        n_resamples: Bootstrap resamples.
        seed: Of the resamples.

    Returns:
        The scores, and the counts by unit that `compare_models` takes.
    """
    counts = count_labels(cases)
    table = CountTable(list(counts.values()))
    sums = table.totals()
    scores = {path: defined(value) for path, value in measure_labels(sums).items()}
    calibration, curve = calibration_of(sums), coverage_curve(cases)

    def measured(sums: Sums) -> Mapping[str, FloatArray]:
        found = measure_labels(sums)
        return {path: found[path] for path in WITH_INTERVAL}

    intervals = {
        WITH_INTERVAL[path]: Interval(
            low=found.low,
            high=found.high,
            standard_error=found.standard_error,
            detectable=detectable_unpaired(found.standard_error),
        )
        for path, found in bootstrap(table, measured, n_resamples=n_resamples, seed=seed).items()
    }
    names = LabelScores.model_fields
    cell = Cell(
        model=model,
        dataset=data.name,
        exposure=exposure,
        **{name: scores[f"stance.{name}"] for name in names},
        over_targets=LabelScores(**{name: scores[f"stance.over_targets.{name}"] for name in names}),
        by_label={label: scores[f"stance.{label}.f1"] for label in data.labels},
        ece=scores["stance.calibration.ece"],
        brier=scores["stance.calibration.brier"],
        calibration=calibration if calibration.n else None,
        coverage=at_coverages(curve),
        coverage_curve=plotted(curve),
        intervals=intervals,
    )
    return cell, counts


def compare_models(
    dataset: str, counts: Mapping[str, Mapping[str, Counts]], *, n_resamples: int, seed: int
) -> list[Comparison]:
    """Tests every two models on one set by macro-F1, and adjusts for there being many pairs.

    Args:
        dataset: The set's name.
        counts: By model, by unit.
        n_resamples: Bootstrap resamples, and permutations.
        seed: Of the random numbers.
    """

    def measured(sums: Sums) -> Mapping[str, FloatArray]:
        return {PRIMARY: matrix_scores(confusion(sums, "stance", "confusion"))["macro_f1"]}

    found = []
    for first, second in combinations(counts, 2):
        units = sorted(counts[first])
        sides = [[counts[model][unit] for unit in units] for model in (first, second)]
        index = common_index(*sides)
        left, right = (CountTable(side, index=index) for side in sides)
        difference = compare(left, right, measured, n_resamples=n_resamples, seed=seed).get(PRIMARY)
        if difference is not None:
            found.append((first, second, difference))
    adjusted = holm([difference.p for _, _, difference in found])
    return [
        Comparison(
            dataset=dataset,
            first=first,
            second=second,
            difference=difference.difference,
            low=difference.low,
            high=difference.high,
            p=difference.p,
            p_holm=p_holm,
            detectable=difference.detectable,
        )
        for (first, second, difference), p_holm in zip(found, adjusted, strict=True)
    ]


def _entry(data: BenchmarkSet, row: StanceRow) -> StanceEntry:
    return StanceEntry(data.unit_of(row), normal_target(row.target), row.text, row.label)
