"""Reads a source mention: is it a name, a pronoun or a noun phrase, and what is its head?

Tagger output and annotators' spans hold whole phrases (`Green, who stressed`, `a group of parents`, `by thousands of
Germans`); the head is found on the surface, by part-of-speech tags, with names as units.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.phrases import NOUN_TAGS, is_naming, is_person_noun, noun_at
from onrecord.pipeline.speakers.source_shapes import SourceShape

SourceForm = Literal["name", "pronoun", "nominal", "several", "none"]

_LEADING_WORDS = frozenset(
    "by to from among within for with in inside at on of according per as even like including both".split()
)
_QUANTIFIERS = frozenset("all both neither half".split())
_GENITIVES = frozenset(("'s", "’s"))
_REFLEXIVES = frozenset("itself himself herself themselves".split())
_ABOUT = frozenset(
    (("at", "least"), ("at", "most"), ("more", "than"), ("fewer", "than"), ("less", "than"), ("up", "to"))
)
_TODAY = frozenset("today tonight yesterday tomorrow here there now".split())
_INDEFINITE = frozenset("a an one another some any each every no".split())
_PERSONAL_FORMS = lexicon.PERSONAL | lexicon.FIRST_SINGULAR | lexicon.FIRST_PLURAL | lexicon.SECOND
_AGE = re.compile(r"\b(?:\d+|[a-z]+)-year-old$|\w-something$")
_MADE = lexicon.DOCUMENT_NOUNS | lexicon.SPEECH_NOUNS
_MAKING = frozenset("write give issue send make post release publish file sign deliver submit".split())
_MAX_TOKENS = 80
"""A longer source is read as far as this: its head stands near its beginning."""


@dataclass(slots=True)
class SourceMention:
    """A source as the resolver sees it.

    Attributes:
        form: `name`, `pronoun`, `nominal` (a noun phrase), `several` (names or phrases tied by `and`) or `none`.
        start, end: Token indices.
        head: Token index of the head noun or the pronoun.
        word: The head in lower case; a noun's lemma.
        name: Index of the name mention that is the head, or of a body that names the phrase.
        plural: True for more than one.
        definite: True behind `the`, a possessive or the like; False behind `a` or without an article.
        owner: Token index of the possessor's last word (`Smith` in `Smith's tweet`, `his` in `his tweet`), or who
            made a document (`she` in `the letter she wrote`).
        speaks: True for the source of a quotation, False for a phrase met on the way.
    """

    form: SourceForm
    start: int
    end: int
    head: int = 0
    word: str = ""
    name: int | None = None
    plural: bool = False
    definite: bool = False
    owner: int | None = None
    speaks: bool = False


class SourceReader:
    """Reads source mentions of one Doc.

    Args:
        doc: The article's Doc.
        mentions: Its name mentions, in order.
        kinds: For each mention, its entity's kind.
    """

    def __init__(self, doc: Doc, mentions: Sequence[NameMention], kinds: Sequence[str]) -> None:
        self.doc = doc
        self.mentions = mentions
        self.kinds = kinds
        self._shape = SourceShape(doc, mentions, kinds)
        self._known: dict[tuple[str, ...], int] = {}
        for number, mention in enumerate(mentions):
            self._known.setdefault(mention.words, number)

    def read(self, start: int, end: int) -> SourceMention:
        """Reads the tokens `start..end`."""
        start, end = self._trimmed(start, min(end, start + _MAX_TOKENS))
        if start >= end:
            return SourceMention("none", start, end)
        first = self.doc[start]
        if first.tag_ in ("WP", "WDT", "WP$") or first.lower_ in ("who", "which", "whose"):
            antecedent = self._shape.antecedent(start)
            return SourceMention("none", start, end) if antecedent is None else self.read(*antecedent)
        head_end = self._shape.head_region(start, end)
        if self._shape.names_several(start, head_end, end):
            return SourceMention("several", start, end, head=start, word="and", plural=True)
        if (
            first.lower_ in _PERSONAL_FORMS
            and first.text != "US"
            and (head_end == start + 1 or not self._owns(start, head_end))
        ):
            return SourceMention("pronoun", start, end, head=start, word=first.lower_)
        return (
            self._one_named(start, head_end, end)
            or self._apposed_name(start, head_end, end)
            or self._known_name(start, head_end, end)
            or self._phrase(start, head_end, end)
        )

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Cuts marks, genitives, prepositions and adverbs off a phrase."""
        doc = self.doc
        while start < end and (doc[start].is_punct or doc[start].is_space or doc[start].is_quote):
            start += 1
        while end > start and self._is_trailing(start, end):
            end -= 1
        if end - start > 1 and doc[end - 1].lower_ in _TODAY and end - 1 not in self._shape.at:
            end -= 1
        if end - start > 2 and (doc[start].lower_, doc[start + 1].lower_) in _ABOUT:
            start += 2
        while end - start > 1 and doc[start].lower_ in _LEADING_WORDS and start not in self._shape.at:
            start += 1
        while end - start > 1 and doc[start].tag_ in ("RB", "PDT", "CC") and doc[start].lower_ not in _QUANTIFIERS:
            start += 1
        return start, end

    def _is_trailing(self, start: int, end: int) -> bool:
        last = self.doc[end - 1]
        if last.text in (")", "%"):
            return False
        if last.is_punct or last.is_space or last.tag_ == "POS" or last.text in _GENITIVES:
            return True
        return last.lower_ in _REFLEXIVES and end - start > 1

    def _owns(self, start: int, end: int) -> bool:
        """True where the pronoun at `start` is a possessive with a noun behind it."""
        return self.doc[start].tag_ == "PRP$" and any(self.doc[i].tag_ in NOUN_TAGS for i in range(start + 1, end))

    def _one_named(self, start: int, head_end: int, end: int) -> SourceMention | None:
        """`One of his advisers, Tad Harrow,` is Tad Harrow."""
        doc = self.doc
        if doc[start].lower_ not in ("one", "another") or head_end >= end or doc[head_end].lower_ != "of":
            return None
        for i in range(head_end, end - 1):
            number = self._shape.closing_name(i + 1, end, strict=True) if doc[i].text == "," else None
            if number is not None and self.kinds[number] == "person":
                return SourceMention("name", start, end, head=self.mentions[number].end - 1, name=number)
        return None

    def _apposed_name(self, start: int, head_end: int, end: int) -> SourceMention | None:
        """The name behind a comma or `of`: `its secretary, Hanne Rook`, `secretary of state Edith Marlowe`."""
        doc, shape = self.doc, self._shape
        head = shape.last_noun(start, head_end)
        if head is None or doc[head].tag_ == "NNS":
            return None
        if head_end < end and is_naming(doc[head_end]):
            number = shape.closing_name(head_end + 1, end, strict=True)
            if number is not None and self.kinds[number] in ("person", "org"):
                return SourceMention("name", start, end, head=self.mentions[number].end - 1, name=number)
        if head_end - 1 in shape.at and doc[head_end - 1].tag_ not in ("NN", "NNS"):
            return None
        is_strict = doc[start].tag_ not in ("DT", "PRP$")
        marks = [i for i in range(head_end, end - 1) if doc[i].text in (",", "—", "–", "--", "-")]
        names = [n for i in marks if (n := shape.closing_name(i + 1, end, strict=is_strict)) is not None]
        if not names and head_end < end and doc[head_end].lower_ == "of":
            number = shape.closing_name(head_end + 1, end, strict=False)
            if number is not None and self.kinds[number] == "person":
                mention = self.mentions[number]
                names = [number] if (mention.title[0] or mention.start) > head_end + 1 else []
        is_person = is_person_noun(doc[head].lower_) and doc[head].lower_ not in lexicon.ORG_NOUNS
        for number in names:
            if self.kinds[number] == "org" and is_person and doc[head_end].lower_ == "of":
                # `a representative of the developer, Hanbit Optics,`
                continue
            if self.kinds[number] in ("person", "org"):
                return SourceMention("name", start, end, head=self.mentions[number].end - 1, name=number)
        return None

    def _known_name(self, start: int, head_end: int, end: int) -> SourceMention | None:
        """A name that was not found here, as in a headline, but elsewhere in the article."""
        head = self._shape.last_noun(start, head_end)
        if head is None or head in self._shape.at or not self.doc[head].text[0].isupper():
            return None
        for first in range(start, head + 1):
            number = self._known.get(tuple(self.doc[i].lower_.rstrip(".") for i in range(first, head + 1)))
            if number is not None:
                return SourceMention("name", start, end, head=head, name=number)
        return None

    def _phrase(self, start: int, head_end: int, end: int) -> SourceMention:
        """A name with what stands before it, or a noun phrase."""
        doc, shape = self.doc, self._shape
        head = shape.last_noun(start, head_end)
        if head is None:
            words = (i for i in range(head_end - 1, start - 1, -1) if not doc[i].is_punct and not doc[i].is_space)
            head = next(words, start)
        number = shape.at.get(head)
        if number is not None and self.kinds[number] != "people" and self._ends_region(number, head_end):
            owner = shape.owner(start, self.mentions[number].start)
            return SourceMention("name", start, end, head=head, name=number, owner=owner)
        counted = self._rate(start, end) or self._counted(start, head, head_end, end)
        if counted is not None:
            return counted
        token, first = doc[head], doc[start]
        word = noun_at(doc, head)
        is_people = number is not None and self.kinds[number] == "people" and token.lower_.endswith("s")
        is_one_body = token.lower_ in lexicon.ORG_NOUNS and not token.lower_.endswith("s")
        is_plural_noun = token.tag_ in ("NNS", "NNPS") and word not in lexicon.SINGULAR_PLURALS and not is_one_body
        is_counted = token.lower_ in ("%", "percent") or first.lower_ in lexicon.PLURAL_INDEFINITE | {"every", "each"}
        owner = shape.owner(start, head)
        if owner is None and word in _MADE:
            owner = self._maker(head, end)
        return SourceMention(
            "nominal",
            start,
            end,
            head=head,
            word=word,
            plural=is_plural_noun or is_counted or is_people,
            definite=first.lower_ not in _INDEFINITE and (first.tag_ in ("DT", "PRP$") or owner is not None),
            owner=owner,
        )

    def _maker(self, head: int, end: int) -> int | None:
        """Who made a document, by its relative clause: `a letter that Ada Okoye wrote`, `an account she gave`."""
        for verb in self.doc[head].rights:
            if verb.i < end and verb.dep_ == "relcl" and verb.lemma_ in _MAKING:
                subjects = (child for child in verb.lefts if child.dep_ == "nsubj")
                return next((child.i for child in subjects if child.tag_ == "PRP" or child.i in self._shape.at), None)
        return None

    def _ends_region(self, number: int, head_end: int) -> bool:
        """True if nothing but a genitive or a mark follows a name in the head's part."""
        rest = self.doc[self.mentions[number].end : head_end]
        return all(token.tag_ == "POS" or token.is_punct for token in rest)

    def _rate(self, start: int, end: int) -> SourceMention | None:
        """`about 4 in 10`, `one in three voters`: many, however they are counted."""
        doc = self.doc
        for i in range(start, min(start + 3, end - 2)):
            if doc[i].tag_ == "CD" and doc[i + 1].lower_ == "in" and doc[i + 2].tag_ == "CD":
                return SourceMention("nominal", start, end, head=i + 2, word="many", plural=True)
        return None

    def _counted(self, start: int, head: int, head_end: int, end: int) -> SourceMention | None:
        """`a group of parents`, `two of her own officials`, `42% of voters`: what is counted speaks."""
        token = self.doc[head]
        if head_end + 1 >= end or self.doc[head_end].lower_ not in ("of", "in", "among"):
            return None
        word = token.lemma_.lower()
        if word not in lexicon.QUANTITY_NOUNS and token.lower_ not in lexicon.QUANTITY_NOUNS:
            return None
        is_single = token.lower_ in ("one", "each", "another")
        inner = self.read(head_end + 1, end)
        inner.start, inner.end = start, end
        if inner.form == "name" and not is_single and word in ("kind", "sort", "type", "rest"):
            return inner
        if inner.form != "nominal":
            return SourceMention("nominal", start, end, head=head, word=token.lower_, plural=not is_single)
        inner.plural, inner.definite = not is_single, False
        if is_single:
            inner.owner = None
            inner.word = "one" if word == "one" else inner.word
        return inner


def is_age(text: str) -> bool:
    """True for a phrase that ends in an age: `the 34-year-old`, `a 20-something`."""
    return _AGE.search(text) is not None
