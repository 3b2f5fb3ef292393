import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from onrecord.corpus.errors import DataError
from onrecord.corpus.record import Record
from onrecord.evaluation.files import read_documents
from onrecord.evaluation.rows import read_rows


def write(path: Path, rows: Sequence[dict[str, Any] | Record]) -> Path:
    lines = [row.to_json() if isinstance(row, Record) else json.dumps(row) for row in rows]
    content = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


@pytest.fixture
def folder(tmp_path: Path, gold: Sequence[Record], text: str) -> Path:
    made = tmp_path / "gold"
    made.mkdir()
    other = {"id": "silent", "text": "Nobody spoke.", "split": "test"}
    write(made / "articles.jsonl", [{"id": "harbour", "text": text, "split": "dev", "genre": "local"}, other])
    write(made / "records.jsonl", gold)
    return made


def changed(record: Record, **parts: Any) -> dict[str, Any]:
    """A record's row with some parts replaced; a part's name leads to it by `__`."""
    row: dict[str, Any] = json.loads(record.to_json())
    for path, value in parts.items():
        *parents, last = path.split("__")
        branch = row
        for name in parents:
            branch = branch[int(name)] if name.isdigit() else branch[name]
        branch[last] = value
    return row


@pytest.mark.parametrize("name", ["pred.jsonl", "pred.jsonl.gz"])
def test_a_gold_folder(folder: Path, tmp_path: Path, gold: Sequence[Record], name: str) -> None:
    documents = read_documents(write(tmp_path / name, gold[:2]), folder)
    assert [(document.id, len(document.gold), len(document.pred), document.predicted) for document in documents] == [
        ("harbour", 4, 2, True),
        ("silent", 0, 0, False),
    ]
    assert documents[0].traits == {"genre": "local"}


def test_a_split_is_scored_alone(folder: Path, tmp_path: Path, gold: Sequence[Record]) -> None:
    pred = write(tmp_path / "pred.jsonl", gold)
    assert [document.id for document in read_documents(pred, folder, split="dev")] == ["harbour"]
    assert [len(document.pred) for document in read_documents(pred, folder, split="test")] == [0]
    with pytest.raises(DataError, match="its splits are dev, test"):
        read_documents(pred, folder, split="train")


def test_a_plain_gold_file_scores_its_own_articles(folder: Path, tmp_path: Path, gold: Sequence[Record]) -> None:
    records = write(tmp_path / "records_only.jsonl", gold)
    with pytest.raises(DataError, match="name them with --articles"):
        read_documents(records, records)
    documents = read_documents(records, records, articles=folder / "articles.jsonl")
    assert [document.id for document in documents] == ["harbour"]


def test_articles_with_attributions_on_either_side(tmp_path: Path, gold: Sequence[Record], text: str) -> None:
    row = {
        "id": "harbour",
        "text": text,
        "attributions": [{"content": [[0, 28]], "source": [[30, 44]]}, {"content": []}],
    }
    rows = write(tmp_path / "gold.jsonl", [row])
    (document,) = read_documents(write(tmp_path / "pred.jsonl", gold), rows)
    assert [len(document.gold), len(document.pred)] == [1, 4]
    assert document.gold[0].of.speaker is None
    (document,) = read_documents(rows, rows)
    assert document.gold[0].tokens == document.pred[0].tokens


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".sqlite", ".duckdb"])
def test_tables_are_no_records(folder: Path, tmp_path: Path, ending: str) -> None:
    (tmp_path / f"pred{ending}").write_bytes(b"\x00\x01")
    with pytest.raises(DataError, match=r"read from JSON lines; extract with -o pred\.jsonl"):
        read_documents(tmp_path / f"pred{ending}", folder)


def test_empty_predictions_are_no_error(folder: Path, tmp_path: Path) -> None:
    documents = read_documents(write(tmp_path / "pred.jsonl", []), folder)
    assert [len(document.pred) for document in documents] == [0, 0]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"article__id": "quay"}, "article 'quay' is not in the gold set of 2 articles (harbour, silent)"),
        ({"article__sha256": "0" * 64}, "was made on another text of article 'harbour' than gold's"),
        (
            {"quote__text": ["The levy will close the pond"]},
            "quote.text[0] at 0..28 differs at character 26: the article has 'vy will close the port'",
        ),
        (
            {"speaker__mention__text": "Marta Oyelarin"},
            "speaker.mention.text at 30..44 differs at character 42: the article has 'Marta Oyelaran' there",
        ),
        (
            {"stances__0__label": "pro"},
            "pred.jsonl:1: stances.0.label: Input should be 'favor', 'against' or 'neutral'",
        ),
        ({"quote__spans": [{"start": 5, "end": 5}]}, "span 5..5 is empty"),
        ({"quote": 3}, "pred.jsonl:1: quote:"),
    ],
)
def test_records_that_do_not_fit(
    parts: dict[str, Any], message: str, folder: Path, tmp_path: Path, gold: Sequence[Record]
) -> None:
    pred = write(tmp_path / "pred.jsonl", [changed(gold[0], **parts)])
    with pytest.raises(DataError) as caught:
        read_documents(pred, folder)
    assert message in str(caught.value)
    assert "pred.jsonl:1" in str(caught.value)


def test_the_first_differing_place_is_named(folder: Path, tmp_path: Path, gold: Sequence[Record], text: str) -> None:
    pred = write(tmp_path / "pred.jsonl", [changed(gold[0], article__sha256="1" * 64)])
    theirs = write(tmp_path / "theirs.jsonl", [{"id": "harbour", "text": text.replace("Monday", "Sunday")}])
    with pytest.raises(DataError, match=f"first differ at character {text.index('Monday')}: gold has .*Mon"):
        read_documents(pred, folder, articles=theirs)


def test_all_misfits_are_counted(folder: Path, tmp_path: Path, gold: Sequence[Record]) -> None:
    rows = [changed(record, article__id="quay", id=f"quay#{number}") for number, record in enumerate(gold)]
    with pytest.raises(DataError, match=r"^4 records do not fit the gold set:\n(.*\n){3}and 1 more$"):
        read_documents(write(tmp_path / "pred.jsonl", rows), folder)


def test_a_single_misfit_is_said_as_one(folder: Path, tmp_path: Path, gold: Sequence[Record]) -> None:
    with pytest.raises(DataError, match=r"^one record does not fit the gold set:\n"):
        read_documents(write(tmp_path / "pred.jsonl", [changed(gold[0], article__id="quay")]), folder)


@pytest.mark.parametrize("part", [{"stances__0__label": "pro"}, {"article__sha256": "0" * 64}])
def test_faults_of_gold_point_to_the_list_of_all(
    part: dict[str, Any], folder: Path, tmp_path: Path, gold: Sequence[Record]
) -> None:
    pred = write(tmp_path / "pred.jsonl", gold)
    write(folder / "records.jsonl", [changed(gold[0], **part), *gold[1:]])
    with pytest.raises(DataError, match=r"records.jsonl:1: .*`onrecord corpus check .*gold` lists all faults"):
        read_documents(pred, folder)


def test_every_line_must_have_the_form_of_the_first(tmp_path: Path, folder: Path, gold: Sequence[Record]) -> None:
    article: dict[str, Any] = {"id": "harbour", "attributions": []}
    with pytest.raises(DataError, match=r'pred.jsonl:2: every line must have a list of "attributions"'):
        read_documents(write(tmp_path / "pred.jsonl", [article, {"id": "silent"}]), folder)
    with pytest.raises(DataError, match=r'pred.jsonl:2: every line must have a list of "attributions"'):
        read_documents(write(tmp_path / "pred.jsonl", [article, gold[0]]), folder)
    with pytest.raises(DataError, match=r"pred\.jsonl:2: neither a record"):
        read_documents(write(tmp_path / "pred.jsonl", [gold[0], article]), folder)


def test_double_ids(folder: Path, tmp_path: Path, gold: Sequence[Record]) -> None:
    with pytest.raises(DataError, match=r"pred.jsonl:3: id 'harbour#\w+' stands at .*pred.jsonl:1 already"):
        read_documents(write(tmp_path / "pred.jsonl", [gold[0], gold[1], gold[0]]), folder)
    write(folder / "records.jsonl", [*gold, gold[1]])
    with pytest.raises(DataError, match=r"records.jsonl:5: id"):
        read_documents(write(tmp_path / "pred.jsonl", gold), folder)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"id": "harbour", "attributions": [{"content": [[0, 9999]]}]}, "ends behind the gold text"),
        ({"id": "harbour", "attributions": [{"content": [[7, 7]]}]}, "attribution 0: spans must be"),
        ({"id": "harbour", "attributions": [{"content": [["a", 7]]}]}, "attribution 0: spans must be"),
        ({"id": "harbour", "attributions": [{"content": [[1.5, 7]]}]}, "attribution 0: spans must be"),
        ({"id": "harbour", "attributions": [{"content": "0-7"}]}, "attribution 0: spans must be .* content has '0-7'"),
        ({"id": "harbour", "attributions": [{"content": [[0, 7]], "source": [3]}]}, "source has '3'"),
        ({"id": "harbour", "attributions": [7]}, "pred.jsonl:1: attribution 0: must be an object"),
        ({"id": "harbour", "attributions": 7}, "pred.jsonl:1: every line must have a list of"),
        ({"id": "quay", "attributions": []}, "article 'quay' is not in the gold set"),
        ({"place": "x", "reason": "y"}, "neither a record"),
    ],
)
def test_other_rows_that_do_not_fit(row: dict[str, Any], message: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=message):
        read_documents(write(tmp_path / "pred.jsonl", [row]), folder)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": 1}\nnot json\n', "rows.jsonl:2: not JSON: "),
        (b"[1]\n", "rows.jsonl:1: a line must be a JSON object, this is list"),
        (b'{"a": "\xff"}\n', "rows.jsonl:1: not UTF-8"),
    ],
)
def test_broken_lines(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        list(read_rows(path))


def test_missing_files(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(DataError, match=r"pred.jsonl: cannot be read: No such file"):
        read_documents(tmp_path / "pred.jsonl", folder)
    with pytest.raises(DataError, match=r"no records.jsonl in it"):
        read_documents(folder / "records.jsonl", tmp_path)
