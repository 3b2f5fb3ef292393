"""The gold folder as stance rows: what a stance model is asked about each quotation."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders.gold import load_gold_stances, read_gold_articles
from onrecord.corpus.loaders.known import converted_lines
from onrecord.corpus.record import record_id

TEXT = "Rain fell.\n\n“It must go,” Ana Vale said, “and soon.” Bo Ek wept.\n\nShe likes boats."
PIECES = ("“It must go,”", "“and soon.”")


def row(article: str, *, label: str = "against") -> dict[str, Any]:
    spans = [Span(start=TEXT.index(piece), end=TEXT.index(piece) + len(piece)) for piece in PIECES]
    source = TEXT.index("Ana Vale")
    return {
        "id": record_id(article, spans),
        "article": {"id": article, "sha256": hashlib.sha256(TEXT.encode()).hexdigest()},
        "quote": {
            "type": "direct",
            "spans": [span.model_dump() for span in spans],
            "text": PIECES,
            "context": {"start": spans[0].start, "end": spans[-1].end},
        },
        "speaker": {"kind": "person", "mention": {"start": source, "end": source + 8, "text": "Ana Vale"}},
        "stances": [{"target": "the levy", "label": label}, {"target": "Bo Ek", "label": "neutral"}],
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    ends = [TEXT.index("“It"), TEXT.index("She"), len(TEXT)]
    blocks = [
        {"start": start, "end": end, "kind": "paragraph"} for start, end in zip([0, *ends[:-1]], ends, strict=True)
    ]
    articles = [
        {"id": name, "text": TEXT, "blocks": blocks, "split": split, "targets": ["the levy", "Bo Ek"], "genre": "local"}
        for name, split in (("a", "dev"), ("b", "test"))
    ]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(item) + "\n" for item in articles), encoding="utf-8")
    lines = [json.dumps(row(name)) + "\n" for name in ("a", "b")]
    (tmp_path / "records.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_each_stance_is_a_row_with_speaker_and_paragraph(folder: Path) -> None:
    rows = list(load_gold_stances(folder))
    assert [(r.article, r.target, r.label.value) for r in rows] == [
        ("a", "the levy", "against"),
        ("a", "Bo Ek", "neutral"),
        ("b", "the levy", "against"),
        ("b", "Bo Ek", "neutral"),
    ]
    assert len({r.id for r in rows}) == 4
    assert {r.text for r in rows} == {"“It must go,” … “and soon.”"}
    assert {r.speaker for r in rows} == {"Ana Vale"}
    assert {r.context for r in rows} == {"“It must go,” Ana Vale said, “and soon.” Bo Ek wept."}


def test_one_split(folder: Path) -> None:
    assert {r.article for r in load_gold_stances(folder, split="test")} == {"b"}
    assert len(list(converted_lines("gold", folder, split="dev"))) == 2
    with pytest.raises(DataError, match="no article of split 'train'; it has dev, test"):
        list(load_gold_stances(folder, split="train"))


def test_articles_come_with_their_targets(folder: Path) -> None:
    articles, splits = read_gold_articles(folder)
    assert articles["a"].targets == ("the levy", "Bo Ek")
    assert splits == {"a": "dev", "b": "test"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "pro"}, r"records.jsonl:1: stances.0.label: .*corpus check"),
        ({"article": "z"}, "records.jsonl:1: article 'z' is not in"),
    ],
)
def test_faults_are_named_with_their_place(folder: Path, change: dict[str, str], message: str) -> None:
    line = json.dumps(row(**{"article": "a", **change}))
    (folder / "records.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=message):
        list(load_gold_stances(folder))


def test_a_record_that_does_not_fit_its_article(folder: Path) -> None:
    changed = row("a")
    changed["speaker"]["mention"]["text"] = "Ana Vane"
    (folder / "records.jsonl").write_text(json.dumps(changed) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"differs at character .*corpus check"):
        list(load_gold_stances(folder))
