"""Which names are one entity's, and which entities a name can stand for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice

from spacy.tokens import Doc

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.entities import Entity, role_words
from onrecord.pipeline.speakers.gender import (
    LISTED,
    MAX_MENTIONS,
    clear_vote,
    from_first_name,
    from_pronouns,
    pronoun_behind,
    told_by_names,
)
from onrecord.pipeline.speakers.mentions import Evidence, NameMention
from onrecord.pipeline.speakers.name_forms import behind_particle, can_be_one, core_of, shortens, suffix_of
from onrecord.pipeline.speakers.places import PLACES
from onrecord.pipeline.speakers.titles import Titles

_MAX_ACRONYM = 7
_HIGH_OFFICES = frozenset("president prime minister chancellor governor gov senator sen king queen mayor".split())
_CERTAIN = 6.0
_PLACE_WORDS = frozenset("in from near outside across around at of to".split())
_LINK_WORDS = frozenset(("of", "for", "and", "the", "on", "&", "'s", "’", "'"))
_AMBIGUITY_MARGIN = 2.0
_TITLE_ODDS = 3.0
_PRONOUN_SHARE = 0.2
_PRONOUN_WEIGHT = 1.0
_MAX_PRONOUN_WEIGHT = 3.0
_MAX_NAMESAKES = 100
"""A name is compared with at most so many others that share a word, so that a list of names costs no quadratic time."""


class EntityTable:
    """The named entities of one article.

    Args:
        doc: The article's Doc.
        mentions: Its name mentions in order.
        titles: The titles in use.
    """

    def __init__(self, doc: Doc, mentions: Sequence[NameMention], titles: Titles) -> None:
        self.doc = doc
        self.titles = titles
        self.entities: list[Entity] = []
        self._by_key: dict[tuple[str, ...], list[Entity]] = {}
        self._persons_by_part: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
        self._bodies_by_word: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
        self._by_role_word: defaultdict[str, dict[int, Entity]] = defaultdict(dict)
        self._ending_at: dict[int, Entity] = {}
        self._acronyms: dict[str, Entity] = {}
        self._n_mentions: dict[tuple[str, ...], int] = {}
        self._build(mentions)

    def new(self, kind: str) -> Entity:
        """Adds an entity without a name."""
        entity = Entity(len(self.entities), kind=kind)
        self.entities.append(entity)
        return entity

    def candidates(self, mention: NameMention) -> list[Entity]:
        """Returns the entities that a name mention can stand for, in the order of their first mention."""
        return self._by_key.get(mention.words, [])

    def n_bare(self, mention: NameMention) -> int:
        """Returns how often the article uses a mention's words as they are."""
        return self._n_mentions.get(mention.words, 0)

    def tell_role(self, entity: Entity, role: str, place: str = "said") -> None:
        """Tells an entity's role and where it stands; the entity is found by its words from then on."""
        entity.add_role(role, place)
        self.index_words(entity, role_words(role))

    def index_words(self, entity: Entity, words: set[str]) -> None:
        """Makes words lead to an entity: those of its roles, and the place that it comes from."""
        entity.role_words |= words
        for word in words:
            self._by_role_word[word][entity.number] = entity

    def with_role(self, word: str) -> list[Entity]:
        """Returns the entities whose roles hold a word."""
        return list(islice(self._by_role_word.get(word, {}).values(), _MAX_NAMESAKES))

    def bodies_with(self, word: str) -> list[Entity]:
        """Returns the bodies whose name holds a word (`ministry`, `union`)."""
        return list(islice(self._bodies_by_word.get(word, {}).values(), _MAX_NAMESAKES))

    def _build(self, mentions: Sequence[NameMention]) -> None:
        groups: dict[tuple[str, ...], list[NameMention]] = {}
        for mention in mentions:
            groups.setdefault(mention.words, []).append(mention)
        votes = {words: _summed(group) for words, group in groups.items()}
        titled = {mention.core[0] for mention in mentions if mention.title[1] and len(mention.core) == 1}
        for words, evidence in votes.items():
            if evidence.kind == "org" and len(core_of(words)) == 2 and core_of(words)[-1] in titled:
                # `Parker Griffith ... Dr. Griffith`
                evidence.votes["person"] += _CERTAIN
        long_persons = [w for w in groups if len(core_of(w)) > 1 and votes[w].kind == "person"]
        for words in sorted(long_persons, key=lambda w: (-len(w), groups[w][0].start)):
            self._add(words, groups[words], votes[words], self._same_person(words))
        bodies = [
            w for w in groups if w not in self._by_key and (len(core_of(w)) > 1 or _is_acronym(self.doc, groups[w]))
        ]
        for words in sorted(bodies, key=lambda w: (-len(w), groups[w][0].start)):
            same = [] if votes[words].kind == "people" else self._same_body(words, groups[words])
            self._add(words, groups[words], votes[words], same)
        rest = [w for w in groups if w not in self._by_key]
        for words in rest:
            group = groups[words][:MAX_MENTIONS]
            pronouns = sum(1 for mention in group if pronoun_behind(self.doc, mention.end))
            if pronouns >= max(2, _PRONOUN_SHARE * len(group)):
                votes[words].votes["person"] += min(_PRONOUN_WEIGHT * pronouns, _MAX_PRONOUN_WEIGHT)
        for words in sorted(rest, key=lambda w: groups[w][0].start):
            self._add(words, groups[words], votes[words], self._short_form(words, groups[words], votes[words]))
        for entity in self.entities:
            self._finish(entity)

    def _add(
        self, words: tuple[str, ...], group: Sequence[NameMention], votes: Evidence, same: Sequence[Entity]
    ) -> None:
        if not same:
            same = [self.new(votes.kind)]
        self._by_key[words] = list(same)
        self._n_mentions[words] = len(group)
        if len(same) > 1:
            return
        entity = same[0]
        entity.mentions += group
        entity.forms.append(words)
        entity.evidence.add(votes)
        self._ending_at.update((mention.end, entity) for mention in group)
        core = core_of(words)
        if entity.kind == "person":
            for part in (core[-1], core[0], *core[-1].split("-"), " ".join(core[1:]), *behind_particle(core)):
                self._persons_by_part[part][entity.number] = entity
        elif entity.kind in ("org", "place"):
            for word in core:
                self._bodies_by_word[word][entity.number] = entity
            initials = "".join(word[0] for word in core if word not in _LINK_WORDS)
            if 2 <= len(initials) <= _MAX_ACRONYM:
                self._acronyms.setdefault(initials, entity)

    def persons_called(self, part: str) -> list[Entity]:
        """Returns the persons whose surname, first name or short name is a word."""
        return list(islice(self._persons_by_part.get(part, {}).values(), _MAX_NAMESAKES))

    def _same_person(self, words: tuple[str, ...]) -> list[Entity]:
        """A longer name of the same person: `Arlen Voss` is `Arlen J. Voss`."""
        core = core_of(words)
        for entity in self.persons_called(core[-1]):
            if any(can_be_one(core, core_of(form)) and suffix_of(words) == suffix_of(form) for form in entity.forms):
                return [entity]
        # `Sayre Marlowe`, `Le Roux`, `Van der Bellen`: the last words of a longer name.
        found = [
            entity
            for entity in self.persons_called(core[0])
            if any(core_of(form)[-len(core) :] == core and suffix_of(form) == suffix_of(words) for form in entity.forms)
        ]
        return found or _of_suffix(self.persons_called(" ".join(core)), words)[:1]

    def _same_body(self, words: tuple[str, ...], group: Sequence[NameMention]) -> list[Entity]:
        """The body that an acronym, or a name shortened by its last or first words, stands for."""
        core = core_of(words)
        text = self.doc[group[0].start : group[0].end].text
        is_dotted = "." in text and len(text.replace(".", "")) <= _MAX_ACRONYM
        if is_dotted or (len(core) == 1 and text.isupper()):
            entity = self._bracketed(group) or self._acronyms.get(text.lower().replace(".", ""))
            return [entity] if entity else []
        n = len(core)
        for entity in self.bodies_with(core[0]):
            if core[-1] not in ("of", "for") and any(form[:n] == core for form in entity.forms):
                return [entity]
        for entity in self.bodies_with(core[-1]) if n > 1 else ():
            # `Daily News` for `Harbour Daily News`
            if any(len(form) > n and core_of(form)[-n:] == core and form[-n - 1] != "of" for form in entity.forms):
                return [entity]
        return []

    def _bracketed(self, group: Sequence[NameMention]) -> Entity | None:
        """The body right before an acronym in brackets: `Northern Fishers' Union (NFU)`."""
        for mention in group:
            if mention.start >= 2 and self.doc[mention.start - 1].text == "(":
                return self._ending_at.get(mention.start - 1)
        return None

    def _short_form(self, words: tuple[str, ...], group: Sequence[NameMention], votes: Evidence) -> list[Entity]:
        """The persons or bodies that one word stands for."""
        word = core_of(words)[-1]
        persons = self.persons_called(word) or self.persons_called(word.partition("-")[0])
        if persons and not self._is_place(group, votes):
            surnames = [entity for entity in persons if _surname_is(entity, word)]
            fitting = self._fitting(group, _of_suffix(surnames, words))
            if surnames and (not fitting or self._is_the_other(group, fitting)):
                votes.votes["person"] += _CERTAIN
                return []
            surnames = fitting
            if surnames or votes.of("people") - votes.of("person") < _AMBIGUITY_MARGIN:
                return surnames or persons
        # `the House` is not the White House, nor is a state the party that is called after it.
        if votes.kind in ("people", "person") or word == "house" or (votes.kind == "place" and word in PLACES):
            return []
        return [entity for entity in self.bodies_with(word) if any(shortens(word, form) for form in entity.forms)][:1]

    def _is_the_other(self, group: Sequence[NameMention], persons: Sequence[Entity]) -> bool:
        """True where a bare surname is not its one bearer's, whom the article names as the other's kin.

        `Voss's wife, Vera Voss` is not the Voss of whom the article speaks; nor is Ruth `President Okafor`.
        """
        if len(persons) != 1:
            return False
        full = [mention for mention in persons[0].mentions[:MAX_MENTIONS] if len(mention.core) > 1]
        office = any(
            self.doc[i].lower_.rstrip(".") in _HIGH_OFFICES for mention in group for i in range(*mention.title)
        )
        pronouns = sum(pronoun_behind(self.doc, mention.end) for mention in group[:MAX_MENTIONS])
        if office and pronouns * told_by_names(persons[0].forms) < 0:
            return True
        if not any(self._is_kin(mention) for mention in full):
            return False
        first = min(mention.start for mention in full)
        return office or any(mention.start < first for mention in group)

    def _is_kin(self, mention: NameMention) -> bool:
        """True where a word for kin, or `first lady`, stands right before or behind a full name."""
        before = (mention.title[0] if mention.title[1] else mention.start) - 1
        tokens = [*range(max(0, before - 2), before + 1), *range(mention.end, min(mention.end + 4, len(self.doc)))]
        tokens += range(*mention.title)
        return any(self.doc[i].lower_ in lexicon.KIN for i in tokens)

    def _fitting(self, group: Sequence[NameMention], persons: Sequence[Entity]) -> list[Entity]:
        """The persons whose first name fits the pronouns that follow a bare surname: `Marlowe ... she` is not Ralph."""
        vote = clear_vote(self.doc, group)
        return [entity for entity in persons if vote * told_by_names(entity.forms) >= 0]

    def _is_place(self, group: Sequence[NameMention], votes: Evidence) -> bool:
        """True where a person's name is here a place's: `Washington` beside `Cole Washington`."""
        where = sum(self.doc[m.start - 1].lower_ in _PLACE_WORDS for m in group if m.start)
        return votes.labels["place"] >= 0.5 * len(group) and where >= 0.5 * len(group)

    def _finish(self, entity: Entity) -> None:
        """Fixes an entity's name and what its titles and first names tell of its gender."""
        entity.mentions.sort(key=lambda mention: mention.start)
        if not entity.mentions:
            return
        if entity.kind != "person":
            entity.kind = entity.evidence.kind
        best = max(
            entity.mentions, key=lambda m: (len(core_of(m.words)), len(m.words), not self._is_all_caps(m), -m.start)
        )
        if best.words[0] not in lexicon.GENERIC_BODIES or len(best.words) > 1:
            entity.name = self._worded(best)
            if entity.kind == "org" and any(self._has_article(m) for m in entity.mentions if m.words == best.words):
                entity.name = f"The {entity.name}"
        for mention in entity.mentions:
            for i in range(*mention.title):
                gender = self.titles.gender(self.doc[i].text)
                if gender is not None:
                    entity.female += _TITLE_ODDS if gender == "female" else -_TITLE_ODDS
        entity.female += from_first_name(best.words)
        if entity.kind == "person" and abs(entity.female) < LISTED:
            entity.female += from_pronouns(self.doc, entity.mentions)

    def _has_article(self, mention: NameMention) -> bool:
        """True where a capital inside a sentence says that the article is the name's: `told The Harbour Post`."""
        before, first = (self.doc[max(0, mention.start - k)] for k in (1, 2))
        return mention.start > 1 and before.text == "The" and first.is_alpha and first.is_lower and not mention.headline

    def _is_all_caps(self, mention: NameMention) -> bool:
        return self.doc[mention.start : mention.end].text.isupper()

    def _worded(self, mention: NameMention) -> str:
        start = mention.start
        if len(mention.core) == 1 and mention.title[1] and self.titles.keeps(self.doc[mention.title[1] - 1].text):
            start = mention.title[1] - 1
        end = mention.end
        while end - 1 > mention.start and self.doc[end - 1].lower_.rstrip(".") in lexicon.POST_NOMINALS:
            end -= 1
        return " ".join(self.doc[start:end].text.split())


def _summed(group: Iterable[NameMention]) -> Evidence:
    total = Evidence(n=0)
    for mention in group:
        total.add(mention.evidence)
    return total


def _is_acronym(doc: Doc, group: Sequence[NameMention]) -> bool:
    mention = group[0]
    text = doc[mention.start : mention.end].text
    return len(mention.words) == 1 and text.isupper() and 2 <= len(text.replace(".", "")) <= _MAX_ACRONYM


def _of_suffix(persons: Sequence[Entity], words: tuple[str, ...]) -> list[Entity]:
    """The persons whose full name has the suffix of a short one, or all where none has."""
    return [e for e in persons if any(suffix_of(form) == suffix_of(words) for form in e.forms)] or list(persons)


def _surname_is(entity: Entity, word: str) -> bool:
    last = [core_of(form)[-1] for form in entity.forms if len(core_of(form)) > 1]
    return any(word == name or word in name.split("-") for name in last)
