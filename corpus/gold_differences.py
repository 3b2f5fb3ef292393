"""Where two readings of a gold article differ, and for which of them each difference was settled."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from onrecord.corpus.gold_readings import Reading, pair_records, speaker_key, stance_labels
from onrecord.corpus.record import Mention, Record

ATTRIBUTION = "attribution"
OF_ENTITIES = ("speaker", "role", "organization")
"""What a reader states once for an entity; a difference in it is one, however often the entity speaks."""

FOR_FIRST, FOR_SECOND, FOR_NEITHER = "first", "second", "neither"
AGREED = "agreed, changed"
"""Both readings had one value, and the settled article has another."""

_Located = tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Difference:
    """One thing that two readers see differently.

    Attributes:
        aspect: `attribution` (one reader alone has it), or what of a shared attribution differs.
        shown: The attribution, for people.
        first: The first reader's value; None where the first lacks the attribution.
        second: The second reader's.
        settled: Whose reading was adopted; None where there is no settled article to look at.
    """

    aspect: str
    shown: str
    first: str | None
    second: str | None
    settled: str | None = None

    def line(self) -> str:
        """Returns it as one line of text."""
        verdict = f" [{self.settled}]" if self.settled else ""
        if self.aspect == ATTRIBUTION:
            return f"only {FOR_SECOND if self.first is None else FOR_FIRST}{verdict}: {self.shown}"
        return f"{self.aspect}{verdict}: {self.first} <> {self.second}: {self.shown}"


def differences(reading: Reading) -> list[Difference]:
    """Lists where two readings of an article differ: unshared attributions first, then shared ones' aspects."""
    pairs = pair_records(reading)
    adopted = _adopted(reading)
    shared = {record.id for pair in pairs for record in pair}
    found = [
        Difference(ATTRIBUTION, _shown(record), _shown(record), None, _verdict(reading, for_first=record.id in adopted))
        for record in reading.first.records
        if record.id not in shared
    ]
    found += [
        Difference(
            ATTRIBUTION, _shown(record), None, _shown(record), _verdict(reading, for_first=record.id not in adopted)
        )
        for record in reading.second.records
        if record.id not in shared
    ]
    seen: set[Hashable] = set()
    for first, second in pairs:
        made_of_it = adopted.get(first.id) or adopted.get(second.id)
        values = aspects(first, reading.first.targets), aspects(second, reading.first.targets)
        final = None if made_of_it is None else aspects(made_of_it, reading.first.targets)
        for aspect, value in values[0].items():
            other = values[1][aspect]
            key = (aspect, first.speaker.entity, second.speaker.entity)
            if value == other or key in seen:
                continue
            if aspect in OF_ENTITIES:
                seen.add(key)
            whose = None
            if reading.settled is not None:
                whose = FOR_NEITHER if final is None else _whose(value, other, final[aspect])
            found.append(Difference(aspect, _shown(first), _text(value), _text(other), whose))
    return found


def settlement(reading: Reading) -> dict[str, int]:
    """Counts for whom an article's differences were settled, and the values changed on which both readers agreed."""
    verdicts = Counter(found.settled for found in differences(reading))
    counts = {whose: verdicts[whose] for whose in (FOR_FIRST, FOR_SECOND, FOR_NEITHER)}
    return counts | {AGREED: _changed(reading)}


def aspects(record: Record, targets: Sequence[str]) -> dict[str, Hashable]:
    """Returns what two readings of an attribution are compared in, by name of the aspect."""
    spans = tuple((s.start, s.end, text) for s, text in zip(record.quote.spans, record.quote.text, strict=True))
    stances = zip(targets, stance_labels(record, targets), strict=True)
    return {
        "content": spans,
        "type": str(record.quote.type),
        "cue": _place(record.cue),
        "source": _place(record.speaker.mention),
        "speaker": speaker_key(record),
        "role": record.speaker.role,
        "organization": record.speaker.organization,
        **{f"stance, {target}": label for target, label in stances},
    }


def _place(mention: Mention | None) -> _Located | None:
    return None if mention is None else ((mention.start, mention.end, mention.text),)


def _adopted(reading: Reading) -> dict[str, Record]:
    """The settled record of each reading's record, by the latter's id, which is the same in both for the same spans."""
    if reading.settled is None:
        return {}
    return {
        record.id: made_of_it
        for gold in (reading.first, reading.second)
        for record, made_of_it in pair_records(Reading(first=gold, second=reading.settled))
    }


def _verdict(reading: Reading, *, for_first: bool) -> str | None:
    if reading.settled is None:
        return None
    return FOR_FIRST if for_first else FOR_SECOND


def _whose(first: Hashable, second: Hashable, final: Hashable) -> str:
    return {first: FOR_FIRST, second: FOR_SECOND}.get(final, FOR_NEITHER)


def _changed(reading: Reading) -> int:
    """Counts settled values unlike the one both readers gave (of entities once) and attributions both had or lacked."""
    if reading.settled is None:
        return 0
    targets = reading.first.targets
    pairs = pair_records(reading)
    adopted = _adopted(reading)
    changed: set[Hashable] = set()
    for first, second in pairs:
        made_of_it = adopted.get(first.id) or adopted.get(second.id)
        if made_of_it is None:
            changed.add((ATTRIBUTION, first.id))
            continue
        final = aspects(made_of_it, targets)
        for (aspect, value), other in zip(
            aspects(first, targets).items(), aspects(second, targets).values(), strict=True
        ):
            if value == other != final[aspect]:
                changed.add((aspect, made_of_it.speaker.entity if aspect in OF_ENTITIES else made_of_it.id))
    known = {record.id for record in adopted.values()}
    changed |= {(ATTRIBUTION, record.id) for record in reading.settled.records if record.id not in known}
    return len(changed)


def _text(value: Hashable) -> str:
    """An aspect's value for people."""
    if not isinstance(value, tuple):
        return str(value)
    return " … ".join(part[2] if isinstance(part, tuple) else str(part) for part in value)


def _shown(record: Record) -> str:
    speaker = record.speaker.name or record.speaker.role or record.speaker.kind
    return f"[{speaker}] {record.cue.text if record.cue else '-'}: {' … '.join(record.quote.text)}"
