"""What a stance model reaches on one set: figures beside the baselines', and whether it reads the target at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.corpus.stance_data import StanceRow
from onrecord.models.onnx_session import Floats
from onrecord.models.stance.calibration import expected_calibration_error
from onrecord.models.stance.protocol import LABELS, StanceClassifier, StancePair
from onrecord.models.stance.scores import Indices, confusion, interval, macro_f1, mean_f1_of_sides

BLANK_TARGET = "it"
"""What every target is replaced by, to see what is left without reading it."""
COVERAGES = (0.25, 0.5, 0.75, 1.0)
BINS = 10
"""Bars of the calibration plot."""
FAVOR, AGAINST = 0, 1


@dataclass(frozen=True)
class Reliability:
    """One bar of a calibration plot: the rows of similar confidence, their mean confidence and their accuracy."""

    n_rows: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class SetFigures:
    """Figures of one set, all 0 to 1.

    Attributes:
        name: The set.
        n_rows: Its rows.
        n_classes: Labels that it has; a model is asked to choose among these.
        macro_f1: With its 95% interval by articles (or by targets, where rows have no article).
        sides_f1: Mean F1 of favor and against.
        baselines: Macro-F1 of each baseline.
        blank_target_macro_f1: Macro-F1 where each target is replaced by "it".
        n_opposed: Pairs of targets that one text favours and opposes.
        opposed_right: Share of them where both are right; None where there are none.
        calibration_error: Over all three labels.
        accuracy_at: Share of rows kept, most confident first, to their accuracy.
        reliability: Bars of the calibration plot.
    """

    name: str
    n_rows: int
    n_classes: int
    macro_f1: float
    macro_f1_interval: tuple[float, float]
    sides_f1: float
    baselines: dict[str, float]
    blank_target_macro_f1: float
    n_opposed: int
    opposed_right: float | None
    calibration_error: float
    accuracy_at: dict[float, float]
    reliability: tuple[Reliability, ...]


@dataclass(frozen=True)
class Miss:
    """A row that a model got wrong, and how sure it was."""

    row: StanceRow
    predicted: str
    confidence: float


def measure_set(
    classifier: StanceClassifier, rows: Sequence[StanceRow], baselines: Mapping[str, StanceClassifier]
) -> SetFigures:
    """Measures a classifier on the rows of one set.

    Args:
        classifier: Any stance model.
        rows: At least one; all of one set.
        baselines: Name to a baseline fitted on the training data of the same set.
    """
    pairs = pairs_of(rows)
    gold = np.array([LABELS.index(row.label) for row in rows])
    classes = sorted(set(gold.tolist()))
    probabilities = classifier.predict(pairs).probabilities
    pred = choose(probabilities, classes)

    def macro_of(other: StanceClassifier, asked: Sequence[StancePair]) -> float:
        return float(macro_f1(confusion(gold, choose(other.predict(asked).probabilities, classes))))

    counts = confusion(gold, pred)
    opposed = opposed_pairs(rows)
    right = pred == gold
    return SetFigures(
        name=rows[0].dataset,
        n_rows=len(rows),
        n_classes=len(classes),
        macro_f1=float(macro_f1(counts)),
        macro_f1_interval=interval(gold, pred, [row.article or row.target for row in rows], macro_f1),
        sides_f1=float(mean_f1_of_sides(counts)),
        baselines={name: macro_of(baseline, pairs) for name, baseline in baselines.items()},
        blank_target_macro_f1=macro_of(classifier, [replace(pair, target=BLANK_TARGET) for pair in pairs]),
        n_opposed=len(opposed),
        opposed_right=float(np.mean([right[i] and right[j] for i, j in opposed])) if opposed else None,
        calibration_error=expected_calibration_error(probabilities, gold),
        accuracy_at={share: accuracy_at(probabilities, right, share) for share in COVERAGES},
        reliability=reliability(probabilities, gold),
    )


def pairs_of(rows: Sequence[StanceRow]) -> list[StancePair]:
    """Returns the rows' pairs with their speakers and paragraphs, as the pipeline asks a model."""
    return [StancePair(row.target, row.text, row.speaker, row.context) for row in rows]


def choose(probabilities: Floats, classes: Sequence[int]) -> Indices:
    """Returns the most probable of some labels for each row (n,), as indices into LABELS."""
    allowed = np.asarray(classes)
    chosen: Indices = allowed[probabilities[:, allowed].argmax(axis=1)]
    return chosen


def opposed_pairs(rows: Sequence[StanceRow]) -> list[tuple[int, int]]:
    """Returns the indices of rows of one text by one speaker that favor one target and oppose another."""
    sides: dict[tuple[str, str | None, str | None], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for index, row in enumerate(rows):
        label = LABELS.index(row.label)
        if label in (FAVOR, AGAINST):
            sides[row.text, row.speaker, row.article][label].append(index)
    return [(i, j) for favored, opposed in sides.values() for i in favored for j in opposed]


def accuracy_at(probabilities: Floats, right: np.ndarray[tuple[int], np.dtype[np.bool_]], share: float) -> float:
    """Returns the accuracy on the most confident share of the rows."""
    kept = np.argsort(-probabilities.max(axis=1), kind="stable")[: max(1, round(share * len(right)))]
    return float(right[kept].mean())


def reliability(probabilities: Floats, gold: Indices) -> tuple[Reliability, ...]:
    """Returns the bars of a calibration plot, from low to high confidence; empty ones are left out."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == gold
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Reliability(
            int((bins == index).sum()), float(confidence[bins == index].mean()), float(right[bins == index].mean())
        )
        for index in np.unique(bins)
    )


def worst_misses(classifier: StanceClassifier, rows: Sequence[StanceRow], n_misses: int) -> list[Miss]:
    """Returns the wrong answers that the classifier was surest of, surest first."""
    prediction = classifier.predict(pairs_of(rows))
    confidence = prediction.probabilities.max(axis=1)
    wrong = [index for index, label in enumerate(prediction.labels) if label != rows[index].label]
    wrong.sort(key=lambda index: -confidence[index])
    return [Miss(rows[i], prediction.labels[i].value, float(confidence[i])) for i in wrong[:n_misses]]
