"""Which targets a quotation is about: those the user gives, or those discovered in it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from onrecord.corpus.article import Article, Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.record import Speaker
from onrecord.pipeline.given_targets import GivenTargets
from onrecord.pipeline.speakers.phrases import is_genitive
from onrecord.pipeline.target_lists import Target, TargetMention, load_targets, read_targets
from onrecord.pipeline.target_words import DETERMINERS

__all__ = ["Target", "TargetFinder", "TargetMention", "load_targets", "read_targets"]

ENTITY_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP", "LAW", "EVENT", "PRODUCT", "FAC", "WORK_OF_ART"})
"""Kinds of entity that someone can be for or against; dates, amounts and languages are not among them."""
MAX_DISCOVERED = 3
"""Most targets discovered in one quotation; NewsMTSC's sentences hold 2.2 targets on average."""
MIN_TIMES = 2
"""How often an article holds a noun that is a target without modifiers. Of those discovered in PolNeAR's training part
that stand there once, 28% share a word with a target that readers gave the quotation; of those that stand there twice,
41%; of phrases of several words 63%."""
SHORT_ARTICLE = 400
"""Tokens below which an article hardly names an issue twice; set by reading some, not fitted."""
EMPTY_HEADS = frozenset(
    "thing things way ways time times day days week weeks month months year years people person someone something "
    "anything nothing everyone everything lot lots number kind sort part fact question point case place moment bit "
    "one ones man men woman women percent half hour hours minute minutes reason reasons today tomorrow "
    "yesterday side sides cases example end table spring summer autumn winter first second third last next rest other "
    "others both more most less least few fewer many some same none any all each amount hundred thousand million "
    "billion dozen score tonne ton handful couple range period series".split()
)
"""Nouns that name no issue; the most frequent heads of noun phrases in PolNeAR's training part that a reader skips."""
EMPTY_MODIFIERS = frozenset(
    "own same such other another many several few fewer less more most least much enough next last first second third "
    "latest further than about around nearly almost only just even whole entire single very all both half at over or "
    "so".split()
)
"""Words before a noun that count or point and name no issue: `fewer than 300 drivers`, `her own children`."""


class TargetFinder:
    """Finds the targets of one article's quotations.

    Args:
        doc: The Doc over the article's text.
        text: The article's text.
        given: The user's targets; where there are none, targets are discovered.
        article: The article, where there is one: it tells paragraphs apart and whom a pronoun stands for.
        quotations: All of the article's quotations, whose pronouns are resolved.
    """

    def __init__(
        self,
        doc: Doc,
        text: str,
        given: Sequence[Target] = (),
        *,
        article: Article | None = None,
        quotations: Sequence[Quotation] = (),
    ) -> None:
        self._given = GivenTargets(doc, text, given, article=article, quotations=quotations) if given else None
        self._full_names: dict[str, str] = {}
        for entity in doc.ents:
            words = entity.text.split()
            if entity.label_ == "PERSON" and len(words) > 1:
                self._full_names.setdefault(words[-1], " ".join(words))
        self._phrases = [] if given else _phrases(doc)
        self._phrase_starts = [phrase.start_char for phrase in self._phrases]

    def targets(self, quotation: Quotation, speaker: Speaker) -> list[TargetMention]:
        """Returns what the quotation is about: the given targets that it concerns, or else discovered ones."""
        if self._given is not None:
            return self._given.mentions(quotation, speaker)
        return self._discovered(quotation, speaker)

    def _discovered(self, quotation: Quotation, speaker: Speaker) -> list[TargetMention]:
        """The entities and key noun phrases that the quotation itself is about, entities first.

        Speakers are no targets of their own.
        """
        found: dict[str, tuple[tuple[int, int], TargetMention]] = {}
        for span in quotation.spans:
            for phrase in self._phrases_in(span):
                name = self._canonical(phrase)
                if not name or _is_speaker(name, speaker, is_entity=bool(phrase.label_)):
                    continue
                rank = (0 if phrase.label_ else 1, phrase.start)
                mention = Span(start=phrase.start_char, end=phrase.end_char)
                key = name.lower()
                if key not in found or rank < found[key][0]:
                    found[key] = (rank, TargetMention(Target(name, origin="discovered"), mention))
        return [item for _, item in sorted(found.values(), key=lambda pair: pair[0])[:MAX_DISCOVERED]]

    def _phrases_in(self, span: Span) -> Iterator[DocSpan]:
        """The phrases that stand in a piece of content, each with its `of` where that does, too."""
        for phrase in self._phrases[bisect_left(self._phrase_starts, span.start) :]:
            if phrase.start_char >= span.end:
                break
            if phrase.end_char <= span.end:
                longer = phrase if phrase.label_ else phrase.doc[phrase.start : _end_with_of(phrase)]
                yield longer if longer.end_char <= span.end else phrase

    def _canonical(self, phrase: DocSpan) -> str:
        """The fullest name that the article gives an entity; a noun phrase as it stands."""
        text = " ".join(phrase.text.split()).strip("\"'“”‘’ ")
        text = re.sub(r"^(?:the|a|an)\s+|['’]s?$", "", text, flags=re.IGNORECASE)
        return self._full_names.get(text, text) if phrase.label_ == "PERSON" else text


_SUBJECTS_AND_OBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "ROOT", "conj"})
_MARKS = frozenset("\"“”‘’'") | {"``", "''"}
_IN_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM"})
_MOST_BEHIND_OF = 8
_TAKE_OF = frozenset(
    "accuse suspect convict acquit clear inform remind warn tell assure notify rob strip rid deprive cure".split()
)
"""Verbs that take an `of` beside their object."""
_EDGES = frozenset({"DET", "PRON", "PUNCT", "SPACE", "PART"})
_PLACES = frozenset({"GPE", "FAC"})
_WHERE = frozenset({"in", "at", "from", "near", "across", "outside", "around", "into", "through", "throughout"})
"""Behind these a place says where, not what."""
_TURNED_TO = frozenset({"for", "against", "about", "of", "with", "on", "to"})
"""Prepositions by which a verb takes what it is about ("calls for a ban"); others tell time, place or means."""


def _phrases(doc: Doc) -> list[DocSpan]:
    """Returns a Doc's entities and noun phrases that can be targets, in order; an entity's own phrase is the entity.

    All at once: a span's own entities and noun phrases would be looked for in the whole Doc each time.
    """
    entities = [entity for entity in doc.ents if entity.label_ in ENTITY_LABELS and _is_topic(entity)]
    named = {token.i for entity in doc.ents if entity.label_ in ENTITY_LABELS for token in entity}
    times = Counter(token.lemma_.lower() for token in doc if token.pos_ in ("NOUN", "PROPN"))
    phrases = []
    for chunk in doc.noun_chunks:
        head = chunk.root
        if head.i in named or not (_names_issue(head) and _is_argument(head)):
            continue
        core = _core(chunk)
        is_theme = len(doc) < SHORT_ARTICLE or times[head.lemma_.lower()] >= MIN_TIMES or _end_with_of(core) > core.end
        if len(core) > 1 or (len(core) == 1 and is_theme and _is_pointed_at(core[0], chunk)):
            phrases.append(core)
    return sorted([*entities, *phrases], key=lambda phrase: phrase.start)


def _core(chunk: DocSpan) -> DocSpan:
    """Returns a noun phrase without the articles, numbers and the like that it begins with.

    A word that a hyphen ties to the next stays: `same-sex marriage`, `two-state solution`. Of a phrase that one edge of
    a quotation runs through, the part with the head is left.
    """
    doc, start, end = chunk.doc, chunk.start, chunk.end
    marks = [t.i for t in chunk if t.text in _MARKS and t.tag_ != "POS" and not is_genitive(doc, t.i)]
    if len(marks) == 1:
        start, end = (marks[0] + 1, end) if marks[0] < chunk.root.i else (start, marks[0])
    while start < end and _is_empty(doc[start]) and not (start + 1 < end and doc[start + 1].text == "-"):
        start += 1
    while end > start and doc[end - 1].pos_ in _EDGES:
        end -= 1
    return doc[start:end]


def _end_with_of(phrase: DocSpan) -> int:
    """Token index behind a noun phrase and the `of` that goes on with it: `use of a private server`.

    Not where the verb takes it: `accused the government of corruption`.
    """
    doc, end = phrase.doc, phrase.end
    if end >= len(doc) or doc[end].lower_ != "of" or phrase.root.head.lemma_ in _TAKE_OF:
        return end
    stop = end + 1
    while stop < min(len(doc), end + _MOST_BEHIND_OF) and _goes_on(doc[stop]):
        stop += 1
    is_whole = doc[stop - 1].pos_ in ("NOUN", "PROPN") and (
        stop == len(doc) or not (_goes_on(doc[stop]) or doc[stop].text == "-" or doc[stop].tag_ == "POS")
    )
    return stop if is_whole else end


def _goes_on(token: Token) -> bool:
    return (token.pos_ in _IN_PHRASE or token.lower_ == "of") and token.ent_type_ not in ("DATE", "TIME")


def _is_pointed_at(noun: Token, chunk: DocSpan) -> bool:
    """True for a noun without modifiers that the article points at: `the levy`; not where it opens a sentence."""
    return not (noun.is_sent_start and noun.is_title) and any(token.lower_ in DETERMINERS for token in chunk)


def _is_empty(token: Token) -> bool:
    return token.pos_ in _EDGES or token.pos_ == "NUM" or token.lower_ in EMPTY_MODIFIERS


def _is_topic(entity: DocSpan) -> bool:
    """False for a place that only says where, and for what only modifies a noun: `Dutch farmers`, `Velmark drivers`."""
    root = entity.root
    if root.tag_.startswith("VB"):
        # `Opening [family clinics]`
        return False
    if entity.label_ == "NORP" and root.dep_ in ("amod", "compound", "nmod"):
        return False
    if entity.label_ in _PLACES:
        is_where = root.dep_ == "pobj" and root.head.lower_ in _WHERE
        return not is_where and root.dep_ not in ("compound", "npadvmod", "nmod", "appos")
    return True


def _is_argument(head: Token) -> bool:
    """True for subjects, objects, and what a verb is turned to; not for times, places and means."""
    if head.dep_ == "pobj":
        return head.head.lower_ in _TURNED_TO and head.head.head.pos_ in ("VERB", "ADJ")
    return head.dep_ in _SUBJECTS_AND_OBJECTS


def _names_issue(head: Token) -> bool:
    return head.pos_ in ("NOUN", "PROPN") and head.lemma_.lower() not in EMPTY_HEADS and len(head) > 2


def _is_speaker(name: str, speaker: Speaker, *, is_entity: bool) -> bool:
    """True for the speaker's name, or a part of it; of an entity, also for a longer form: `President Okoye`."""
    own = {speaker.name or "", speaker.mention.text if speaker.mention is not None else ""}
    return any(
        form and (name == form or form.endswith(f" {name}") or (is_entity and name.endswith(f" {form}")))
        for form in own
    )
