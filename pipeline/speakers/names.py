"""Finds the proper names of a Doc.

The small model's entities are evidence among others: it splits and merges names, takes titles into them and misses
unusual ones, so names are capitalised runs first, and its labels vote on what they are.
"""

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.pipeline.speakers.first_names import FEMALE, MALE
from onrecord.pipeline.speakers.mentions import NameMention, Words
from onrecord.pipeline.speakers.name_evidence import name_evidence
from onrecord.pipeline.speakers.name_parts import is_office, split_run
from onrecord.pipeline.speakers.runs import KIND_OF_LABEL, headlines, is_dateline, runs, seen_words, sentences, word_end
from onrecord.pipeline.speakers.titles import Titles

_WORDS_TOO = frozenset(
    "will bill mark grant art rich hope faith joy grace rose dawn chase frank rob may june max earl guy amber ruby "
    "pearl ivy olive mercy melody poppy coral willow honor august prudence odd sang".split()
)
"""First names that are words: in a headline they may be either."""


def find_names(doc: Doc, titles: Titles) -> list[NameMention]:
    """Returns the name mentions of a Doc in order; none overlap.

    In headlines, where most words are capitalised, only the model's entities count.
    """
    seen = seen_words(doc)
    mentions: list[NameMention] = []
    lines = list(headlines(doc))
    inside = {i for start, end in lines for i in range(start, end)}
    for start, end in sentences(doc):
        if start not in inside:
            for run in runs(doc, start, end, seen):
                if not is_dateline(doc, run):
                    mentions += split_run(doc, run, titles)
    last_words = {mention.core[-1] for mention in mentions}
    for start, end in lines:
        mentions += _in_headline(doc, start, end, last_words, titles)
    mentions.sort(key=lambda mention: mention.start)
    longer = {mention.core[-1] for mention in mentions if len(mention.core) > 1}
    mentions = [
        mention
        for mention in mentions
        if mention.title[1] or mention.core[0] in longer or not is_office(" ".join(mention.core), titles)
    ]
    in_body = {mention.words for mention in mentions if not mention.headline}
    in_body |= {(words[-1],) for words in in_body}
    for mention in mentions:
        if mention.headline and mention.words not in in_body and not _is_full_name(mention):
            _shrink(mention, in_body)
        mention.evidence = name_evidence(doc, mention, titles)
    return mentions


def _in_headline(doc: Doc, start: int, end: int, surnames: set[str], titles: Titles) -> list[NameMention]:
    """The model's entities, and first names before a surname that the body knows."""
    found = list(_entities(doc, start, end, titles))
    for i in range(start, end - 1):
        first, last = doc[i].lower_, doc[i + 1].lower_
        if (
            (first in MALE or first in FEMALE)
            and first not in _WORDS_TOO
            and doc[i + 1].text[0].isupper()
            and last in surnames
        ):
            found = [mention for mention in found if mention.end <= i or i + 2 <= mention.start]
            found.append(NameMention(i, i + 2, (first, last), (0, 0)))
    for mention in found:
        mention.headline = True
    return found


def _entities(doc: Doc, start: int, end: int, titles: Titles) -> Iterator[NameMention]:
    i = start
    while i < end:
        label = doc[i].ent_type_
        stop = i + 1
        while stop < end and doc[stop].ent_iob_ == "I":
            stop += 1
        if label in KIND_OF_LABEL:
            words: Words = []
            k = i
            while k < stop:
                after = min(word_end(doc, k, stop), stop)
                if doc[k].text[0].isalnum() and doc[k].tag_ not in ("POS", "DT", "MD"):
                    words.append((k, after))
                k = after
            if words:
                yield from split_run(doc, words, titles)
        i = stop


def _is_full_name(mention: NameMention) -> bool:
    """True for a first name with one more word: the only words of a headline that are a name for sure."""
    return len(mention.words) == 2 and (mention.words[0] in MALE or mention.words[0] in FEMALE)


def _shrink(mention: NameMention, known: set[tuple[str, ...]]) -> None:
    """Cuts a headline's run to a name that the body knows: `Leo Brandt Refuses` to `Leo Brandt`."""
    n = len(mention.words)
    if mention.end - mention.start != n:
        return
    for length in range(n - 1, 0, -1):
        for first in range(n - length + 1):
            words = mention.words[first : first + length]
            if words in known:
                mention.words = words
                mention.start, mention.end = mention.start + first, mention.start + first + length
                return
