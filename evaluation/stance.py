"""Stance entries of gold and predictions, paired, and the counts and scores of them.

The counting and scoring half knows nothing of quotations, so that rows of any stance data set are scored by it too.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.corpus.article import joined_text
from onrecord.corpus.record import Scores, Stance, StanceLabel
from onrecord.evaluation.calibration import count_calibration, measure_calibration
from onrecord.evaluation.counts import Counts, FloatArray, Sums, ratio
from onrecord.evaluation.document import Document
from onrecord.evaluation.matching import Pair
from onrecord.evaluation.speakers import mention_right, name_right

LABELS = tuple(StanceLabel)
SIDES = (StanceLabel.FAVOR, StanceLabel.AGAINST)
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True)
class StanceEntry:
    """A text with the gold stance toward one target.

    Attributes:
        document: What is resampled as one: the article of a quotation.
        target: As `normal_target` gives it.
        text: What was said.
        label: The gold label.
    """

    document: str
    target: str
    text: str
    label: StanceLabel


@dataclass(frozen=True)
class StanceCase:
    """A gold entry with what was predicted for it.

    Attributes:
        entry: The gold entry.
        label: The predicted label.
        confidence: Probability of that label, where given.
        scores: Probability of every label, where given.
        pair: The quotations that hold the entries, where there are any.
    """

    entry: StanceEntry
    label: StanceLabel
    confidence: float | None = None
    scores: Scores | None = None
    pair: Pair | None = None

    @property
    def right(self) -> bool:
        """True if the predicted label is the gold one."""
        return self.label is self.entry.label


@dataclass(frozen=True)
class DocumentStances:
    """One document's entries, paired.

    Attributes:
        entries: All gold entries, of quotations found or not.
        cases: Those of found quotations where the prediction has an entry too.
        missing: Gold entries of found quotations where the prediction has none.
        spurious: Predicted entries of found quotations, on a target of this article, where gold has none.
        n_pred: All predicted entries on targets of this article.
        n_unscored: Predicted entries on targets that nobody annotated in this article; they count nowhere.
    """

    entries: tuple[StanceEntry, ...]
    cases: tuple[StanceCase, ...]
    missing: tuple[tuple[Pair, Stance], ...]
    spurious: tuple[tuple[Pair, Stance], ...]
    n_pred: int
    n_unscored: int


def normal_target(target: str) -> str:
    """Returns a target as it is compared: case, white space and a leading article aside."""
    words = " ".join(target.casefold().split())
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return words or target


def pair_stances(document: Document) -> DocumentStances:
    """Pairs one document's stance entries by quotation and target."""
    gold = [_by_target(item.of.stances) for item in document.gold]
    pred = [_by_target(item.of.stances) for item in document.pred]
    targets = {target for stances in gold for target in stances} | set(map(normal_target, document.targets))
    texts = [joined_text(document.words.text, item.of.content) for item in document.gold]

    entries = {
        (index, target): StanceEntry(document.id, target, texts[index], stance.label)
        for index, stances in enumerate(gold)
        for target, stance in stances.items()
    }
    cases: list[StanceCase] = []
    missing: list[tuple[Pair, Stance]] = []
    spurious: list[tuple[Pair, Stance]] = []
    for pair in document.found:
        expected, given = gold[pair.gold], pred[pair.pred]
        for target, stance in expected.items():
            answer = given.get(target)
            if answer is None:
                missing.append((pair, stance))
                continue
            confidence = answer.confidence if answer.scores is None else getattr(answer.scores, answer.label)
            cases.append(StanceCase(entries[pair.gold, target], answer.label, confidence, answer.scores, pair))
        spurious += [(pair, stance) for target, stance in given.items() if target in targets - expected.keys()]
    n_given = sum(len(stances) for stances in pred)
    n_pred = sum(target in targets for stances in pred for target in stances)
    return DocumentStances(
        entries=tuple(entries.values()),
        cases=tuple(cases),
        missing=tuple(missing),
        spurious=tuple(spurious),
        n_pred=n_pred,
        n_unscored=n_given - n_pred,
    )


def _by_target(stances: Iterable[Stance]) -> dict[str, Stance]:
    chosen: dict[str, Stance] = {}
    for stance in stances:
        chosen.setdefault(normal_target(stance.target), stance)
    return chosen


def count_entries(document: Document, stances: DocumentStances) -> Counts:
    """Counts which entries are there at all, and which are right end to end: quotation, speaker, target and label."""
    counts = Counts()
    n_cases = len(stances.cases)
    counts.add_found(
        "stance.entries",
        right=n_cases,
        n_pred=n_cases + len(stances.spurious),
        n_gold=n_cases + len(stances.missing),
    )
    counts["stance", "n_unscored"] += stances.n_unscored
    by_mention = by_name = 0
    for case in stances.cases:
        if not case.right or case.pair is None:
            continue
        gold, pred = document.gold[case.pair.gold], document.pred[case.pair.pred]
        by_mention += mention_right(document.words, gold, pred)
        by_name += bool(gold.of.speaker and pred.of.speaker and name_right(gold.of.speaker, pred.of.speaker))
    sizes = {"n_pred": stances.n_pred, "n_gold": len(stances.entries)}
    counts.add_found("end_to_end", right=by_mention, **sizes)
    counts.add_found("end_to_end.by_name", right=by_name, **sizes)
    return counts


def count_labels(cases: Iterable[StanceCase], *, path: str = "stance") -> dict[str, Counts]:
    """Counts labels and probabilities by document.

    Args:
        cases: Entries with their predictions.
        path: Where the counts go: `stance`, or a baseline's path.
    """
    documents: defaultdict[str, Counts] = defaultdict(Counts)
    for case in cases:
        counts = documents[case.entry.document]
        counts[path, "confusion", case.entry.label, case.label] += 1
        counts[path, "targets", case.entry.target, case.entry.label, case.label] += 1
        count_calibration(counts, path, case.confidence, right=case.right)
        if case.scores is not None:
            errors = (getattr(case.scores, label) - (label is case.entry.label) for label in LABELS)
            counts[path, "brier", "sum"] += sum(error * error for error in errors)
            counts[path, "brier", "n"] += 1
    return dict(documents)


def confusion(sums: Sums, *prefix: str) -> FloatArray:
    """Returns the confusion matrix, (..., gold, pred), in the order of LABELS."""
    cells = sums.block([(*prefix, gold, pred) for gold in LABELS for pred in LABELS])
    return cells.reshape(*cells.shape[:-1], len(LABELS), len(LABELS))


def target_confusions(sums: Sums, path: str) -> FloatArray:
    """Returns each target's confusion matrix, (..., targets in alphabetical order, gold, pred)."""
    targets = sums.names(path, "targets")
    cells = sums.block(
        [(path, "targets", target, gold, pred) for target in targets for gold in LABELS for pred in LABELS]
    )
    return cells.reshape(*cells.shape[:-1], len(targets), len(LABELS), len(LABELS))


def measure_labels(sums: Sums, *, path: str = "stance") -> dict[str, FloatArray]:
    """Derives the stance scores from counts.

    - `macro_f1`: mean F1 over the classes that occur in gold or predictions.
    - `mean_f1`: mean F1 of favor and against; neutral counts by its confusions with them alone.
    - `accuracy`.
    - `FAVOR.precision` and so on for every class.
    - `over_targets`: each of the first three by target, then averaged over the targets.
    - `calibration`: see there.

    Source: Mohammad et al., "SemEval-2016 Task 6: Detecting Stance in Tweets", 2016, for `mean_f1`.
    """
    pooled = confusion(sums, path, "confusion")
    scores = {f"{path}.{name}": value for name, value in matrix_scores(pooled).items()}
    for index, label in enumerate(LABELS):
        right = pooled[..., index, index]
        n_gold, n_pred = pooled[..., index, :].sum(-1), pooled[..., :, index].sum(-1)
        scores[f"{path}.{label}.precision"] = ratio(right, n_pred)
        scores[f"{path}.{label}.recall"] = ratio(right, n_gold)
        scores[f"{path}.{label}.f1"] = ratio(2 * right, n_gold + n_pred)
    for name, value in matrix_scores(target_confusions(sums, path)).items():
        scores[f"{path}.over_targets.{name}"] = mean_where_defined(value)
    return scores | measure_calibration(sums, path)


def matrix_scores(matrix: FloatArray) -> dict[str, FloatArray]:
    """Returns macro-F1, mean F1 of favor and against, and accuracy of confusion matrices.

    Args:
        matrix: (..., gold, pred) counts in the order of LABELS.
    """
    right = np.diagonal(matrix, axis1=-2, axis2=-1)
    f1 = ratio(2 * right, matrix.sum(-1) + matrix.sum(-2))
    sides = [LABELS.index(label) for label in SIDES]
    return {
        "macro_f1": mean_where_defined(f1),
        "mean_f1": mean_where_defined(f1[..., sides]),
        "accuracy": ratio(right.sum(-1), matrix.sum((-2, -1))),
    }


def mean_where_defined(values: FloatArray) -> FloatArray:
    """Returns the mean over the last axis of what is not NaN; NaN where nothing is left."""
    defined = ~np.isnan(values)
    return ratio(np.where(defined, values, 0.0).sum(-1), defined.sum(-1))


def coverage_curve(cases: Sequence[StanceCase]) -> list[tuple[float, float]]:
    """Returns accuracy against coverage when the least certain cases are left out.

    Cases of equal confidence stand or fall together.

    Returns:
        (coverage, accuracy) for each confidence that occurs, from the surest cases to all; both 0 to 1.

    Source: El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification", JMLR 11, 2010.
    """
    scored = [case for case in cases if case.confidence is not None]
    by_confidence: defaultdict[float, list[bool]] = defaultdict(list)
    for case in scored:
        by_confidence[case.confidence or 0.0].append(case.right)
    curve, n, n_right = [], 0, 0
    for confidence in sorted(by_confidence, reverse=True):
        n += len(by_confidence[confidence])
        n_right += sum(by_confidence[confidence])
        curve.append((n / len(scored), n_right / n))
    return curve


def accuracy_at(curve: Sequence[tuple[float, float]], coverage: float) -> float | None:
    """Returns the accuracy at the least coverage of the curve that reaches `coverage`."""
    return next((accuracy for reached, accuracy in curve if reached >= coverage - 1e-9), None)
