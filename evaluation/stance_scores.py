"""The typed stance scores, with baselines beside them."""

from collections.abc import Mapping, Sequence

from onrecord.evaluation.baselines import Baseline, baselines
from onrecord.evaluation.calibration import N_BINS, measure_calibration, reliability
from onrecord.evaluation.counts import Counts, CountTable, FloatArray, Sums, common_index
from onrecord.evaluation.score_types import (
    Baselines,
    BaselineScores,
    Calibration,
    ClassScores,
    Coverage,
    Difference,
    Found,
    LabelScores,
    ReliabilityBin,
    StanceScores,
    TargetScores,
)
from onrecord.evaluation.scores import defined
from onrecord.evaluation.stance import (
    LABELS,
    StanceCase,
    StanceEntry,
    accuracy_at,
    confusion,
    count_labels,
    coverage_curve,
    matrix_scores,
    measure_labels,
    target_confusions,
)
from onrecord.evaluation.uncertainty import compare, holm

COVERAGES = (0.25, 0.5, 0.75, 1.0)
CURVE_POINTS = 100
"""Points kept of the coverage curve; more cannot be seen in a plot."""


def stance_scores(
    cases: Sequence[StanceCase],
    entries: Sequence[StanceEntry],
    *,
    found: Found,
    n_unscored: int,
    n_resamples: int,
    seed: int,
) -> StanceScores:
    """Scores stance labels, with every baseline on the same entries.

    Args:
        cases: Entries with predictions.
        entries: All gold entries, on which baselines are fitted.
        found: Whether there is an entry where gold has one.
        n_unscored: Predicted entries on targets that nobody annotated.
        n_resamples: For the differences from the baselines.
        seed: Of the random numbers.
    """
    counts = count_labels(cases)
    sums = CountTable(list(counts.values())).totals()
    scores = {path: defined(value) for path, value in measure_labels(sums).items()}
    matrix = confusion(sums, "stance", "confusion")
    curve = coverage_curve(cases)
    return StanceScores(
        **{name: scores[f"stance.{name}"] for name in LabelScores.model_fields},
        n=len(cases),
        n_unscored=n_unscored,
        entries=found,
        **{
            label: ClassScores(
                support=int(matrix[index].sum()),
                **{name: scores[f"stance.{label}.{name}"] for name in ("precision", "recall", "f1")},
            )
            for index, label in enumerate(LABELS)
        },
        over_targets=LabelScores(**{name: scores[f"stance.over_targets.{name}"] for name in LabelScores.model_fields}),
        by_target=_by_target(sums),
        confusion={
            gold: {pred: int(matrix[row, column]) for column, pred in enumerate(LABELS)}
            for row, gold in enumerate(LABELS)
        },
        calibration=calibration_of(sums),
        coverage=at_coverages(curve),
        coverage_curve=plotted(curve),
        baselines=_baselines(counts, cases, entries, n_resamples=n_resamples, seed=seed),
    )


def _by_target(sums: Sums) -> tuple[TargetScores, ...]:
    matrices = target_confusions(sums, "stance")
    values = matrix_scores(matrices)
    return tuple(
        TargetScores(
            target=target,
            n=int(matrices[row].sum()),
            **{name: defined(value[row]) for name, value in values.items()},
        )
        for row, target in enumerate(sums.names("stance", "targets"))
    )


def calibration_of(sums: Sums) -> Calibration:
    """Returns calibration scores and reliability bins from the counts of stance cases."""
    scores = {path: defined(value) for path, value in measure_calibration(sums, "stance").items()}
    n, confidence, accuracy = reliability(sums, "stance")
    return Calibration(
        n=int(n.sum()),
        ece=scores["stance.calibration.ece"],
        brier=scores["stance.calibration.brier"],
        bins=tuple(
            ReliabilityBin(
                low=number / N_BINS,
                high=(number + 1) / N_BINS,
                n=int(n[number]),
                confidence=defined(confidence[number]),
                accuracy=defined(accuracy[number]),
            )
            for number in range(N_BINS)
        ),
    )


def at_coverages(curve: Sequence[tuple[float, float]]) -> tuple[Coverage, ...]:
    """Returns the accuracy at a few shares of entries answered."""
    return tuple(
        Coverage(coverage=coverage, accuracy=accuracy)
        for coverage in COVERAGES
        if (accuracy := accuracy_at(curve, coverage)) is not None
    )


def plotted(curve: Sequence[tuple[float, float]]) -> tuple[Coverage, ...]:
    """Returns a coverage curve, thinned to what a plot can show."""
    kept = list(curve)
    if len(kept) > CURVE_POINTS:
        step = (len(kept) - 1) / (CURVE_POINTS - 1)
        kept = [kept[round(point * step)] for point in range(CURVE_POINTS)]
    return tuple(Coverage(coverage=coverage, accuracy=accuracy) for coverage, accuracy in kept)


def _baselines(
    system: Mapping[str, Counts],
    cases: Sequence[StanceCase],
    entries: Sequence[StanceEntry],
    *,
    n_resamples: int,
    seed: int,
) -> Baselines:
    fitted = baselines(entries)
    counted = [count_labels(_as_cases(baseline, cases, entries)) for baseline in fitted]
    documents = sorted(system)
    compared = {}
    for baseline, counts in zip(fitted, counted, strict=True):
        rows = [[held.get(document, Counts()) for document in documents] for held in (system, counts)]
        index = common_index(*rows)
        first, second = (CountTable(row, index=index) for row in rows)
        differences = compare(first, second, _macro_f1, n_resamples=n_resamples, seed=seed)
        compared[baseline.name] = differences.get("stance.macro_f1")
    present = {name: difference for name, difference in compared.items() if difference is not None}
    adjusted = dict(zip(present, holm([difference.p for difference in present.values()]), strict=True))
    return Baselines(
        **{
            baseline.name: _baseline_scores(
                baseline,
                counts,
                None
                if baseline.name not in present
                else Difference(
                    metric="stance.macro_f1", p_holm=adjusted[baseline.name], **vars(present[baseline.name])
                ),
            )
            for baseline, counts in zip(fitted, counted, strict=True)
        }
    )


def _macro_f1(sums: Sums) -> dict[str, FloatArray]:
    return {"stance.macro_f1": matrix_scores(confusion(sums, "stance", "confusion"))["macro_f1"]}


def _as_cases(baseline: Baseline, cases: Sequence[StanceCase], entries: Sequence[StanceEntry]) -> list[StanceCase]:
    """Returns the baseline's answers on the entries that the system is scored on."""
    labels = dict(zip(entries, baseline.labels, strict=True))
    answers = [(case.entry, labels[case.entry]) for case in cases]
    return [StanceCase(entry, label) for entry, label in answers if label is not None]


def _baseline_scores(baseline: Baseline, counts: Mapping[str, Counts], difference: Difference | None) -> BaselineScores:
    sums = CountTable(list(counts.values())).totals()
    scores = {path: defined(value) for path, value in measure_labels(sums).items()}
    return BaselineScores(
        description=baseline.description,
        n=int(confusion(sums, "stance", "confusion").sum()),
        difference=difference,
        **{name: scores[f"stance.{name}"] for name in LabelScores.model_fields},
        over_targets=LabelScores(**{name: scores[f"stance.over_targets.{name}"] for name in LabelScores.model_fields}),
    )
