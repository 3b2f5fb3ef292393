"""How a pair becomes the network's input: `[CLS] target [SEP] speaker : text [SEP] frame [SEP]`.

The frame is what the context says before the text, between its pieces and behind it, at most FRAME_PIECES word pieces
each: the attributing words ("she rejected …, saying") are seen without reading the text twice. Speaker and frame may be
absent.

A text that is longer than the network takes is read in windows that overlap by half; the caller averages their
probabilities. A target is read whole: one that would fill half of a window is for the caller to refuse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tokenizers import Tokenizer

from onrecord.corpus.article import SPAN_SEPARATOR
from onrecord.models.hub import special_ids
from onrecord.models.stance.protocol import StancePair

MAX_SPEAKER_PIECES = 48
"""A speaker keeps this many word pieces at most, and a quarter of a window; names and descriptions have ten."""
FRAME_PIECES = 24
"""Word pieces of the frame's parts: a clause each."""


@dataclass(frozen=True)
class PairInput:
    """One window of one pair.

    Attributes:
        ids: (n_pieces,) word-piece ids, the special ones included.
        n_target: Number of pieces of the first segment, its special pieces included.
    """

    ids: tuple[int, ...]
    n_target: int


def longest_target(max_pieces: int) -> int:
    """Returns how many word pieces a target may have: half of a window, so that the other half is left for the text."""
    return max_pieces // 2


def longest_speaker(max_pieces: int) -> int:
    """Returns how many word pieces of a speaker are read."""
    return min(MAX_SPEAKER_PIECES, max_pieces // 4)


def n_pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> list[int]:
    """Returns how many word pieces each text has."""
    return [len(encoding.ids) for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False)]


def pair_inputs(tokenizer: Tokenizer, pairs: Sequence[StancePair], *, max_pieces: int) -> list[list[PairInput]]:
    """Returns the windows of each pair; most have one.

    Args:
        tokenizer: Without truncation or padding, with `[CLS]` and `[SEP]`.
        pairs: Some pairs; of a target that is longer than `longest_target`, the rest is left out.
        max_pieces: Most word pieces of one window, the special ones included.
    """
    cls, sep = special_ids(tokenizer)
    parts: list[str] = []
    for pair in pairs:
        parts += (pair.target, f"{pair.speaker} :" if pair.speaker else "", pair.text, *frame(pair))
    ids = [encoding.ids for encoding in tokenizer.encode_batch(parts, add_special_tokens=False)]
    result = []
    for index in range(len(pairs)):
        target, speaker, text, before, between, behind = ids[6 * index : 6 * index + 6]
        first = (cls, *target[: longest_target(max_pieces)], sep)
        prefix = tuple(speaker[: longest_speaker(max_pieces)])
        around = (*before[-FRAME_PIECES:], *between[:FRAME_PIECES], *behind[:FRAME_PIECES])
        tail = (*around, sep) if around else ()
        room = max_pieces - len(first) - len(prefix) - 1
        if len(text) + len(tail) > room:
            tail = ()  # a frame that would force a second window costs more than it tells
        windows = [text[start : start + room] for start in _window_starts(len(text), room)]
        result.append([PairInput((*first, *prefix, *window, sep, *tail), len(first)) for window in windows])
    return result


def frame(pair: StancePair) -> tuple[str, str, str]:
    """Returns what the context says before the text, between its pieces, and behind it.

    Empty where there is no context, or the text does not stand in it.
    """
    if not pair.context:
        return "", "", ""
    spans: list[tuple[int, int]] = []
    position = 0
    for piece in pair.text.split(SPAN_SEPARATOR):
        start = pair.context.find(piece, position)
        if start < 0:
            return "", "", ""
        position = start + len(piece)
        spans.append((start, position))
    gaps = [pair.context[end:start] for (_, end), (start, _) in pairwise(spans)]
    between = f"… {' … '.join(gaps)} …" if gaps else "…"
    return pair.context[: spans[0][0]], between, pair.context[position:]


def _window_starts(length: int, room: int) -> list[int]:
    """Starts of windows that overlap by half, the last one at the text's end."""
    if length <= room:
        return [0]
    starts = list(range(0, length - room, max(1, room // 2)))
    return [*starts, length - room]
