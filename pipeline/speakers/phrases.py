"""Noun phrases on the surface: where they begin and end, their head, and the role and body that they tell.

Works with part-of-speech tags: the small model's parse goes astray in long appositions, its tags seldom do.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.mentions import NameMention

NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
_INSIDE = NOUN_TAGS | frozenset("JJ JJR JJS VBN VBG HYPH CD POS PRP$ DT CC RB IN AFX FW RBS".split())
_CLOSING = frozenset((",", ".", ";", "—", "–", "--", "-", ")", ":", '"', "”", "“", "''", "``"))
_PREPOSITIONS = frozenset(
    "of for at with from in on to by under over about against behind during near who which that".split()
)
_PLACES_TOO = frozenset(("outside", "inside"))
_BODY_PREPOSITIONS = frozenset("of for at with from".split())
_CLAUSE_WORDS = frozenset("that because as than while if but when after before since".split())
_INNER_PREPOSITIONS = frozenset("of for in at on".split())
_OFFICE_TAILS = frozenset("elect designate general".split())
_EMPTY_NOUNS = frozenset("man woman person veteran one people".split())
_MAX_BODY_MODIFIERS = 4
_MAX_TOKENS = 24
"""No longer noun phrase is read; the roles of the training articles are shorter."""
_PERSON_SUFFIX = re.compile(r"(?:ologist|ician|[a-z]{3}ist|man|woman|person|smith|monger|wright|er|or|ian|eer|ant|ee)$")
_NO_PERSONS = lexicon.ORG_NOUNS | lexicon.DOCUMENT_NOUNS | lexicon.NOT_PERSONS

Place = Literal["before", "behind", "said"]
"""Where a role stands: before the name, behind it in apposition, or in a clause of its own."""


@dataclass(slots=True)
class RoleFound:
    """A role and a body, as worded; either may be empty."""

    role: str = ""
    organization: str = ""
    place: Place = "behind"


class PhraseReader:
    """Reads the noun phrases of one Doc, with its names as units.

    Args:
        doc: The article's Doc.
        mentions: Its name mentions, in order.
        bodies: Indices of the mentions that name bodies.
    """

    def __init__(self, doc: Doc, mentions: Sequence[NameMention], bodies: set[int]) -> None:
        self.doc = doc
        self._mentions = mentions
        self._bodies = bodies
        self._at = {i: n for n, mention in enumerate(mentions) for i in range(mention.start, mention.end)}

    def is_name(self, i: int) -> bool:
        """True if a token belongs to a name."""
        return i in self._at

    def body_at(self, i: int) -> str:
        """Returns the name of the body that a token belongs to, empty where there is none."""
        number = self._at.get(i)
        if number is None or number not in self._bodies:
            return ""
        return self.text(self._mentions[number].start, self._mentions[number].end)

    def body_from(self, i: int) -> str:
        """Returns the body that a phrase names from a token on: also `Clean Streams campaign`, `union Solidar`."""
        doc, at = self.doc, self._at
        if i >= len(doc):
            return ""
        first = i
        while i + 1 < len(doc) and i - first < _MAX_BODY_MODIFIERS and i not in at and not _is_body_noun(doc[i]):
            # `digital consulting firm Northlight`
            if not doc[i].is_lower or doc[i].tag_ not in ("JJ", "NN", "VBG", "NNS"):
                return ""
            i += 1
        number = at.get(i)
        if number is None:
            return self.body_at(i + 1) if _is_body_noun(doc[i]) else ""
        if i > first:
            # `at the time Northlight collapsed`
            return ""
        end = self._mentions[number].end
        if end < len(doc) and doc[end].tag_ == "NN" and doc[end].lower_ in lexicon.ORG_NOUNS:
            return self.text(self._mentions[number].start, end + 1)
        return self.body_at(i)

    def text(self, start: int, end: int) -> str:
        """Returns the text of some tokens, white space made single."""
        return " ".join(self.doc[start:end].text.split()).lstrip("-–— ") if end > start else ""

    def end_with_of(self, end: int) -> int:
        """Token index behind a phrase that ends at `end` and the `of` that goes on with it: `secretary of state`."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].lower_ != "of":
            return end
        stop = self.end_of(end + 1)
        return next((i for i in range(end + 1, stop) if doc[i].tag_ in ("IN", "VBG", "VBN", "CC")), stop)

    def end_of(self, i: int) -> int:
        """Returns the token index behind the noun phrase that begins at `i`."""
        doc, stop = self.doc, i
        limit = min(len(doc), i + _MAX_TOKENS)
        while stop < limit:
            token = doc[stop]
            is_joining_hyphen = token.text == "-" and not token.whitespace_
            if is_break(token) or (token.text in _CLOSING and not is_joining_hyphen):
                break
            if token.tag_ not in _INSIDE and not token.is_space and not is_genitive(doc, stop):
                break
            stop += 1
        while stop > i and (doc[stop - 1].tag_ in ("CC", "IN", "DT", "PRP$", "RB") or doc[stop - 1].is_space):
            stop -= 1
        return stop

    def head_of(self, start: int, end: int) -> int | None:
        """Returns the token index of the head: the last noun before a preposition, or a participle behind a noun."""
        head: int | None = None
        i = start
        while i < end:
            token = self.doc[i]
            if i in self._at:
                i = self._mentions[self._at[i]].end
                head = i - 1
                continue
            if token.tag_ in NOUN_TAGS:
                head = i
            elif token.tag_ == "POS" or (token.tag_ == "VBN" and self.doc[i - 1].text == "-" and i > start):
                # `Austin-based political pollster`: the name is not the head.
                head = None
            elif token.lower_ in _PLACES_TOO and i + 1 < end and self.doc[i + 1].tag_ not in ("DT", "PRP$"):
                pass  # `a top outside adviser`
            elif head is not None and (
                token.lower_ in _PREPOSITIONS
                or token.tag_ in ("VBG", "VBN", "IN", "DT")
                or token.text == ","
                or (token.tag_ == "CC" and is_person_noun(self.doc[head].lower_))
            ):
                break
            i += 1
        return head

    def read(self, start: int, end: int) -> RoleFound | None:
        """Returns the role and the body that a noun phrase tells: `chair of the Northern Fishers' Union`."""
        doc = self.doc
        while start < end and doc[start].tag_ in ("DT", "RB", "CC", "IN") and doc[start].lower_ != "no":
            if start + 1 < end and doc[start + 1].text == "-":
                break  # `third-largest shareholder`
            start += 1
        head = self.head_of(start, end)
        if head is None:
            return None
        if doc[start].tag_ == "PRP$":
            start += 1
        organization, role_start = self._leading_body(start, head)
        stop = end
        for i in range(head + 1, end):
            if doc[i].lower_ in ("who", "which", "that") or doc[i].text == ",":
                stop = min(stop, i)
                break
            if doc[i].lower_ in _BODY_PREPOSITIONS and not organization:
                organization = self._governed_body(i + 1, end)
                stop = min(stop, i) if organization else stop
        if doc[head].lower_ in _EMPTY_NOUNS and end < len(doc) and doc[end].lower_ == "who" and stop == end:
            # `the veteran who leads the southern side`
            stop = max(self.end_of(end + 2), stop)
        return RoleFound(self.text(role_start, stop), organization)

    def _leading_body(self, start: int, head: int) -> tuple[str, int]:
        """The body that a phrase begins with, and where its role begins: behind a genitive, else with the body."""
        number = self._at.get(start)
        if number is None or number not in self._bodies or self._mentions[number].end > head:
            return "", start
        end = self._mentions[number].end
        if end == start + 1 and self._is_capital_by_place(start) and self.doc[end].tag_ != "POS":
            # `Union leader Shona Hale`: no name, but the first word of its sentence.
            return "", start
        return self.body_at(start), end + 1 if self.doc[end].tag_ == "POS" else start

    def _is_capital_by_place(self, i: int) -> bool:
        """True for the first word of a sentence that the article writes with a capital nowhere else."""
        token = self.doc[i]
        first = bool(token.is_sent_start) or (i > 0 and (self.doc[i - 1].is_punct or self.doc[i - 1].is_space))
        if not first or token.is_upper or not token.is_title:
            return False
        alike = [m.start for m in self._mentions if self.doc[m.start].text == token.text]
        return all(self.doc[k].is_sent_start or k == i for k in alike)

    def _governed_body(self, i: int, end: int) -> str:
        """The body behind a preposition: `of the Northern Fishers' Union`."""
        while i < end and self.doc[i].tag_ in ("DT", "PRP$", "JJ") and i not in self._at:
            i += 1
        return self.body_from(i) if i < end else ""


def _is_body_noun(token: Token) -> bool:
    return bool(token.tag_ == "NN" and (token.lower_ in lexicon.ORG_NOUNS or lexicon.makes(token.lower_)))


def is_genitive(doc: Doc, i: int) -> bool:
    """True for an apostrophe behind a plural or a name in s, which the small model often takes for a closing mark."""
    return (
        doc[i].text in ("'", "’")
        and 0 < i < len(doc) - 1
        and not doc[i - 1].whitespace_
        and doc[i - 1].lower_.endswith("s")
        and bool(doc[i].whitespace_)
        and doc[i + 1].is_alpha
    )


def phrase_start(doc: Doc, end: int) -> int:
    """Returns the token index where the noun phrase that ends before `end` begins.

    Goes back over what can stand in a noun phrase to an article or possessive, and over that where it is governed from
    inside the phrase: `the chair of its pay committee`, but `[a memo from] the chief executive`.
    """
    start = end
    while start > 0 and end - start < _MAX_TOKENS:
        token = doc[start - 1]
        if is_break(token) or token.lower_ in _CLAUSE_WORDS or token.text.endswith("."):
            break
        if token.tag_ not in _INSIDE and not token.is_space and not is_genitive(doc, start - 1):
            break
        start -= 1
        if token.is_sent_start or (token.tag_ == "DT" and token.is_title):
            break
        if token.tag_ in ("DT", "PRP$") and start > 0:
            before = doc[start - 1]
            if before.lower_ not in _INNER_PREPOSITIONS and before.tag_ not in ("VBG", "VBN", "CC", "PDT"):
                break
    while start < end and doc[start].tag_ in ("CC", "IN", "RB", "VBN", "VBG"):
        start += 1
    return start


def noun_at(doc: Doc, i: int) -> str:
    """Returns the noun whose head is a token, in lower case: `president-elect` and `editor-in-chief` are one word.

    Of `attorney general` and its like the first word tells the office.
    """
    token = doc[i]
    behind = i + 2 < len(doc) and doc[i + 1].text == "-" and not token.whitespace_ and not doc[i + 1].whitespace_
    if behind and (doc[i + 2].lower_ in _OFFICE_TAILS or doc[i + 2].lower_ == "in"):
        end = i + 3 if doc[i + 2].lower_ != "in" else i + 5
        return str(doc[i:end].text.lower())
    if i > 1 and token.lower_ in _OFFICE_TAILS and doc[i - 1].text == "-":
        return str(doc[i - 2 : i + 1].text.lower())
    if i and token.lower_ == "general" and is_person_noun(doc[i - 1].lower_):
        return str(doc[i - 1].lower_)
    return str(token.lemma_.lower() if token.tag_ in NOUN_TAGS else token.lower_)


def is_naming(token: Token) -> bool:
    """True for the participle between a noun and its name: `a clerk called Voss`, but not `one called Voss mad`."""
    if token.lower_ not in ("named", "called") or token.dep_ not in ("acl", "amod"):
        return False
    # The small model parses `one lawmaker called Voss mad` alike; the article tells the two apart as a rule.
    return token.lower_ == "named" or any(child.lower_ in ("a", "an") for child in token.head.lefts)


def is_break(token: Token) -> bool:
    """True for white space that ends a line; a no-break space is a token too and ends nothing."""
    return bool(token.is_space) and "\n" in token.text


def is_dash(token: Token) -> bool:
    """True for a hyphen with white space before or behind it, which joins no words: `SEAHAM - Shipping magnate`."""
    before = token.doc[token.i - 1] if token.i else token
    return token.text in ("-", "–", "—", "--") and bool(token.whitespace_ or before.whitespace_ or before.is_space)


def is_person_noun(word: str) -> bool:
    """True for a noun that is listed, or whose ending says that it names a person."""
    if word in lexicon.PERSON_NOUNS:
        return True
    base, _, tail = word.partition("-")
    if tail in _OFFICE_TAILS or tail == "in-chief":
        return is_person_noun(base)
    return len(word) > 4 and word not in _NO_PERSONS and _PERSON_SUFFIX.search(word) is not None


def noun_of_role(doc: Doc, i: int) -> str:
    """Returns the noun that a phrase with the head `i` calls somebody; a plural stays one, being no single bearer's."""
    token = doc[i]
    noun = token.lower_ if token.tag_ == "NNS" else noun_at(doc, i)
    # Endings tell nothing of a word with a capital: `Wherever`.
    return str(noun) if token.is_lower or noun in lexicon.SPEAKING_NOUNS or "-" in noun else ""


def tells_role(noun: str) -> bool:
    """True for a noun for a person or a body."""
    return is_person_noun(noun) or noun in lexicon.ORG_NOUNS
