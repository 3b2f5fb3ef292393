"""The article: text that all offsets refer to, and the blocks that partition it."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, NonNegativeInt, model_validator

from onrecord.corpus.errors import OffsetError


class Frozen(BaseModel):
    """Base of all data that crosses a module boundary: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """Half-open range of character offsets (Unicode code points) into an article's text."""

    start: NonNegativeInt
    end: NonNegativeInt

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"span {self.start}..{self.end} is empty: its end must lie behind its start")
        return self

    def of(self, text: str) -> str:
        """Returns the slice of `text` that this span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """True if the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        """True if `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block of an article is. Only `BODY_KINDS` can hold quotations."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATELINE = "dateline"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    PULL_QUOTE = "pull_quote"
    CAPTION = "caption"
    CHART = "chart"
    ADVERT = "advert"
    FOOTER = "footer"
    LINK_LIST = "link_list"
    OTHER = "other"


SPAN_SEPARATOR: Final = " … "
"""Stands for the words between two pieces of a quotation wherever its text is one string."""

_WRAP = re.compile(r"(?<=\S)\r?\n(?=\S)")
"""A line end between two words; an empty line is none."""

BODY_KINDS = frozenset({BlockKind.PARAGRAPH})
"""Kinds from which quotations are extracted; everything else is context at most."""


class Block(Span):
    """A stretch of an article's text of one kind.

    `continues` is true where this block goes on with the sentence that the last body block broke off
    (a page break, an advert or a pull quote stood between): the two are read as one paragraph.
    """

    kind: BlockKind
    continues: bool = False


class Article(Frozen):
    """One article, as every reader yields it.

    Attributes:
        id: Stable identifier.
        text: Exactly the decoded text; never altered.
        blocks: A partition of `text`, in order.
        title, url, publisher, authors, published, language: Metadata, null or empty where unknown; `published` is ISO
            8601.
        targets: What speakers' stances are asked about in this article, where the input says so; they come beside those
            that a run is given for all articles.
        place: Where the article was read from (a path, `path:line`), for messages.
    """

    id: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    language: str | None = None
    targets: tuple[str, ...] = ()
    place: str | None = None

    @model_validator(mode="after")
    def _blocks_partition_text(self) -> Self:
        position = 0
        for block in self.blocks:
            if block.start != position:
                raise ValueError(f"blocks must partition the text: expected one from {position}, got {block.start}")
            position = block.end
        if position != len(self.text):
            raise ValueError(f"blocks must partition the text: they end at {position}, the text at {len(self.text)}")
        return self

    @cached_property
    def sha256(self) -> str:
        """Hash of the text in UTF-8 (lone surrogates kept), lower-case hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def unwrapped(self) -> str:
        """The text with spaces for the line ends inside body paragraphs: as long, and the same at every other offset.

        A hard-wrapped line ends no sentence, name or phrase.
        """
        parts = (
            _WRAP.sub(lambda wrap: " " * len(wrap[0]), content) if block.kind in BODY_KINDS else content
            for block in self.blocks
            for content in (block.of(self.text),)
        )
        return "".join(parts)

    def passages(self) -> list[tuple[Span, ...]]:
        """Body paragraphs in order, each as the pieces of text that make it up.

        A paragraph that noise cut in two is one passage of two pieces; all others have one piece.
        Pieces carry no white space at their ends.
        """
        passages: list[tuple[Span, ...]] = []
        for block in self.blocks:
            if block.kind not in BODY_KINDS:
                continue
            piece = trimmed(block, self.text)
            if piece is None:
                continue
            if block.continues and passages:
                passages[-1] += (piece,)
            else:
                passages.append((piece,))
        return passages

    def paragraphs_around(self, context: Span) -> str:
        """Returns the body paragraphs that a span stands in, joined by spaces; empty where it stands in none."""
        passages = self._passages
        first = bisect_right(passages, context.start, key=lambda passage: passage[-1].end)
        last = bisect_left(passages, context.end, key=lambda passage: passage[0].start)
        return " ".join(piece.of(self.text) for passage in passages[first:last] for piece in passage)

    @cached_property
    def _passages(self) -> list[tuple[Span, ...]]:
        return self.passages()


def joined_text(text: str, spans: Iterable[Span]) -> str:
    """Returns what stands at some spans of a text as one string, SPAN_SEPARATOR between them."""
    return SPAN_SEPARATOR.join(span.of(text) for span in spans)


def trimmed(span: Span, text: str) -> Span | None:
    """Returns `span` without white space at its ends, or None where nothing else is in it."""
    content = span.of(text)
    stripped = content.strip()
    if not stripped:
        return None
    start = span.start + len(content) - len(content.lstrip())
    return Span(start=start, end=start + len(stripped))


def check_slice(text: str, span: Span, claimed: str, *, place: str, what: str) -> None:
    """Raises OffsetError unless `claimed` stands in `text` at `span`."""
    found = span.of(text)
    if found != claimed:
        place_in_text = first_difference(found, claimed)
        shown = slice(max(0, place_in_text - SHOWN_BEFORE), place_in_text + SHOWN_BEHIND)
        raise OffsetError(
            f"{what} at {span.start}..{span.end} differs at character {span.start + place_in_text}: the article has "
            f"{found[shown]!r} there, not {claimed[shown]!r}: offsets must refer to the article's text exactly as it "
            "stands",
            place=place,
            stage="write",
        )


SHOWN_BEFORE, SHOWN_BEHIND = 20, 40
"""Characters that a message shows before and from the first difference of two texts."""


def first_difference(text: str, other: str) -> int:
    """Returns the first place at which two texts differ; the length of the shorter where it begins the longer."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((place for place, (one, two) in pairs if one != two), min(len(text), len(other)))
