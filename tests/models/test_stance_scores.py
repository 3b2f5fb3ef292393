from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow, opposed_pairs
from onrecord.models.stance.baselines import MajorityBaseline, TargetOnlyBaseline, TextOnlyBaseline
from onrecord.models.stance.calibration import fit_scaling
from onrecord.models.stance.calibration_plot import calibration_svg
from onrecord.models.stance.figures import among, choose, measure_set, pairs_of, worst_misses
from onrecord.models.stance.probes import PROBES, ask_probes
from onrecord.models.stance.protocol import StancePair, StancePrediction
from onrecord.models.stance.scaling import Scaling
from onrecord.models.stance.scores import confusion, f1_by_label, interval, macro_f1, mean_f1_of_sides, share_interval

FAVOR, AGAINST, NEUTRAL = range(3)


def row(target: str, text: str, label: str, article: str | None = None, speaker: str | None = None) -> StanceRow:
    return StanceRow(
        id=f"{target}{text}{article}", text=text, target=target, label=StanceLabel(label), dataset="d", article=article,
        speaker=speaker,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "pred", "macro", "sides"),
    [
        ([0, 1, 2], [0, 1, 2], 1.0, 1.0),
        ([0, 0, 1, 2], [0, 1, 1, 1], (2 / 3 + 1 / 2 + 0) / 3, (2 / 3 + 1 / 2) / 2),
        ([0, 0, 1, 1], [0, 2, 1, 1], (2 / 3 + 1) / 2, (2 / 3 + 1) / 2),  # no neutral in gold: two classes
    ],
)
def test_f1_means(gold: list[int], pred: list[int], macro: float, sides: float) -> None:
    counts = confusion(np.array(gold), np.array(pred))
    assert counts.sum() == len(gold)
    assert float(macro_f1(counts)) == pytest.approx(macro)
    assert float(mean_f1_of_sides(counts)) == pytest.approx(sides)


def test_a_label_that_gold_lacks_has_no_f1() -> None:
    assert np.isnan(f1_by_label(confusion(np.array([0, 1]), np.array([0, 2])))[NEUTRAL])


def test_the_interval_is_wider_where_rows_hang_together() -> None:
    rng = np.random.default_rng(0)
    right = np.repeat(rng.random(40) < 0.7, 10)  # all ten rows of an article are right, or all wrong
    gold = rng.integers(0, 3, 400)
    pred = np.where(right, gold, (gold + 1) % 3)
    by_article = interval(gold, pred, [f"a{i // 10}" for i in range(400)], macro_f1)
    by_row = interval(gold, pred, [str(i) for i in range(400)], macro_f1)
    score = float(macro_f1(confusion(gold, pred)))
    assert by_article[0] < by_row[0] < score < by_row[1] < by_article[1]
    assert by_article == interval(gold, pred, [f"a{i // 10}" for i in range(400)], macro_f1)


def test_a_choice_between_two_labels_never_falls_on_the_third() -> None:
    probabilities = np.array([[0.2, 0.1, 0.7], [0.1, 0.2, 0.7]], dtype=np.float32)
    assert choose(probabilities, [FAVOR, AGAINST]).tolist() == [FAVOR, AGAINST]


def test_opposed_pairs_share_text_speaker_and_article() -> None:
    rows = [
        row("a", "t", "favor", "x"),
        row("b", "t", "against", "x"),
        row("c", "t", "neutral", "x"),
        row("d", "t", "against", "x"),
        row("e", "t", "against", "y"),
        row("f", "t", "against", "x", "someone else"),
    ]
    assert opposed_pairs(rows) == [(0, 1), (0, 3)]


TRAIN = [
    row("levy", "a good plan", "favor"),
    row("levy", "a bad plan", "against"),
    row("levy", "a bad day", "against"),
    row("Tram", "a good tram", "favor"),
]
DEV = [
    row("LEVY", "a good idea", "favor", "x"),
    row("tram", "bad", "against", "x"),
    row("rail", "bad", "against", "y"),
    row("tram", "good", "favor", "y"),
]


def test_baselines_see_only_what_they_should() -> None:
    majority, target, text = (b.fit(TRAIN) for b in (MajorityBaseline, TargetOnlyBaseline, TextOnlyBaseline))
    np.testing.assert_allclose(majority.predict(pairs_of(DEV)).probabilities, [[0.5, 0.5, 0]] * 4)
    assert [label.value for label in target.predict(pairs_of(DEV)).labels] == ["against", "favor", "favor", "favor"]
    assert [label.value for label in text.predict(pairs_of(DEV)).labels] == ["favor", "against", "against", "favor"]
    for baseline in (majority, target, text):
        assert baseline.predict([]).probabilities.shape == (0, 3)
        np.testing.assert_allclose(baseline.predict(pairs_of(DEV)).probabilities.sum(axis=1), 1, atol=1e-6)


def test_figures_of_a_model_that_reads_no_target() -> None:
    text = TextOnlyBaseline.fit(TRAIN)
    figures = measure_set(text, DEV, {"target only": TargetOnlyBaseline.fit(TRAIN)})
    assert figures.macro_f1 == 1
    assert figures.n_classes == 2
    assert figures.blank_target_macro_f1 == figures.macro_f1
    assert figures.baselines["target only"] < 0.5
    assert figures.opposed_right is None
    assert figures.accuracy_at[1.0] == 1
    assert figures.label_f1 == {"favor": 1.0, "against": 1.0}
    assert figures.no_context_macro_f1 is None
    assert figures.opposed_interval is None
    assert [at.coverage for at in figures.at_confidence] == sorted(at.coverage for at in figures.at_confidence)[::-1]
    assert figures.at_confidence[0].coverage == 1
    assert sum(bar.n_rows for bar in figures.reliability) == 4


def test_figures_of_a_model_that_reads_nothing_else() -> None:
    opposed = [row("good", "t", "favor", "x"), row("bad", "t", "against", "x"), row("ugly", "t", "against", "x")]
    target = TargetOnlyBaseline.fit([row("good", "", "favor"), row("bad", "", "against"), row("c", "", "favor")])
    figures = measure_set(target, opposed, {})
    assert figures.n_opposed == 2
    assert figures.opposed_right == 0.5  # "ugly" is unknown and gets the majority
    assert figures.opposed_interval is not None
    assert figures.opposed_interval[0] < 0.5 < figures.opposed_interval[1]
    assert figures.blank_target_macro_f1 < figures.macro_f1


class ReadsContext:
    """Favors whatever has a context, and opposes the rest."""

    def predict(self, pairs: Sequence[StancePair]) -> StancePrediction:
        return StancePrediction(
            np.array([[0.9, 0.0, 0.1] if p.context else [0.0, 0.6, 0.4] for p in pairs], np.float32)
        )


def test_figures_are_measured_with_the_paragraph_and_shown_without_it() -> None:
    rows = [
        row("a", "t", "favor", "x").model_copy(update={"context": "She said t."}),
        row("b", "t", "against", "y"),
    ]
    figures = measure_set(ReadsContext(), rows, {})
    assert figures.macro_f1 == 1
    assert figures.no_context_macro_f1 == pytest.approx(1 / 3)
    assert [(at.coverage, at.accuracy) for at in figures.at_confidence if at.minimum in (0.0, 0.9)] == [(1, 1), (1, 1)]


def test_labels_that_a_set_lacks_take_no_share_of_confidence() -> None:
    shares = among(np.array([[0.3, 0.1, 0.6], [0.0, 0.0, 1.0]], dtype=np.float32), [FAVOR, AGAINST])
    np.testing.assert_allclose(shares, [[0.75, 0.25, 0], [0.5, 0.5, 0]], atol=1e-6)


@pytest.mark.parametrize(
    ("n_right", "n", "low", "high"), [(5, 10, 0.237, 0.763), (0, 1, 0.0, 0.793), (10, 10, 0.722, 1)]
)
def test_the_interval_of_a_share(n_right: int, n: int, low: float, high: float) -> None:
    assert share_interval(n_right, n) == pytest.approx((low, high), abs=1e-3)


def test_the_calibration_plot_is_well_formed_and_harmless() -> None:
    figures = measure_set(ReadsContext(), [row("a", "t", "against", "x")], {})
    svg = calibration_svg([replace(figures, name="<script>&"), figures])
    assert svg.count("<circle ") == 2 * len(figures.reliability)
    assert svg.count("<g ") == svg.count("</g>") == 2
    assert "<script" not in svg
    assert "&lt;script&gt;&amp;" in svg


def test_probes_are_answered_in_order_and_cover_each_difficulty() -> None:
    answers = ask_probes(ReadsContext())
    assert [answer.probe for answer in answers] == list(PROBES)
    assert {answer.answer for answer in answers if answer.probe.context} == {StanceLabel.FAVOR}
    kinds = Counter(probe.kind for probe in PROBES)
    assert min(kinds.values()) >= 2


def test_misses_are_the_surest_errors_first() -> None:
    rows = [row("levy", "", "favor"), row("tram", "", "against"), row("levy", "x", "against")]
    target = TargetOnlyBaseline.fit(TRAIN)
    misses = worst_misses(target, rows, 5)
    assert [(miss.row.target, miss.predicted) for miss in misses] == [("tram", "favor"), ("levy", "against")]
    assert misses[0].confidence > misses[1].confidence


def test_scaling_finds_the_temperature_and_the_bias_that_labels_were_drawn_with() -> None:
    rng = np.random.default_rng(3)
    logits = rng.normal(size=(20_000, 3)).astype(np.float32) * 2
    true = Scaling(1.6, (0.5, -0.4, 0.0))
    draws = rng.random((len(logits), 1))
    labels = (true.probabilities(logits).cumsum(axis=1) < draws).sum(axis=1)
    found = fit_scaling(logits, labels)
    assert found.temperature == pytest.approx(1.6, abs=0.1)
    assert found.label_bias == pytest.approx((0.5, -0.4, 0.0), abs=0.1)
    given = fit_scaling(logits, labels, label_bias=true.label_bias)
    assert (given.temperature, given.label_bias) == (pytest.approx(1.6, abs=0.1), true.label_bias)
