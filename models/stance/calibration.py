"""Making probabilities mean what they say: bias-corrected temperature scaling, and the error that is left."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from onrecord.models.onnx_session import Floats
from onrecord.models.stance.scaling import Scaling

N_BINS = 15
"""Bins of equal width, as in the paper."""


def fit_scaling(logits: Floats, labels: npt.NDArray[np.int64], *, label_bias: Sequence[float] = ()) -> Scaling:
    """Returns the temperature and biases that make held-out labels most likely.

    Args:
        logits: (n, n_labels) of rows that the model was not trained on.
        labels: (n,) their right labels.
        label_bias: (n_labels,) biases to keep; only the temperature is fitted then.

    Source: bias-corrected temperature scaling, Alexandari, Kundaje & Shrikumar, "Maximum Likelihood with
    Bias-Corrected Calibration is Hard-to-Beat at Label Shift Adaptation", ICML 2020.
    """
    n_labels = logits.shape[1]

    def loss(found: npt.NDArray[np.float64]) -> float:
        scaled = logits * found[0] + (np.append(found[1:], 0.0) if not label_bias else np.array(label_bias))
        log_probs = scaled - np.logaddexp.reduce(scaled, axis=1, keepdims=True)
        return float(-log_probs[np.arange(len(labels)), labels].mean())

    limits = [(0.2, 5.0), *[(-2.0, 2.0)] * (n_labels - 1)]
    found = minimize(loss, np.array([1.0, *[0.0] * (n_labels - 1)]), bounds=limits, method="L-BFGS-B").x
    return Scaling(float(1 / found[0]), tuple(label_bias) or (*(float(bias) for bias in found[1:]), 0.0))


def expected_calibration_error(probabilities: npt.NDArray[np.float32], labels: npt.NDArray[np.int64]) -> float:
    """Returns the mean distance of confidence from accuracy over bins of confidence, 0 to 1; lower is better.

    Args:
        probabilities: (n, n_labels), rows sum to 1.
        labels: (n,) right labels.

    Source: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
    """
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = np.minimum((confidence * N_BINS).astype(int), N_BINS - 1)
    error = 0.0
    for index in range(N_BINS):
        inside = bins == index
        if inside.any():
            error += inside.mean() * abs(confidence[inside].mean() - right[inside].mean())
    return float(error)
