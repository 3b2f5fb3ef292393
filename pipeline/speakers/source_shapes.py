"""The shape of a source phrase: where its head stands, whether it names several, what a relative pronoun takes up."""

from collections.abc import Sequence

from spacy.tokens import Doc

from onrecord.pipeline.speakers.mentions import NameMention
from onrecord.pipeline.speakers.phrases import NOUN_TAGS, is_genitive, phrase_start

_STOP_TAGS = frozenset(("IN", "TO", "WP", "WDT", "WP$", "WRB", "VBD", "VBZ", "VBP", "MD"))
_JOINTS = frozenset(("and", "or", "nor", "&"))
_DASHES = frozenset((",", "—", "–", "--"))
_BEFORE_NAME = frozenset("NN NNS NNP NNPS JJ HYPH POS DT CD".split())
_PLURAL_TITLES = frozenset(
    "sens senators reps representatives govs governors presidents professors profs messrs drs cllrs councillors".split()
)
"""Before names: `Sens. Ida Crane and Leo Voss`."""
_MANY = 3
_MAX_LIST_TOKENS = 12
_MAX_RELATIVE_TOKENS = 25
_MAX_CLIMB = 6
_MAX_LEFT = 8
_MAX_TITLE_TOKENS = 6


class SourceShape:
    """Looks at source phrases of one Doc, with names as units.

    Args:
        doc: The article's Doc.
        mentions: Its name mentions, in order.
        kinds: For each mention, its entity's kind.
    """

    def __init__(self, doc: Doc, mentions: Sequence[NameMention], kinds: Sequence[str]) -> None:
        self.doc = doc
        self.mentions = mentions
        self.kinds = kinds
        self.at: dict[int, int] = {i: n for n, m in enumerate(mentions) for i in range(m.start, m.end)}

    def head_region(self, start: int, end: int) -> int:
        """Returns the token index where the part of a phrase that holds its head ends."""
        doc = self.doc
        seen_noun = False
        i = start
        while i < end:
            if i in self.at:
                seen_noun = True
                i = self.mentions[self.at[i]].end
                continue
            token = doc[i]
            is_mark = token.text in (",", "—", "–", "--", "(", ";", ":") or (token.text == "-" and token.whitespace_)
            if token.text == "," and not seen_noun and i > start and doc[i - 1].tag_ in ("JJ", "VBN", "VBG"):
                # `the bespectacled, 71-year-old diplomat`
                i += 1
                continue
            if token.text == "," and i > start and i + 1 < end and doc[i - 1].tag_ == doc[i + 1].tag_ == "CD":
                # `a $350 billion, 10-year plan`
                i += 1
                continue
            if token.tag_ in _STOP_TAGS or is_mark or (seen_noun and token.lower_ == "out"):
                # also `a poll out this week`
                if i > start:
                    return i
            elif seen_noun and (token.tag_ in ("VBG", "VBN") or "\n" in token.text or token.lower_ in ("who", "that")):
                if doc[i - 1].tag_ != "HYPH":
                    return i
            elif token.tag_ in NOUN_TAGS or token.tag_ in ("PRP", "CD"):
                seen_noun = True
            i += 1
        return end

    def names_several(self, start: int, head_end: int, end: int) -> bool:
        """True for `Brandt and Voss`, `police and prosecutors`; not for `editor and founder Jane Doe`."""
        doc = self.doc
        has_plural_title = doc[start].lower_.rstrip(".") in _PLURAL_TITLES and {start + 1, start + 2} & self.at.keys()
        if has_plural_title or self._lists_persons(start, end):
            return True
        joint = next((i for i in range(start + 1, end - 1) if doc[i].lower_ in _JOINTS and i not in self.at), None)
        if joint is None:
            return False
        if joint > head_end:
            return self._joins_behind_head(joint, head_end, end)
        left, right = joint - 1, joint + 1
        while doc[left].is_space and left > start:
            left -= 1
        while doc[right].is_space and right < end - 1:
            right += 1
        is_one_person = self._closes_with_person(right, end)
        if left in self.at and self.kinds[self.at[left]] != "person":
            return not is_one_person or right in self.at
        if left in self.at or doc[left].tag_ in ("PRP", "NNS") or doc[right].tag_ in ("DT", "PRP$", "PRP"):
            return True
        return doc[left].tag_ in NOUN_TAGS and not is_one_person and doc[head_end - 1].tag_ in ("NNS", "NNPS")

    def _lists_persons(self, start: int, end: int) -> bool:
        """True for `former governor Jeb Roe, Gov. John Poe, retired surgeon Ben Moe and Ida Crane`."""
        doc = self.doc
        numbers = dict.fromkeys(self.at[i] for i in range(start, end) if self._is_person(i))
        behind = [min(self.mentions[number].end, end - 1) for number in numbers]
        if len(behind) < _MANY or any(doc[i].tag_ in ("WP", "WDT", "WP$", "IN") for i in range(start, behind[-2])):
            return False
        return all(doc[i].text == "," or doc[i].lower_ in _JOINTS for i in behind[:-1])

    def _joins_behind_head(self, joint: int, head_end: int, end: int) -> bool:
        """True for a list whose first item the head's part is: behind brackets, a comma, or an office with `of`."""
        doc = self.doc
        if doc[head_end].text == "(" and doc[joint - 1].text == ")":
            # `Sen. Ida Crane (Vt.) and former governor Sean O'Dowd`
            return head_end - 1 in self.at
        if doc[head_end].lower_ == "of" and self._is_person(joint - 1):
            # `former Secretary of State Edith Marlowe and former governor Sean O'Dowd`
            return any(self._is_person(i) for i in range(joint + 1, end))
        # `the GMU, the NFU and others`
        is_near = joint - head_end < _MAX_LIST_TOKENS and doc[head_end].text == "," and head_end - 1 in self.at
        return is_near and self._is_list(head_end, joint, end)

    def _is_person(self, i: int) -> bool:
        number = self.at.get(i)
        return number is not None and self.kinds[number] == "person"

    def _closes_with_person(self, start: int, end: int) -> bool:
        """True where a person's name ends a phrase that has no article."""
        return self._is_person(end - 1) and self.doc[start].tag_ != "DT"

    def _is_list(self, comma: int, joint: int, end: int) -> bool:
        """True where names, titles and commas alone lead from the first comma to the `and`."""
        doc = self.doc
        if not all(i in self.at or self.is_title(i) or doc[i].tag_ in ("DT", ",") for i in range(comma, joint)):
            return False
        if doc[comma + 1].tag_ != "DT":
            return True
        # `Jane Doe, the Customs and Border commissioner` is one person.
        after = self.at.get(joint + 1)
        return (
            doc[joint + 1].tag_ == "DT"
            or doc[joint + 1].lower_ == "others"
            or (after is not None and self.mentions[after].end >= end)
        )

    def antecedent(self, i: int) -> tuple[int, int] | None:
        """Returns the tokens of the noun phrase that a relative pronoun takes up."""
        doc = self.doc
        if doc[i].lower_ == "who" and i > 1 and doc[i - 1].text in _DASHES:
            # `Paul Dorn, the president of the Foundation for Peace, who`
            start = phrase_start(doc, i - 1)
            person = self._person_before_comma(start)
            if person is not None and start < i - 1:
                return person.start, person.end
        node = doc[i]
        for _ in range(_MAX_CLIMB):
            if node.dep_ == "relcl" or node.head.i == node.i:
                break
            node = node.head
        k = i - 1
        if node.dep_ == "relcl" and i - _MAX_RELATIVE_TOKENS <= node.head.i < i:
            k = node.head.i
        else:
            while k > 0 and (doc[k].is_punct or doc[k].is_space or doc[k].tag_ == "IN"):
                k -= 1
            if k < 0 or doc[k].tag_ not in NOUN_TAGS | {"PRP", "CD"}:
                return None
        if doc[i].lower_ == "who" and doc[k].ent_type_ in ("DATE", "TIME"):
            # `Sen. Ida Crane this year, who`
            before = range(k, max(doc[k].sent.start - 1, k - _MAX_LEFT), -1)
            near = next((self.mentions[self.at[n]] for n in before if self._is_person(n)), None)
            if near is not None:
                return near.start, near.end
        return self._phrase_around(k)

    def _phrase_around(self, i: int) -> tuple[int, int]:
        """Tokens of the phrase with the head `i`; an apposition gives way to the person it describes."""
        number = self.at.get(i)
        if number is not None:
            return self.mentions[number].start, self.mentions[number].end
        left = max(self.doc[i].left_edge.i, i - _MAX_LEFT)
        person = self._person_before_comma(left) or self._person_before_comma(phrase_start(self.doc, i + 1))
        if person is not None and self.doc[i].tag_ != "NNS":
            # `Karl Munte, an investor who`
            return person.start, person.end
        return left, i + 1

    def _person_before_comma(self, i: int) -> NameMention | None:
        number = self.at.get(i - 2) if i > 1 and self.doc[i - 1].text in _DASHES else None
        return self.mentions[number] if number is not None and self.kinds[number] == "person" else None

    def closing_name(self, i: int, end: int, *, strict: bool) -> int | None:
        """Returns the name that the words from `i` lead up to and that closes its part of the phrase.

        Args:
            i: Token index behind a comma or a noun.
            end: Token index behind the phrase.
            strict: Allow an article and titles before the name only, not a noun phrase such as `longtime aide`.
        """
        doc, first = self.doc, i
        while i < end:
            number = self.at.get(i)
            if number is not None:
                if self._closes(self.mentions[number].end, end):
                    is_its_own = self.kinds[number] == "person" or i == first or doc[i - 1].lower_ == "the"
                    return number if is_its_own else None
                i = self.mentions[number].end
            elif doc[i].lower_ == "the" or self.is_title(i) or (not strict and self._leads_up(i)):
                i += 1
            else:
                return None
        return None

    def _leads_up(self, i: int) -> bool:
        """True for a token of the nouns before a name; the small model takes some apostrophes for closing marks."""
        return self.doc[i].tag_ in _BEFORE_NAME or is_genitive(self.doc, i)

    def _closes(self, i: int, end: int) -> bool:
        token = self.doc[i] if i < end else None
        return token is None or token.is_punct or token.tag_ in ("WP", "WDT", "POS") or token.lower_ in ("of", "who")

    def is_title(self, k: int) -> bool:
        """True if a token is a title of the name right behind it."""
        if k in self.at:
            return False
        behind = (self.at.get(i) for i in range(k + 1, k + _MAX_TITLE_TOKENS))
        return any(n is not None and self.mentions[n].title[0] <= k < self.mentions[n].title[1] for n in behind)

    def last_noun(self, start: int, end: int) -> int | None:
        """Returns the token index of the last noun or name in `start..end`."""
        return next((i for i in range(end - 1, start - 1, -1) if self.doc[i].tag_ in NOUN_TAGS or i in self.at), None)

    def owner(self, start: int, head: int) -> int | None:
        """Returns the token index of the possessor nearest to the head."""
        for i in range(head - 1, start - 1, -1):
            if self.doc[i].tag_ == "POS" and i > start:
                return i - 1
            if self.doc[i].tag_ == "PRP$":
                return i
        return None
