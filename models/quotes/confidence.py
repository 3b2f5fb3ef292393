"""The calibrated confidence of an attribution: the probability that a reader would mark it, too."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.corpus.article import Span
from onrecord.corpus.errors import ModelError
from onrecord.models.quotes.linking import Draft, content_of

FEATURES = ("labels", "worst_label", "cue_labels", "link", "no_cue", "quoted", "length")
"""What the probability is read from. Tried as well, nothing gained: the source's link, whether there is a source, and
the number of pieces."""
MIN_JACCARD = 0.5
"""Share of the words in either that a found and a gold attribution must have in common to be the same."""
RIDGE = 1.0
"""Penalty on the weights (of standardised features): a fit needs no more than fifty articles."""
_NEWTON_STEPS = 25
_WORD = re.compile(r"\w+(?:['’]\w+)*")

Floats = npt.NDArray[np.float64]


def evidence(draft: Draft) -> tuple[float, ...]:
    """Returns the features of a draft, in the order of `FEATURES`."""
    return (
        sum(piece.log_prob for piece in draft.pieces) / draft.n_words,
        min(piece.worst for piece in draft.pieces),
        draft.cue_log_prob,
        min(piece.link for piece in draft.pieces),
        float(draft.cue is None),
        draft.n_quoted / draft.n_words,
        float(np.log(draft.n_words)),
    )


@dataclass(frozen=True)
class Confidence:
    """A logistic function of the tagger's own probabilities and of what kind of attribution it is.

    Attributes:
        weights: Of each of `FEATURES`. By default the confidence is the geometric mean of the words' label
            probabilities, which is not calibrated.
        bias: The constant.
    """

    weights: tuple[float, ...] | None = None
    bias: float = 0.0

    def of(self, draft: Draft) -> float:
        """Returns the probability that a reader would mark this attribution, 0 to 1."""
        features = evidence(draft)
        if self.weights is None:
            return float(np.exp(features[0]))
        return float(_sigmoid(np.dot(self.weights, features) + self.bias))

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> "Confidence":
        """Reads the entry `confidence` of a model's config.json; without one, nothing is calibrated.

        Raises:
            ModelError: The entry does not hold a number for each feature and the bias.
        """
        entry = config.get("confidence")
        if entry is None:
            return cls()
        try:
            return cls(tuple(float(entry[name]) for name in FEATURES), float(entry["bias"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(
                f"config.json: 'confidence' must hold numbers for {', '.join(FEATURES)} and bias, not {entry!r}"
            ) from error

    def to_config(self) -> dict[str, float] | None:
        """Returns what `from_config` reads."""
        if self.weights is None:
            return None
        return {**dict(zip(FEATURES, (round(weight, 4) for weight in self.weights), strict=True)), "bias": self.bias}


def fit_confidence(
    drafts: Sequence[Sequence[Draft]], articles: Sequence[tuple[str, Sequence[Sequence[Span]]]]
) -> Confidence:
    """Fits the confidence on articles that the tagger was not trained on, by ridge-penalised maximum likelihood.

    Args:
        drafts: What the tagger found in each article.
        articles: Of each its text and the spans of each gold attribution's content.

    Returns:
        The fitted function; the default where there is nothing to fit on.
    """
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    for found, (text, gold) in zip(drafts, articles, strict=True):
        rows += [evidence(draft) for draft in found]
        right += matched(text, [content_of(draft) for draft in found], gold)
    if len(set(right)) < 2:
        return Confidence()
    weights, bias = _logistic_fit(np.array(rows), np.array(right, dtype=np.float64))
    return Confidence(tuple(float(weight) for weight in weights), round(bias, 4))


def matched(text: str, found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]) -> list[bool]:
    """Returns of each found content whether a gold one matches it, one each, the best pairs first."""
    starts, ends = _word_bounds(text)
    found_words = [_words(spans, starts, ends) for spans in found]
    gold_words = [_words(spans, starts, ends) for spans in gold]
    pairs = sorted(
        (-len(one & other) / len(one | other), index, gold_index)
        for index, one in enumerate(found_words)
        for gold_index, other in enumerate(gold_words)
        if one & other
    )
    result = [False] * len(found)
    taken: set[int] = set()
    for overlap, index, gold_index in pairs:
        if -overlap >= MIN_JACCARD and not result[index] and gold_index not in taken:
            result[index] = True
            taken.add(gold_index)
    return result


def _word_bounds(text: str) -> tuple[list[int], list[int]]:
    bounds = [match.span() for match in _WORD.finditer(text)]
    return [start for start, _ in bounds], [end for _, end in bounds]


def _words(spans: Iterable[Span], starts: list[int], ends: list[int]) -> frozenset[int]:
    return frozenset(
        word for span in spans for word in range(bisect_right(ends, span.start), bisect_left(starts, span.end))
    )


def _logistic_fit(features: Floats, right: Floats) -> tuple[Floats, float]:
    """Returns weights (n_features,) and bias of the logistic regression; Newton's method, standardised features."""
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1.0
    rows = np.hstack([(features - mean) / scale, np.ones((len(features), 1))])
    penalty = np.diag([RIDGE] * features.shape[1] + [1e-9])
    solution = np.zeros(rows.shape[1])
    for _ in range(_NEWTON_STEPS):
        probabilities = _sigmoid(rows @ solution)
        gradient = rows.T @ (probabilities - right) + penalty @ solution
        curvature = rows.T @ (rows * (probabilities * (1 - probabilities))[:, None]) + penalty
        solution -= np.linalg.solve(curvature, gradient)
    weights = solution[:-1] / scale
    return weights, float(solution[-1] - weights @ mean)


def _sigmoid(values: Floats | float) -> Floats:
    result: Floats = 1 / (1 + np.exp(-np.asarray(values, dtype=np.float64)))
    return result
