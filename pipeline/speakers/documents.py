"""Whose words a document is: `a Lodestar poll`, `the council's letter`, `Smith's tweet`, `the survey`."""

from bisect import bisect_left

from spacy.tokens import Doc

from onrecord.pipeline.speakers import confidence, lexicon
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.nameless import Nameless
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention

_NEAR = 4
_FAR = 9
"""Tokens within which a document and its author's name belong together: beside it, or behind `by` and `from`."""


class DocumentResolver:
    """Resolves documents to who wrote or issued them.

    Args:
        scene: The article.
        nameless: The article's unnamed entities.
    """

    def __init__(self, scene: Scene, nameless: Nameless) -> None:
        self.scene = scene
        self.nameless = nameless
        self._issued: dict[str, list[tuple[int, Entity]]] = {}
        for number, name in enumerate(scene.names):
            word = self._document_beside(name, scene.kinds[number])
            candidates = scene.table.candidates(name)
            if word and candidates:
                self._issued.setdefault(_one_word(word), []).append((name.start, candidates[0]))

        self._find_announced()

    def _find_announced(self) -> None:
        """`said in a statement`: whoever the sentence's first name is, `the statement` is theirs."""
        doc, scene = self.scene.doc, self.scene
        for token in doc:
            word = token.lower_
            if word not in lexicon.DOCUMENT_NOUNS or token.tag_ != "NN" or not _is_announced(doc, token.i):
                continue
            for number in scene.names_between(scene.sentence_start(token.i), token.i):
                name = scene.names[number]
                candidates = scene.table.candidates(name)
                if candidates and scene.kinds[number] in ("org", "person") and not scene.is_quoted(name.start):
                    self._issued.setdefault(_one_word(word), []).append((token.i, candidates[0]))
                    break
        for issued in self._issued.values():
            issued.sort(key=lambda pair: pair[0])

    def resolve(self, mention: SourceMention, owner: Entity | None) -> tuple[Entity, float]:
        """Returns the entity whose words a document is, and how sure that is."""
        if owner is not None and owner.kind in ("org", "place"):
            return owner, confidence.DOCUMENT_OF_OWNER
        if owner is not None and owner.kind == "person":
            by_name = mention.owner is not None and self.scene.name_at(mention.owner) is not None
            if by_name or mention.word in lexicon.SPEECH_NOUNS:
                return owner, confidence.DOCUMENT_OF_OWNER
        named = self._named_inside(mention)
        if named is not None:
            return named, confidence.DOCUMENT_OF_BODY
        if owner is None and (issuer := self._issuer(mention)) is not None:
            return issuer, confidence.DOCUMENT_TAKEN_UP
        return self.nameless.of_wording(mention, "org", owner), confidence.DOCUMENT_WITHOUT_OWNER

    def _named_inside(self, mention: SourceMention) -> Entity | None:
        """The body that the phrase itself names: `a Pollmark poll`, `a report by the Harrow Institute`."""
        scene = self.scene
        behind: Entity | None = None
        for number in scene.names_between(mention.start, mention.end):
            candidates = scene.table.candidates(scene.names[number])
            if candidates and scene.kinds[number] == "person" and self._is_author(scene.names[number], mention):
                behind = behind or candidates[0]
            if scene.kinds[number] != "org" or not candidates:
                continue
            if scene.names[number].end <= mention.head + 1:
                return candidates[0]
            if _word_before(scene.doc, scene.names[number].start) in ("by", "from", "of", "for", "the"):
                behind = behind or candidates[0]
        return behind

    def _is_author(self, name: NameMention, mention: SourceMention) -> bool:
        """True behind `by`: `a lawsuit filed by Ines Varga`."""
        start = name.title[0] if name.title[1] else name.start
        tokens = self.scene.doc[mention.head : start]
        return any(token.lower_ == "by" for token in tokens[-_NEAR:])

    def _issuer(self, mention: SourceMention) -> Entity | None:
        """Who wrote a document that is taken up again: `a memo from its head, Trent Hale ... the memo`."""
        if self.scene.doc[mention.start].lower_ not in ("the", "this", "that"):
            return None
        issued = self._issued.get(_one_word(mention.word), [])
        at = bisect_left(issued, mention.start, key=lambda pair: pair[0])
        return issued[at - 1][1] if at else None

    def _document_beside(self, name: NameMention, kind: str) -> str:
        """The document that stands beside a name or is tied to it by a preposition; empty where there is none."""
        if kind not in ("org", "person"):
            return ""
        behind = _document_behind(self.scene.doc, name.end) if kind == "org" else ""
        return behind or _document_before(self.scene.doc, name.title[0] if name.title[1] else name.start)


def _word_before(doc: Doc, i: int) -> str:
    """The word before a token; a no-break space is a token too."""
    while i > 1 and doc[i - 1].is_space:
        i -= 1
    return str(doc[i - 1].lower_)


def _document_behind(doc: Doc, end: int) -> str:
    """`Harrow University's latest poll`; over a verb or a mark only right behind the name."""
    tokens = [token for token in doc[end : end + _NEAR] if token.tag_ != "POS"]
    words = [token.lemma_.lower() for token in tokens]
    if any(token.is_punct or token.pos_ == "VERB" for token in tokens):
        words = words[:1]
    return next((word for word in words if word in lexicon.DOCUMENT_NOUNS), "")


def _document_before(doc: Doc, start: int) -> str:
    """`a survey of voters by the Harrow Institute`, `a memo from the chief executive, Trent Hale`."""
    for i in range(start - 1, max(start - _FAR, 0), -1):
        if doc[i].text in (".", ";", ":") or doc[i].is_quote:
            break
        if doc[i].lower_ in ("by", "from"):
            words = [token.lemma_.lower() for token in doc[max(0, i - _NEAR) : i]]
            return next((word for word in reversed(words) if word in lexicon.DOCUMENT_NOUNS), "")
    return ""


def _is_announced(doc: Doc, i: int) -> bool:
    """True behind `in a`, with adjectives between: `in a brief statement`."""
    for k in range(i - 1, max(i - _NEAR, 1), -1):
        if doc[k].lower_ in ("a", "an"):
            return bool(doc[k - 1].lower_ == "in")
        if doc[k].tag_ not in ("JJ", "VBN", "NN", "HYPH", "CD"):
            return False
    return False


def _one_word(word: str) -> str:
    """One word for the documents that articles call by several names."""
    return next((group[0] for group in lexicon.DOCUMENT_GROUPS if word in group), word)
