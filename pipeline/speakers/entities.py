"""An entity of an article: who or what a mention stands for."""

import re
from collections import Counter
from dataclasses import dataclass, field

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.mentions import Evidence, NameMention

MAX_ROLES = 3
"""An article calls its main figures by many names; more than three tell a reader no more of who they are."""


@dataclass(slots=True, eq=False)
class Entity:
    """One person, body, place, people, group or unnamed source of an article.

    Attributes:
        number: Position in the table.
        kind: `person`, `org`, `place`, `people`; for entities without a name also `group` and `anonymous`.
        name: The fullest name that the article gives, without titles.
        mentions: Its name mentions, in order.
        forms: The different word tuples by which the article names it.
        evidence: What speaks for each kind.
        female: Log-odds of being a woman rather than a man.
        roles: What the article says it is, as worded, and where: `before` the name, `behind` it, or `said` elsewhere.
        role_counts: How often each role is told, by its words in lower case.
        role_words: The words by which a role can be meant again.
        organization: The body that the article ties it to, as worded.
    """

    number: int
    kind: str = "org"
    name: str | None = None
    mentions: list[NameMention] = field(default_factory=list)
    forms: list[tuple[str, ...]] = field(default_factory=list)
    evidence: Evidence = field(default_factory=lambda: Evidence(n=0))
    female: float = 0.0
    roles: list[tuple[str, str]] = field(default_factory=list)
    role_counts: Counter[str] = field(default_factory=Counter)
    role_words: set[str] = field(default_factory=set)
    organization: str | None = None

    def add_role(self, role: str, place: str = "said") -> None:
        """Remembers a role that stands `before` the name, `behind` it, or is `said` of its bearer elsewhere."""
        if not role:
            return
        if (role, place) not in self.roles:
            self.roles.append((role, place))
            self.role_words |= role_words(role)
        self.role_counts[role.lower()] += 1

    def best_role(self) -> str | None:
        """Returns the role before the name, the one behind it and what is said elsewhere, joined by commas.

        What adds no word is left out, and so is what comes after MAX_ROLES.
        """
        told = [self._fullest("before"), self._fullest("behind")]
        told += [role for role, place in self.roles if place == "behind" and " " in role]
        said = [role for role, place in self.roles if place == "said"]
        said.sort(key=lambda role: -self.role_counts[role.lower()])
        told += said
        chosen: list[str] = []
        known: set[str] = set()
        for role in told:
            if role is not None and len(chosen) < MAX_ROLES and not role_words(role) <= known:
                chosen.append(role)
                known |= role_words(role)
        return ", ".join(chosen) or None

    def _fullest(self, place: str) -> str | None:
        """The first role of two words or more that stands in a place, else the first."""
        roles = [role for role, where in self.roles if where == place]
        return next((role for role in roles if " " in role), roles[0] if roles else None)


def role_words(role: str) -> set[str]:
    """Returns the words by which a role can be meant again, synonyms unified: `Sen.` is a senator."""
    words = {word.rstrip(".") for word in re.findall(r"[\w-]+\.?", role.lower())}
    return {lexicon.SYNONYMS.get(word, word) for word in words} | words
