"""From one window's tagged spans to attributions, and from several windows' attributions to an article's."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.corpus.article import Span
from onrecord.models.quotes.decoding import Floats, Ints, Links, TaggedSpan, char_span, spans_of
from onrecord.models.quotes.labels import RELATIONS
from onrecord.models.quotes.windows import Window

NEAR = 32
"""How many attributions back one may stand that overlaps the next: more than a window's context holds."""
CONTENT_TO_CUE, CUE_TO_SOURCE, CONTENT_TO_SOURCE = range(len(RELATIONS))


@dataclass(frozen=True)
class Piece:
    """A contiguous piece of an attribution's content, and how sure the tagger is of it.

    Attributes:
        span: Where it stands.
        n_words: Number of its words, punctuation marks included.
        n_quoted: How many of them stand inside quotation marks.
        log_prob: Sum of its words' label log-probabilities.
        worst: The least of them.
        link: Log-probability that it points to the attribution's cue (or to none).
    """

    span: Span
    n_words: int
    n_quoted: int
    log_prob: float
    worst: float
    link: float


@dataclass
class Draft:
    """An attribution in the making: pieces of content that share a cue.

    Attributes:
        pieces: Of its content, in no order.
        cue, source: Where there are any.
        cue_log_prob: Mean log-probability of the cue's labels; 0 without one.
        source_probability: Of the choice of the source, or of none.
    """

    pieces: list[Piece]
    cue: Span | None
    cue_log_prob: float
    source: Span | None
    source_probability: float

    @property
    def n_words(self) -> int:
        """Number of words of its content, punctuation marks included."""
        return sum(piece.n_words for piece in self.pieces)

    @property
    def n_quoted(self) -> int:
        """How many of them stand inside quotation marks."""
        return sum(piece.n_quoted for piece in self.pieces)


def drafts_of(window: Window, log_probs: Floats, vectors: Floats, labels: Ints) -> list[Draft]:
    """Links one window's spans: pieces of content that point to the same cue are one attribution.

    Args:
        window: The tagger's input.
        log_probs: (n_words, n_labels) log-probabilities.
        vectors: (n_pieces, size) link vectors.
        labels: (n_words,) a legal label sequence.
    """
    spans: dict[str, list[TaggedSpan]] = defaultdict(list)
    for span in spans_of(labels, log_probs):
        spans[span.role].append(span)
    links = Links(vectors, window.heads)
    by_cue: dict[TaggedSpan | None, list[tuple[TaggedSpan, Piece]]] = defaultdict(list)
    for content in spans["content"]:
        if content.last < window.n_context:
            continue  # the window before decides on its own words
        scores = links.log_probs(content, spans["cue"], CONTENT_TO_CUE)
        best = int(scores.argmax())
        cue = spans["cue"][best] if best < len(spans["cue"]) else None
        by_cue[cue].append((content, _piece(window, log_probs, labels, content, float(scores[best]))))
    drafts = []
    for cue, contents in by_cue.items():
        groups = [contents] if cue is not None else [[content] for content in contents]
        drafts += [_draft(window, links, spans["source"], cue, group) for group in groups]
    return drafts


def _piece(window: Window, log_probs: Floats, labels: Ints, span: TaggedSpan, link: float) -> Piece:
    inside = np.arange(span.first, span.last + 1)
    chosen = log_probs[inside, labels[inside]]
    return Piece(
        span=char_span(window, span),
        n_words=len(inside),
        n_quoted=sum(window.words[index].quoted for index in inside),
        log_prob=float(chosen.sum()),
        worst=float(chosen.min()),
        link=link,
    )


def _draft(
    window: Window,
    links: Links,
    sources: Sequence[TaggedSpan],
    cue: TaggedSpan | None,
    contents: Sequence[tuple[TaggedSpan, Piece]],
) -> Draft:
    # The cue alone decides where there is one: what the content says of the source made held-out articles no better.
    if cue is not None:
        scores = links.log_probs(cue, sources, CUE_TO_SOURCE)
    else:
        scores = np.mean([links.log_probs(content, sources, CONTENT_TO_SOURCE) for content, _ in contents], axis=0)
    best = int(scores.argmax())
    return Draft(
        pieces=[piece for _, piece in contents],
        cue=None if cue is None else char_span(window, cue),
        cue_log_prob=0.0 if cue is None else float(np.log(cue.probability)),
        source=char_span(window, sources[best]) if best < len(sources) else None,
        source_probability=float(np.exp(scores[best] - np.logaddexp.reduce(scores))),
    )


def joined(drafts: Sequence[Draft]) -> list[Draft]:
    """Joins what two windows saw of one attribution: the same cue, or content that overlaps at the seam."""
    result: list[Draft] = []
    by_cue: dict[Span, Draft] = {}
    for draft in drafts:
        before = by_cue.get(draft.cue) if draft.cue is not None else None
        if before is None:
            before = next((other for other in reversed(result[-NEAR:]) if _overlap(other, draft)), None)
        if before is None:
            result.append(draft)
            before = draft
        else:
            before.pieces += draft.pieces
            before.cue, before.cue_log_prob = (
                (before.cue, before.cue_log_prob) if before.cue is not None else (draft.cue, draft.cue_log_prob)
            )
            if before.source is None:
                before.source, before.source_probability = draft.source, draft.source_probability
        if draft.cue is not None and draft.cue == before.cue:
            by_cue[draft.cue] = before
    return result


def _overlap(one: Draft, other: Draft) -> bool:
    return any(a.span.overlaps(b.span) for a in one.pieces for b in other.pieces)


def content_of(draft: Draft) -> tuple[Span, ...]:
    """Returns the spans of a draft's content in order, overlapping ones joined."""
    spans: list[Span] = []
    for span in sorted((piece.span for piece in draft.pieces), key=lambda span: (span.start, span.end)):
        if spans and span.start < spans[-1].end:
            spans[-1] = Span(start=spans[-1].start, end=max(spans[-1].end, span.end))
        else:
            spans.append(span)
    return tuple(spans)
