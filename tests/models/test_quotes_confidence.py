"""Confidence of attributions: what it is read from, fitted, and kept in a model's folder."""

import random

import pytest

from onrecord.corpus.article import Span
from onrecord.corpus.errors import ModelError
from onrecord.models.quotes.confidence import FEATURES, Confidence, evidence, fit_confidence, matched
from onrecord.models.quotes.linking import Draft, Piece

TEXT = "She said the levy was fair and the boats were old."


def draft(start: int, end: int, *, log_prob: float = -0.1, cue: bool = True, n_quoted: int = 0) -> Draft:
    n_words = len(TEXT[start:end].split())
    piece = Piece(Span(start=start, end=end), n_words, n_quoted, log_prob * n_words, log_prob, -0.1)
    return Draft([piece], Span(start=4, end=8) if cue else None, -0.2, None, 0.9)


def test_without_a_fit_the_confidence_is_the_mean_probability_of_the_labels() -> None:
    assert Confidence().of(draft(9, 26, log_prob=-0.5)) == pytest.approx(0.6065, abs=1e-4)


def test_a_fit_tells_sure_from_unsure_and_is_calibrated() -> None:
    rng = random.Random(0)
    drafts, articles = [], []
    for _ in range(400):
        sure = rng.random() < 0.5
        right = rng.random() < (0.9 if sure else 0.3)
        drafts.append([draft(9, 26, log_prob=-0.05 if sure else -0.6)])
        articles.append((TEXT, [[Span(start=9, end=26)]] if right else []))
    confidence = fit_confidence(drafts, articles)
    assert confidence.of(draft(9, 26, log_prob=-0.05)) == pytest.approx(0.9, abs=0.06)
    assert confidence.of(draft(9, 26, log_prob=-0.6)) == pytest.approx(0.3, abs=0.06)


@pytest.mark.parametrize("gold", [[], [[Span(start=9, end=26)]]])
def test_nothing_is_fitted_where_all_are_right_or_all_wrong(gold: list[list[Span]]) -> None:
    assert fit_confidence([[draft(9, 26)]], [(TEXT, gold)]) == Confidence()


def test_a_configuration_comes_back_as_it_was() -> None:
    confidence = Confidence(tuple(float(n) for n in range(len(FEATURES))), -1.5)
    assert Confidence.from_config({"confidence": confidence.to_config()}) == confidence
    assert Confidence.from_config({}) == Confidence()


@pytest.mark.parametrize("entry", [{}, {"bias": 1.0}, "high", {**dict.fromkeys(FEATURES, 1.0), "bias": None}])
def test_a_broken_configuration_is_refused(entry: object) -> None:
    with pytest.raises(ModelError, match="'confidence' must hold numbers"):
        Confidence.from_config({"confidence": entry})


def test_evidence_has_a_number_for_each_feature() -> None:
    features = dict(zip(FEATURES, evidence(draft(9, 26, cue=False, n_quoted=2)), strict=True))
    assert features["no_cue"] == 1.0
    assert features["quoted"] == pytest.approx(0.5)
    assert features["labels"] == pytest.approx(-0.1)


def test_a_gold_attribution_matches_one_found_only_and_the_best_of_them() -> None:
    levy, levy_was, boats = Span(start=9, end=26), Span(start=9, end=21), Span(start=31, end=49)
    assert matched(TEXT, [[levy_was], [levy], [boats]], [[levy]]) == [False, True, False]
    assert matched(TEXT, [[levy, boats]], [[levy], [boats]]) == [True]
    assert matched(TEXT, [[Span(start=0, end=8)]], [[levy]]) == [False]
