"""Two readings of one gold article: their tokens, and which attributions of both are the same one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError
from onrecord.corpus.gold_markup import GoldArticle, read_gold_sources
from onrecord.corpus.record import Record

FIRST, SECOND, SETTLED = "first_reading", "second_reading", "sources"
"""Folders in the gold folder: two readings apart from each other, and what was made of them."""

MIN_OVERLAP = 0.5
"""Contents that share at least this much of their tokens (Jaccard) are one attribution: the usual bar."""

NO_STANCE = "none"
"""Label of a target that a reader gave no stance; it counts as a fourth label."""

_TOKEN = re.compile(r"\w+(?:['’]\w+)*")

Pair = tuple[Record, Record]


@dataclass(frozen=True)
class Reading:
    """Two readings of one article, and the article as it was settled between them (None: not yet)."""

    first: GoldArticle
    second: GoldArticle
    settled: GoldArticle | None = None

    @property
    def tokens(self) -> list[Span]:
        """The word tokens of the article."""
        text = self.first.article.text
        return [Span(start=match.start(), end=match.end()) for match in _TOKEN.finditer(text)]


def pair_records(reading: Reading) -> list[Pair]:
    """Pairs the attributions of both readings one to one, best overlap of contents first."""
    tokens = reading.tokens
    first = [(record, covered(tokens, record.quote.spans)) for record in reading.first.records]
    second = [(record, covered(tokens, record.quote.spans)) for record in reading.second.records]
    candidates = sorted(
        (
            (-len(a & b) / len(a | b), i, j)
            for i, (_, a) in enumerate(first)
            for j, (_, b) in enumerate(second)
            if a & b and len(a & b) >= MIN_OVERLAP * len(a | b)
        ),
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in candidates:
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((first[i][0], second[j][0]))
    return pairs


def covered(tokens: Sequence[Span], spans: Sequence[Span]) -> frozenset[int]:
    """Returns the indices of the tokens, given in order, that the spans touch."""
    return frozenset(
        i
        for span in spans
        for i in range(
            bisect_right(tokens, span.start, key=lambda token: token.end),
            bisect_left(tokens, span.end, key=lambda token: token.start),
        )
    )


def stance_labels(record: Record, targets: Sequence[str]) -> tuple[str, ...]:
    """Returns a record's label for each target, in their order; `NO_STANCE` where it has none."""
    labels = {stance.target: str(stance.label) for stance in record.stances}
    return tuple(labels.get(target, NO_STANCE) for target in targets)


def speaker_key(record: Record) -> tuple[str, str]:
    """Returns kind and name of a record's speaker, as two readers' are compared."""
    return str(record.speaker.kind), (record.speaker.name or "").casefold()


def read_readings(folder: Path) -> list[Reading]:
    """Reads the articles of the gold folder that have a second reading, by name.

    Raises:
        DataError: A second reading has no first one, or the text or targets of one article's readings differ.
    """
    first = {gold.article.id: gold for gold in read_gold_sources(folder / FIRST)}
    has_settled = (folder / SETTLED).exists()
    settled = {gold.article.id: gold for gold in read_gold_sources(folder / SETTLED)} if has_settled else {}
    readings = []
    for second in read_gold_sources(folder / SECOND):
        name = second.article.id
        if name not in first:
            raise DataError(f"{folder}: {name!r} stands in {SECOND} and not in {FIRST}")
        for place, other in ((FIRST, first[name]), (SETTLED, settled.get(name))):
            if other is not None and (other.article.text, other.targets) != (second.article.text, second.targets):
                raise DataError(
                    f"{folder}: {name!r} differs in text or targets between {place} and {SECOND}; tags alone may differ"
                )
        readings.append(Reading(first=first[name], second=second, settled=settled.get(name)))
    return readings
