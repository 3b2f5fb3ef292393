"""The gate as a command, on a gold folder of one article; and that what is pinned can be checked at all."""

import hashlib
import json
from pathlib import Path

import pytest

from onrecord.corpus.article import Span
from onrecord.corpus.record import record_id
from onrecord.evaluation.floors import MARGIN, Floor, Floors, parse_floors
from onrecord.evaluation.gates import metric_paths
from onrecord.pipeline.gate import EXIT_DONE, EXIT_FAILED, EXIT_GATE, FLOORS, GIVEN, gold_hashes, main

TEXT = "“The harbour levy must go,” Ana Vale, the mayor, said on Monday.\n\nRain fell on the boats all day.\n"
QUOTE = "“The harbour levy must go,”"


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    span, source = Span(start=0, end=len(QUOTE)), TEXT.index("Ana")
    article = {
        "id": "levy",
        "text": TEXT,
        "blocks": [{"start": 0, "end": len(TEXT), "kind": "paragraph"}],
        "split": "dev",
        "targets": ["harbour levy"],
    }
    record = {
        "id": record_id("levy", [span]),
        "article": {"id": "levy", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()},
        "quote": {"type": "direct", "spans": [span.model_dump()], "text": [QUOTE], "context": span.model_dump()},
        "speaker": {
            "kind": "person",
            "name": "Ana Vale",
            "mention": {"start": source, "end": source + 8, "text": "Ana Vale"},
            "entity": "e1",
        },
        "stances": [{"target": "harbour levy", "label": "against"}],
    }
    (folder / "articles.jsonl").write_text(json.dumps(article) + "\n", encoding="utf-8")
    (folder / "records.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    return folder


def pin(folder: Path, gold: dict[str, str], **floor_of: float) -> Path:
    metrics = {path.replace("__", "."): Floor(floor=floor, measured=floor) for path, floor in floor_of.items()}
    path = folder / "floors.json"
    path.write_text(Floors(gold=gold, split="dev", models={}, metrics=metrics).to_json(), encoding="utf-8")
    return path


def test_raise_check_lower(tmp_path: Path, gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stale = {"articles.jsonl": "0" * 64, "records.jsonl": "0" * 64}
    floors = pin(tmp_path, stale, quotes__overlap__f1=0.5, speakers__name__accuracy=0.5, given__stance__accuracy=0)
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## [Unreleased]\n", encoding="utf-8")
    options = ["--gold", str(gold), "--floors", str(floors), "--changelog", str(changelog)]

    assert main(options) == EXIT_FAILED
    assert "the gold corpus changed: articles.jsonl" in (said := capsys.readouterr().err)
    assert "make raise-floors" in said

    assert main([*options, "--raise"]) == EXIT_DONE
    held = parse_floors(floors.read_text(encoding="utf-8"), place="floors.json")
    assert held.gold == gold_hashes(gold)
    assert held.models["quotes"].startswith("quotes-minilm-l6 ")
    assert held.metrics["quotes.overlap.f1"] == Floor(floor=1 - MARGIN, measured=1)
    assert held.metrics["speakers.name.accuracy"].floor == 1 - MARGIN
    assert main(options) == EXIT_DONE

    too_high = pin(tmp_path, held.gold, quotes__overlap__f1=1.0, end_to_end__f1=1.0, quotes__overlap__nested__f1=0.1)
    capsys.readouterr()
    assert main(options) == EXIT_GATE
    assert "gate not met: quotes.overlap.nested.f1 is nothing to score" in capsys.readouterr().err
    assert main([*options, "--raise"]) == EXIT_FAILED
    assert "raising never lowers one" in capsys.readouterr().err
    before = too_high.read_text(encoding="utf-8")
    assert main([*options, "--lower", "--reason", "a test"]) == EXIT_FAILED  # a floor for nothing is no floor
    assert (too_high.read_text(encoding="utf-8"), changelog.read_text(encoding="utf-8")) == (
        before,
        "# Changelog\n\n## [Unreleased]\n",
    )

    (gold / "records.jsonl").write_text(
        (gold / "records.jsonl").read_text(encoding="utf-8").replace('"Ana Vale", "mention"', '"Bo Ek", "mention"'),
        encoding="utf-8",
    )
    pin(tmp_path, held.gold, speakers__name__accuracy=0.98)
    assert main([*options, "--lower", "--reason", "another speaker"]) == EXIT_DONE
    assert "(speakers.name.accuracy 0.980 → 0.000): another speaker" in changelog.read_text(encoding="utf-8")
    assert main(options) == EXIT_DONE


@pytest.mark.parametrize(
    "options", [["--lower"], ["--lower", "--reason", " "], ["--reason", "x"], ["--raise", "--lower", "--reason", "x"]]
)
def test_lowering_needs_a_reason(options: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(options)
    assert stopped.value.code == 2


def test_a_file_of_floors_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--floors", str(tmp_path / "none.json")]) == EXIT_FAILED
    assert "none.json: cannot be read" in capsys.readouterr().err


def test_what_is_pinned_names_scores_that_there_are() -> None:
    held = parse_floors(FLOORS.read_text(encoding="utf-8"), place=str(FLOORS))
    known = {*metric_paths(), *(f"{GIVEN}{path}" for path in metric_paths())}
    assert set(held.metrics) <= known
    assert all(floor.floor <= floor.measured for floor in held.metrics.values())
    assert set(held.gold) == {"articles.jsonl", "records.jsonl"}
