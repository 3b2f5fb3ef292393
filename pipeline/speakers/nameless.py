"""The persons, bodies and groups that an article speaks of without a name."""

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention

_NOUN_ODDS = 3.0


class Nameless:
    """Keeps one entity for each wording.

    Args:
        scene: The article.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._by_wording: dict[tuple[object, ...], Entity] = {}
        self._by_head: dict[tuple[str, str], Entity] = {}
        self._affiliates: dict[str, list[Entity]] = {}

    def of_wording(self, mention: SourceMention, kind: str, owner: Entity | None) -> Entity:
        """Returns the entity of a phrase's words and its owner; a single unnamed source is a new one each time."""
        doc = self.scene.doc
        words = tuple(
            doc[i].lower_
            for i in range(mention.start, mention.end)
            if doc[i].tag_ not in ("DT", "PRP$") and not doc[i].is_punct
        )
        key: tuple[object, ...] = (kind, words, None if owner is None else owner.number)
        if kind == "anonymous" and not mention.plural:
            key = (kind, words, mention.start)
        entity = self._by_wording.get(key)
        if entity is None:
            entity = self._by_wording[key] = self._new(mention, kind, owner)
        self._by_head[kind, mention.word] = entity
        return entity

    def _phrase_end(self, mention: SourceMention) -> int:
        """Token index behind a mention, or of the first comma in it."""
        doc = self.scene.doc
        return next((i for i in range(mention.head, mention.end) if doc[i].text == ","), mention.end)

    def _new(self, mention: SourceMention, kind: str, owner: Entity | None) -> Entity:
        entity = self.scene.table.new(kind)
        if mention.word in lexicon.PERSON_NOUNS_FEMALE:
            entity.female = _NOUN_ODDS
        elif mention.word in lexicon.SURELY_MALE:
            entity.female = -_NOUN_ODDS
        found = self.scene.roles.nominal(mention.start, mention.end)
        entity.add_role(found.role)
        apposed = None if mention.plural else self.scene.roles.apposition(self._phrase_end(mention))
        if apposed is not None:
            # `her neighbour, a butcher,`
            entity.add_role(apposed.role)
        entity.organization = found.organization or (apposed.organization if apposed else None) or None
        if entity.organization is None and owner is not None and owner.kind == "org":
            entity.organization = owner.name
        return entity

    def called(self, kind: str, word: str) -> Entity | None:
        """Returns the entity of a kind that was last called by a head noun."""
        return self._by_head.get((kind, word))

    def affiliates(self, word: str) -> list[Entity]:
        """Returns the bodies of persons that go by a noun: every `campaign`."""
        return self._affiliates.get(word, [])

    def affiliate(self, word: str, person: Entity) -> Entity:
        """Returns the body that a noun and a person make: `the Marlowe campaign`."""
        key = ("affiliate", word, person.number)
        entity = self._by_wording.get(key)
        if entity is None:
            entity = self._by_wording[key] = self.scene.table.new("org")
            entity.add_role(word)
            self._affiliates.setdefault(word, []).append(entity)
            self._by_head["org", word] = entity
        return entity

    def author(self) -> Entity:
        """Returns the person who says `I` outside quotation marks: the author, named where the article has one only."""
        entity = self._single("author", "person")
        authors = self.scene.article.authors
        if len(authors) == 1:
            entity.name = authors[0]
        return entity

    def authors(self) -> Entity:
        """Returns the group that says `we` outside quotation marks."""
        return self._single("authors", "group")

    def _single(self, key: str, kind: str) -> Entity:
        if (key,) not in self._by_wording:
            self._by_wording[key,] = self.scene.table.new(kind)
        return self._by_wording[key,]
