"""What a stance model reaches on one set: figures beside the baselines', and whether it reads the target at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.corpus.stance_data import StanceRow, opposed_pairs
from onrecord.models.onnx_session import Floats
from onrecord.models.stance.calibration import expected_calibration_error
from onrecord.models.stance.protocol import LABELS, StanceClassifier, StancePair
from onrecord.models.stance.scores import (
    Indices,
    confusion,
    f1_by_label,
    interval,
    macro_f1,
    mean_f1_of_sides,
    share_interval,
)

BLANK_TARGET = "it"
"""What every target is replaced by, to see what is left without reading it."""
COVERAGES = (0.25, 0.5, 0.75, 1.0)
MINIMUMS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Values of `--min-confidence` to show."""
BINS = 10
"""Dots of the calibration plot."""
FEWEST_TARGETS = 10
"""With fewer targets, an interval resamples texts: the targets are then held fixed."""


@dataclass(frozen=True)
class Reliability:
    """One dot of a calibration plot: the rows of similar confidence, their mean confidence and their accuracy."""

    n_rows: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class AtConfidence:
    """What `--min-confidence` keeps: the share of rows, and its accuracy (None where nothing is kept)."""

    minimum: float
    coverage: float
    accuracy: float | None


@dataclass(frozen=True)
class SetFigures:
    """Figures of one set, all 0 to 1.

    Attributes:
        name: The set.
        n_rows: Its rows.
        n_classes: Labels that it has; a model is asked to choose among these.
        macro_f1: Asked as the pipeline asks: with speaker and paragraph, where the set has them; with its 95% interval
            by articles (by targets or texts, where rows have no article).
        label_f1: F1 of each label that the set has.
        sides_f1: Mean F1 of favor and against.
        baselines: Macro-F1 of each baseline.
        no_context_macro_f1: Macro-F1 without paragraphs; None where the set has none.
        blank_target_macro_f1: Macro-F1 where each target is replaced by "it".
        n_opposed: Pairs of targets that one text favours and opposes.
        opposed_right: Share of them where both are right, with its 95% interval; None where there are none.
        calibration_error: Of the probabilities of the labels that the set has.
        accuracy_at: Share of rows kept, most confident first, to their accuracy.
        at_confidence: What different values of `--min-confidence` keep.
        reliability: Dots of the calibration plot.
    """

    name: str
    n_rows: int
    n_classes: int
    macro_f1: float
    macro_f1_interval: tuple[float, float]
    label_f1: dict[str, float]
    sides_f1: float
    baselines: dict[str, float]
    no_context_macro_f1: float | None
    blank_target_macro_f1: float
    n_opposed: int
    opposed_right: float | None
    opposed_interval: tuple[float, float] | None
    calibration_error: float
    accuracy_at: dict[float, float]
    at_confidence: tuple[AtConfidence, ...]
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
    probabilities = among(classifier.predict(pairs).probabilities, classes)
    pred: Indices = probabilities.argmax(axis=1)

    def macro_of(other: StanceClassifier, asked: Sequence[StancePair]) -> float:
        return float(macro_f1(confusion(gold, choose(other.predict(asked).probabilities, classes))))

    counts = confusion(gold, pred)
    opposed = opposed_pairs(rows)
    right = pred == gold
    n_both_right = sum(bool(right[i] and right[j]) for i, j in opposed)
    has_context = any(pair.context for pair in pairs)
    return SetFigures(
        name=rows[0].dataset,
        n_rows=len(rows),
        n_classes=len(classes),
        macro_f1=float(macro_f1(counts)),
        macro_f1_interval=interval(gold, pred, _units(rows), macro_f1),
        label_f1={LABELS[index].value: float(f1_by_label(counts)[index]) for index in classes},
        sides_f1=float(mean_f1_of_sides(counts)),
        baselines={name: macro_of(baseline, pairs) for name, baseline in baselines.items()},
        no_context_macro_f1=(
            macro_of(classifier, [replace(pair, context=None) for pair in pairs]) if has_context else None
        ),
        blank_target_macro_f1=macro_of(classifier, [replace(pair, target=BLANK_TARGET) for pair in pairs]),
        n_opposed=len(opposed),
        opposed_right=n_both_right / len(opposed) if opposed else None,
        opposed_interval=share_interval(n_both_right, len(opposed)) if opposed else None,
        calibration_error=expected_calibration_error(probabilities, gold),
        accuracy_at={share: accuracy_at(probabilities, right, share) for share in COVERAGES},
        at_confidence=tuple(at_confidence(probabilities, right, minimum) for minimum in MINIMUMS),
        reliability=reliability(probabilities, gold),
    )


def among(probabilities: Floats, classes: Sequence[int]) -> Floats:
    """Returns the probabilities of some labels (n, 3), scaled to sum to 1; the other labels have none."""
    kept = np.zeros_like(probabilities)
    kept[:, list(classes)] = np.maximum(probabilities[:, list(classes)], 1e-9)
    scaled: Floats = kept / kept.sum(axis=1, keepdims=True)
    return scaled


def pairs_of(rows: Sequence[StanceRow]) -> list[StancePair]:
    """Returns the rows' pairs with their speakers and paragraphs, as the pipeline asks a model."""
    return [StancePair(row.target, row.text, row.speaker, row.context) for row in rows]


def choose(probabilities: Floats, classes: Sequence[int]) -> Indices:
    """Returns the most probable of some labels for each row (n,), as indices into LABELS."""
    allowed = np.asarray(classes)
    chosen: Indices = allowed[probabilities[:, allowed].argmax(axis=1)]
    return chosen


def accuracy_at(probabilities: Floats, right: np.ndarray[tuple[int], np.dtype[np.bool_]], share: float) -> float:
    """Returns the accuracy on the most confident share of the rows."""
    kept = np.argsort(-probabilities.max(axis=1), kind="stable")[: max(1, round(share * len(right)))]
    return float(right[kept].mean())


def at_confidence(
    probabilities: Floats, right: np.ndarray[tuple[int], np.dtype[np.bool_]], minimum: float
) -> AtConfidence:
    """Returns what is left of the rows, and how much of it is right, where less confident answers are dropped."""
    kept = probabilities.max(axis=1) >= minimum
    return AtConfidence(minimum, float(kept.mean()), float(right[kept].mean()) if kept.any() else None)


def reliability(probabilities: Floats, gold: Indices) -> tuple[Reliability, ...]:
    """Returns the dots of a calibration plot, from low to high confidence; empty ones are left out."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == gold
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Reliability(
            int((bins == index).sum()), float(confidence[bins == index].mean()), float(right[bins == index].mean())
        )
        for index in np.unique(bins)
    )


def _units(rows: Sequence[StanceRow]) -> list[str]:
    """What an interval resamples together: articles, else targets, else texts."""
    few = len({row.target for row in rows}) < FEWEST_TARGETS
    return [row.article or (row.text if few else row.target) for row in rows]


def worst_misses(classifier: StanceClassifier, rows: Sequence[StanceRow], n_misses: int) -> list[Miss]:
    """Returns the wrong answers that the classifier was surest of, surest first."""
    prediction = classifier.predict(pairs_of(rows))
    confidence = prediction.probabilities.max(axis=1)
    wrong = [index for index, label in enumerate(prediction.labels) if label != rows[index].label]
    wrong.sort(key=lambda index: -confidence[index])
    return [Miss(rows[i], prediction.labels[i].value, float(confidence[i])) for i in wrong[:n_misses]]
