import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from typer.testing import CliRunner

from onrecord.corpus.errors import DataError, UnknownModelError
from onrecord.corpus.record import StanceLabel
from onrecord.evaluation import benchmark
from onrecord.evaluation.benchmark import BenchmarkJob, run_benchmark, slug
from onrecord.evaluation.benchmark_cache import PredictionCache
from onrecord.evaluation.benchmark_data import BenchmarkSet, read_set
from onrecord.evaluation.benchmark_models import identify
from onrecord.evaluation.benchmark_schema import BenchmarkResult, Exposure, Unit
from onrecord.evaluation.benchmark_scores import choose
from onrecord.evaluation.benchmark_tables import latex
from onrecord.models.stance.failures import PartialPredictionError
from onrecord.models.stance.protocol import LABELS, StancePair, StancePrediction
from onrecord.pipeline.cli import app

FAVOR, AGAINST, NEUTRAL = LABELS
GOOD, BAD = "It was good and fair", "It was a bad plan"


class ByWord:
    """A classifier that goes by a word, and counts what it is asked."""

    def __init__(self, *, stop_after: int | None = None, fails_on: str | None = None) -> None:
        self.n_asked = 0
        self._stop_after = stop_after
        self._fails_on = fails_on

    def predict(self, pairs: Sequence[StancePair]) -> StancePrediction:
        if self._stop_after is not None and self.n_asked >= self._stop_after:
            raise KeyboardInterrupt
        self.n_asked += len(pairs)
        rows = [(0.8, 0.1, 0.1) if "good" in pair.text else (0.1, 0.7, 0.2) for pair in pairs]
        prediction = StancePrediction(np.array(rows, dtype=np.float32))
        failed = {index: "no answer" for index, pair in enumerate(pairs) if pair.text == self._fails_on}
        if failed:
            raise PartialPredictionError(prediction, failed)
        return prediction


def write_set(folder: Path, name: str, *, neutral: bool = True, n_articles: int = 12) -> Path:
    rows = []
    for article in range(n_articles):
        texts = [(GOOD, "favor"), (BAD, "against"), *([("The mayor told it", "neutral")] if neutral else [])]
        for number, (text, label) in enumerate(texts):
            row = {"id": f"{article}-{number}", "text": f"{text} {article}", "target": "the levy", "label": label}
            rows.append(row | {"article": f"a{article}"})
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def quiet() -> Console:
    return Console(file=io.StringIO(), width=200)


@pytest.fixture
def by_word(monkeypatch: pytest.MonkeyPatch) -> ByWord:
    """Stands in for the folder's network, whose answers are random; finding, hashing and caching it are real."""
    classifier = ByWord()
    monkeypatch.setattr(benchmark, "load_classifier", lambda name, options: classifier)
    return classifier


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text('{"onrecord": "stance", "trained_on": ["Seen"]}', encoding="utf-8")
    return folder


def test_outputs_and_resuming(tmp_path: Path, model: Path, by_word: ByWord) -> None:
    write_set(tmp_path / "data", "seen")
    write_set(tmp_path / "data", "new", neutral=False)
    job = BenchmarkJob(
        models=(str(model), "majority", "text-only"),
        datasets=("seen", "new"),
        out=tmp_path / "out",
        data=tmp_path / "data",
        n_resamples=200,
    )
    assert run_benchmark(job, quiet()) == 0
    n_asked = by_word.n_asked
    assert n_asked == 36, "pairs that stand in both sets are classified once"
    result = BenchmarkResult.model_validate_json((job.out / "results.json").read_bytes())

    seen, new = result.cell(str(model), "seen"), result.cell(str(model), "new")
    assert seen is not None
    assert new is not None
    assert (seen.exposure, new.exposure) == (Exposure.TRAINED, Exposure.NOT_TRAINED)
    assert seen.accuracy == pytest.approx(2 / 3)
    assert new.macro_f1 == 1.0
    assert set(new.by_label) == {FAVOR, AGAINST}
    left_out = result.cell("majority", "new")
    assert left_out is not None
    assert left_out.exposure is Exposure.LEFT_OUT
    assert left_out.ece is None
    assert (left_out.calibration, left_out.coverage, left_out.coverage_curve) == (None, (), ())
    assert seen.calibration is not None
    # Sure of 0.8 in "good" rows, 0.7 in all others, of which half are right.
    assert [(part.n, part.accuracy) for part in seen.calibration.bins if part.n] == [(24, 0.5), (12, 1.0)]
    assert seen.calibration.ece == seen.ece == pytest.approx((24 * 0.2 + 12 * 0.2) / 36, abs=1e-6)
    assert [(point.coverage, point.accuracy) for point in seen.coverage_curve] == [(1 / 3, 1.0), (1.0, 2 / 3)]
    tests = [test for test in result.comparisons if test.dataset == "new"]
    assert len(tests) == 3
    assert tests[0].p < 0.05
    assert all(test.p_holm >= test.p for test in tests)

    table = (job.out / "table.md").read_text(encoding="utf-8")
    assert "trained on this set" in table
    assert "Models choose among the labels that the set has" in table
    rows = list(csv.DictReader(io.StringIO((job.out / "table.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 6
    assert rows[1]["macro_f1"] == "1.0000"
    page = (job.out / "benchmark.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "http" not in page.replace("http-equiv", "")
    assert page.count('aria-label="Accuracy against confidence"') == 2, "baselines have no probabilities"
    assert page.count('aria-label="Accuracy against coverage"') == 2
    assert '<td class="left" style="white-space:normal">Seen</td>' in page
    predictions = (job.out / "predictions" / f"{slug(str(model))}__new.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(predictions[0])["scores"] == {"favor": 0.8889, "against": 0.1111, "neutral": 0.0}

    before = (job.out / "results.json").read_bytes()
    assert run_benchmark(job, quiet()) == 0
    assert by_word.n_asked == n_asked, "a second run classifies nothing again"
    assert (job.out / "results.json").read_bytes() == before

    (model / "config.json").write_text('{"onrecord": "stance", "version": 2}', encoding="utf-8")
    assert run_benchmark(job, quiet()) == 0
    assert by_word.n_asked == 2 * n_asked, "another model of the same name does not find its predecessor's answers"


def test_baselines_fit_on_training_rows(tmp_path: Path) -> None:
    write_set(tmp_path / "data", "boats")
    write_set(tmp_path / "train", "boats", n_articles=20)
    job = BenchmarkJob(
        models=("majority", "target-only"),
        datasets=("boats",),
        out=tmp_path / "out",
        data=tmp_path / "data",
        train=tmp_path / "train",
        n_resamples=20,
    )
    assert run_benchmark(job, quiet()) == 0
    result = BenchmarkResult.model_validate_json((job.out / "results.json").read_bytes())
    assert {cell.exposure for cell in result.cells} == {Exposure.FITTED}
    assert result.cells[0].accuracy == pytest.approx(1 / 3)
    assert result.cells[0].ece == pytest.approx(0, abs=1e-6)


def test_a_failing_model_does_not_stop_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: Path) -> None:
    classifier = ByWord(fails_on=f"{GOOD} 3")
    monkeypatch.setattr(benchmark, "load_classifier", lambda name, options: classifier)
    path = write_set(tmp_path / "data", "boats")
    job = BenchmarkJob((str(model), "majority"), (str(path),), tmp_path / "out", n_resamples=20)
    messages = quiet()
    assert run_benchmark(job, messages) == 3
    result = BenchmarkResult.model_validate_json((job.out / "results.json").read_bytes())
    assert [problem.model for problem in result.problems] == [str(model)]
    assert "1 of 36 pairs could not be classified" in result.problems[0].reason
    assert [cell.model for cell in result.cells] == ["majority"]

    mended = ByWord()
    monkeypatch.setattr(benchmark, "load_classifier", lambda name, options: mended)
    assert run_benchmark(job, quiet()) == 0
    assert mended.n_asked == 1, "only what failed is asked again"


def test_a_stopped_run_keeps_its_answers(tmp_path: Path) -> None:
    pairs = [StancePair("levy", f"{GOOD} {number}") for number in range(600)]
    with pytest.raises(KeyboardInterrupt):
        PredictionCache(tmp_path / "cache.jsonl", "m").predict(pairs, lambda: ByWord(stop_after=256))
    with (tmp_path / "cache.jsonl").open("a", encoding="utf-8") as half:
        half.write('{"key": "12"}\n{"key": "13", "scores": [1]}\n[]\n{"key": "12')
    rest = ByWord()
    probabilities = PredictionCache(tmp_path / "cache.jsonl", "m").predict(pairs, lambda: rest)
    assert rest.n_asked == 600 - 256
    assert probabilities == pytest.approx(np.tile([0.8, 0.1, 0.1], (600, 1)))
    again = PredictionCache(tmp_path / "cache.jsonl", "m").predict(pairs, lambda: pytest.fail("nothing to classify"))
    assert (again == probabilities).all()


@pytest.mark.parametrize(
    "change",
    [{"target": "tax"}, {"text": "other"}, {"speaker": "she"}, {"context": "he said"}],
)
def test_cache_keys_take_everything_in(tmp_path: Path, change: dict[str, str]) -> None:
    plain = {"target": "levy", "text": "good"}
    cache = PredictionCache(tmp_path / "c", "m")
    assert cache.key(StancePair(**plain)) != cache.key(StancePair(**(plain | change)))
    assert cache.key(StancePair(**plain)) != PredictionCache(tmp_path / "c", "n").key(StancePair(**plain))


def test_choice_without_any_allowed_probability(tmp_path: Path) -> None:
    data = read_set(str(write_set(tmp_path, "two", neutral=False, n_articles=1)), None)
    [sure, none] = choose(data, np.array([[0.2, 0.3, 0.5], [0, 0, 1]], dtype=np.float32))
    assert (sure.label, sure.confidence) == (StanceLabel.AGAINST, pytest.approx(0.6))
    assert none.label in (FAVOR, AGAINST)
    assert none.confidence == 0.5


@pytest.mark.parametrize(("n_targets", "unit"), [(9, Unit.TEXT), (10, Unit.TARGET)])
def test_units_without_articles(tmp_path: Path, n_targets: int, unit: Unit) -> None:
    rows = [{"text": f"t{n}", "target": f"x{n}", "label": "favor"} for n in range(n_targets)]
    path = tmp_path / "s.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    data: BenchmarkSet = read_set(str(path), None)
    assert data.unit is unit
    assert data.info().n_units == n_targets


@pytest.mark.parametrize(
    ("models", "datasets", "error", "message"),
    [
        (("majority",), ("nothing",), DataError, "boats"),
        (("majority",), ("boats", "{again}"), DataError, "two data sets are named 'boats'"),
        (("no-such-model",), ("boats",), UnknownModelError, "no model 'no-such-model'"),
        (("majority",), ("{double}",), DataError, "occurs twice"),
        (("majority",), ("{empty}",), DataError, "no rows"),
        (("majority",), ("{labels}",), DataError, r"labels\.jsonl:1: label: .*found 'pro'.*--label NAME=STANCE"),
    ],
)
def test_bad_input(
    tmp_path: Path, models: tuple[str, ...], datasets: tuple[str, ...], error: type[Exception], message: str
) -> None:
    write_set(tmp_path / "data", "boats")
    again = write_set(tmp_path / "more", "boats")
    row = '{"id": "1", "text": "t", "target": "x", "label": "favor"}\n'
    (tmp_path / "double.jsonl").write_text(2 * row, encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "labels.jsonl").write_text(row.replace("favor", "pro"), encoding="utf-8")
    places = {"again": again} | {name: tmp_path / f"{name}.jsonl" for name in ("double", "empty", "labels")}
    words = tuple(word.format(**places) for word in datasets)
    with pytest.raises(error, match=message):
        run_benchmark(BenchmarkJob(models, words, tmp_path / "out", data=tmp_path / "data"), quiet())
    assert not (tmp_path / "out").exists()


def test_page_and_latex_escape(tmp_path: Path) -> None:
    path = write_set(tmp_path, "a_b&<i>")
    job = BenchmarkJob(("majority",), (str(path),), tmp_path / "out", n_resamples=20)
    assert run_benchmark(job, quiet()) == 0
    assert "<i>" not in (job.out / "benchmark.html").read_text(encoding="utf-8")
    result = BenchmarkResult.model_validate_json((job.out / "results.json").read_bytes())
    assert r"a\_b\&<i>" in latex(result)


@pytest.mark.parametrize(
    ("name", "dataset", "exposure"),
    [
        ("newsquotes", None, Exposure.TRAINED),
        ("my-copy", "VAST", Exposure.TRAINED),
        ("nowhere", None, Exposure.NOT_TRAINED),
    ],
)
def test_a_shipped_model_declares_its_sets(tmp_path: Path, name: str, dataset: str | None, exposure: Exposure) -> None:
    path = tmp_path / f"{name}.jsonl"
    row = {"text": "t", "target": "x", "label": "favor", "dataset": dataset}
    path.write_text(json.dumps(row), encoding="utf-8")
    assert identify("stance-minilm-l6").exposure(read_set(str(path), None)) is exposure


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path / "data", "boats")
    monkeypatch.setenv("ONRECORD_STANCE_DATA", str(tmp_path / "data"))
    asked = ["benchmark", "-m", "majority", "-m", "text-only", "-d", "boats", "-o", str(tmp_path / "out")]
    assert CliRunner().invoke(app, [*asked, "--resamples", "20"]).exit_code == 0
    assert "| text-only |" in (tmp_path / "out" / "table.md").read_text(encoding="utf-8")


def test_the_shipped_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_set(tmp_path / "data", "boats", n_articles=2)
    job = BenchmarkJob(("stance-minilm-l6",), (str(path),), tmp_path / "out", n_resamples=20, threads=1)
    assert run_benchmark(job, quiet()) == 0
    result = BenchmarkResult.model_validate_json((job.out / "results.json").read_bytes())
    [cell] = result.cells
    assert cell.exposure is Exposure.NOT_TRAINED
    assert cell.ece is not None
    monkeypatch.setattr(benchmark, "load_classifier", lambda name, options: pytest.fail("everything is known already"))
    assert run_benchmark(job, quiet()) == 0
    assert BenchmarkResult.model_validate_json((job.out / "results.json").read_bytes()) == result
