"""Two readings of one article are read together, and their attributions paired."""

from pathlib import Path

import pytest

from onrecord.corpus.errors import DataError
from onrecord.corpus.gold_agreement import main
from onrecord.corpus.gold_markup import parse_gold
from onrecord.corpus.gold_readings import Reading, pair_records, read_readings, stance_labels

HEADER = """id: levy
genre: wire report
style: british double
split: dev
annotators: reader-1
target: t1 | harbour levy
target: t2 | Ines Falk
entity: e1 | person | Marta Oyelaran | - | -
"""
FIRST = """---
{s1,2: Marta Oyelaran} {c1: said} {q1: the harbour levy was wrong} and {c2: praised} {q2: Ines Falk}.
---
1 | e1 | indirect | t1: against |
2 | e1 | indirect | t2: favor |
"""


@pytest.mark.parametrize(
    ("content", "is_paired"),
    [
        ("{q1: the harbour levy was wrong}", True),
        ("the harbour {q1: levy was wrong}", True),  # three of five tokens
        ("the harbour levy {q1: was wrong}", False),  # two of five
    ],
)
def test_half_of_the_tokens_make_a_pair(content: str, is_paired: bool) -> None:
    second = parse_gold(HEADER + FIRST.replace("{q1: the harbour levy was wrong}", content), place="second.txt")
    found = pair_records(Reading(first=parse_gold(HEADER + FIRST, place="first.txt"), second=second))
    paired = {first.quote.text[0] for first, _ in found}
    assert paired == ({"Ines Falk", "the harbour levy was wrong"} if is_paired else {"Ines Falk"})


def test_the_best_overlap_is_paired_first_and_nothing_twice() -> None:
    nested = HEADER + FIRST.replace("{q1: the", "{q1: {c3: the} {q3:").replace("wrong}", "wrong}}")
    first = parse_gold(nested + "3 | - | indirect | |\n", place="first.txt")
    second = parse_gold(HEADER + FIRST, place="second.txt")
    pairs = pair_records(Reading(first=first, second=second))
    assert [(a.quote.text, b.quote.text) for a, b in pairs] == [
        (("the harbour levy was wrong",), ("the harbour levy was wrong",)),
        (("Ines Falk",), ("Ines Falk",)),
    ]


def test_a_target_without_stance_has_a_label_of_its_own() -> None:
    gold = parse_gold(HEADER + FIRST, place="first.txt")
    assert [stance_labels(record, gold.targets) for record in gold.records] == [("against", "none"), ("none", "favor")]


@pytest.mark.parametrize("other", ["second_reading", "sources"])
def test_readings_of_different_texts_are_refused(tmp_path: Path, other: str) -> None:
    for name in ("first_reading", "second_reading", "sources"):
        (tmp_path / name).mkdir()
        body = FIRST.replace("praised", "hailed") if name == other else FIRST
        (tmp_path / name / "levy.txt").write_text(HEADER + body, encoding="utf-8")
    with pytest.raises(DataError, match="differs in text or targets"):
        read_readings(tmp_path)
    assert main([str(tmp_path)]) == 1


def test_a_second_reading_needs_a_first(tmp_path: Path) -> None:
    for name, article in (("first_reading", "toll"), ("second_reading", "levy")):
        (tmp_path / name).mkdir()
        source = (HEADER + FIRST).replace("id: levy", f"id: {article}")
        (tmp_path / name / "levy.txt").write_text(source, encoding="utf-8")
    with pytest.raises(DataError, match="'levy' stands in second_reading and not in first_reading"):
        read_readings(tmp_path)


def test_settled_articles_are_optional(tmp_path: Path) -> None:
    for name in ("first_reading", "second_reading"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "levy.txt").write_text(HEADER + FIRST, encoding="utf-8")
    assert [reading.settled for reading in read_readings(tmp_path)] == [None]
