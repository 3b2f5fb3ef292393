"""Floors: the least scores of the shipped models on the gold corpus, pinned beside its hash.

A floor is what was measured less a margin. Floors rise by one command; they fall only where somebody says why, and the
reason goes into the changelog. Pure: reads and writes nothing.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import ConfigDict, Field, ValidationError

from onrecord.corpus.article import Frozen
from onrecord.corpus.errors import DataError

MARGIN = 0.02
"""How far a floor lies below the score measured. Processors round 8-bit products in different ways: 8-bit and float
weights of one stance model are up to 1.8 points apart on its dev sets, and a gate must not fail for that."""
DECIMALS = 3
UNRELEASED = "## [Unreleased]"
CHANGED = "### Changed"

Scores = Mapping[str, float | None]
"""Scores by metric path, fractions of one; None where there was nothing to score."""


class Floor(Frozen):
    """One metric's floor, and what was measured when it was pinned."""

    floor: float = Field(ge=0, le=1)
    measured: float = Field(ge=0, le=1)


class Floors(Frozen):
    """What is pinned.

    Attributes:
        gold: SHA-256 of each file of the gold corpus, by name.
        split: The part of it that is scored.
        models: What the pipeline was run with when the floors were last written, with hashes of the weights.
        margin: That was kept below the scores.
        metrics: By path.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["onrecord/floors/1"] = Field("onrecord/floors/1", alias="schema")
    gold: dict[str, str]
    split: str
    models: dict[str, str]
    margin: float = Field(MARGIN, ge=0, lt=1)
    metrics: dict[str, Floor]

    def to_json(self) -> str:
        """Returns the file's content."""
        return json.dumps(self.model_dump(by_alias=True), indent=2, ensure_ascii=False) + "\n"


@dataclass(frozen=True)
class Below:
    """A metric that is below its floor; `found` is None where there was nothing to score."""

    path: str
    floor: float
    found: float | None

    def __str__(self) -> str:
        found = "nothing to score" if self.found is None else f"{self.found:.4f}"
        return f"{self.path} is {found}; its floor is {self.floor:.{DECIMALS}f}"


def parse_floors(content: str, *, place: str) -> Floors:
    """Reads the file of floors.

    Raises:
        DataError: It is not of that form.
    """
    try:
        return Floors.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(f"{place}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def check_gold(floors: Floors, gold: Mapping[str, str], *, remedy: str) -> None:
    """Raises DataError where the gold corpus is not the one that the floors were measured on.

    Args:
        floors: What is pinned.
        gold: SHA-256 of each file of the gold corpus as it is, by name.
        remedy: What to do about it.
    """
    for name, pinned in floors.gold.items():
        found = gold.get(name)
        if found != pinned:
            state = "is missing" if found is None else f"has SHA-256 {found[:12]}…"
            raise DataError(f"the gold corpus changed: {name} {state}, the floors are for {pinned[:12]}…; {remedy}")


def below(floors: Floors, scores: Scores) -> list[Below]:
    """Returns the metrics that are below their floor, in the floors' order."""
    return [
        Below(path, held.floor, scores.get(path))
        for path, held in floors.metrics.items()
        if (found := scores.get(path)) is None or found < held.floor
    ]


def raised(floors: Floors, scores: Scores, *, gold: Mapping[str, str], models: Mapping[str, str]) -> Floors:
    """Returns the floors for what was measured now: higher where the scores allow it, never lower.

    Args:
        floors: What was pinned; its metrics, margin and split stay.
        scores: What was measured now.
        gold: SHA-256 of each file of the gold corpus.
        models: What was run.

    Raises:
        DataError: A score is below its floor, so that pinning it would lower it.
    """
    fallen = below(floors, scores)
    if fallen:
        listed = "\n".join(f"  {item}" for item in fallen)
        raise DataError(f"{len(fallen)} scores are below their floors, and raising never lowers one:\n{listed}")
    return _pinned(floors, scores, gold=gold, models=models, fallen=frozenset())


def lowered(floors: Floors, scores: Scores, *, gold: Mapping[str, str], models: Mapping[str, str]) -> Floors:
    """Returns the floors for what was measured now: those that are not met fall, the others rise or stay.

    Args:
        floors: What was pinned.
        scores: What was measured now.
        gold: SHA-256 of each file of the gold corpus.
        models: What was run.

    Raises:
        DataError: A metric has nothing to score: a floor for it would hold nothing.
    """
    fallen = below(floors, scores)
    silent = [item.path for item in fallen if item.found is None]
    if silent:
        raise DataError(f"{silent[0]}: nothing to score, so no floor can be set; take it out of the file of floors")
    return _pinned(floors, scores, gold=gold, models=models, fallen=frozenset(item.path for item in fallen))


def _pinned(
    floors: Floors, scores: Scores, *, gold: Mapping[str, str], models: Mapping[str, str], fallen: frozenset[str]
) -> Floors:
    metrics = {}
    for path, held in floors.metrics.items():
        found = scores[path]
        if found is None:
            raise ValueError(f"{path} has no score; the callers see to that")
        new = max(0.0, math.floor((found - floors.margin) * 10**DECIMALS + 1e-9) / 10**DECIMALS)
        metrics[path] = Floor(
            floor=new if path in fallen else max(new, held.floor),
            measured=round(found, DECIMALS + 1),
        )
    return floors.model_copy(update={"gold": dict(gold), "models": dict(models), "metrics": metrics})


def falls(before: Floors, after: Floors) -> list[str]:
    """Returns, in words, each floor that is lower than it was."""
    return [
        f"{path} {held.floor:.{DECIMALS}f} → {after.metrics[path].floor:.{DECIMALS}f}"
        for path, held in before.metrics.items()
        if after.metrics[path].floor < held.floor
    ]


def with_reason(changelog: str, fallen: list[str], reason: str, *, place: str) -> str:
    """Returns a changelog with the fall of floors and its reason under what is not released yet.

    Args:
        changelog: Its text, in the form of keepachangelog.com.
        fallen: What `falls` says.
        reason: Why.
        place: The file, for messages.

    Raises:
        DataError: It has no section for what is not released yet.
    """
    if UNRELEASED not in changelog.splitlines():
        raise DataError(f"{place}: no line {UNRELEASED!r}, under which the reason belongs; add it")
    entry = f"- Quality floors lowered ({', '.join(fallen)}): {' '.join(reason.split())}"
    lines = changelog.splitlines()
    start = lines.index(UNRELEASED)
    end = next((place for place in range(start + 1, len(lines)) if lines[place].startswith("## ")), len(lines))
    section = lines[start:end]
    if CHANGED in section:
        section.insert(section.index(CHANGED) + 2, entry)
    else:
        section[1:1] = ["", CHANGED, "", entry]
    return "\n".join([*lines[:start], *section, *lines[end:]]) + "\n"
