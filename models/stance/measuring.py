"""Measuring a stance model for its card: every dev set, the original examples, the worst misses."""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.corpus.errors import DataError
from onrecord.corpus.stance_data import StanceRow, read_stance_rows
from onrecord.models.stance.baselines import MajorityBaseline, TargetOnlyBaseline, TextOnlyBaseline
from onrecord.models.stance.figures import Miss, SetFigures, measure_set, worst_misses
from onrecord.models.stance.probes import ProbeAnswer, ask_probes
from onrecord.models.stance.protocol import StanceClassifier

logger = logging.getLogger(__name__)

ENDINGS = (".jsonl.gz", ".jsonl", ".csv", ".parquet")
SHOWABLE = "newspassages"
"""The set whose texts the project owns, so that a card may quote them."""
N_MISSES = 8


@dataclass(frozen=True)
class Measured:
    """All that a card states of a model's answers.

    Attributes:
        figures: Of each dev set.
        probes: Answers to the original examples.
        misses: Wrong answers to show; their texts must be free to show.
        most_rows: Rows of a set that were drawn, where not all of them were measured.
    """

    figures: tuple[SetFigures, ...]
    probes: tuple[ProbeAnswer, ...]
    misses: tuple[Miss, ...]
    most_rows: int | None = None


def measure(classifier: StanceClassifier, dev: Path, train: Path, *, most_rows: int | None = None) -> Measured:
    """Measures a classifier on every dev set, on the original examples, and finds its worst misses."""
    figures: list[SetFigures] = []
    shown: list[StanceRow] = []
    for path in set_files(dev):
        name = next(path.name.removesuffix(ending) for ending in ENDINGS if path.name.endswith(ending))
        rows = _drawn(list(read_stance_rows(path)), most_rows)
        if rows:
            logger.info("%s: %d rows", name, len(rows))
            figures.append(measure_set(classifier, rows, fit_baselines(_training_rows(train, name))))
        if name == SHOWABLE:
            shown = rows
    misses = worst_misses(classifier, shown, N_MISSES) if shown else []
    return Measured(tuple(figures), tuple(ask_probes(classifier)), tuple(misses), most_rows)


def set_files(folder: Path) -> list[Path]:
    """Returns a folder's data files, sorted.

    Raises:
        DataError: It has none.
    """
    files = sorted(path for path in folder.glob("*") if path.name.endswith(ENDINGS))
    if not files:
        raise DataError(f"{folder}: no data set in it; sets are files with the endings {', '.join(ENDINGS)}")
    return files


def fit_baselines(rows: Sequence[StanceRow]) -> dict[str, StanceClassifier]:
    """Returns the baselines that are shown beside a model, fitted on training rows of the same set."""
    return {
        "majority": MajorityBaseline.fit(rows),
        "target only": TargetOnlyBaseline.fit(rows),
        "text only": TextOnlyBaseline.fit(rows),
    }


def _drawn(rows: list[StanceRow], most: int | None) -> list[StanceRow]:
    if most is None or len(rows) <= most:
        return rows
    return [rows[index] for index in sorted(random.Random(1).sample(range(len(rows)), most))]


def _training_rows(train: Path, name: str) -> list[StanceRow]:
    for ending in ENDINGS:
        path = train / f"{name}{ending}"
        if path.is_file():
            return list(read_stance_rows(path))
    raise DataError(f"{train}: no training set {name} in it, which the baselines beside the dev set need")
