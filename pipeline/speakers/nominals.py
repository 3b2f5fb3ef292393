"""Who a noun phrase is: a person, a body, a group, an unnamed source, or whoever wrote a document."""

from onrecord.pipeline.speakers import confidence, lexicon
from onrecord.pipeline.speakers.bodies import BodyResolver
from onrecord.pipeline.speakers.descriptions import phrase_text
from onrecord.pipeline.speakers.documents import DocumentResolver
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.nameless import Nameless
from onrecord.pipeline.speakers.persons import PersonResolver
from onrecord.pipeline.speakers.phrases import NOUN_TAGS, is_person_noun
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention, is_age

_FEW = frozenset("two three four five six seven eight nine ten".split())
_MAX_ONE_TOKENS = 4
_NEAR_SENTENCES = 3
_INDEFINITE = lexicon.SINGLE_INDEFINITE | lexicon.PLURAL_INDEFINITE
_NO_PERSONS = lexicon.ORG_NOUNS - lexicon.PERSON_NOUNS | lexicon.QUANTITY_NOUNS
_ONE_UNNAMED = frozenset(("one", "another", "somebody", "someone"))


class NominalResolver:
    """Resolves noun phrases of one article.

    Args:
        scene: The article.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.nameless = Nameless(scene)
        self._documents = DocumentResolver(scene, self.nameless)
        self._bodies = BodyResolver(scene, self.nameless)
        self._persons = PersonResolver(scene, self.nameless)

    def resolve(self, mention: SourceMention, owner: Entity | None) -> tuple[Entity, float]:
        """Returns the entity that a noun phrase stands for, and how sure that is.

        Args:
            mention: The phrase; its form is `nominal`.
            owner: The possessor's entity, where it has one.
        """
        word = mention.word
        if word in lexicon.PAPER_NOUNS and owner is None and self._bodies.is_plain(mention):
            outlet = self._bodies.outlet(mention)
            if outlet is not None:
                return outlet, confidence.OUTLET
        if word in lexicon.SPEECH_NOUNS or (word in lexicon.DOCUMENT_NOUNS and not is_person_noun(word)):
            return self._documents.resolve(mention, owner)
        if mention.plural or word in lexicon.FRACTIONS:
            return self._group(mention)
        if word in _INDEFINITE:
            everybody = self.scene.doc[mention.start].lower_ in ("no", "not", "every")
            kind = "anonymous" if word in _ONE_UNNAMED and not everybody else "group"
            entity = self.nameless.of_wording(mention, kind, owner)
            if kind == "anonymous":
                self._tell_of_whom(entity, mention)
            return entity, confidence.UNNAMED_SOURCE
        if word in lexicon.CROWDS:
            return self.nameless.of_wording(mention, "group", owner), confidence.UNNAMED_SOURCE
        if self._is_body(mention):
            return self._bodies.resolve(mention, owner)
        if owner is not None and owner.name is not None and self.scene.doc[mention.head].tag_ not in NOUN_TAGS:
            # `Okafor's anti-union`: cut off before its noun, it is still Okafor's.
            return owner, confidence.DOCUMENT_OF_OWNER
        if not self._is_human(mention):
            if owner is not None and owner.kind == "person" and owner.name is not None:
                # `Okafor's mind`, `her willingness`
                return owner, confidence.DOCUMENT_OF_OWNER
            # Something that is no person: an event, a thing, an idea.
            return self.nameless.of_wording(mention, "org", owner), confidence.THING
        return self._persons.resolve(mention, owner)

    def _tell_of_whom(self, entity: Entity, mention: SourceMention) -> None:
        """`One`, `another`, `one of them` is of the group mentioned last: its role is told."""
        scene = self.scene
        if mention.end - mention.start > _MAX_ONE_TOKENS:
            return
        for trace in scene.history.back(mention.head, scene.sentence_of[mention.head], window=_NEAR_SENTENCES):
            if trace.quoted or trace.entity.kind not in ("group", "anonymous"):
                continue
            role = trace.entity.best_role()
            if role is not None and not role.lower().startswith("one"):
                entity.roles.clear()
                entity.add_role(role)
                entity.organization = entity.organization or trace.entity.organization
                return

    def group(self, mention: SourceMention) -> tuple[Entity, float]:
        """Returns the group that several sources tied by `and` make, and how sure that is."""
        entity = self.nameless.of_wording(mention, "group", None)
        if self.scene.name_at(mention.start) is not None:
            # Names are no role.
            entity.roles.clear()
        return entity, confidence.GROUP

    def _group(self, mention: SourceMention) -> tuple[Entity, float]:
        """A group, or several unnamed sources: `people familiar with the matter`, `two of her own officials`."""
        doc = self.scene.doc
        words = {token.lower_ for token in doc[mention.start : mention.end]}
        counted = doc[mention.start].lower_ in _FEW and doc[mention.start + 1].tag_ not in ("IN", "HYPH")
        if doc[mention.start].lower_ in _FEW and doc[mention.start + 1].lower_ == "of":
            counted = mention.word in lexicon.INSIDERS and doc[mention.start + 2].tag_ in ("DT", "PRP$")
        are_persons = mention.word not in _NO_PERSONS
        if words & lexicon.ANONYMITY or (counted and are_persons):
            return self.nameless.of_wording(mention, "anonymous", None), confidence.UNNAMED_SOURCE
        return self.nameless.of_wording(mention, "group", None), confidence.GROUP

    def _is_body(self, mention: SourceMention) -> bool:
        """True for a body's noun; of those that are persons too (`a buyer`), where a body is named beside it."""
        if mention.word not in lexicon.ORG_NOUNS:
            return False
        names = self.scene.names_between(mention.start, mention.head)
        return mention.word not in lexicon.PERSON_NOUNS or any(self.scene.kinds[n] == "org" for n in names)

    def _is_human(self, mention: SourceMention) -> bool:
        """True for a noun for persons, an age, a capitalised office, or no noun at all."""
        token = self.scene.doc[mention.head]
        if is_person_noun(mention.word) or is_age(phrase_text(self.scene, mention)):
            return True
        return bool(token.text[0].isupper() or token.tag_ not in ("NN", "NNS"))
