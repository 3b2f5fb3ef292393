"""Cutting an article's body into the windows of word pieces that the tagger reads.

A window holds as many whole paragraphs as fit, with a separator piece between two; a paragraph that is longer than a
window is cut at the ends of its sentences. The last pieces before a window are repeated at its beginning as context,
so that a link to the sentence before is not lost at the seam.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tokenizers import Tokenizer

from onrecord.corpus.article import Span
from onrecord.corpus.quotation_marks import QuotedIndex, quoted_spans
from onrecord.models.hub import special_ids

SENTENCE_END = frozenset(".!?…")
CLOSING = frozenset("\"”»’')")
MAX_SEGMENT_PIECES = 160
"""A sentence longer than this many pieces is cut, so that a window always fits several segments."""
TOKENIZER_CHUNK = 50_000
"""Characters tokenised at once; a longer paragraph is cut at white space first."""


@dataclass(frozen=True)
class Word:
    """One word (or punctuation mark) of the text as the tokenizer sees it.

    Attributes:
        start, end: Half-open character offsets into the article.
        pieces: Word-piece ids.
        quoted: True inside quotation marks.
    """

    start: int
    end: int
    pieces: tuple[int, ...]
    quoted: bool


@dataclass(frozen=True)
class Segment:
    """A sentence or so of one paragraph.

    Attributes:
        words: Its words.
        n_pieces: Their number of word pieces.
        opens_paragraph: True for the first segment of its paragraph.
        continues: True where it goes on with a sentence that was cut for its length.
    """

    words: tuple[Word, ...]
    n_pieces: int
    opens_paragraph: bool
    continues: bool = False

    def tail(self, room: int) -> "Segment":
        """Returns its last words, of at most `room` pieces."""
        first, used = len(self.words), 0
        while first > 0 and used + len(self.words[first - 1].pieces) <= room:
            first -= 1
            used += len(self.words[first].pieces)
        return Segment(self.words[first:], used, opens_paragraph=False)


@dataclass
class Window:
    """One input of the tagger.

    Attributes:
        ids: (n_pieces,) word-piece ids, the special ones included.
        types: (n_pieces,) token types: 1 inside quotation marks, 0 elsewhere.
        heads: (n_words,) index into `ids` of each word's first piece.
        words: (n_words,) the words.
        n_context: How many words at the beginning are context, whose labels another window decides.
    """

    ids: list[int] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    n_context: int = 0

    def add(self, segment: Segment, separator: int) -> None:
        """Appends a segment, behind a separator where it opens a paragraph."""
        if segment.opens_paragraph and self.words:
            self.ids.append(separator)
            self.types.append(0)
        for word in segment.words:
            self.heads.append(len(self.ids))
            self.words.append(word)
            self.ids.extend(word.pieces)
            self.types.extend([int(word.quoted)] * len(word.pieces))


def segments(
    text: str, passages: Sequence[tuple[Span, ...]], tokenizer: Tokenizer, quoted: QuotedIndex
) -> list[Segment]:
    """Tokenises the passages and cuts them into segments.

    Args:
        text: The article's text.
        passages: Its body paragraphs, each as one or more pieces of the text.
        tokenizer: A fast tokenizer without truncation or padding.
        quoted: The quoted stretches of the text.
    """
    pieces = [
        (number, part) for number, passage in enumerate(passages) for piece in passage for part in _chunks(text, piece)
    ]
    encodings = tokenizer.encode_batch([part.of(text) for _, part in pieces], add_special_tokens=False)
    result: list[Segment] = []
    words: list[Word] = []
    opens, continues, previous = True, False, -1

    def close(*, ended: bool) -> None:
        nonlocal words, opens, continues
        if words:
            result.append(Segment(tuple(words), sum(len(word.pieces) for word in words), opens, continues))
            words, opens, continues = [], False, not ended

    for (number, part), encoding in zip(pieces, encodings, strict=True):
        if number != previous:
            close(ended=True)
            opens, continues, previous = True, False, number
        n_pieces = sum(len(word.pieces) for word in words)
        ended = False
        for start, end, ids in _words(encoding.word_ids, encoding.offsets, encoding.ids):
            character = text[part.start + start : part.start + end]
            ends_here = ended and character not in CLOSING
            if ends_here or n_pieces + len(ids) > MAX_SEGMENT_PIECES:
                close(ended=ends_here)
                n_pieces, ended = 0, False
            at = part.start + start
            words.append(Word(at, part.start + end, ids, quoted.inside(at)))
            n_pieces += len(ids)
            ended = character in SENTENCE_END or (ended and character in CLOSING)
    close(ended=True)
    return result


def windows(parts: Sequence[Segment], *, size: int, context: int, cls: int, sep: int) -> Iterator[Window]:
    """Packs segments into windows.

    Args:
        parts: The article's segments, in order.
        size: Most word pieces of one window, the special ones included.
        context: Most word pieces repeated from before the window.
        cls: Id of the special piece that opens a window.
        sep: Id of the one that ends it and separates paragraphs.
    """
    start = 0
    while start < len(parts):
        first = start
        room = context
        while first > 0 and parts[first - 1].n_pieces + 1 <= room:
            first -= 1
            room -= parts[first].n_pieces + 1
        window = Window(ids=[cls], types=[0])
        if first == start > 0 and parts[start].continues:
            window.add(parts[start - 1].tail(context), sep)  # so that content is seen on both sides of the seam
            window.n_context = len(window.words)
        used = 1 + len(window.ids) + sum(part.n_pieces + 1 for part in parts[first:start])
        end = _window_end(parts, start, size - used)
        for index in range(first, end):
            if index == start and first < start:
                window.n_context = len(window.words)
            window.add(parts[index], sep)
        window.ids.append(sep)
        window.types.append(0)
        yield window
        start = end


def _window_end(parts: Sequence[Segment], start: int, room: int) -> int:
    """Returns the index behind the last segment that fits, at a paragraph's end if that wastes less than half."""
    used, end, paragraph_end, used_there = 0, start, start, 0
    while end < len(parts):
        if parts[end].opens_paragraph:
            paragraph_end, used_there = end, used
        used += parts[end].n_pieces + 1
        if used > room and end > start:
            return paragraph_end if used_there * 2 > room else end
        end += 1
    return end


def _chunks(text: str, piece: Span) -> Iterator[Span]:
    start = piece.start
    while piece.end - start > TOKENIZER_CHUNK:
        space = re.compile(r"\s").search(text, start + TOKENIZER_CHUNK, piece.end)
        if space is None:
            break
        yield Span(start=start, end=space.start())
        start = space.end()
    if start < piece.end:
        yield Span(start=start, end=piece.end)


def _words(
    word_ids: Sequence[int | None], offsets: Sequence[tuple[int, int]], ids: Sequence[int]
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    begin = 0
    for index in range(1, len(ids) + 1):
        if index == len(ids) or word_ids[index] != word_ids[begin]:
            yield offsets[begin][0], offsets[index - 1][1], tuple(ids[begin:index])
            begin = index


def read_windows(
    text: str,
    passages: Sequence[tuple[Span, ...]],
    tokenizer: Tokenizer,
    *,
    size: int,
    context: int,
) -> list[Window]:
    """Returns the windows of one article.

    Args:
        text: The article's text.
        passages: Its body paragraphs, each as one or more pieces of the text.
        tokenizer: A fast tokenizer without truncation or padding, with `[CLS]` and `[SEP]`.
        size: Most word pieces of one window.
        context: Most word pieces repeated from before the window.
    """
    cls, sep = special_ids(tokenizer)
    paragraphs = [Span(start=passage[0].start, end=passage[-1].end) for passage in passages]
    parts = segments(text, passages, tokenizer, QuotedIndex(quoted_spans(text, paragraphs)))
    return list(windows(parts, size=size, context=context, cls=cls, sep=sep))
