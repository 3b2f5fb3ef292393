"""Differences of two readings are named, and counted for the reading that the settled article adopts."""

import pytest

from onrecord.corpus.gold_differences import differences, settlement
from onrecord.corpus.gold_markup import parse_gold
from onrecord.corpus.gold_readings import Reading

HEADER = """id: levy
genre: wire report
style: british double
split: dev
annotators: reader-1
target: t1 | harbour levy
target: t2 | Ines Falk
entity: e1 | person | Marta Oyelaran | skipper | -
"""
FIRST = """---
{s1,2: Marta Oyelaran} {c1: said} {q1: the harbour levy was wrong} and {c2: had praised} {q2: Ines Falk}.
---
1 | e1 | indirect | t1: against |
2 | e1 | indirect | t2: favor |
"""
WITHOUT_PRAISE = FIRST.replace("{c2: had praised} {q2: Ines Falk}", "had praised Ines Falk").replace(
    "{s1,2:", "{s1:"
).replace("2 | e1 | indirect | t2: favor |\n", "").replace("t1: against", "t1: against; t2: neutral")  # fmt: skip

# What the second reader, or the settled article, has otherwise: a change of the whole source.
CHANGES = {
    "content": ("{q1: the harbour levy was wrong}", "{q1: the harbour levy} was wrong"),
    "cue": ("{c2: had praised}", "had {c2: praised}"),
    "source": ("{s1,2: Marta Oyelaran}", "Marta {s1,2: Oyelaran}"),
    "role": ("| skipper |", "| Marta |"),
    "organization": ("skipper | -", "skipper | harbour"),
    "stance, harbour levy": ("t1: against", "t1: neutral"),
}


def reading(second: str, settled: str | None = None) -> Reading:
    return Reading(
        first=parse_gold(HEADER + FIRST, place="first.txt"),
        second=parse_gold(second, place="second.txt"),
        settled=None if settled is None else parse_gold(settled, place="settled.txt"),
    )


def test_equal_readings_do_not_differ() -> None:
    assert differences(reading(HEADER + FIRST)) == []


@pytest.mark.parametrize("aspect", CHANGES)
def test_each_aspect_is_told_and_settled(aspect: str) -> None:
    first = HEADER + FIRST
    second = first.replace(*CHANGES[aspect])
    assert {found.aspect for found in differences(reading(second))} == {aspect}
    assert next(found.settled for found in differences(reading(second))) is None
    for settled, whose in ((first, "first"), (second, "second")):
        assert {found.settled for found in differences(reading(second, settled))} == {whose}
        assert settlement(reading(second, settled))["agreed, changed"] == 0


def test_what_an_entity_is_counts_once_however_often_it_speaks() -> None:
    second = (HEADER + FIRST).replace("| skipper |", "| - |")
    assert [found.line() for found in differences(reading(second))] == [
        "role: skipper <> None: [Marta Oyelaran] said: the harbour levy was wrong"
    ]


def test_a_third_value_is_for_neither() -> None:
    second, settled = ((HEADER + FIRST).replace("t1: against", f"t1: {label}") for label in ("neutral", "favor"))
    assert settlement(reading(second, settled)) == {"first": 0, "second": 0, "neither": 1, "agreed, changed": 0}


@pytest.mark.parametrize(("settled", "whose"), [(FIRST, "first"), (WITHOUT_PRAISE, "second")])
def test_an_attribution_of_one_reader_is_kept_or_dropped(settled: str, whose: str) -> None:
    found = differences(reading(HEADER + WITHOUT_PRAISE, HEADER + settled))
    assert found[0].line() == f"only first [{whose}]: [Marta Oyelaran] had praised: Ines Falk"


def test_changes_of_what_both_readers_had_are_counted() -> None:
    changed = FIRST.replace("t1: against", "t1: favor").replace("{c2: had praised}", "had {c2: praised}")
    assert settlement(reading(HEADER + FIRST, HEADER + changed))["agreed, changed"] == 2
    assert settlement(reading(HEADER + FIRST, HEADER + WITHOUT_PRAISE))["agreed, changed"] == 2  # and a stance
    role = HEADER.replace("skipper", "-")
    assert settlement(reading(HEADER + FIRST, role + FIRST))["agreed, changed"] == 1
    gained = reading(HEADER + WITHOUT_PRAISE, HEADER + FIRST)
    gained = Reading(first=gained.second, second=gained.second, settled=gained.settled)
    assert settlement(gained)["agreed, changed"] == 2


def test_a_record_that_both_had_and_the_settled_article_lacks_is_for_neither() -> None:
    second = (HEADER + FIRST).replace("t2: favor", "t2: against")
    counts = settlement(reading(second, HEADER + WITHOUT_PRAISE))
    assert counts["neither"] == 1
