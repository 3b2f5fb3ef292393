"""What the resolver knows of one article: sentences, paragraphs, quoted stretches, names, entities, mentions so far."""

import re
from bisect import bisect_left, bisect_right

from spacy.tokens import Doc

from onrecord.corpus.article import Article, BlockKind, Span
from onrecord.corpus.quotation_marks import QuotedIndex, quoted_spans
from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.discourse import History, Slot, Trace
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.names import find_names
from onrecord.pipeline.speakers.phrases import PhraseReader
from onrecord.pipeline.speakers.roles import RoleFinder
from onrecord.pipeline.speakers.table import EntityTable
from onrecord.pipeline.speakers.titles import Titles

_TOLD = frozenset((BlockKind.PARAGRAPH, BlockKind.TITLE, BlockKind.STANDFIRST, BlockKind.HEADING))
_DATELINE = re.compile(r"\s*[A-Z][A-Z.’' -]{2,}[^a-z\n][^\n]{0,50}?(?:—|–|--| - )")
MAX_ROLE_MENTIONS = 15
"""Roles are sought around an entity's first mentions; an article introduces its people early."""


class Scene:
    """One article, ready for resolution.

    Args:
        doc: spaCy's Doc over the article's text.
        article: The article.
        titles: The titles in use.
    """

    def __init__(self, doc: Doc, article: Article, titles: Titles) -> None:
        self.doc = doc
        self.article = article
        self.titles = titles
        self.names: list[NameMention] = find_names(doc, titles)
        self._name_starts = [mention.start for mention in self.names]
        self._name_at = {i: n for n, m in enumerate(self.names) for i in range(m.start, m.end)}
        self.table = EntityTable(doc, self.names, titles)
        self.kinds = [self.kind_of(mention) for mention in self.names]
        bodies = {number for number, kind in enumerate(self.kinds) if kind == "org"}
        self.roles = RoleFinder(PhraseReader(doc, self.names, bodies))
        self._quoted = QuotedIndex(
            quoted_spans(article.text, [piece for passage in article.passages() for piece in passage])
        )
        self._starts = [token.idx for token in doc]
        self._block_starts = [block.start for block in article.blocks]
        self.sentence_of: list[int] = []
        for number, sent in enumerate(doc.sents):
            self.sentence_of += [number] * (sent.end - sent.start)
        self.history = History()
        self._find_roles()

    def kind_of(self, mention: NameMention) -> str:
        """Returns the kind of the first entity that a name mention can stand for."""
        candidates = self.table.candidates(mention)
        return candidates[0].kind if candidates else mention.evidence.kind

    def name_at(self, token: int) -> int | None:
        """Returns the number of the name mention that a token belongs to."""
        return self._name_at.get(token)

    def names_from(self, token: int) -> range:
        """Returns the numbers of the name mentions that begin at `token` or behind it."""
        return range(bisect_right(self._name_starts, token - 1), len(self.names))

    def names_between(self, start: int, end: int) -> range:
        """Returns the numbers of the name mentions that begin in the tokens `start..end`."""
        return range(bisect_right(self._name_starts, start - 1), bisect_right(self._name_starts, end - 1))

    def worded(self, start: int, end: int) -> str:
        """Returns the text of some tokens, white space made single."""
        return " ".join(self.doc[start:end].text.split())

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Returns the token indices that cover the characters `start..end`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = bisect_right(self._starts, end - 1)
        if first < last and self._starts[first] + len(self.doc[first]) <= start:
            first += 1
        return first, last

    def whole_names(self, span: Span) -> Span:
        """Returns a span widened to the names at its ends: the tagger sometimes cuts a rare surname off."""
        first, last = self.tokens(span.start, span.end)
        before, behind = self._name_at.get(first), self._name_at.get(last - 1)
        first = first if before is None else min(first, self.names[before].start)
        last = last if behind is None else max(last, self.names[behind].end)
        end = self.doc[last - 1]
        return Span(start=min(span.start, self._starts[first]), end=max(span.end, end.idx + len(end)))

    def sentence_start(self, token: int) -> int:
        """Returns the token index at which the sentence of a token begins."""
        return bisect_left(self.sentence_of, self.sentence_of[token])

    def paragraph_of(self, token: int) -> int:
        """Returns the number of the block that a token stands in."""
        return bisect_right(self._block_starts, self._starts[token])

    def is_told(self, token: int) -> bool:
        """True for what the article tells in order: body, title and standfirst, but no byline, caption or advert.

        Names that stand elsewhere help to find a full name; they are nobody whom a pronoun takes up.
        """
        block = self.article.blocks[self.paragraph_of(token) - 1]
        return block.kind in _TOLD

    def is_dateline(self, token: int) -> bool:
        """True in the place and agency that open a report: `SEAHAM, Feb 2 (Newswire) -`."""
        start = self._starts[token]
        block = self.article.blocks[self.paragraph_of(token) - 1]
        match = _DATELINE.match(block.of(self.article.text))
        return match is not None and start < block.start + match.end()

    def is_quoted(self, token: int) -> bool:
        """True if a token stands inside quotation marks."""
        return self._quoted.inside(self._starts[token])

    def slot(self, token: int) -> Slot:
        """Returns the grammatical part that the phrase around a token plays."""
        node = self.doc[token]
        for _ in range(4):
            if node.dep_ in ("compound", "appos", "nmod", "flat", "conj", "amod") and node.head.i != node.i:
                node = node.head
            else:
                break
        if node.dep_ in ("nsubj", "nsubjpass", "csubj"):
            return "subject"
        if node.dep_ == "poss":
            return "possessive"
        return "object" if node.dep_ in ("dobj", "iobj", "dative", "attr") else "other"

    def governing(self, token: int) -> set[int]:
        """Returns the numbers of the entities whose clause a noun stands in, as their verb's subject before it.

        A description is none of them: in `Pike backs the Ohio governor`, the governor is not Pike. Source: principle C
        of Chomsky, "Lectures on Government and Binding", 1981.
        """
        node = self.doc[token]
        subjects = {
            child.i
            for verb in node.ancestors
            for child in verb.lefts
            if child.dep_ in ("nsubj", "nsubjpass") and child.i < token and not child.is_ancestor(node)
        }
        starts = {i if (number := self.name_at(i)) is None else self.names[number].start for i in subjects}
        back = self.history.back(token, self.sentence_of[token], window=1)
        return {trace.entity.number for trace in back if trace.token in starts}

    def record(self, token: int, entity: Entity, *, speaker: bool = False, head: int | None = None) -> None:
        """Adds a mention to the history."""
        self.history.add(
            Trace(
                token,
                entity,
                self.slot(token if head is None else head),
                self.sentence_of[token],
                self.paragraph_of(token),
                quoted=self.is_quoted(token),
                speaker=speaker,
            )
        )

    def _find_roles(self) -> None:
        for entity in self.table.entities:
            for mention in entity.mentions[:MAX_ROLE_MENTIONS]:
                if entity.kind == "person" and (home := self.roles.home(mention)):
                    self.table.index_words(entity, {home, *home.split()})
                if entity.kind == "person" and (party := self.roles.party(mention)):
                    self.table.index_words(entity, {party})
                for found in self.roles.around(mention):
                    self.table.tell_role(entity, found.role, found.place)
                    if found.organization and entity.organization is None and entity.kind == "person":
                        entity.organization = found.organization
            if entity.kind == "person":
                entity.female += role_gender(entity.role_words)
            elif entity.kind == "org" and not entity.roles and (told := body_type(entity)):
                self.table.tell_role(entity, told)


def body_type(entity: Entity) -> str:
    """Returns what a body's name says it is: `ministry`, `airport`; empty where it says nothing."""
    words = [word for form in entity.forms if len(form) > 1 for word in (form[-1], *form[:-1])]
    return next((word for word in words if word in lexicon.BODY_TYPES), "")


def role_gender(words: set[str]) -> float:
    """Log-odds of a female bearer by the nouns of a role: `chairwoman`, `widow`, `spokesman`."""
    if words & lexicon.SURELY_FEMALE:
        return 3.0
    return -3.0 if words & (lexicon.SURELY_MALE - {"spokesman", "representative"}) else 0.0
