"""Parts of the quotations by what they are like, and how well each part fares."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.evaluation.counts import Counts, FloatArray, Sums, ratio
from onrecord.evaluation.document import Document, Item
from onrecord.evaluation.speakers import is_pronoun, speaker_right
from onrecord.evaluation.stance import DocumentStances
from onrecord.evaluation.tokens import TokenizedText

LENGTHS = ((3, "1-3 words"), (10, "4-10 words"), (25, "11-25 words"), (50, "26-50 words"))
DISTANCES = ((2, "up to 2 words"), (9, "3-9 words"), (29, "10-29 words"))
FEWEST_ARTICLES = 5
"""Articles that a slice's interval needs: of four there are 35 different resamples, too few to tell a tail of 2.5%."""
POSITIONS = ((0.1, "first tenth"), (0.5, "rest of first half"), (0.9, "second half"))


class Feature(NamedTuple):
    """One way of being alike: a dimension and the value on it."""

    dimension: str
    value: str


def features(document: Document, item: Item) -> Iterator[Feature]:
    """Yields what one quotation is like, gold or predicted."""
    yield Feature("quote type", item.type)
    yield Feature("source form", source_form(document.words, item))
    if item.source:
        yield Feature("distance to source", _distance(item))
    yield Feature("pieces", "split" if item.split else "in one piece")
    yield Feature("nesting", "inside another" if item.nested else "not nested")
    yield Feature("length", _upto(len(item.tokens), LENGTHS, "over 50 words"))
    yield Feature("position", _upto(item.start / max(len(document.words.text), 1), POSITIONS, "last tenth"))
    for dimension, value in document.traits.items():
        yield Feature(dimension, value)
    kind = next((block.kind for block in document.blocks if block.start <= item.start < block.end), None)
    if kind is not None:
        yield Feature("block", kind)
    if item.of.speaker is not None:
        yield Feature("speaker kind", item.of.speaker.kind)


def source_form(words: TokenizedText, item: Item) -> str:
    """Returns the form of the speaker's mention: `none`, `pronoun`, `name`, or `description`.

    A mention is a name if a word of it has a capital that its place does not explain. A word that begins a sentence
    has one anyway; it counts if the same word stands capitalised within a sentence elsewhere in the article.
    """
    if not item.source:
        return "none"
    if is_pronoun(words, item):
        return "pronoun"
    return "name" if any(_is_proper(words, token) for token in item.source) else "description"


def _is_proper(words: TokenizedText, token: int) -> bool:
    word = words.word(token)
    if not word[0].isupper():
        return False
    return token not in words.sentence_starts or word in words.capitalised_within_sentences


def _distance(item: Item) -> str:
    first, last = min(item.source), max(item.source)
    gaps = [max(min(piece) - last, first - max(piece)) - 1 for piece in item.fragments]
    return _upto(max(min(gaps), 0), DISTANCES, "30 words or more")


def _upto(value: float, bounds: tuple[tuple[float, str], ...], beyond: str) -> str:
    return next((name for bound, name in bounds if value <= bound), beyond)


def count_slices(document: Document, stances: DocumentStances) -> Counts:
    """Counts one document's quotations and stance entries by feature.

    Gold quotations count by their own features, predicted ones by theirs.
    """
    counts = Counts()
    right = {
        pair.gold: speaker_right(document.words, document.gold[pair.gold], document.pred[pair.pred])
        for pair in document.found
    }
    matched = {pair.pred for pair in document.found}
    of_gold = [list(features(document, item)) for item in document.gold]
    for index, held in enumerate(of_gold):
        for feature in held:
            path = ("slices", "attribution", feature.dimension, feature.value)
            counts[*path, "n"] += 1
            counts[*path, "found"] += index in right
            counts[*path, "right"] += right.get(index, False)
    for index, item in enumerate(document.pred):
        for feature in features(document, item):
            path = ("slices", "attribution", feature.dimension, feature.value)
            counts[*path, "n_pred"] += 1
            counts[*path, "pred_found"] += index in matched
    for case in stances.cases:
        held = of_gold[case.pair.gold] if case.pair is not None else []
        for feature in (*held, Feature("target", case.entry.target), Feature("gold label", case.entry.label)):
            path = ("slices", "stance", feature.dimension, feature.value)
            counts[*path, "n"] += 1
            counts[*path, "right"] += case.right
    return counts


def slice_keys(sums: Sums) -> list[tuple[str, str, str]]:
    """Returns measure, dimension and value of every slice that has gold cases."""
    return [
        (measure, dimension, value)
        for measure in sums.names("slices")
        for dimension in sums.names("slices", measure)
        for value in sums.names("slices", measure, dimension)
    ]


def slice_path(measure: str, dimension: str, value: str) -> str:
    """Returns the path under which a slice's interval is found."""
    return f"slices.{measure}.{dimension}.{value}"


def articles_by_slice(counts: Sequence[Counts]) -> Counter[str]:
    """Returns from how many documents each slice's gold cases are, by the slice's path.

    Args:
        counts: One a document.
    """
    paths = (slice_path(*key[1:4]) for held in counts for key in held if key[0] == "slices" and key[4] == "n")
    return Counter(paths)


def measure_slices(sums: Sums) -> dict[str, FloatArray]:
    """Derives each slice's share of right cases."""
    return {
        slice_path(*key): ratio(sums["slices", *key, "right"], sums["slices", *key, "n"]) for key in slice_keys(sums)
    }
