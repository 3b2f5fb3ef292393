"""How far two readers of the gold corpus agree.

Spans are compared token by token (Krippendorff's alpha, nominal); attributions are paired by the overlap of their
contents, and speakers, types and stances compared on the pairs.
`python -m onrecord.corpus.gold_agreement GOLD_FOLDER` reads `first_reading/`, `second_reading/` and the settled
`sources/`, writes `agreement.json`, and lists every difference with the reading that it was settled for.

Source: Krippendorff, "Content Analysis", 4th edition (2018), chapter 12 (alpha for nominal data).
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError
from onrecord.corpus.gold_differences import differences, settlement
from onrecord.corpus.gold_markup import GoldArticle
from onrecord.corpus.gold_readings import (
    NO_STANCE,
    Pair,
    Reading,
    covered,
    pair_records,
    read_readings,
    speaker_key,
    stance_labels,
)
from onrecord.corpus.record import Record


def nominal_alpha(units: Iterable[tuple[Hashable, Hashable]]) -> float | None:
    """Krippendorff's alpha for two readers and nominal data: 1 - observed / expected disagreement; higher is better.

    Args:
        units: For each unit the two readers' values.

    Returns:
        Alpha, at most 1; 0 is chance. None where there are fewer than two units, or all values are one.
    """
    observed = Counter(units)
    n_units = sum(observed.values())
    values: Counter[Hashable] = Counter()
    for (first, second), n in observed.items():
        values[first] += n
        values[second] += n
    n_values = 2 * n_units
    if n_units < 2 or len(values) < 2:
        return None
    disagreement = sum(n for (first, second), n in observed.items() if first != second) / n_units
    expected = 1 - sum(n * (n - 1) for n in values.values()) / (n_values * (n_values - 1))
    return 1 - disagreement / expected


def agreement(readings: Sequence[Reading]) -> dict[str, Any]:
    """Returns all figures over some articles, rounded to three decimals; counts are whole numbers.

    Args:
        readings: The articles; both readings of one must have the same text and targets.

    Returns:
        `tokens` (alpha of content, cue, source inside/outside, of the number of contents a token is inside of, which
        alone sees nested ones, and of the roles a token has), `attributions` (counts, F1), `type`, `speaker` (shares
        over paired attributions; `alpha_same_entity`: whether two attributions of an article have one speaker) and
        `stance` (alpha with "no entry" as a label, and where both gave one).
    """
    pairs = [pair for reading in readings for pair in pair_records(reading)]
    n_first = sum(len(reading.first.records) for reading in readings)
    n_second = sum(len(reading.second.records) for reading in readings)
    stances = [labels for reading in readings for pair in pair_records(reading) for labels in _labels(reading, pair)]
    both = [labels for labels in stances if NO_STANCE not in labels]
    return {
        "articles": [reading.first.article.id for reading in readings],
        "tokens": {
            "n": sum(len(reading.tokens) for reading in readings),
            **{f"alpha_{role}": _rounded(nominal_alpha(_inside(readings, spans))) for role, spans in _ROLES.items()},
            "alpha_content_depth": _rounded(nominal_alpha(_depths(readings))),
            "alpha_roles": _rounded(nominal_alpha(_role_sets(readings))),
        },
        "attributions": {
            "n_first": n_first,
            "n_second": n_second,
            "n_paired": len(pairs),
            "f1": _rounded(2 * len(pairs) / (n_first + n_second)),
            "same_spans": _share(pairs, lambda record: record.quote.spans),
            "same_cue": _share(pairs, _cue_spans),
        },
        "type": {"alpha": _rounded(nominal_alpha((a.quote.type, b.quote.type) for a, b in pairs))},
        "speaker": {
            "same_kind": _share(pairs, lambda record: record.speaker.kind),
            "same_kind_and_name": _share(pairs, speaker_key),
            "same_mention": _share(pairs, _source_spans),
            "same_role": _share(pairs, lambda record: record.speaker.role),
            "same_organization": _share(pairs, lambda record: record.speaker.organization),
            "alpha_kind": _rounded(nominal_alpha((a.speaker.kind, b.speaker.kind) for a, b in pairs)),
            "alpha_same_entity": _rounded(nominal_alpha(_same_entity(readings))),
        },
        "stance": {
            "n": len(stances),
            "alpha": _rounded(nominal_alpha(stances)),
            "n_both": len(both),
            "alpha_both": _rounded(nominal_alpha(both)),
            "opposite": sum(1 for labels in both if set(labels) == {"favor", "against"}),
        },
    }


def _content_spans(record: Record) -> tuple[Span, ...]:
    return record.quote.spans


def _cue_spans(record: Record) -> tuple[Span, ...]:
    return () if record.cue is None else (record.cue,)


def _source_spans(record: Record) -> tuple[Span, ...]:
    return () if record.speaker.mention is None else (record.speaker.mention,)


_ROLES: dict[str, Callable[[Record], tuple[Span, ...]]] = {
    "content": _content_spans,
    "cue": _cue_spans,
    "source": _source_spans,
}


def _marked(
    gold: GoldArticle, tokens: Sequence[Span], spans_of: Callable[[Record], tuple[Span, ...]]
) -> frozenset[int]:
    return covered(tokens, [span for record in gold.records for span in spans_of(record)])


def _inside(readings: Sequence[Reading], spans_of: Callable[[Record], tuple[Span, ...]]) -> Iterable[tuple[bool, bool]]:
    for reading in readings:
        tokens = reading.tokens
        first, second = (_marked(gold, tokens, spans_of) for gold in (reading.first, reading.second))
        yield from ((i in first, i in second) for i in range(len(tokens)))


def _depths(readings: Sequence[Reading]) -> Iterable[tuple[int, int]]:
    for reading in readings:
        tokens = reading.tokens
        first, second = (
            Counter(i for record in gold.records for i in covered(tokens, record.quote.spans))
            for gold in (reading.first, reading.second)
        )
        yield from ((first[i], second[i]) for i in range(len(tokens)))


def _role_sets(readings: Sequence[Reading]) -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    for reading in readings:
        tokens = reading.tokens
        marked = [
            {role: _marked(gold, tokens, spans_of) for role, spans_of in _ROLES.items()}
            for gold in (reading.first, reading.second)
        ]
        for i in range(len(tokens)):
            first, second = (frozenset(role for role, held in by_role.items() if i in held) for by_role in marked)
            yield first, second


def _same_entity(readings: Sequence[Reading]) -> Iterable[tuple[bool, bool]]:
    """For any two paired attributions of an article: do they have one speaker? A missing source is never the same."""
    for reading in readings:
        for one, other in combinations(pair_records(reading), 2):
            first, second = (
                a.speaker.entity is not None and a.speaker.entity == b.speaker.entity
                for a, b in zip(one, other, strict=True)
            )
            yield first, second


def _labels(reading: Reading, pair: Pair) -> list[tuple[str, str]]:
    """Both readers' labels for each of the article's targets, in their order."""
    first, second = (stance_labels(record, reading.first.targets) for record in pair)
    return list(zip(first, second, strict=True))


def _share(pairs: Sequence[Pair], value: Callable[[Record], Hashable]) -> float | None:
    return _rounded(sum(value(first) == value(second) for first, second in pairs) / len(pairs)) if pairs else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def main(arguments: Sequence[str]) -> int:
    """Writes `agreement.json` into the gold folder and lists the differences; returns the exit status."""
    folder = Path(arguments[0])
    try:
        readings = read_readings(folder)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    (folder / "agreement.json").write_text(json.dumps(figures(readings), indent=1) + "\n", encoding="utf-8")
    for reading in readings:
        lines = "".join(f"{difference.line()}\n" for difference in differences(reading))
        sys.stdout.write(f"== {reading.first.article.id}\n{lines}")
    return 0


def figures(readings: Sequence[Reading]) -> dict[str, Any]:
    """Returns what `agreement.json` holds: agreement over all articles and in each, and how each was settled."""
    named = {reading.first.article.id: reading for reading in readings}
    return {
        "all": agreement(readings),
        "articles": {name: agreement([reading]) for name, reading in named.items()},
        "settled": {name: settlement(reading) for name, reading in named.items() if reading.settled is not None},
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
