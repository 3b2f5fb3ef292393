"""The typed, versioned result of a benchmark. Scores are fractions; None where there is nothing to score."""

import json
from enum import StrEnum
from typing import Final, Literal

from pydantic import ConfigDict, Field

from onrecord.corpus.article import Frozen
from onrecord.corpus.record import StanceLabel
from onrecord.evaluation.schema import Interval
from onrecord.evaluation.score_types import Calibration, Coverage, LabelScores

SCHEMA_VERSION: Final = "onrecord/benchmark/1"


class Exposure(StrEnum):
    """Whether a model has seen a set's kind of data before."""

    TRAINED = "trained on this set"
    NOT_TRAINED = "not trained on this set"
    UNKNOWN = "training data not declared"
    FITTED = "fitted on this set's training part"
    LEFT_OUT = "fitted on this set's other documents"


class Unit(StrEnum):
    """What is resampled as one."""

    ARTICLE = "article"
    TARGET = "target"
    TEXT = "text"


class Settings(Frozen):
    """How the benchmark was run."""

    onrecord: str
    n_resamples: int
    seed: int


class ModelInfo(Frozen):
    """One model.

    Attributes:
        name: As it was asked for.
        identity: Hash of its files, or of what else decides its answers; None for a baseline.
        trained_on: Names of the sets that its config.json declares; None where it declares none.
    """

    name: str
    identity: str | None
    trained_on: tuple[str, ...] | None


class SetInfo(Frozen):
    """One data set.

    Attributes:
        name: Of the set.
        sha256: Of its rows as they were read: ids, texts, targets, labels.
        n_rows, n_targets: Rows, and distinct targets.
        labels: Rows by label; a model chooses among these labels alone.
        unit, n_units: What intervals and tests resample as one, and how many there are.
    """

    name: str
    sha256: str
    n_rows: int
    n_targets: int
    labels: dict[StanceLabel, int]
    unit: Unit
    n_units: int


class Cell(LabelScores):
    """One model on one set.

    Attributes:
        over_targets: The mean of each score over the targets.
        by_label: F1 of each label that the set has.
        ece, brier: Calibration over the labels that the set has, lower is better; None without probabilities.
        calibration: The same with the reliability bins behind it; None without probabilities.
        coverage: Accuracy on the share of rows with the highest confidence. coverage_curve: At every share, thinned.
        intervals: By the score's name: macro_f1, mean_f1, accuracy, ece, over_targets.macro_f1.
    """

    model: str
    dataset: str
    exposure: Exposure
    over_targets: LabelScores
    by_label: dict[StanceLabel, float | None]
    ece: float | None
    brier: float | None
    calibration: Calibration | None = None
    coverage: tuple[Coverage, ...] = ()
    coverage_curve: tuple[Coverage, ...] = ()
    intervals: dict[str, Interval]


class Comparison(Frozen):
    """Two models on one set, by macro-F1.

    Attributes:
        difference: First minus second, with its 95% interval.
        p: Of the paired permutation test. p_holm: adjusted for all pairs of models on this set.
        detectable: Least true difference that this test finds with a chance of 80%.
    """

    dataset: str
    first: str
    second: str
    difference: float
    low: float
    high: float
    p: float
    p_holm: float
    detectable: float


class Problem(Frozen):
    """A model that has no scores on a set, and why."""

    model: str
    dataset: str
    reason: str


class BenchmarkResult(Frozen):
    """Everything that a benchmark found."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_version: Literal["onrecord/benchmark/1"] = Field(default=SCHEMA_VERSION, alias="schema")
    settings: Settings
    models: tuple[ModelInfo, ...]
    datasets: tuple[SetInfo, ...]
    cells: tuple[Cell, ...]
    comparisons: tuple[Comparison, ...]
    problems: tuple[Problem, ...] = ()

    def cell(self, model: str, dataset: str) -> Cell | None:
        """Returns one model's scores on one set, where it has any."""
        return next((cell for cell in self.cells if (cell.model, cell.dataset) == (model, dataset)), None)

    def to_json(self) -> str:
        """Returns the result as indented JSON."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False) + "\n"
