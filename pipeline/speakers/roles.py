"""What the article says of a named speaker: offices before names, appositions, relative clauses, bodies."""

import re

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.clauses import ClauseReader
from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.phrases import (
    PhraseReader,
    Place,
    RoleFound,
    is_break,
    is_dash,
    is_genitive,
    is_naming,
    is_person_noun,
    noun_of_role,
    phrase_start,
    tells_role,
)
from onrecord.pipeline.speakers.places import PLACES, STATE_SHORT_FORMS

_COURTESY = frozenset(
    "mr mrs ms miss mx sir dame lord lady madam mister dr master mama sister brother uncle aunt".split()
)
_SUBORDINATORS = frozenset("since when while if that until whether because as".split())
_BEFORE_NOUN = frozenset("NN NNP NNPS NNS JJ JJS JJR HYPH VBN CD POS AFX".split())
_IN_OFFICE = frozenset("NNP NNPS NN NNS JJ CC".split())
_MAX_OFFICE = 6
_BODIES_BY_NOUN = lexicon.PAPER_NOUNS | {"union", "company", "bank", "party"}
_HOME = re.compile(r"(?:,? \(?(?:[RDI]-)|,? \(|,? (?:[A-Z][a-z]+ )?of )([A-Z][A-Za-z.]*(?: [A-Z][a-z]+)?)")
_PARTY = re.compile(r",? \(?([RD])[-)]")
_SIDES = lexicon.ORG_NOUNS | frozenset(
    "defence defense prosecution plaintiff claimant appellant respondent crown".split()
)
_SAYING = frozenset("say add tell insist argue claim explain write warn note recall".split())
"""Between these and a name stands what its bearer does, whatever the noun: `said mission lead Hana Kubo`."""
_MAX_LIST = 40
_MAX_LEAD_IN = 5
_MAX_BEFORE = 12


class RoleFinder:
    """Finds what stands around name mentions.

    Args:
        reader: Reads the noun phrases of the article.
    """

    def __init__(self, reader: PhraseReader) -> None:
        self.reader = reader
        self.doc = reader.doc
        self.clauses = ClauseReader(reader)

    def around(self, mention: NameMention) -> list[RoleFound]:
        """Returns what stands before and behind a person's or a body's name, the best first."""
        end, is_body = mention.end, bool(self.reader.body_at(mention.start))
        found: list[tuple[RoleFound | None, Place]] = [
            (self._capital_title(mention), "before"),
            (self._office_of(mention), "before"),
            (self._noun_before(mention), "before"),
            (self._listed(mention) or self._listed_behind(mention), "said"),
            (self.apposition(end), "behind"),
            (self._apposition_before(mention) or self._naming(mention), "behind"),
            (
                self.clauses.copula(end, of_body=is_body)
                or self.clauses.behind_aside(end)
                or self.clauses.running(end),
                "said",
            ),
            (self.clauses.named_as(end), "said"),
            (self.clauses.identified(mention), "said"),
            (self._tied_body(mention), "said"),
            (self._noun_behind(mention), "said"),
        ]
        return [
            RoleFound(item.role, item.organization, place)
            for item, place in found
            if item is not None and (item.role or item.organization)
        ]

    def party(self, mention: NameMention) -> str:
        """Returns the party of an American politician by the letter behind the name: `Leo Brandt (R-Tex.)`."""
        match = _PARTY.match(self.doc[mention.end : mention.end + 4].text)
        return {"R": "republican", "D": "democrat"}[match[1]] if match else ""

    def home(self, mention: NameMention) -> str:
        """Returns the place, lower-case, that a name is tied to: `Leo Brandt (R-Tex.)`, `Owen Pike of Arizona`."""
        match = _HOME.match(self.doc[mention.end : mention.end + 8].text)
        if not match:
            return ""
        place = match[1].lower().rstrip(".")
        place = STATE_SHORT_FORMS.get(place, place)
        return place if place in PLACES else ""

    def nominal(self, start: int, end: int) -> RoleFound:
        """Returns role and body of a noun phrase (token indices) that is itself the mention."""
        return self.reader.read(start, self.reader.end_with_of(end)) or RoleFound()

    def after_pronoun(self, token: int) -> RoleFound | None:
        """Returns what a pronoun is said to be: `she became the alderwoman for housing`."""
        if token and self.doc[token - 1].lower_ in _SUBORDINATORS:
            return None
        return self.clauses.copula(token + 1)

    def _capital_title(self, mention: NameMention) -> RoleFound | None:
        """`Foreign Minister Liv Aronsen`, `Northlight President Ada Okoye`, `former Florida Gov. Carl Weems`."""
        start, end = mention.title
        while start < end and self.doc[start].lower_.rstrip(".") in _COURTESY:
            start += 1
        if start >= end:
            return None
        body = self.reader.body_at(start - 1) if start else ""
        return RoleFound(self.reader.text(self._lead_in(start), end), body)

    def _lead_in(self, i: int) -> int:
        """Token index where the words that lead up to a title begin."""
        start = i
        while start > 0 and i - start < _MAX_LEAD_IN:
            token = self.doc[start - 1]
            is_word = token.tag_ in ("JJ", "NN", "NNP") and token.text[0].isalnum() and "=" not in token.text
            is_word = is_word and token.ent_type_ not in ("DATE", "TIME")
            is_joining_hyphen = token.tag_ == "HYPH" and not is_dash(token)
            if not is_word and not is_joining_hyphen:
                break
            if token.is_sent_start and token.tag_ != "NNP" and not token.is_title:
                break
            start -= 1
        return self._whole_word(start)

    def _whole_word(self, start: int) -> int:
        """Moves a start that a hyphen cut off to its word's: `then-vice president`."""
        if start > 0 and self.doc[start].text == "-" and not self.doc[start - 1].whitespace_:
            return start - 1
        return start + 1 if self.doc[start].text in ("-", "–", "—") else start

    def _office_of(self, mention: NameMention) -> RoleFound | None:
        """`Secretary of State Owen Tolland`, `minister of internal affairs Goran Petrak`."""
        doc, i = self.doc, mention.start
        if mention.title[1]:
            return None
        inside = _IN_OFFICE
        if i and doc[i - 1].lower_ in lexicon.ORG_NOUNS:
            # `leader of the weavers' federation Rokeya Mitu`
            inside = _IN_OFFICE | {"DT", "POS"}
        while i > 0 and mention.start - i < _MAX_OFFICE and (doc[i - 1].tag_ in inside or is_genitive(doc, i - 1)):
            i -= 1
        if i == mention.start or i < 2 or doc[i - 1].lower_ != "of" or doc[mention.start - 1].tag_ == "CC":
            return None
        office = doc[i - 2]
        if office.tag_ not in ("NN", "NNP") or not is_person_noun(office.lower_):
            return None
        return RoleFound(self.reader.text(self._lead_in(i - 2), mention.start))

    def _noun_before(self, mention: NameMention) -> RoleFound | None:
        """`labour economist Ines Varga`, `search company Lodestar`, `Marlowe spokesman Tom Adair`."""
        doc = self.doc
        end = mention.title[0] if mention.title[1] else mention.start
        if end == 0 or self.reader.is_name(end - 1) or (end > 1 and doc[end - 2].lower_ == "of"):
            return None
        last = doc[end - 1]
        if last.tag_ not in ("NN", "NNP", "JJ") or last.ent_type_ == "DATE":
            return None
        start = self._before_noun(end)
        is_said = last.tag_ == "NN" and last.is_lower and start > 0 and doc[start - 1].lemma_ in _SAYING
        if not is_said and not tells_role(noun_of_role(doc, end - 1)):
            return None
        return self.reader.read(self._whole_word(start), end)

    def _listed(self, mention: NameMention) -> RoleFound | None:
        """`Democratic candidates Ada Okoye and Leo Voss`: a plural before a list is told of each."""
        doc, reader = self.doc, self.reader
        i = mention.title[0] if mention.title[1] else mention.start
        n_joints = 0
        first = max(0, i - _MAX_LIST)
        while i > first and (reader.is_name(i - 1) or doc[i - 1].text == "," or doc[i - 1].lower_ == "and"):
            n_joints += not reader.is_name(i - 1)
            i -= 1
        if not reader.is_name(i) and i != mention.title[0]:
            # `According to officials, Owen Voss left`
            return None
        behind = doc[mention.end] if mention.end < len(doc) else None
        is_first = behind is not None and (behind.text == "," or behind.lower_ == "and") and n_joints == 0
        is_first = is_first and mention.end + 1 < len(doc) and reader.is_name(mention.end + 1)
        noun = doc[i - 1] if i else None
        if noun is None or noun.tag_ != "NNS" or not (is_first or n_joints) or not is_person_noun(noun.lemma_.lower()):
            return None
        return reader.read(self._whole_word(self._before_noun(i)), i)

    def _listed_behind(self, mention: NameMention) -> RoleFound | None:
        """`Ada Okoye and Leo Voss, sociologists at the City University,`: a plural behind a list is told of each."""
        doc, reader = self.doc, self.reader
        i, n_joints = mention.end, 0
        while i + 1 < len(doc) and i - mention.end < _MAX_LIST:
            is_joint = doc[i].text == "," or doc[i].lower_ == "and"
            if not (reader.is_name(i) or (is_joint and (reader.is_name(i + 1) or doc[i + 1].lower_ == "and"))):
                break
            n_joints += is_joint
            i += 1
        is_last = (
            reader.is_name(mention.start - 2) and doc[mention.start - 1].lower_ == "and" if mention.start > 1 else False
        )
        if i + 1 >= len(doc) or doc[i].text != "," or not (n_joints or is_last):
            return None
        stop = reader.end_of(i + 1)
        head = reader.head_of(i + 1, stop)
        if head is None or doc[head].tag_ != "NNS" or not is_person_noun(doc[head].lemma_.lower()):
            return None
        behind = doc[stop] if stop < len(doc) else None
        return reader.read(i + 1, stop) if behind is None or behind.is_punct else None

    def _before_noun(self, end: int) -> int:
        """Token index where the words begin that stand before a name with no article, their noun before `end`."""
        doc, start = self.doc, end - 1
        while start > 0 and end - start < _MAX_BEFORE:
            token = doc[start - 1]
            if (token.ent_type_ in ("DATE", "TIME") and token.tag_ != "JJ") or is_dash(token):
                break
            if token.tag_ in _BEFORE_NOUN:
                start -= 1
            elif (
                token.lower_ == "and"
                and start > 1
                and doc[start - 2].tag_ in ("NN", "NNP")
                and not self.reader.is_name(start - 2)
            ):
                start -= 2
            else:
                break
        if doc[start].tag_ == "VBN" and start > 0 and doc[start - 1].lemma_ in ("have", "be"):
            start += 1
        return start

    def apposition(self, end: int) -> RoleFound | None:
        """Returns what stands behind a mark, over an age too: `Jane Doe, 44, chair of the Northern Fishers' Union,`.

        Args:
            end: Token index of the comma, dash or bracket behind a name.
        """
        doc, n = self.doc, len(self.doc)
        if end + 1 >= n or doc[end].text not in (",", "—", "–", "--", "-", "("):
            return None
        i = end + 1
        if doc[i].is_space and not is_break(doc[i]) and i + 1 < n:
            i += 1
        if doc[i].text.isdigit() and i + 1 < n and doc[i + 1].text == ",":
            i += 2
        elif doc[i].lower_ in ("now", "himself", "herself"):
            i += 1
        if i < n and doc[i].text == "who":
            return self.clauses.copula(i + 1) or self.clauses.leading(i + 1)
        if i + 1 < n and doc[i].tag_ == "RB" and doc[i + 1].text != "-":
            i += 1
        stop = self.reader.end_of(i)
        behind = stop
        while behind < n and doc[behind].tag_ == "RB":
            behind += 1
        if stop <= i or doc[i].tag_ == "IN" or (behind < n and doc[behind].tag_ in ("VBD", "VBZ", "VBP", "MD")):
            return None
        head = self.reader.head_of(i, stop)
        if head is None or not tells_role(noun_of_role(doc, head)):
            return None
        if self.reader.is_name(head) and doc[head].lower_ not in lexicon.SPEAKING_NOUNS:
            return None
        return self.reader.read(i, stop)

    def _apposition_before(self, mention: NameMention) -> RoleFound | None:
        """`The southern prime minister, Odette Karim,`, `its secretary, Hanne Rook.`."""
        doc = self.doc
        at = (mention.title[0] if mention.title[1] else mention.start) - 1
        if at < 1 or doc[at].text not in (",", "—", "–", "--"):
            return None
        start = phrase_start(doc, at)
        after = doc[mention.end] if mention.end < len(doc) else None
        # `While Americans look to the president, Okafor spoke`: an apposition is closed by a mark.
        if start >= at or (after is not None and not after.is_punct and not after.is_space and after.tag_ != "POS"):
            return None
        head = self.reader.head_of(start, at)
        opening = doc[at].sent.start
        tells_none = head is None or not tells_role(noun_of_role(doc, head))
        if tells_none and start > opening and doc[opening].lower_ == "the" and self.reader.end_of(opening) == at:
            # `The judge presiding over the hearing, Kiyo Hasunuma,`
            whole = self.reader.head_of(opening, at)
            noun = "" if whole is None or self.reader.is_name(whole) else noun_of_role(doc, whole)
            if is_person_noun(noun) and noun not in lexicon.ORG_NOUNS:
                start, head = opening, whole
        if head is None or self.reader.is_name(head):
            return None
        if doc[head].is_sent_start and doc[head].lower_ in lexicon.SPEAKING_NOUNS and head + 1 < at:
            # `Counsel to the inquiry, Sunita Rao KC,`
            return self.reader.read(start, at)
        if not tells_role(noun_of_role(doc, head)):
            return None
        if doc[start].tag_ not in ("DT", "PRP$") and not any(doc[i].tag_ == "POS" for i in range(start, head)):
            return None
        return self.reader.read(start, at)

    def _naming(self, mention: NameMention) -> RoleFound | None:
        """`a retired bishop named Anselmo Prado`."""
        doc, i = self.doc, mention.start - 1
        if i < 1 or not is_naming(doc[i]):
            return None
        start = phrase_start(doc, i)
        head = self.reader.head_of(start, i)
        if head is None or head != i - 1 or not tells_role(noun_of_role(doc, head)):
            return None
        return self.reader.read(start, i)

    def _noun_behind(self, mention: NameMention) -> RoleFound | None:
        """`Garden Week magazine`: what a body is."""
        behind = self.doc[mention.end] if mention.end < len(self.doc) else None
        if behind is None or behind.tag_ != "NN" or behind.lower_ not in _BODIES_BY_NOUN:
            return None
        return RoleFound(behind.text)

    def _tied_body(self, mention: NameMention) -> RoleFound | None:
        """`Piet Adoula-Voss of Stonebridge Capital`, `the Beacon's Noah Field`."""
        doc, end = self.doc, mention.end
        i = end + 1 if end < len(doc) and doc[end].text == "," else end
        if i > end and i + 2 < len(doc) and doc[i].lower_ == "for" and doc[i + 1].lower_ == "the":
            stop = self.reader.end_of(i + 1)
            if doc[stop - 1].lower_ in _SIDES and stop < len(doc) and doc[stop].is_punct:
                # `Rupert Hale KC, for the developer,`
                return RoleFound(self.reader.text(i, stop))
        if i + 1 < len(doc) and doc[i].lower_ in ("of", "at", "from", "for"):
            body = self.reader.body_from(i + 2 if doc[i + 1].lower_ == "the" else i + 1)
            if body:
                return RoleFound("", body)
        if mention.start > 1 and doc[mention.start - 1].tag_ == "POS":
            return RoleFound("", self.reader.body_at(mention.start - 2))
        return None
