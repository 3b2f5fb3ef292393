import csv
import gzip
import json
from pathlib import Path

import pytest
from rich.console import Console

from onrecord.corpus.errors import DataError
from onrecord.pipeline.stance_rows import run_stance

QUIET = Console(quiet=True)
MODEL = "stance-minilm-l6"
ROWS = [
    {"id": "1", "target": "the levy", "text": "The levy is a disgrace and must be stopped.", "speaker": "Oyelaran"},
    {"id": "2", "target": "", "text": "The levy is fine."},
    {
        "id": "3",
        "target": "the levy",
        "text": "The levy is the best thing that this town has ever done, and I welcome it.",
    },
    {"id": "4", "target": "=the levy", "text": "=1+1"},
    {"id": "5", "target": "the levy", "text": None},
]


def write_lines(path: Path, rows: list[object]) -> Path:
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_row_comes_back_in_order_with_what_it_had(tmp_path: Path) -> None:
    pairs = write_lines(tmp_path / "pairs.jsonl", [*ROWS[:2], "{broken", *ROWS[2:]])
    assert run_stance(str(pairs), str(tmp_path / "out.jsonl"), model=MODEL, console=QUIET) == 3
    rows = read_lines(tmp_path / "out.jsonl")
    assert [row.get("id") for row in rows] == ["1", "2", None, "3", "4", "5"]
    assert [row["label"] is None for row in rows] == [False, True, True, False, False, True]
    assert (rows[0]["label"], rows[3]["label"]) == ("against", "favor")
    assert rows[0]["speaker"] == "Oyelaran"
    for row in rows:
        if row["label"] is None:
            assert row["error"]
        else:
            scores = row["scores"]
            assert isinstance(scores, dict)
            assert abs(sum(scores.values()) - 1) < 0.001
            assert scores[row["label"]] == row["confidence"] == max(scores.values())
    assert "pairs.jsonl:3" in str(rows[2]["error"])


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_in_and_out(tmp_path: Path, ending: str) -> None:
    good = [ROWS[0], ROWS[2], ROWS[3]]
    source = tmp_path / f"pairs.{ending}"
    if ending == "csv":
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ["id", "target", "text"], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(good)
    else:
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        parquet.write_table(pyarrow.Table.from_pylist(good), source)
    out = tmp_path / f"out.{ending}"
    assert run_stance(str(source), str(out), model=MODEL, console=QUIET) == 0
    if ending == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows[2]["text"] == "'=1+1"
    else:
        from pyarrow import parquet

        rows = parquet.read_table(out).to_pylist()
        assert rows[2]["text"] == "=1+1"
    assert [row["id"] for row in rows] == ["1", "3", "4"]
    assert rows[0]["label"] == "against"
    assert float(rows[0]["score_against"]) > 0.4


def test_what_a_row_has_under_a_written_name_comes_back_beside_it(tmp_path: Path) -> None:
    given = [
        ROWS[0] | {"label": "favor", "scores": {"favor": 1.0}, "gold_label": "older"},
        ROWS[2] | {"label": "neutral", "confidence": 0.5, "error": "none"},
    ]
    pairs = write_lines(tmp_path / "pairs.jsonl", list(given))
    assert run_stance(str(pairs), str(tmp_path / "out.jsonl"), model=MODEL, console=QUIET) == 0
    first, second = read_lines(tmp_path / "out.jsonl")
    assert (first["label"], first["gold_label"], first["gold_gold_label"]) == ("against", "older", "favor")
    assert first["gold_scores"] == {"favor": 1.0}
    assert (second["label"], second["gold_label"], second["gold_confidence"]) == ("favor", "neutral", 0.5)
    assert second["gold_error"] == "none"
    assert "error" not in second


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_table_has_the_columns_of_all_rows_and_keeps_numbers(tmp_path: Path, ending: str) -> None:
    rows = [ROWS[0] | {"year": 2031}, ROWS[2] | {"year": 2032, "place": "Port Sorrel"}, {"target": "", "text": "x"}]
    pairs = write_lines(tmp_path / "pairs.jsonl", list(rows))
    out = tmp_path / f"out.{ending}"
    assert run_stance(str(pairs), str(out), model=MODEL, console=QUIET) == 3
    if ending == "csv":
        with out.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert [row["year"] for row in found] == ["2031", "2032", ""]
        assert [row["place"] for row in found] == ["", "Port Sorrel", ""]
    else:
        from pyarrow import parquet

        found = parquet.read_table(out).to_pylist()
        assert [row["year"] for row in found] == [2031, 2032, None]
        assert [row["place"] for row in found] == [None, "Port Sorrel", None]
    assert [bool(row["error"]) for row in found] == [False, False, True]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["pairs.jsonl", out.name])


def test_rows_that_cannot_be_classified_say_why(tmp_path: Path) -> None:
    bad = [
        b'{"target": "levy", "text": "caf\xe9"}',
        b'{"target": "levy", "text": "The levy is fine.", "speaker": 7}',
        '{"target": "港口税", "text": "The levy is fine."}'.encode(),
        b'{"target": "' + b"levy and tax " * 200 + b'", "text": "The levy is fine."}',
    ]
    good = json.dumps(ROWS[0]).encode()
    pairs = tmp_path / "pairs.jsonl"
    pairs.write_bytes(b"\n".join([good, *bad, good]))
    assert run_stance(str(pairs), str(tmp_path / "out.jsonl"), model=MODEL, console=QUIET) == 3
    rows = read_lines(tmp_path / "out.jsonl")
    assert [row["label"] for row in rows] == ["against", None, None, None, None, "against"]
    for row, said in zip(rows[1:5], ("UTF-8", "'speaker' is 7", "another script", "shorten it"), strict=True):
        assert said in str(row["error"])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.csv", b"text,target\ncaf\xe9,levy\n", "not UTF-8"),
        ("p.jsonl.gz", gzip.compress(b'{"text": "a", "target": "b"}\n' * 99)[:-12], "no complete gzip file"),
        ("p.parquet", b"PAR1 nothing", "no readable Parquet file"),
    ],
)
def test_a_broken_file_is_named_and_leaves_no_output(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=message):
        run_stance(str(tmp_path / name), str(tmp_path / "out.csv"), model=MODEL, console=QUIET)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("source", "output", "message"),
    [
        ("none.jsonl", "o.jsonl", "no such file"),
        ("p.xyz", "o.jsonl", r"\.parquet"),
        ("p.csv", "o.xyz", r"\.csv"),
        ("p.csv", "o.csv", "target"),
    ],
)
def test_what_cannot_be_read_or_written_is_said(tmp_path: Path, source: str, output: str, message: str) -> None:
    (tmp_path / "p.csv").write_text("text,label\nx,y\n")
    with pytest.raises(DataError, match=message):
        run_stance(str(tmp_path / source), str(tmp_path / output), model=MODEL, console=QUIET)
    assert not (tmp_path / output).exists()
