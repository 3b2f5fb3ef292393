"""F1 figures from confusion counts, with intervals by resampling whole articles or targets.

A confusion is an array (..., 3, 3) of counts, gold label by predicted label, in the order of LABELS.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from onrecord.models.stance.protocol import LABELS

Indices = npt.NDArray[np.int64]
Figures = npt.NDArray[np.float64]

N_RESAMPLES = 2000
INTERVAL = (2.5, 97.5)
"""Percentiles of a 95% interval."""


def confusion(gold: Indices, pred: Indices) -> Figures:
    """Returns the counts (3, 3) of (n,) gold and predicted label indices."""
    counts = np.zeros((len(LABELS), len(LABELS)))
    np.add.at(counts, (gold, pred), 1)
    return counts


def f1_by_label(counts: Figures) -> Figures:
    """Returns F1 of each label (..., 3), 0 to 1, higher is better; nan where gold has none of it."""
    right = np.diagonal(counts, axis1=-2, axis2=-1)
    n_gold, n_pred = counts.sum(-1), counts.sum(-2)
    return np.where(n_gold > 0, 2 * right / np.maximum(n_gold + n_pred, 1), np.nan)


def macro_f1(counts: Figures) -> Figures:
    """Returns the mean F1 of the labels that gold has; higher is better."""
    mean: Figures = np.nanmean(f1_by_label(counts), axis=-1)
    return mean


def mean_f1_of_sides(counts: Figures) -> Figures:
    """Returns the mean F1 of favor and against; higher is better.

    Source: Mohammad et al., "SemEval-2016 Task 6: Detecting Stance in Tweets".
    """
    mean: Figures = np.nanmean(f1_by_label(counts)[..., :2], axis=-1)
    return mean


def interval(
    gold: Indices, pred: Indices, groups: Sequence[str], score: Callable[[Figures], Figures], *, seed: int = 1
) -> tuple[float, float]:
    """Returns a score's 95% interval by resampling groups with replacement.

    Rows of one article or one target resemble one another, so they are drawn together.

    Args:
        gold: (n,) label indices.
        pred: (n,) label indices.
        groups: (n,) each row's article or target.
        score: From confusions (n_resamples, 3, 3) to scores.
        seed: Of the resampling.
    """
    names, index = np.unique(np.asarray(groups), return_inverse=True)
    by_group = np.zeros((len(names), len(LABELS), len(LABELS)))
    np.add.at(by_group, (index, gold, pred), 1)
    draws = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=N_RESAMPLES)
    resampled = np.einsum("rg,gij->rij", draws.astype(np.float64), by_group)
    low, high = np.percentile(score(resampled), INTERVAL)
    return float(low), float(high)


def share_interval(n_right: int, n: int) -> tuple[float, float]:
    """Returns the 95% interval of a share, by its score test.

    Source: Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference".
    """
    z = 1.96
    share = n_right / n
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)
