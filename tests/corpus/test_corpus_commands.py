"""Checks list everything that is wrong; statistics count what there is; both through the commands."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from onrecord.corpus.checks import check_data
from onrecord.corpus.command import GOLD, ConvertJob, run_convert
from onrecord.corpus.errors import DataError
from onrecord.corpus.gold_markup import LEMMA_TABLE, read_gold_sources, write_gold
from onrecord.corpus.loaders.fingerprint import Fingerprint
from onrecord.corpus.loaders.known import copy_of, known_set
from onrecord.corpus.statistics import statistics
from onrecord.pipeline.cli import app

Change = Callable[[dict[str, Any]], object]


def quiet() -> Console:
    return Console(file=io.StringIO())


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_lines(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One article of the gold corpus with its first three records."""
    [article, *_] = lines_of(GOLD / "articles.jsonl")
    records = [row for row in lines_of(GOLD / "records.jsonl") if row["article"]["id"] == article["id"]]
    write_lines(tmp_path / "articles.jsonl", [article])
    write_lines(tmp_path / "records.jsonl", [record | {"annotators": ["x"]} for record in records[:3]])
    return tmp_path


def test_the_shipped_corpus_has_no_faults() -> None:
    assert check_data(GOLD) == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r["quote"]["text"].__setitem__(0, "else"), "quote.text[0] at"),
        (lambda r: r["quote"]["spans"][-1].update(end=10**6), "ends behind the text"),
        (lambda r: r["quote"]["context"].update(start=0, end=1), "quote.context must reach from"),
        (lambda r: r["quote"].update(type="loud"), "quote.type: Input should be 'direct', 'mixed' or 'indirect'"),
        (lambda r: r["quote"].update(nested_in="a#0"), "quote.nested_in: there is no record 'a#0'"),
        (lambda r: r["speaker"].update(kind="robot"), "speaker.kind: Input should be"),
        (lambda r: r["cue"].update(text="sang"), "cue.text at"),
        (lambda r: r["article"].update(sha256="0" * 64), "article.sha256 000000000000… is not that of the text"),
        (lambda r: r["article"].update(id="b"), "article 'b' is not among the 1 articles"),
        (lambda r: r.update(id="a#1"), "id 'a#1' is not that of its spans"),
        (lambda r: r.update(stances=[{"target": "the moon", "label": "favor"}]), "target 'the moon' is none of"),
        (lambda r: r.update(stances=[{"target": "the moon", "label": "pro"}]), "stances.0.label: Input should be"),
        (lambda r: r.update(stances=2 * [{"target": "m", "label": "favor"}]), "2 entries on the target 'm'"),
    ],
)
def test_faults_of_records(folder: Path, change: Change, message: str) -> None:
    records = lines_of(folder / "records.jsonl")
    change(records[1])
    write_lines(folder / "records.jsonl", records)
    faults = check_data(folder)
    assert any(message in fault.message for fault in faults), faults
    assert {fault.place for fault in faults} == {f"{folder / 'records.jsonl'}:2"}
    assert check_data(folder / "records.jsonl") == faults


def test_a_folder_without_articles_is_faulty(folder: Path) -> None:
    for name in ("articles.jsonl", "records.jsonl"):
        write_lines(folder / name, [])
    assert [str(fault) for fault in check_data(folder)] == [f"{folder / 'articles.jsonl'}: holds no articles"]


def test_all_faults_are_listed(folder: Path) -> None:
    first, second, third = lines_of(folder / "records.jsonl")
    first["quote"]["type"], first["speaker"]["kind"] = "loud", "robot"
    second["quote"]["text"][0] = "else"
    second["cue"]["text"] = "sang"
    write_lines(folder / "records.jsonl", [first, second, third, third])
    with (folder / "records.jsonl").open("a", encoding="utf-8") as out:
        out.write("{\n[1]\n")
    (folder / "HASHES").write_text(f"{'0' * 64}  records.jsonl\n{'0' * 64}  gone.jsonl\n", encoding="utf-8")
    found = [(fault.place.removeprefix(f"{folder}/"), fault.message) for fault in check_data(folder)]
    assert sorted(place for place, _ in found) == [
        "HASHES:1",
        "HASHES:2",
        *2 * ["records.jsonl:1"],
        *2 * ["records.jsonl:2"],
        "records.jsonl:4",
        "records.jsonl:5",
        "records.jsonl:6",
    ]
    with pytest.raises(DataError, match="lists all faults"):
        statistics(folder)


@pytest.mark.parametrize(
    ("article", "message"),
    [
        ({"id": "a"}, 'an article needs "id" and "text"'),
        ({"id": "a", "text": "Boats.", "sha256": "12"}, "sha256 12… is not that of the text"),
        ({"id": "a", "text": "Boats.", "blocks": [{"start": 0, "end": 3, "kind": "paragraph"}]}, "the last ends at 3"),
        ({"id": "a", "text": "Boats.", "blocks": [{"start": 1, "end": 6, "kind": "paragraph"}]}, "one begins at 1"),
        ({"id": "a", "text": "Boats.", "blocks": [{"start": 0, "end": 6, "kind": "poem"}]}, "0.kind: Input should be"),
        ({"id": "a", "text": "Boats.", "attributions": [{"content": [[0, 9]]}]}, "attributions[0].content: [0, 9]"),
        ({"id": "a", "text": "Boats.", "attributions": [{"content": [[3, 3]]}]}, "attributions[0].content: [3, 3]"),
        ({"id": "a", "text": "Boats.", "attributions": [{"cue": [["x", 3]]}]}, "attributions[0].cue: ['x', 3]"),
        ({"id": "a", "text": "Boats.", "attributions": ["x"]}, "attributions[0]: an object is due"),
        ({"id": "a", "text": "Boats.", "attributions": 3}, "attributions: a list is due"),
    ],
)
def test_faults_of_articles(tmp_path: Path, article: dict[str, Any], message: str) -> None:
    write_lines(tmp_path / "a.jsonl", [{"id": "z", "text": "Fine."}, article, {"id": "z", "text": "Again."}])
    first, double = check_data(tmp_path / "a.jsonl")
    assert message in first.message
    assert first.place.endswith("a.jsonl:2")
    assert (double.place, double.message[:22]) == (f"{tmp_path}/a.jsonl:3", "id 'z' stands at " + f"{tmp_path}"[:5])


def test_faults_of_stance_rows(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "text": "a", "target": "t", "label": "favor"},
        {"id": "1", "text": " ", "target": "t", "label": "favor"},
        {"id": "2", "text": "a", "label": "pro"},
    ]
    write_lines(tmp_path / "rows.jsonl", rows)
    places = [fault.place.rpartition(":")[2] for fault in check_data(tmp_path / "rows.jsonl")]
    assert places == ["2", "2", "3", "3"]


def test_faults_of_markup(tmp_path: Path) -> None:
    source = (GOLD / "sources" / "a01-kelda-pilots.txt").read_text(encoding="utf-8")
    path = tmp_path / "a.txt"
    path.write_text(source.replace("split:", "spilt:").replace("| direct |", "| loud |", 1), encoding="utf-8")
    shutil.copy(GOLD / "sources" / "a02-marrow-library.txt", tmp_path)
    faults = check_data(path)
    assert len(faults) >= 3
    assert all(fault.place.startswith(f"{path}:") for fault in faults)
    assert [fault.place for fault in check_data(tmp_path)] == [fault.place for fault in faults]


def test_what_is_no_annotated_data(tmp_path: Path, folder: Path) -> None:
    write_lines(tmp_path / "x.jsonl", [{"a": 1}])
    with pytest.raises(DataError, match="neither records, articles, nor stance rows; it has a"):
        check_data(tmp_path / "x.jsonl")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(folder / "records.jsonl", alone)
    with pytest.raises(DataError, match="give --articles"):
        check_data(alone / "records.jsonl")
    assert check_data(alone / "records.jsonl", articles=folder / "articles.jsonl") == []


def test_statistics_of_markup_and_of_what_is_made_from_it_agree(tmp_path: Path) -> None:
    shutil.copy(GOLD / LEMMA_TABLE, tmp_path)
    sources = tmp_path / "sources"
    sources.mkdir()
    shutil.copy(GOLD / "sources" / "a01-kelda-pilots.txt", sources)
    shutil.copy(GOLD / "sources" / "a02-marrow-library.txt", sources)
    write_gold(read_gold_sources(sources), tmp_path)
    assert check_data(sources) == check_data(tmp_path) == []
    found = statistics(tmp_path)
    assert found == statistics(sources)
    records = lines_of(tmp_path / "records.jsonl")
    assert found["total"]["articles"] == 2
    assert found["total"]["quotations"] == len(records)
    assert sum(found["type"].values()) == sum(found["speaker kind"].values()) == len(records)
    assert sum(found["stance"].values()) == sum(len(record["stances"]) for record in records)


def test_statistics_of_files(tmp_path: Path) -> None:
    attributions = [{"content": [[0, 1], [2, 3]], "source": [[4, 5]]}, {"content": [[0, 2]], "cue": [[3, 4]]}]
    write_lines(tmp_path / "a.jsonl", [{"id": "a", "text": "Boats sink.", "attributions": attributions}])
    assert statistics(tmp_path / "a.jsonl") == {
        "total": {"articles": 1, "attributions": 2, "words": 2},
        "shape": {"in several pieces": 1, "without a cue": 1, "without a source": 1},
    }
    write_lines(tmp_path / "s.jsonl", [{"text": "a", "target": "t", "label": "favor", "sure": False}])
    assert statistics(tmp_path / "s.jsonl")["stance"] == {"favor": 1}
    assert statistics(tmp_path / "s.jsonl")["reader"] == {"unsure": 1}


def test_commands(folder: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    listed = runner.invoke(app, ["corpus", "list"])
    assert listed.exit_code == 0
    assert "hashes: as pinned" in listed.stdout
    assert "github.com/THUNLP-MT/DirectQuote" in listed.stdout
    assert {item["name"] for item in json.loads(runner.invoke(app, ["corpus", "list", "--json"]).stdout)["loaders"]} > {
        "vast",
        "parc3",
    }
    assert runner.invoke(app, ["corpus", "check", str(folder)]).exit_code == 0
    assert "quotations" in runner.invoke(app, ["corpus", "stats"]).stdout
    assert json.loads(runner.invoke(app, ["corpus", "stats", str(folder), "--json"]).stdout)["total"]["quotations"] == 3
    records = lines_of(folder / "records.jsonl")
    records[0]["quote"]["text"][0] = "else"
    write_lines(folder / "records.jsonl", records)
    checked = runner.invoke(app, ["corpus", "check", str(folder)])
    assert checked.exit_code == 1
    assert checked.stdout.startswith(f"{folder / 'records.jsonl'}:1: quote.text[0] at")
    tweets = tmp_path / "t.txt"
    tweets.write_text("ID\tTarget\tTweet\tStance\n1\tAtheism\tTea\tNONE\n", encoding="utf-8")
    out = tmp_path / "rows.jsonl"
    assert (
        runner.invoke(app, ["corpus", "convert", str(tweets), "--form", "semeval2016", "-o", str(out)]).exit_code == 0
    )
    assert lines_of(out)[0]["label"] == "neutral"


def test_converting_any_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    source, out = tmp_path / "mine.csv", tmp_path / "rows.jsonl"
    source.write_text("said,about,side\nNo,trams,con\n", encoding="utf-8")
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    columns = ("text=said", "target=about", "label=side")
    job = ConvertJob(str(source), out, "generic", columns=columns, labels=("con=against",), sha256=digest)
    assert run_convert(job, quiet()) == 0
    assert lines_of(out) == [
        {"id": "mine-1", "text": "No", "target": "trams", "label": "against", "dataset": "mine", "sure": True}
    ]


@pytest.mark.parametrize(
    ("job", "message"),
    [
        ({"sha256": "0" * 64}, "1 file, 2 bytes, SHA-256 .*; the hash due is 000"),
        ({"source": "gone.csv"}, "gone.csv: does not exist; `onrecord corpus list` says from where to fetch vast"),
        ({"source": "gone.csv", "sha256": "00"}, "gone.csv: does not exist"),
        ({"source": "gone.csv", "sha256": "00", "form": "generic"}, "gone.csv: no file here, so it has no hash"),
        ({"form": "polnear"}, "polnear is read from a folder"),
        ({"columns": ("text=a",)}, "--column and --label are for --form generic; vast has its own"),
        ({"form": "generic", "columns": ("text",)}, "'text': NAME=VALUE is due"),
    ],
)
def test_converting_refuses(tmp_path: Path, job: dict[str, Any], message: str) -> None:
    (tmp_path / "v.csv").write_text("a\n", encoding="utf-8")
    whole = {"source": str(tmp_path / "v.csv"), "out": tmp_path / "o.jsonl", "form": "vast"} | job
    with pytest.raises(DataError, match=message):
        run_convert(ConvertJob(**whole), quiet())
    assert not (tmp_path / "o.jsonl").exists()


def test_converting_says_licence_source_and_hash(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Tweet,Target,Stance\nTea,Atheism,NONE\n", encoding="utf-8")
    said = io.StringIO()
    job = ConvertJob(str(tmp_path / "t.csv"), tmp_path / "o.jsonl", "pstance")
    assert run_convert(job, Console(file=said, width=200)) == 0
    assert "licence: none stated for the data" in said.getvalue()
    assert "on request from the authors" in said.getvalue()
    digest = hashlib.sha256((tmp_path / "t.csv").read_bytes()).hexdigest()
    assert f"1 file, 37 bytes, SHA-256 {digest}" in said.getvalue()
    assert "no hash of the release is known" in said.getvalue()


def test_a_folder_is_held_to_a_hash_of_the_files_that_count(tmp_path: Path) -> None:
    for name, content in {"text/a.txt": "Tea.", "attributions/a_1.ann": "", "notes.txt": "mine"}.items():
        (tmp_path / "set" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "set" / name).write_text(content, encoding="utf-8")
    copy = copy_of("polnear", tmp_path / "set")
    assert (copy.n_files, copy.n_bytes) == (2, 4)
    job = ConvertJob(str(tmp_path / "set"), tmp_path / "o.jsonl", "polnear", sha256=copy.sha256)
    assert run_convert(job, quiet()) == 0
    (tmp_path / "set" / "notes.txt").write_text("changed", encoding="utf-8")
    assert run_convert(job, quiet()) == 0
    (tmp_path / "set" / "text" / "a.txt").write_text("Coffee.", encoding="utf-8")
    with pytest.raises(DataError, match="fetch it again, or correct the hash"):
        run_convert(job, quiet())


def test_a_released_part_is_known_by_its_files() -> None:
    known = known_set("polnear")
    assert set(known.parts) == {"train", "dev"}
    assert known.released_part(known.parts["dev"]) == "dev"
    assert known.released_part(Fingerprint(178, 1_052_779, "0" * 64)) is None
