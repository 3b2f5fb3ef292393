"""The flow: names -> entities -> roles -> mentions in text order -> one speaker for each quotation."""

from collections.abc import Sequence

from spacy.tokens import Doc

from onrecord.corpus.article import Article
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.record import Mention, Speaker, SpeakerKind
from onrecord.pipeline.speakers import confidence, lexicon
from onrecord.pipeline.speakers.discourse import History
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.namesakes import NameResolver
from onrecord.pipeline.speakers.nominals import NominalResolver
from onrecord.pipeline.speakers.phrases import is_person_noun, noun_at
from onrecord.pipeline.speakers.pronouns import GENDERED, PronounResolver, Resolved
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention, SourceReader
from onrecord.pipeline.speakers.titles import Titles

_KINDS = {
    "person": SpeakerKind.PERSON,
    "org": SpeakerKind.ORGANIZATION,
    "place": SpeakerKind.ORGANIZATION,
    "people": SpeakerKind.GROUP,
    "group": SpeakerKind.GROUP,
    "anonymous": SpeakerKind.ANONYMOUS,
}
_NAMED = frozenset((SpeakerKind.PERSON, SpeakerKind.ORGANIZATION))
_KNOWN_GENDER = 2.0
_MAX_VOTE = 2.0
"""Pronouns move the gender of those whom no name or title tells, at most to being known."""

SourceKey = tuple[int, int]
"""Character offsets of a source: several quotations may share one."""


def resolve_speakers(
    doc: Doc, article: Article, quotations: Sequence[Quotation], *, titles: Titles | None = None
) -> list[Speaker]:
    """Says who speaks in each quotation.

    Args:
        doc: spaCy's Doc over exactly the article's text, with tags, parse, entities and lemmas.
        article: The article.
        quotations: Its quotations; their sources are what is resolved.
        titles: The titles that stand before names; the built-in ones where not given.

    Returns:
        One speaker for each quotation, in order; entities are numbered in the order in which they first speak.
    """
    if not quotations:
        return []
    scene = Scene(doc, article, titles or Titles())
    first_pass = _Resolution(scene, quotations)
    first_pass.run()
    first_pass.teach_genders()
    resolution = _Resolution(scene, quotations)
    resolution.run()
    return resolution.speakers()


class _Resolution:
    """Goes through an article's mentions in text order and remembers what each source stands for."""

    def __init__(self, scene: Scene, quotations: Sequence[Quotation]) -> None:
        self.scene = scene
        self.quotations = quotations
        self.resolved: dict[SourceKey, Resolved] = {}
        self._reader = SourceReader(scene.doc, scene.names, scene.kinds)
        self._sources: dict[int, list[tuple[SourceKey, SourceMention]]] = {}
        for key in dict.fromkeys((q.source.start, q.source.end) for q in quotations if q.source is not None):
            mention = self._reader.read(*scene.tokens(*key))
            mention.speaks = True
            if mention.form == "none":
                self.resolved[key] = (None, confidence.NOBODY)
                continue
            token = scene.names[mention.name].start if mention.name is not None else mention.head
            self._sources.setdefault(token, []).append((key, mention))
        self._names = NameResolver(scene)
        self._nominals = NominalResolver(scene)
        self._pronouns = PronounResolver(scene, self._nominals.nameless, self._sources)

    def run(self) -> None:
        """Resolves every mention in order; each one that stands for somebody is a candidate for those behind it."""
        for token in self._mention_tokens():
            sources = self._sources.get(token)
            if sources is None:
                entity, _ = self._resolve_on_the_way(token)
            else:
                for key, mention in sources:
                    self.resolved[key] = self._resolve(mention)
                entity, _ = self.resolved[sources[-1][0]]
            if entity is not None:
                self._remember(token, entity, speaks=sources is not None)

    def teach_genders(self) -> None:
        """Takes the pronouns that were plain as evidence of genders, and clears the way for a second run."""
        for number, vote in self._pronouns.votes.items():
            entity = self.scene.table.entities[number]
            if abs(entity.female) < _KNOWN_GENDER:
                entity.female += max(-_MAX_VOTE, min(_MAX_VOTE, vote))
        self.scene.history = History()
        self.scene.kinds = [self.scene.kind_of(mention) for mention in self.scene.names]

    def _remember(self, token: int, entity: Entity, *, speaks: bool) -> None:
        scene = self.scene
        if scene.doc[token].tag_ == "PRP" and entity.kind == "person":
            said = scene.roles.after_pronoun(token)
            if said is not None:
                scene.table.tell_role(entity, said.role)
        number = scene.name_at(token)
        scene.record(token, entity, speaker=speaks, head=token if number is None else scene.names[number].end - 1)

    def _mention_tokens(self) -> list[int]:
        """Token indices of all that can be taken up again: sources, names, pronouns, nouns for persons and bodies."""
        scene = self.scene
        tokens = set(self._sources)
        tokens.update(
            name.start for name in scene.names if scene.is_told(name.start) and not scene.is_dateline(name.start)
        )
        for token in scene.doc:
            if token.tag_ in ("PRP", "PRP$"):
                is_mention = token.lower_ in GENDERED
            elif (
                token.tag_ == "NN"
                or (token.tag_ == "NNP" and token.is_lower)
                or token.lower_ in lexicon.SINGULAR_PLURALS
            ):
                is_mention = self._is_definite_noun(token.i)
            else:
                is_mention = token.tag_ == "NNS" and self._is_plural_subject(token.i)
            if is_mention and not scene.is_quoted(token.i) and scene.is_told(token.i):
                tokens.add(token.i)
        return sorted(tokens)

    def _is_definite_noun(self, i: int) -> bool:
        """True for a person's or body's noun with an article or possessor, which stands not beside a name."""
        token = self.scene.doc[i]
        noun = noun_at(self.scene.doc, i)
        if noun not in lexicon.SPEAKING_NOUNS and not ("-" in noun and is_person_noun(noun)):
            return False
        if token.dep_ in ("compound", "appos", "attr", "nmod", "amod") or self.scene.name_at(i + 1) is not None:
            return False
        if any(child.dep_ == "appos" and child.tag_ != "PRP" for child in token.children):
            return False
        if noun in lexicon.GOVERNMENT_NOUNS and self.scene.name_at(i - 1) is not None:
            # `Norport police`
            return True
        return any(child.dep_ in ("det", "poss") for child in token.lefts)

    def _is_plural_subject(self, i: int) -> bool:
        """True for a plural subject of persons: `they` can take it up."""
        token = self.scene.doc[i]
        return token.dep_ in ("nsubj", "nsubjpass") and is_person_noun(token.lemma_.lower())

    def _resolve_on_the_way(self, token: int) -> Resolved:
        """Resolves a mention that is no source."""
        number = self.scene.name_at(token)
        if number is not None:
            return self._names.resolve(number)
        node = self.scene.doc[token]
        if node.tag_ in ("PRP", "PRP$"):
            return self._pronouns.resolve(token, node.lower_)
        start = min((child.i for child in node.lefts), default=token)
        return self._resolve(self._reader.read(start, token + 1))

    def _resolve(self, mention: SourceMention) -> Resolved:
        if mention.form == "name" and mention.name is not None:
            return self._names.resolve(mention.name)
        if mention.form == "pronoun":
            return self._pronouns.resolve(mention.head, mention.word)
        if mention.form == "several":
            return self._nominals.group(mention)
        if mention.form == "nominal":
            return self._nominals.resolve(mention, self._owner(mention))
        return None, confidence.NOBODY

    def _owner(self, mention: SourceMention) -> Entity | None:
        """The entity of a phrase's possessor."""
        if mention.owner is None:
            return None
        number = self.scene.name_at(mention.owner)
        if number is not None:
            return self._names.resolve(number)[0]
        token = self.scene.doc[mention.owner]
        if token.tag_ in ("PRP$", "PRP"):
            return self._pronouns.resolve(token.i, token.lower_)[0]
        if mention.start < token.i and self.scene.doc[mention.start].lower_ == "the":
            # `the Democratic nominee's campaign`
            owner = self._reader.read(mention.start, token.i + 1)
            if owner.form == "nominal" and owner.owner is None and not owner.plural:
                return self._nominals.resolve(owner, None)[0]
        return None

    def speakers(self) -> list[Speaker]:
        """Returns one speaker for each quotation."""
        numbers: dict[int, int] = {}
        return [self._speaker(quotation, numbers) for quotation in self.quotations]

    def _speaker(self, quotation: Quotation, numbers: dict[int, int]) -> Speaker:
        if quotation.source is None:
            return Speaker(kind=SpeakerKind.UNKNOWN, confidence=round(quotation.source_confidence, 4))
        source = quotation.source
        entity, sureness = self.resolved[source.start, source.end]
        whole = self.scene.whole_names(source)
        mention = Mention(start=whole.start, end=whole.end, text=whole.of(self.scene.article.text))
        if entity is None:
            return Speaker(kind=SpeakerKind.UNKNOWN, mention=mention, confidence=round(sureness, 4))
        kind = _KINDS[entity.kind]
        return Speaker(
            kind=kind,
            name=entity.name if kind in _NAMED else None,
            mention=mention,
            role=entity.best_role(),
            organization=entity.organization,
            entity=f"e{numbers.setdefault(entity.number, len(numbers) + 1)}",
            confidence=round(sureness, 4),
        )
