import json
from collections.abc import Callable, Sequence

import pytest

from onrecord.corpus.errors import DataError
from onrecord.corpus.record import Record
from onrecord.evaluation.evaluate import EvaluationOptions, compare_results, evaluate
from onrecord.evaluation.schema import EvaluationResult

QUICK = EvaluationOptions(n_resamples=50, seed=3)


def corpus(text: str, make_record: Callable[..., Record], n: int) -> tuple[list[Record], dict[str, str]]:
    records, texts = [], {}
    for number in range(n):
        name = f"article-{number}"
        texts[name] = text
        records += [
            make_record(
                "The levy will close the port",
                source="Marta Oyelaran",
                name="Marta Oyelaran",
                kind="person",
                entity="e1",
                article=name,
                stances={"levy": (0.1, 0.7, 0.2)},
                publisher="The Brann Courier",
            ),
            make_record("“Nobody asked us,”", "“and nobody will.”", source="she", article=name, kind="group"),
        ]
    return records, texts


def test_perfect_records_score_one_in_all(gold: Sequence[Record], text: str) -> None:
    result = evaluate(gold, gold, {"harbour": text}, QUICK)
    assert result.quotes.overlap.f1 == result.quotes.exact_strict.f1 == result.speakers.entity.f1 == 1
    assert result.stance is not None
    assert (result.stance.macro_f1, result.end_to_end.f1, result.end_to_end.by_name.f1) == (1, 1, 1)
    assert result.errors == ()


def test_nothing_predicted_scores_nought(gold: Sequence[Record], text: str) -> None:
    result = evaluate([], gold, {"harbour": text, "silent": "Nobody spoke."}, QUICK)
    assert (result.quotes.overlap.precision, result.quotes.overlap.recall, result.quotes.overlap.f1) == (0, 0, 0)
    assert result.speakers.mention.accuracy is None
    assert result.stance is not None
    assert (result.stance.macro_f1, result.stance.calibration.ece, result.end_to_end.f1) == (None, None, 0)
    assert (result.inputs.n_articles, result.inputs.n_articles_predicted) == (2, 0)
    assert len(result.errors) == 4


def test_what_nobody_annotated_is_none(text: str, make_record: Callable[..., Record]) -> None:
    gold = [make_record("the vote will slip")]
    result = evaluate(gold, gold, {"harbour": text}, QUICK)
    assert result.stance is None
    assert result.quotes.overlap.direct.f1 is None
    assert result.speakers.name.accuracy is None
    assert result.end_to_end.f1 is None
    assert result.quotes.overlap.indirect.f1 == 1


@pytest.mark.parametrize("texts", [{}, {"harbour": ""}])
def test_no_gold_at_all(texts: dict[str, str]) -> None:
    result = evaluate([], [], texts, QUICK)
    assert (result.quotes.overlap.f1, result.intervals, result.slices) == (None, {}, ())


def test_the_same_input_gives_the_same_bytes(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 5)
    first, again = (evaluate(records[1:], records, texts, QUICK).to_json() for _ in range(2))
    assert first == again


def test_a_result_survives_json(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 3)
    result = evaluate(records[1:], records, texts, QUICK)
    data = json.loads(result.to_json())
    assert data["schema"] == "onrecord/evaluation/1"
    assert EvaluationResult.model_validate(data) == result


def test_intervals_hold_the_score(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 12)
    result = evaluate(records[5:], records, texts, QUICK)
    interval = result.intervals["quotes.overlap.recall"]
    assert result.quotes.overlap.recall is not None
    assert interval.low < result.quotes.overlap.recall < interval.high
    assert interval.detectable > interval.standard_error


def test_slices_are_worst_first(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 6)
    result = evaluate(records[::2], records, texts, QUICK)
    attribution = [part for part in result.slices if part.measure == "attribution"]
    assert [part.score for part in attribution] == sorted(part.score or 0 for part in attribution)
    assert {(part.dimension, part.value) for part in attribution if part.score == 0} >= {
        ("quote type", "direct"),
        ("pieces", "split"),
    }
    assert {part.value for part in attribution if part.dimension == "publisher"} == {"The Brann Courier"}


@pytest.mark.parametrize(("n", "has_interval"), [(4, False), (5, True)])
def test_a_slice_of_few_articles_has_no_interval(
    text: str, make_record: Callable[..., Record], n: int, has_interval: bool
) -> None:
    records, texts = corpus(text, make_record, n)
    result = evaluate(records[:-1], records, texts | {"silent": "Rain fell."}, QUICK)
    publisher = next(part for part in result.slices if part.dimension == "publisher" and part.measure == "attribution")
    assert publisher.n_articles == n
    assert (publisher.low is not None, publisher.high is not None) == (has_interval, has_interval)


def test_comparison(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 20)
    # The second system has lost every first quotation.
    whole, half = (evaluate(pred, records, texts, QUICK) for pred in (records, records[1::2]))
    options = EvaluationOptions(n_resamples=300, seed=1)
    differences = {found.metric: found for found in compare_results(whole, half, options=options)}
    assert differences["quotes.overlap.f1"].difference == pytest.approx(1 - 2 / 3)
    assert differences["quotes.overlap.f1"].p_holm < 0.05
    assert differences["speakers.mention.accuracy"].p == 1
    assert {found.p for found in compare_results(whole, whole, options=options)} == {1.0}
    read_again = EvaluationResult.model_validate_json(half.to_json())
    assert compare_results(whole, read_again, options=options) == tuple(differences.values())


def test_results_of_different_gold_are_not_compared(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 3)
    result = evaluate(records, records, texts, QUICK)
    other = evaluate([], [], {"elsewhere": text}, QUICK)
    with pytest.raises(DataError, match="in one of the two results only"):
        compare_results(result, other)


def test_records_that_fit_no_text(gold: Sequence[Record], text: str) -> None:
    with pytest.raises(DataError, match="not in the gold set"):
        evaluate(gold, gold, {}, QUICK)
    with pytest.raises(DataError, match="occurs twice"):
        evaluate([gold[0], gold[0]], gold, {"harbour": text}, QUICK)


def test_baselines_stand_beside_the_system(text: str, make_record: Callable[..., Record]) -> None:
    records, texts = corpus(text, make_record, 4)
    result = evaluate(records, records, texts, QUICK)
    assert result.stance is not None
    majority = result.stance.baselines.majority
    assert (majority.n, majority.accuracy) == (4, 1.0)
    assert majority.difference is not None
    assert (majority.difference.difference, majority.difference.p) == (0.0, 1.0)
    assert result.stance.baselines.target_only.over_targets.accuracy == 1.0
