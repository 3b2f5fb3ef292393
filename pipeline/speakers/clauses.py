"""What clauses say that somebody is: `who is the chair of`, `who leads the campaign`, `was elected mayor`."""

from onrecord.pipeline.speakers.lexicon import ORG_NOUNS, PERSON_NOUNS
from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.phrases import (
    PhraseReader,
    RoleFound,
    is_person_noun,
    noun_of_role,
    phrase_start,
    tells_role,
)

_LEADING_VERBS = frozenset(
    "chair lead head run own manage edit found captain direct represent advise teach study sell coach host "
    "operate oversee command serve work cover write research specialise specialize train supervise".split()
)
"""What follows `who` and these verbs tells a person's part as an office would: `who chairs the Chamber of Trades`."""
_RUNNING_VERBS = frozenset("run chair head own edit found coach manage direct captain".split())
"""Those of them that tell a part as main verbs too; who `leads the polls` or `covers his face` plays none."""
_OFFICE_OF_VERB = {
    "chair": "chair",
    "lead": "leader",
    "head": "head",
    "own": "owner",
    "manage": "manager",
    "edit": "editor",
    "found": "founder",
    "captain": "captain",
    "direct": "director",
    "coach": "coach",
    "host": "host",
    "supervise": "supervisor",
}
"""Verbs that say no more than an office does: who chairs a body is its chair."""
_UNREAL = frozenset("not n't n’t never would could should might may can".split())
"""Before what somebody is said to be, these say that it is not so, or not sure."""
_BECOMING = frozenset("as also now once still elected appointed named sworn".split())
_MAX_ASIDE = 10


class ClauseReader:
    """Reads the clauses of one article that tell a role.

    Args:
        reader: Reads its noun phrases.
    """

    def __init__(self, reader: PhraseReader) -> None:
        self.reader = reader
        self.doc = reader.doc

    def behind_aside(self, end: int) -> RoleFound | None:
        """Returns what is said behind a short phrase in commas: `Khan, a Muslim, was elected mayor`."""
        if end < len(self.doc) and self.doc[end].text == ",":
            for i in range(end + 2, min(end + _MAX_ASIDE, len(self.doc))):
                if self.doc[i].text == ",":
                    return self.copula(i + 1)
        return None

    def copula(self, i: int, *, of_body: bool = False) -> RoleFound | None:
        """Returns what a verb of being at `i` says: `was elected mayor`; of a body also `is a charity`."""
        doc, n = self.doc, len(self.doc)
        while i < n and doc[i].tag_ in ("RB", "MD", "VBN") and doc[i].lemma_ != "be":
            if doc[i].lower_ in _UNREAL:
                return None
            i += 1
        if i + 1 < n and doc[i].lemma_ == "have" and doc[i + 1].tag_ == "VBN":
            i += 1
        if i >= n or doc[i].lemma_ not in ("be", "become", "serve") or doc[i].tag_ == "VBG":
            return None
        i += 1
        while i < n and doc[i].lower_ in _BECOMING:
            i += 1
        if i < n and doc[i].lower_ in _UNREAL:
            return None
        stop = self.reader.end_of(i)
        head = self.reader.head_of(i, stop)
        tells = tells_role if of_body else is_person_noun
        if head is None or not tells(noun_of_role(doc, head)) or doc[head].tag_ == "NNS":
            return None
        if doc[i].tag_ not in ("DT", "PRP$", "NN", "JJ", "NNP"):
            return None
        if head == i and doc[i].lower_ not in PERSON_NOUNS:
            # `was president`, but `was blunter`: an ending alone tells no noun.
            return None
        if any(token.lower_ in ("if", "whether") for token in doc[max(0, i - 8) : i]):
            return None
        return self.reader.read(i, stop)

    def leading(self, i: int) -> RoleFound | None:
        """Returns the part that a verb at `i` tells: `chairs the Chamber of Trades`, `has led the campaign`."""
        doc, n = self.doc, len(self.doc)
        if i + 1 < n and doc[i].lemma_ == "have":
            i += 1
        if i + 1 >= n or doc[i].lemma_ not in _LEADING_VERBS or doc[i].tag_ == "VBG":
            return None
        stop = self.reader.end_of(i + 1)
        if stop <= i + 1:
            return None
        found = self.reader.read(i + 1, stop)
        organization = found.organization if found else ""
        office = _OFFICE_OF_VERB.get(doc[i].lemma_)
        if office is None:
            return RoleFound(self.reader.text(i, stop), organization)
        governed = self.reader.body_at(i + 2 if doc[i + 1].tag_ == "DT" else i + 1)
        if governed:
            return RoleFound(office, governed)
        return RoleFound(f"{office} of {self.reader.text(i + 1, stop)}", organization)

    def running(self, i: int) -> RoleFound | None:
        """Returns the part that a main verb at `i` tells: `[Zina Omeru] runs a bakery in Holm`."""
        doc = self.doc
        if i + 1 >= len(doc) or doc[i].lemma_ not in _RUNNING_VERBS or doc[i].tag_ not in ("VBZ", "VBD"):
            return None
        head = self.reader.head_of(i + 1, self.reader.end_of(i + 1)) if doc[i + 1].tag_ in ("DT", "PRP$") else None
        if head is None or not (doc[head].lower_ in ORG_NOUNS or self.reader.body_at(head)):
            # `runs the risk of losing`
            return None
        return self.leading(i)

    def identified(self, mention: NameMention) -> RoleFound | None:
        """Returns what stands before a name and `is`: `The client is Hanbit Optics.`."""
        doc, i = self.doc, mention.start - 1
        if i < 2 or doc[i].lower_ not in ("is", "was") or mention.end >= len(doc) or not doc[mention.end].is_punct:
            return None
        start = phrase_start(doc, i)
        head = self.reader.head_of(start, i)
        if head is None or doc[start].lower_ != "the" or not tells_role(noun_of_role(doc, head)):
            return None
        return self.reader.read(start, i)

    def named_as(self, end: int) -> RoleFound | None:
        """Returns what stands behind `as` at `end`: `hired Greta Moss-Reed as head of public affairs`."""
        doc = self.doc
        if end + 1 >= len(doc) or doc[end].lower_ != "as":
            return None
        stop = self.reader.end_of(end + 1)
        head = self.reader.head_of(end + 1, stop)
        return self.reader.read(end + 1, stop) if head is not None and is_person_noun(noun_of_role(doc, head)) else None
