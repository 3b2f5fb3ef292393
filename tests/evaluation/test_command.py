import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from rich.console import Console

from onrecord.corpus.errors import OutputError
from onrecord.corpus.record import Record
from onrecord.evaluation.command import EvaluateJob, run_evaluate
from onrecord.evaluation.schema import EvaluationResult


@pytest.fixture
def inputs(tmp_path: Path, gold: Sequence[Record], text: str) -> tuple[Path, Path]:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "articles.jsonl").write_text(json.dumps({"id": "harbour", "text": text}), encoding="utf-8")
    (folder / "records.jsonl").write_text("\n".join(record.to_json() for record in gold), encoding="utf-8")
    pred = tmp_path / "pred.jsonl"
    pred.write_text("\n".join(record.to_json() for record in gold[:3]), encoding="utf-8")
    return pred, folder


def console() -> Console:
    return Console(file=io.StringIO(), width=200)


def said(held: Console) -> str:
    assert isinstance(held.file, io.StringIO)
    return held.file.getvalue()


def test_tables_go_to_stdout(inputs: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    messages = console()
    assert run_evaluate(EvaluateJob(*inputs, n_resamples=20), messages) == 0
    shown = capsys.readouterr().out
    assert "1 articles, 4 gold quotations, 3 predicted" in shown
    assert "100.0" in shown
    assert "majority" in shown
    assert "…" not in shown.replace("… ", "")
    assert said(messages) == ""


def test_outputs(inputs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    json_out, html_out = tmp_path / "out.json", tmp_path / "out.html"
    assert run_evaluate(EvaluateJob(*inputs, json_out=json_out, html_out=html_out, n_resamples=20), console()) == 0
    result = EvaluationResult.model_validate_json(json_out.read_bytes())
    assert result.quotes.overlap.recall == 0.75
    assert html_out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    capsys.readouterr()
    assert run_evaluate(EvaluateJob(*inputs, json_out=Path("-"), n_resamples=20), console()) == 0
    assert EvaluationResult.model_validate_json(capsys.readouterr().out) == result


@pytest.mark.parametrize(
    ("minimums", "status", "message"),
    [
        (["quotes.overlap.recall=0.75", "stance.macro_f1=1"], 0, ""),
        (["quotes.overlap.recall=0.8"], 4, "gate not met: quotes.overlap.recall is 0.7500, not at least 0.8\n"),
        (["quotes.overlap.recal=0.8"], 2, "close to it: quotes.overlap.recall"),
    ],
)
def test_gates(inputs: tuple[Path, Path], minimums: list[str], status: int, message: str) -> None:
    messages = console()
    assert run_evaluate(EvaluateJob(*inputs, minimums=tuple(minimums), n_resamples=20), messages) == status
    assert message in said(messages)


def test_output_that_cannot_be_written(inputs: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        run_evaluate(EvaluateJob(*inputs, json_out=tmp_path / "no" / "out.json", n_resamples=5), console())


def test_another_system(tmp_path: Path, gold: Sequence[Record], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder, n = tmp_path / "gold", 12
    folder.mkdir()
    digest = hashlib.sha256(text.encode()).hexdigest()

    def copies(records: Sequence[Record]) -> str:
        rows = [json.loads(record.to_json()) for record in records]
        lines = []
        for number in range(n):
            for row in rows:
                article = row["article"] | {"id": f"h{number}", "sha256": digest}
                lines.append(json.dumps(row | {"id": f"h{number}#{row['id']}", "article": article}))
        return "\n".join(lines)

    articles = "\n".join(json.dumps({"id": f"h{number}", "text": text}) for number in range(n))
    (folder / "articles.jsonl").write_text(articles, encoding="utf-8")
    (folder / "records.jsonl").write_text(copies(gold), encoding="utf-8")
    paths = {name: tmp_path / f"{name}.jsonl" for name in ("all", "same", "few")}
    for name, records in (("all", gold), ("same", gold), ("few", gold[:1])):
        paths[name].write_text(copies(records), encoding="utf-8")
    job = EvaluateJob(
        paths["all"],
        folder,
        against=(paths["same"], paths["few"]),
        json_out=tmp_path / "out.json",
        html_out=tmp_path / "out.html",
        n_resamples=400,
    )
    assert run_evaluate(job, console()) == 0
    result = EvaluationResult.model_validate_json((tmp_path / "out.json").read_bytes())
    same, few = ({found.metric: found for found in held.differences} for held in result.comparisons)
    assert {found.p_holm for found in same.values()} == {1.0}
    assert few["quotes.overlap.f1"].difference == pytest.approx(1 - 0.4)
    assert few["quotes.overlap.f1"].p == pytest.approx(1 / 401)
    assert few["quotes.overlap.f1"].p_holm == pytest.approx((len(same) + len(few)) / 401, abs=0.02)
    shown = capsys.readouterr().out
    assert f"Against {paths['few']}" in " ".join(shown.split())
    assert "not told apart" in shown
    assert "this is better" in shown
    assert '<section id="against">' in (tmp_path / "out.html").read_text(encoding="utf-8")
