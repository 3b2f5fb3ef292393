"""How a classifier says that it could not classify some of the pairs it was given."""

from collections.abc import Mapping, Sequence

from onrecord.corpus.errors import ModelError
from onrecord.models.stance.protocol import StanceClassifier, StancePair, StancePrediction

SHOWN = 3
"""Failures that the message spells out; the others are counted."""


class PartialPredictionError(ModelError):
    """Some pairs were classified and some could not be.

    An error and not a label, so that no caller takes a failed pair for a classified one unawares. A caller that records
    failures row by row catches it.

    Args:
        prediction: All pairs' probabilities, in order; the rows in `failures` are uniform and mean nothing.
        failures: Index of each failed pair to the reason.
    """

    def __init__(self, prediction: StancePrediction, failures: Mapping[int, str]) -> None:
        named = [f"pair {index}: {failures[index]}" for index in sorted(failures)[:SHOWN]]
        more = f"; and {len(failures) - SHOWN} more" if len(failures) > SHOWN else ""
        n_pairs = len(prediction.probabilities)
        super().__init__(f"{len(failures)} of {n_pairs} pairs could not be classified: {'; '.join(named)}{more}")
        self.prediction = prediction
        self.failures = dict(failures)


def predict_what_can_be(
    classifier: StanceClassifier, pairs: Sequence[StancePair]
) -> tuple[StancePrediction, Mapping[int, str]]:
    """Returns the probabilities of each pair, in order, and the reasons of those that could not be classified."""
    try:
        return classifier.predict(pairs), {}
    except PartialPredictionError as error:
        return error.prediction, error.failures
