"""Which person a noun phrase is: `the former official`, `the 34-year-old`, `her husband`, `one aide`."""

from collections.abc import Set

from onrecord.pipeline.speakers import confidence, lexicon
from onrecord.pipeline.speakers.descriptions import is_full_description, named_ahead, phrase_text, place_words, recency
from onrecord.pipeline.speakers.discourse import SPOKE_HERE, probability, weigh
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.gender import pronoun_behind
from onrecord.pipeline.speakers.nameless import Nameless
from onrecord.pipeline.speakers.phrases import is_person_noun
from onrecord.pipeline.speakers.places import PLACES
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention, is_age

_TRADES = (
    lexicon.PERSON_NOUNS
    - lexicon.ANAPHORIC_PERSON_NOUNS
    - {"sen", "senator", "rep", "representative", "founder", "chair"}
)
_DESCRIPTIONS = lexicon.ANAPHORIC_PERSON_NOUNS - lexicon.PERSON_NOUNS_MALE - lexicon.PERSON_NOUNS_FEMALE
_UNMATCHED_WEIGHT = 0.7
_MIN_OVERLAP = -1.0
_LONG_AGO = 100
_CLEAR = 0.6
"""A description tells a role where the person taken up has more than this share of the salience."""
_OTHER_PARTY = 5.0
_NO_CONTENDER = 1.5
_OTHER_OFFICE = 2.5
"""What speaks against a person in view whose roles are others; the salience of a subject just named is about 4."""
_MAX_TAIL_TOKENS = 3
_ELECTED = frozenset(("senator", "governor", "congressman", "congresswoman", "mayor", "representative", "lawmaker"))


class PersonResolver:
    """Resolves noun phrases for single persons.

    Args:
        scene: The article.
        nameless: The article's unnamed entities.
    """

    def __init__(self, scene: Scene, nameless: Nameless) -> None:
        self.scene = scene
        self.nameless = nameless

    def resolve(self, mention: SourceMention, owner: Entity | None) -> tuple[Entity, float]:
        """Returns the person that a phrase stands for, and how sure that is."""
        word = mention.word
        if owner is None and not mention.definite and self._has_indefinite(mention):
            ahead = None if word in lexicon.SPOKEN_FOR else named_ahead(self.scene, mention, "person")
            if ahead is not None:
                return ahead, confidence.PERSON_AHEAD
            return self.nameless.of_wording(mention, "anonymous", None), confidence.UNNAMED_SOURCE
        if owner is None and word in lexicon.UNNAMED_NOUNS:
            told = self.nameless.called("anonymous", word)
            told = told if told is not None and self._is_called_alike(told, mention) else None
            return told or self.nameless.of_wording(mention, "anonymous", None), confidence.UNNAMED_SOURCE
        if owner is not None and (word in lexicon.RELATIONS or owner.kind == "person"):
            only = self._only_bearer(word, owner, frozenset())
            return only or self.nameless.of_wording(mention, "person", owner), confidence.PERSON_KNOWN
        by_role = self._by_role(mention) if word not in ("man", "woman") else None
        if by_role is not None:
            self._tell_role(by_role, mention)
            return by_role, confidence.PERSON_BY_ROLE
        known = self.nameless.called("person", word) or self.nameless.called("anonymous", word)
        if owner is None and self._takes_up(mention):
            in_view, share = self._in_view(mention, known)
            if in_view is not None:
                if mention.speaks or share > _CLEAR:
                    self._tell_role(in_view, mention)
                return in_view, confidence.PERSON_IN_VIEW
        if known is not None and owner is None and self._is_called_alike(known, mention):
            return known, confidence.PERSON_KNOWN
        only = self._only_bearer(word, owner, self.scene.governing(mention.head))
        if only is None and owner is None and mention.definite and is_full_description(self.scene, mention):
            only = named_ahead(self.scene, mention, "person")
        if only is not None:
            return only, confidence.PERSON_AHEAD
        return self.nameless.of_wording(mention, "person", owner), confidence.PERSON_WITHOUT_NAME

    def _has_indefinite(self, mention: SourceMention) -> bool:
        first = self.scene.doc[mention.start]
        return first.tag_ == "DT" or first.lower_ in ("one", "another")

    def _tell_role(self, person: Entity, mention: SourceMention) -> None:
        """Takes a description for a role: `the malariologist`, `the real estate mogul`."""
        if person.name is None or mention.owner is not None or not is_person_noun(mention.word):
            return
        modifiers = self._modifiers(mention) - lexicon.PASSING
        noun = self.scene.doc[mention.head]
        is_office = mention.word == "speaker" and noun.is_title and not noun.is_sent_start
        if is_office or mention.word not in lexicon.NO_ROLES or (modifiers and mention.word in _DESCRIPTIONS):
            self.scene.table.tell_role(person, self.scene.roles.nominal(mention.start, mention.end).role)

    def _bearers(self, word: str) -> list[Entity]:
        return [e for e in self.scene.table.with_role(word) if e.kind == "person" and e.name is not None]

    def _only_bearer(self, word: str, owner: Entity | None, governing: Set[int]) -> Entity | None:
        """The one named person of the article, mentioned before or not, whose role is in this word."""
        word = lexicon.SYNONYMS.get(word, word)
        bearers = [e for e in self._bearers(word) if e is not owner and not self._is_of_another(e, owner)]
        bearers = [entity for entity in bearers if entity.number not in governing]
        exact = [entity for entity in bearers if any(role.lower() == word for role, _ in entity.roles)]
        return bearers[0] if len(bearers) == 1 else exact[0] if len(exact) == 1 else None

    def _contradiction(self, entity: Entity, mention: SourceMention) -> float:
        """How much a person's roles speak against a description, on the scale of the salience."""
        words = entity.role_words
        modifiers = {lexicon.SYNONYMS.get(word, word) for word in self._modifiers(mention)} | {mention.word}
        against = 0.0
        parties = modifiers & lexicon.PARTIES
        if parties and words & lexicon.PARTIES and not parties & words:
            against += _OTHER_PARTY
        if mention.word in lexicon.CONTENDERS:
            if words & lexicon.OFFICES and not words & lexicon.CONTENDERS:
                against += _NO_CONTENDER
        elif (
            mention.word not in lexicon.ANAPHORIC_PERSON_NOUNS and words & lexicon.OFFICES and mention.word not in words
        ):
            against += _OTHER_OFFICE
        if mention.word in _ELECTED and entity.organization is not None and not words & lexicon.OFFICES:
            # `CNN's Gloria Borger` is no senator.
            against += _OTHER_OFFICE
        return against

    def _is_of_another(self, entity: Entity, owner: Entity | None) -> bool:
        """True where a person's role names somebody else than the owner: `Varga's spokeswoman` is not Lund's."""
        if owner is None or owner.name is None:
            return False
        named = {e.number for word in entity.role_words for e in self.scene.table.persons_called(word)}
        return bool(named) and owner.number not in named

    def _is_called_alike(self, known: Entity, mention: SourceMention) -> bool:
        """True where an unnamed person's wording shares a modifier with a phrase, or the phrase has none."""
        modifiers = self._modifiers(mention) - lexicon.PASSING - {mention.word}
        return not modifiers or not modifiers.isdisjoint(known.role_words)

    def _fits_bodies(self, entity: Entity, mention: SourceMention) -> bool:
        """True unless the phrase names a body that the person has nothing to do with: `the Beacon fact checker`."""
        scene = self.scene
        if mention.word in lexicon.ANAPHORIC_PERSON_NOUNS:
            return True
        bodies = [n for n in scene.names_between(mention.start, mention.head) if scene.kinds[n] == "org"]
        known = entity.role_words | set((entity.organization or "").lower().split())
        return all(not known.isdisjoint(scene.names[n].words) for n in bodies)

    def _modifiers(self, mention: SourceMention) -> set[str]:
        tokens = self.scene.doc[mention.start : mention.head]
        return {token.lower_ for token in tokens if token.tag_ not in ("DT", "POS", "HYPH")}

    def _by_role(self, mention: SourceMention) -> Entity | None:
        """The person whose role the article has told in these words; among several, the last one mentioned."""
        bearers = self._bearers(lexicon.SYNONYMS.get(mention.word, mention.word))
        if not bearers:
            return None
        governing = self.scene.governing(mention.head)
        bearers = [entity for entity in bearers if entity.number not in governing]
        modifiers, place = self._modifiers(mention), place_words(self.scene, mention)
        ranks = recency(self.scene, mention)
        best: tuple[float, int] | None = None
        chosen: Entity | None = None
        for entity in bearers:
            if not entity.mentions or (place - entity.role_words and PLACES & entity.role_words):
                continue
            if entity.number not in ranks and entity.mentions[0].start > mention.head:
                continue
            unmatched = modifiers - entity.role_words - {"former", "same"}
            overlap = len(modifiers & entity.role_words) - _UNMATCHED_WEIGHT * len(unmatched)
            key = (overlap, -ranks.get(entity.number, _LONG_AGO))
            if overlap >= _MIN_OVERLAP and (best is None or key > best):
                best, chosen = key, entity
        return chosen

    def _takes_up(self, mention: SourceMention) -> bool:
        """True where a definite description is of somebody named before: `the hydrologist`, `the former Speaker`."""
        if self._is_generic(mention):
            return True
        first = self.scene.doc[mention.start].lower_
        if first not in ("the", "this", "that") or mention.end - mention.head > _MAX_TAIL_TOKENS:
            return False
        if not is_person_noun(mention.word):
            return False
        return mention.word not in lexicon.FUNCTIONAL_OFFICES or bool(place_words(self.scene, mention))

    def _is_generic(self, mention: SourceMention) -> bool:
        """True where the phrase fits anybody: `the candidate`, `the retired ...`, `the 34-year-old`."""
        if mention.word in lexicon.ANAPHORIC_PERSON_NOUNS or is_age(phrase_text(self.scene, mention)):
            return True
        return not lexicon.FORMER.isdisjoint(self._modifiers(mention))

    def _in_view(self, mention: SourceMention, known: Entity | None) -> tuple[Entity | None, float]:
        """The person most in view, among the named ones and the unnamed one called the same before, and its share.

        One who just spoke without a name comes first; `the hydrologist` is nobody of whom another trade is known.
        """
        scene, token = self.scene, mention.head
        female = (
            True if mention.word in lexicon.SURELY_FEMALE else False if mention.word in lexicon.SURELY_MALE else None
        )
        if female is None and (pronoun := pronoun_behind(scene.doc, mention.end)):
            # `The former secretary of state has long maintained that she ...`
            female = pronoun > 0
        ranked = weigh(
            scene.history,
            token,
            scene.sentence_of[token],
            scene.paragraph_of(token),
            ("person", "anonymous"),
            female=female,
        )
        governing = scene.governing(token)
        ranked = [candidate for candidate in ranked if candidate.entity.number not in governing]
        for candidate in ranked:
            candidate.score -= self._contradiction(candidate.entity, mention)
        ranked.sort(key=lambda candidate: -candidate.score)
        place, generic = place_words(scene, mention), self._is_generic(mention)
        spoke_here = [c for c in ranked if c.entity.kind == "anonymous" and c.features[SPOKE_HERE]]
        if spoke_here and not place:
            return spoke_here[0].entity, 1.0
        for number, candidate in enumerate(ranked):
            entity = candidate.entity
            if place and PLACES & entity.role_words and not place & entity.role_words:
                continue
            if not self._fits_bodies(entity, mention):
                continue
            if entity is known or (entity.name is not None and (generic or not entity.role_words & _TRADES)):
                return entity, probability(ranked[number:])
        return None, 0.0
