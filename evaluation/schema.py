"""The typed, versioned result of an evaluation. Scores are fractions; None where nothing was annotated to score.

A score's path, as gates and intervals use it, is its place in this tree: `quotes.overlap.indirect.f1`.
"""

import json
from enum import StrEnum
from typing import Final, Literal

from pydantic import ConfigDict, Field, JsonValue

from onrecord.corpus.article import Frozen, Span
from onrecord.corpus.record import QuoteType
from onrecord.evaluation.score_types import Difference, EndToEnd, QuoteScores, SpeakerScores, StanceScores

SCHEMA_VERSION: Final = "onrecord/evaluation/1"


class Interval(Frozen):
    """Bootstrap over articles.

    Attributes:
        low, high: 95% interval. standard_error: over the resamples.
        detectable: Difference that a second system of like spread needs to be told apart unpaired (5%, power 80%).
    """

    low: float
    high: float
    standard_error: float
    detectable: float


class Slice(Frozen):
    """Scores of a part of the quotations or stance entries.

    Attributes:
        measure: `attribution`: gold quotations found with the right speaker; `stance`: entries with the right label.
        dimension, value: What the part is.
        n, n_right, score: Gold cases, those right, and their share.
        n_articles: Articles that these cases are from.
        low, high: Bootstrap over articles, 95%; None where they are too few.
        n_found: Of attribution: gold quotations found.
        n_pred, n_pred_found: Of attribution: predictions of this part, and those that match a gold quotation.
    """

    measure: Literal["attribution", "stance"]
    dimension: str
    value: str
    n: int
    n_right: int
    score: float | None
    n_articles: int | None = None
    low: float | None = None
    high: float | None = None
    n_found: int | None = None
    n_pred: int | None = None
    n_pred_found: int | None = None


class ErrorKind(StrEnum):
    """What went wrong."""

    MISSED = "missed"
    SPURIOUS = "spurious"
    WRONG_BOUNDARY = "wrong boundary"
    WRONG_SPEAKER = "wrong speaker"
    MISSING_SPEAKER = "missing speaker"
    SPURIOUS_SPEAKER = "spurious speaker"
    WRONG_STANCE = "wrong stance"
    MISSING_STANCE = "missing stance"
    SPURIOUS_STANCE = "spurious stance"


class Side(Frozen):
    """The gold or the predicted side of an error, as the page shows it."""

    id: str
    type: QuoteType
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None


class ErrorCase(Frozen):
    """One error, with its place.

    Attributes:
        kind: What went wrong. detail: in words.
        article: Id of the article. place: from the first to the last character concerned.
        excerpt: The text around it.
        gold, pred: Either side, where there is one.
        target: Of errors in stance.
    """

    kind: ErrorKind
    detail: str
    article: str
    place: Span
    excerpt: str
    gold: Side | None = None
    pred: Side | None = None
    target: str | None = None


class SystemComparison(Frozen):
    """Another system on the same gold set; every difference is this system minus the other."""

    other: str
    differences: tuple[Difference, ...]


class DocumentCounts(Frozen):
    """One document's counts, from which every score can be derived again, and two systems compared."""

    id: str
    counts: dict[str, JsonValue]


class Inputs(Frozen):
    """What was scored.

    Attributes:
        n_articles: Articles of the gold set. n_articles_predicted: those that the predictions mention.
        n_gold, n_pred: Quotations.
        n_wordless: Quotations without a word in them, left out.
    """

    n_articles: int
    n_articles_predicted: int
    n_gold: int
    n_pred: int
    n_wordless: int


class Settings(Frozen):
    """How the intervals were made."""

    n_resamples: int
    seed: int


class EvaluationResult(Frozen):
    """Everything an evaluation found."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    schema_version: Literal["onrecord/evaluation/1"] = Field(default=SCHEMA_VERSION, alias="schema")
    settings: Settings
    inputs: Inputs
    quotes: QuoteScores
    speakers: SpeakerScores
    stance: StanceScores | None
    end_to_end: EndToEnd
    intervals: dict[str, Interval]
    slices: tuple[Slice, ...]
    errors: tuple[ErrorCase, ...]
    comparisons: tuple[SystemComparison, ...] = ()
    documents: tuple[DocumentCounts, ...]

    def to_json(self) -> str:
        """Returns the result as JSON text; half of a surrogate pair, as broken articles hold, is escaped."""
        return json.dumps(self.model_dump(mode="json"), indent=1) + "\n"
