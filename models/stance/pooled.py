"""From window logits to one prediction a pair, each distinct pair classified once."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from onrecord.models.onnx_session import Floats
from onrecord.models.stance.failures import PartialPredictionError
from onrecord.models.stance.protocol import LABELS, StancePair, StancePrediction


def softmax(logits: Floats) -> Floats:
    """Returns the rows' probabilities."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Floats = exponentials / exponentials.sum(axis=1, keepdims=True)
    return probabilities


def mean_by(values: Floats, owners: Sequence[int], n_owners: int) -> Floats:
    """Returns each owner's mean row.

    Args:
        values: (n, m).
        owners: (n,) index of each row's owner; every owner has a row.
        n_owners: How many owners there are.
    """
    sums = np.zeros((n_owners, values.shape[1]), dtype=np.float64)
    np.add.at(sums, np.asarray(owners, dtype=np.int64), values)
    means: Floats = (sums / np.bincount(owners, minlength=n_owners)[:, None]).astype(np.float32)
    return means


def predict_distinct(
    pairs: Sequence[StancePair], classify: Callable[[Sequence[StancePair]], tuple[Floats, Mapping[int, str]]]
) -> StancePrediction:
    """Classifies each distinct pair once.

    Args:
        pairs: Some pairs, in any order, repeated or not.
        classify: From distinct pairs to (n, 3) probabilities and the failed ones' reasons by index.

    Raises:
        PartialPredictionError: A pair failed, or its text or target is empty.
    """
    distinct = list(dict.fromkeys(pairs))
    blank = {index: reason for index, pair in enumerate(distinct) if (reason := what_is_blank(pair)) is not None}
    asked = [index for index in range(len(distinct)) if index not in blank]
    probabilities = np.full((len(distinct), len(LABELS)), 1 / len(LABELS), dtype=np.float32)
    failed: dict[int, str] = dict(blank)
    if asked:
        probabilities[asked], refused = classify([distinct[index] for index in asked])
        failed |= {asked[index]: reason for index, reason in refused.items()}
    position = {pair: index for index, pair in enumerate(distinct)}
    order = [position[pair] for pair in pairs]
    prediction = StancePrediction(probabilities[order])
    failures = {row: failed[index] for row, index in enumerate(order) if index in failed}
    if failures:
        raise PartialPredictionError(prediction, failures)
    return prediction


def what_is_blank(pair: StancePair) -> str | None:
    """Says what of a pair is empty, if anything that a model must read is."""
    empty = next((name for name in ("target", "text") if not getattr(pair, name).strip()), None)
    return None if empty is None else f"its {empty} is empty; a stance needs a text and a target"


def split_too_long(lengths: Sequence[int], limit: int) -> tuple[list[int], dict[int, str]]:
    """Returns the indices of targets that fit, and the reasons for the others."""
    fits = [index for index, length in enumerate(lengths) if length <= limit]
    reason = "the target has {} tokens, this model takes {} at most; shorten it"
    return fits, {index: reason.format(n, limit) for index, n in enumerate(lengths) if n > limit}
