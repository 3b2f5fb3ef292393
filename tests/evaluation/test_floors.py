import json
from typing import Any

import pytest

from onrecord.corpus.errors import DataError
from onrecord.evaluation.floors import (
    Floor,
    Floors,
    below,
    check_gold,
    falls,
    lowered,
    parse_floors,
    raised,
    with_reason,
)

GOLD = {"articles.jsonl": "a" * 64, "records.jsonl": "b" * 64}
NEW = {"articles.jsonl": "c" * 64, "records.jsonl": "d" * 64}
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0]\n\n### Changed\n\n- Old.\n"


def floors(**floor_of: float) -> Floors:
    metrics = {path: Floor(floor=floor, measured=floor + 0.02) for path, floor in floor_of.items()}
    return Floors(gold=GOLD, split="dev", models={"quotes": "q 1"}, margin=0.02, metrics=metrics)


def values(held: Floors) -> dict[str, float]:
    return {path: floor.floor for path, floor in held.metrics.items()}


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({"f1": 0.8, "name": 0.6}, []),
        ({"f1": 0.7999, "name": 0.6}, ["f1 is 0.7999; its floor is 0.800"]),
        ({"f1": 0.9, "name": None}, ["name is nothing to score; its floor is 0.600"]),
        ({"f1": 0.9}, ["name is nothing to score; its floor is 0.600"]),
    ],
)
def test_below(scores: dict[str, float | None], expected: list[str]) -> None:
    assert [str(item) for item in below(floors(f1=0.8, name=0.6), scores)] == expected


def test_raising_keeps_the_margin_and_never_lowers() -> None:
    before = floors(f1=0.8, name=0.6)
    after = raised(before, {"f1": 0.8519, "name": 0.61}, gold=NEW, models={"quotes": "q 2"})
    assert values(after) == {"f1": 0.831, "name": 0.6}  # rounded down; 0.59 would be lower than it was
    assert after.metrics["name"].measured == 0.61
    assert (after.gold, after.models, after.split) == (NEW, {"quotes": "q 2"}, "dev")
    assert raised(after, {"f1": 0.8519, "name": 0.61}, gold=NEW, models={"quotes": "q 2"}) == after


@pytest.mark.parametrize("score", [0.79, None])
def test_raising_refuses_what_would_lower(score: float | None) -> None:
    with pytest.raises(DataError, match=r"1 scores are below their floors.*\n  f1 is"):
        raised(floors(f1=0.8, name=0.6), {"f1": score, "name": 0.9}, gold=NEW, models={})


def test_lowering_touches_only_what_is_not_met() -> None:
    before = floors(f1=0.8, name=0.6, kind=0.9)
    after = lowered(before, {"f1": 0.75, "name": 0.605, "kind": 0.95}, gold=NEW, models={})
    assert values(after) == {"f1": 0.73, "name": 0.6, "kind": 0.93}
    assert falls(before, after) == ["f1 0.800 → 0.730"]
    assert not below(after, {"f1": 0.75, "name": 0.605, "kind": 0.95})
    with pytest.raises(DataError, match="f1: nothing to score"):
        lowered(before, {"f1": None, "name": 0.7, "kind": 0.95}, gold=NEW, models={})


def test_a_floor_is_never_below_nought() -> None:
    assert values(lowered(floors(f1=0.5), {"f1": 0.01}, gold=GOLD, models={})) == {"f1": 0.0}


def test_another_gold_corpus_is_an_error_that_says_the_remedy() -> None:
    check_gold(floors(f1=0.8), GOLD, remedy="pin it anew")
    with pytest.raises(DataError, match=r"records.jsonl has SHA-256 d{12}…, the floors are for b{12}…; pin it anew"):
        check_gold(floors(f1=0.8), GOLD | {"records.jsonl": "d" * 64}, remedy="pin it anew")
    with pytest.raises(DataError, match=r"records.jsonl is missing"):
        check_gold(floors(f1=0.8), {"articles.jsonl": "a" * 64}, remedy="pin it anew")


def test_the_file_comes_back_as_it_was_written() -> None:
    held = floors(f1=0.8)
    assert parse_floors(held.to_json(), place="floors.json") == held
    assert json.loads(held.to_json())["schema"] == "onrecord/floors/1"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "onrecord/floors/2"}, "floors.json: schema"),
        ({"metrics": {"f1": {"floor": 80, "measured": 0.8}}}, "floors.json: metrics.f1.floor"),
        ({"flor": 1}, "floors.json: flor"),
    ],
)
def test_a_file_of_another_form(change: dict[str, Any], message: str) -> None:
    with pytest.raises(DataError, match=message):
        parse_floors(json.dumps(json.loads(floors(f1=0.8).to_json()) | change), place="floors.json")


def test_the_reason_goes_under_what_is_not_released() -> None:
    once = with_reason(CHANGELOG, ["f1 0.800 → 0.730"], "the gold corpus\ngrew harder", place="C.md")
    head, _, released = once.partition("## [0.1.0]")
    entry = "- Quality floors lowered (f1 0.800 → 0.730): the gold corpus grew harder\n"
    assert f"## [Unreleased]\n\n### Changed\n\n{entry}\n### Added\n" in head
    assert released == CHANGELOG.partition("## [0.1.0]")[2]
    twice = with_reason(once, ["name 0.600 → 0.500"], "again", place="C.md")
    assert twice.count("### Changed") == 2
    assert f"### Changed\n\n- Quality floors lowered (name 0.600 → 0.500): again\n{entry}" in twice
    with pytest.raises(DataError, match=r"C\.md: no line"):
        with_reason("# Changelog\n", [], "x", place="C.md")
