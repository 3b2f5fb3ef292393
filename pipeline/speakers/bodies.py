"""Which body a noun phrase is: `the company`, `the union`, `her campaign`, `the newspaper`, `a gym`."""

from collections import Counter

from onrecord.pipeline.speakers import confidence, lexicon
from onrecord.pipeline.speakers.descriptions import latest, named_ahead
from onrecord.pipeline.speakers.discourse import weigh
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.nameless import Nameless
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention

_NO_COMPANY = (
    lexicon.GOVERNMENT_NOUNS
    | lexicon.MEMBER_BODIES
    | {"workers", "teamsters", "news", "states", "university", "college", "school", "church", "institute"}
)
_COMMERCIAL = lexicon.COMPANY_NOUNS | lexicon.PAPER_NOUNS
_CALLED_BY_ACRONYM = frozenset("union association federation league".split())
"""What an acronym that the article does not spell out may be called."""
_TOLD_BY_PLACE = frozenset("court tribunal ministry university embassy parliament assembly senate navy army".split())
_TAKEN_UP_IN_VIEW = _COMMERCIAL | lexicon.SINGLE_SITE_BODIES


class BodyResolver:
    """Resolves noun phrases for bodies.

    Args:
        scene: The article.
        nameless: The article's unnamed entities.
    """

    def __init__(self, scene: Scene, nameless: Nameless) -> None:
        self.scene = scene
        self.nameless = nameless
        named = [e for e in scene.table.entities if e.kind == "org" and e.name is not None]
        self._public = [e for e in named if any(not lexicon.AGENCY_NAME_WORDS.isdisjoint(form) for form in e.forms)]
        self._acronyms = [
            entity
            for entity in named
            if entity not in self._public
            and entity.name is not None
            and entity.name.isupper()
            and " " not in entity.name
        ]
        self._outlets = [
            entity
            for entity in named
            if entity.role_words & lexicon.PAPER_NOUNS
            or any(not lexicon.MEDIA_NAME_WORDS.isdisjoint(form) for form in entity.forms)
        ]

    def resolve(self, mention: SourceMention, owner: Entity | None) -> tuple[Entity, float]:
        """Returns the body that a phrase stands for, and how sure that is."""
        person = self._person_of(mention, owner)
        if person is not None and mention.word in lexicon.AFFILIATES:
            return self._affiliate(mention, person), confidence.BODY_CALLED
        if owner is None and self.is_plain(mention):
            found = self._taken_up(mention)
            if found is not None:
                if found[0].name is not None and self.scene.slot(mention.head) == "subject":
                    # Elsewhere `the site`, `the platform` may be a place.
                    self.scene.table.tell_role(found[0], self.scene.roles.nominal(mention.start, mention.head + 1).role)
                return found
        elif owner is None and self.scene.doc[mention.start].lower_ in ("a", "an"):
            ahead = named_ahead(self.scene, mention, "org")
            if ahead is not None:
                return ahead, confidence.PERSON_AHEAD
        return self._described(mention, owner)

    def is_plain(self, mention: SourceMention) -> bool:
        """True for `the company`, `the news service`: what it takes up was mentioned before."""
        doc = self.scene.doc
        if doc[mention.start].lower_ not in ("the", "this", "that") or self.scene.names_between(
            mention.start, mention.head
        ):
            return False
        if mention.head + 1 < len(doc) and doc[mention.head + 1].lower_ in ("in", "of", "at", "for"):
            # `the government in Norport`
            return False
        bare = all(token.tag_ in ("DT", "JJ", "RB") for token in doc[mention.start : mention.head])
        return bare or mention.word in _COMMERCIAL or self._is_news(mention)

    def outlet(self, mention: SourceMention) -> Entity | None:
        """Returns the newspaper, station or site that was mentioned last."""
        return latest(self.scene, self._outlets, mention)

    def _taken_up(self, mention: SourceMention) -> tuple[Entity, float] | None:
        """The body that a plain definite phrase takes up: by its name, its role, or being in view."""
        scene, word = self.scene, mention.word
        called = latest(scene, [*self._called(word), *self.nameless.affiliates(word)], mention)
        if called is not None:
            return called, confidence.BODY_CALLED
        by_role = latest(scene, [e for e in scene.table.with_role(word) if e.kind == "org" and e.name], mention)
        if by_role is not None:
            return by_role, confidence.BODY_BY_ROLE
        in_view: Entity | None = None
        if word in lexicon.AGENCY_NOUNS and not self._is_news(mention):
            in_view = latest(scene, self._public, mention)
        elif word in _TAKEN_UP_IN_VIEW or self._is_news(mention):
            in_view = self._in_view(mention)
        elif word in _CALLED_BY_ACRONYM:
            in_view = latest(scene, self._acronyms, mention)
        if in_view is not None:
            return in_view, confidence.BODY_IN_VIEW
        known = self.nameless.called("org", word)
        if known is not None:
            return known, confidence.PERSON_KNOWN
        ahead = named_ahead(scene, mention, "org")
        return None if ahead is None else (ahead, confidence.PERSON_AHEAD)

    def _described(self, mention: SourceMention, owner: Entity | None) -> tuple[Entity, float]:
        """A body of its own, named where the phrase holds a name: `Norland's foreign ministry`."""
        scene = self.scene
        if owner is None and mention.start == mention.head and mention.end == mention.head + 1:
            # `Police` behind `Norport police`
            known = self.nameless.called("org", mention.word)
            if known is not None:
                return known, confidence.PERSON_KNOWN
        names = [n for n in scene.names_between(mention.start, mention.head) if scene.kinds[n] != "people"]
        if (
            names
            and scene.names[names[-1]].end == mention.head
            and scene.kinds[names[-1]] == "org"
            and mention.word in _COMMERCIAL
        ):
            # `the nationalist Evening Globe tabloid`
            return scene.table.candidates(scene.names[names[-1]])[0], confidence.BODY_CALLED
        entity = self.nameless.of_wording(mention, "org", owner)
        if entity.name is None and not names and (end := self._place_behind(mention)):
            is_article = scene.doc[mention.start].tag_ in ("DT", "PRP$")
            entity.name = scene.worded(mention.start + is_article, end)
        if entity.name is None and names:
            first = scene.names[names[0]].start
            entity.name = scene.worded(
                first if scene.doc[mention.start].tag_ in ("DT", "PRP$") else mention.start, mention.head + 1
            )
        return entity, confidence.BODY_WITHOUT_NAME

    def _place_behind(self, mention: SourceMention) -> int:
        """Token index behind the place that a public body is told by (`the high court in Matsu`), 0 where none is."""
        doc, scene, head = self.scene.doc, self.scene, mention.head
        if mention.word not in _TOLD_BY_PLACE or head + 2 >= len(doc) or doc[head + 1].lower_ not in ("in", "of"):
            return 0
        number = scene.name_at(head + 2)
        if number is None or scene.kinds[number] not in ("place", "org"):
            return 0
        return scene.names[number].end

    def _called(self, word: str) -> list[Entity]:
        words = (word, *lexicon.BODY_SYNONYMS.get(word, ()))
        return [entity for w in words for entity in self.scene.table.bodies_with(w) if entity.kind == "org"]

    def _person_of(self, mention: SourceMention, owner: Entity | None) -> Entity | None:
        """The person whose body a phrase names: `the Marlowe campaign`, `her campaign`."""
        if owner is not None:
            return owner if owner.kind == "person" else None
        for number in self.scene.names_between(mention.start, mention.head):
            if self.scene.names[number].end == mention.head and self.scene.kinds[number] == "person":
                return self.scene.table.candidates(self.scene.names[number])[0]
        return None

    def _affiliate(self, mention: SourceMention, person: Entity) -> Entity:
        """The body of a person, named as the article most often words it."""
        entity = self.nameless.affiliate(mention.word, person)
        if entity.name is None:
            wordings = self._wordings(mention.word, person)
            entity.name = max(wordings, key=lambda wording: wordings[wording], default=None)
        if entity.name is None and self.scene.doc[mention.start].tag_ != "PRP$":
            is_article = self.scene.doc[mention.start].tag_ == "DT"
            entity.name = self.scene.worded(mention.start + is_article, mention.head + 1)
        return entity

    def _wordings(self, word: str, person: Entity) -> Counter[str]:
        """`Marlowe campaign`, `Marlowe's campaign`, each with how often the article says it."""
        doc = self.scene.doc
        found: Counter[str] = Counter()
        for mention in person.mentions:
            end = mention.end
            if end + 1 < len(doc) and doc[end].tag_ == "POS":
                end += 1
            if end < len(doc) and doc[end].lower_ == word:
                found[self.scene.worded(mention.start, end + 1)] += 1
        return found

    def _is_news(self, mention: SourceMention) -> bool:
        """True for `news service`, `wire agency` and the like."""
        before = self.scene.doc[mention.head - 1].lower_ if mention.head else ""
        return mention.word in ("service", "agency", "organization") and before in ("news", "wire", "press")

    def _in_view(self, mention: SourceMention) -> Entity | None:
        """The body most in view that can be a company, or the unnamed one last called so."""
        scene, token = self.scene, mention.head
        known = self.nameless.called("org", mention.word)
        ranked = weigh(scene.history, token, scene.sentence_of[token], scene.paragraph_of(token), ("org",), female=None)
        for candidate in ranked:
            entity = candidate.entity
            if entity is known:
                return entity
            if entity.mentions and entity.name and all(_NO_COMPANY.isdisjoint(form) for form in entity.forms):
                return entity
        return None
