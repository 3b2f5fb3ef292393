"""What noun phrases tell of whom they take up: places in them, and where in the article their bearer is named."""

from collections.abc import Sequence

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.entities import Entity
from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.places import PLACES
from onrecord.pipeline.speakers.scene import Scene
from onrecord.pipeline.speakers.sources import SourceMention

_FORWARD_SENTENCES = 3
_OPENING_SENTENCES = 2
_RANKS = frozenset(
    "dr prof professor sir dame lord lady general admiral vice-admiral rear-admiral colonel major captain commodore "
    "brigadier sergeant constable inspector father sister rev mr mrs ms miss".split()
)
"""A rank before the name is no introduction: `The officer in charge ... Vice-Admiral Tresham said`."""
_WHOLE_HISTORY = 10**6


def phrase_text(scene: Scene, mention: SourceMention) -> str:
    """Returns the phrase in lower case, as far as its first comma."""
    return str(scene.doc[mention.start : mention.end].text).lower().partition(",")[0]


def place_words(scene: Scene, mention: SourceMention) -> set[str]:
    """Returns the words of places before the head: `the New Jersey governor`."""
    before = scene.doc[mention.start : mention.head]
    if not any(token.text[0].isupper() for token in before):
        return set()
    phrase, words = before.text.lower(), {token.lower_ for token in before}
    return {word for name in PLACES if name in phrase for word in name.split()} & words


def latest(scene: Scene, entities: Sequence[Entity], mention: SourceMention) -> Entity | None:
    """Returns the one of some entities that was mentioned last before the phrase, None where none was."""
    known = {entity.number for entity in entities}
    if not known:
        return None
    for trace in scene.history.back(mention.head, scene.sentence_of[mention.head], window=_WHOLE_HISTORY):
        if trace.entity.number in known:
            return trace.entity
    before = [entity for entity in entities if entity.mentions and entity.mentions[0].start < mention.head]
    return before[-1] if before else None


def recency(scene: Scene, mention: SourceMention) -> dict[int, int]:
    """Returns how many mentions back each entity of the recent history was, by the entities' numbers."""
    ranks: dict[int, int] = {}
    back = scene.history.back(mention.head, scene.sentence_of[mention.head], window=_WHOLE_HISTORY)
    for rank, trace in enumerate(back):
        ranks.setdefault(trace.entity.number, rank)
    return ranks


def named_ahead(scene: Scene, mention: SourceMention, kind: str) -> Entity | None:
    """Returns whom the next sentences name, where the article opens with a description.

    `An MP has blamed the heating. Ann Lee, 66, slid`. Whoever is introduced with a role is somebody else.
    """
    sentence = scene.sentence_of[mention.head]
    if sentence >= _OPENING_SENTENCES or scene.is_quoted(mention.head):
        return None
    if any(trace.entity.kind == kind and trace.entity.name for trace in scene.history.traces):
        return None
    for number in scene.names_from(mention.end):
        name = scene.names[number]
        if scene.sentence_of[name.start] - sentence > _FORWARD_SENTENCES:
            return None
        if scene.kinds[number] != kind or scene.is_quoted(name.start) or not _is_subject(scene, name):
            continue
        entity = scene.table.candidates(name)[0]
        if kind == "org" and _is_another_body(entity, mention.word):
            continue
        if kind == "person" and not any(len(form) > 1 for form in entity.forms) and not name.title[1]:
            return None  # who is first named by a surname is known already
        if any(place != "said" and role.lower().rstrip(".") not in _RANKS for role, place in entity.roles):
            return None
        scene.table.tell_role(entity, scene.roles.nominal(mention.start, mention.end).role)
        return entity
    return None


def _is_another_body(entity: Entity, word: str) -> bool:
    """True where a body's name says what it is, and that is not what the description says: no alliance is a court."""
    own = {part for form in entity.forms for part in form} & lexicon.ORG_NOUNS
    return bool(own) and word not in own


def is_full_description(scene: Scene, mention: SourceMention) -> bool:
    """True for `the officer in charge`, `the town's first ombudsman`, but not for `the president`."""
    doc, head = scene.doc, mention.head
    behind = doc[head + 1].lower_ if head + 1 < len(doc) else ""
    return head - mention.start > 1 or mention.owner is not None or behind in ("of", "in", "who", "at", "for")


def _is_subject(scene: Scene, name: NameMention) -> bool:
    """True for a subject, also behind its verb: `grinned Giles Arden`."""
    if scene.slot(name.end - 1) == "subject":
        return True
    start = name.title[0] if name.title[1] else name.start
    return start > 0 and scene.doc[start - 1].tag_ in ("VBD", "VBZ") and scene.doc[start - 1].lemma_ != "be"
