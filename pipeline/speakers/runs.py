"""Finds the capitalised runs of a text: stretches of words that are written as names, connectors included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.first_names import EITHER, FEMALE, MALE
from onrecord.pipeline.speakers.mentions import Words

_EPITHETS = frozenset("old young little big late former poor dear outgoing incoming".split())
"""Capitalised at the start of a sentence, they are no part of the name behind them."""
_VERB_TAGS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
_FINITE = frozenset(("VBD", "VBZ", "VBP"))
_COMPANY_FORMS = frozenset("AS SA AG SE NV AB BV KK plc ASA SpA GmbH Oy Oyj Inc Inc. Ltd Ltd. LLC".split())
"""Close a company's name, whatever their tag: `Heimvik Energi AS`, `Corran Bank plc`."""
_DEPARTMENTS = frozenset(
    "ministry department office secretariat directorate committee commission center centre centers centres institute "
    "institutes council agency bureau board".split()
)
_NEVER = frozenset(
    ("PRP", "PRP$", "DT", "WDT", "WP", "WP$", "WRB", "CC", "IN", "TO", "MD", "EX", "PDT", "RB", "UH", "CD")
)
_NAME_TAGS = frozenset(("NNP", "NNPS"))
_PEOPLE_FOR_CAUSES = frozenset(
    "citizens friends parents mothers fathers doctors americans veterans students women physicians families neighbours "
    "neighbors residents scientists engineers teachers nurses farmers artists evangelicals catholics".split()
)
_OF_CAUSES = frozenset(("for", "against", "without"))
_MAX_SPELLED_OUT = 10
"""Tokens within which a name is closed by its acronym in brackets."""
_TIED_BY_HYPHEN = frozenset(
    "led based born backed style era like owned run controlled aligned friendly leaning area made trained bound wide "
    "appointed supported funded sponsored inspired held ruled".split()
)
_PREFIXES = frozenset(("pro", "anti", "non", "post", "pre"))
"""What they are tied to describes, and begins no name: `the pro-Voss Harbour Leader`."""
_OPENING = frozenset("\"“”‘'«„(")
_JOINERS = frozenset(("-", "/"))
KIND_OF_LABEL = {"PERSON": "person", "ORG": "org", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "people"}
_NUMBER_LABELS = frozenset(("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "LANGUAGE"))
_MAX_NICKNAME_TOKENS = 4
_MAX_SHORT_TITLE = 5
_MAX_HEADLINE_TOKENS = 30
_HEADLINE_SHARE = 0.7
"""Above this share of capitalised words a line is a headline, in which capitals say nothing."""
_SENTENCE_SHARE = 0.8
"""The same for a line that ends in a full stop, as a sentence with several names does."""
CAMEL_CASE = re.compile(r"^(?!(?:Fitz|Vander?|Della)[A-Z])\w*[a-z]{3}[A-Z][a-z]")
"""A body's name in one word, as `RealClearPolitics`; but not `FitzGerald`."""
INITIAL = re.compile(r"[A-Z]\.?")
_ABSTRACT = re.compile(r"(?:al|tion|sion|ment|ness|ity|ing|ism|ance|ence|ship|ure|cy)s?$")


@dataclass(frozen=True, slots=True)
class SeenWords:
    """Words of the whole article, by how they are written.

    Attributes:
        lowered: Words that occur in lower case.
        capitalised: Words that occur capitalised as names inside a sentence.
        surnames: Capitalised words that stand behind a first name.
    """

    lowered: frozenset[str]
    capitalised: frozenset[str]
    surnames: frozenset[str]


def seen_words(doc: Doc) -> SeenWords:
    """Returns how the words of an article are written."""
    lowered, capitalised, surnames = set(), set(), set()
    before: Token | None = None
    for token in doc:
        if token.is_lower:
            lowered.add(token.text)
        elif before is not None and token.is_title and not token.is_sent_start:
            if token.tag_ in _NAME_TAGS or (before.tag_ in _NAME_TAGS and before.is_title):
                capitalised.add(token.text)
            if before.is_title and (before.lower_ in MALE or before.lower_ in FEMALE or before.lower_ in EITHER):
                surnames.add(token.text)
        before = token
    return SeenWords(frozenset(lowered), frozenset(capitalised), frozenset(surnames))


def sentences(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yields the token ranges of sentences; one that ends in an initial or short title goes on: `Arlen J. | Voss`."""
    start = 0
    for sent in doc.sents:
        last = doc[sent.end - 1]
        short = last.text.endswith(".") and last.text[0].isupper() and len(last) <= _MAX_SHORT_TITLE
        if sent.end < len(doc) and short and doc[sent.end].text[0].isupper():
            continue
        yield start, sent.end
        start = sent.end
    if start < len(doc):
        yield start, len(doc)


def is_dateline(doc: Doc, run: Words) -> bool:
    """True for the place in capitals that opens an agency's report: `SEAHAM, Feb 2 (Newswire) -`, `HARWICH, N.Y. -`."""
    start, end = run[0][0], run[-1][1]
    if start > 1 and doc[start - 1].text == "," and doc[start - 2].is_upper:
        # The state or country behind the town.
        start -= 2
        while start > 0 and doc[start - 1].is_upper:
            start -= 1
    if not (start == 0 or "\n" in doc[start - 1].text) or end >= len(doc) or not doc[start:end].text.isupper():
        return False
    return doc[end].text in ("-", "—", "–", "(", ",", ":", "--")


def headlines(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yields the token ranges of the short lines whose words are mostly capitalised."""
    start = 0
    for i in range(len(doc) + 1):
        if i < len(doc) and "\n" not in doc[i].text:
            continue
        if 0 < i - start <= _MAX_HEADLINE_TOKENS:
            words = [doc[k] for k in range(start, i) if doc[k].is_alpha and len(doc[k]) > 3]
            capitalised = sum(not word.text[0].islower() for word in words)
            share = _SENTENCE_SHARE if doc[i - 1].text == "." else _HEADLINE_SHARE
            if len(words) >= 4 and capitalised >= share * len(words) and not _tells(doc, start, i):
                yield start, i
        start = i + 1


def _tells(doc: Doc, start: int, end: int) -> bool:
    """True for a line with a verb in lower case, which a headline in capitals has not."""
    return any(token.tag_ in _FINITE and token.is_lower and len(token) > 3 for token in doc[start:end])


def word_end(doc: Doc, i: int, end: int) -> int:
    """Token index behind the word that begins at `i`; hyphens without spaces join, but not those of `Voss-led`."""
    i += 1
    while i + 1 < end and doc[i].text in _JOINERS and not doc[i - 1].whitespace_ and not doc[i].whitespace_:
        if doc[i + 1].lower_ in _TIED_BY_HYPHEN:
            break
        i += 2
    return i


def runs(doc: Doc, start: int, end: int, seen: SeenWords) -> Iterator[Words]:
    """Yields the capitalised runs of a sentence, connectors and nicknames included."""
    i = start
    while i < end:
        if not _begins_name(doc, i, start, seen):
            i += 1
            continue
        words = [(i, word_end(doc, i, end))]
        while (following := _continues(doc, words, start, end, seen)) is not None:
            words += following
        yield words
        i = words[-1][1]


def _begins_name(doc: Doc, i: int, sent_start: int, seen: SeenWords) -> bool:
    token = doc[i]
    text = token.text
    if not text[0].isupper() or text in ("I", "A") or _is_calendar(token):
        return False
    if i > 1 and doc[i - 1].text == "-" and not doc[i - 1].whitespace_ and doc[i - 2].text in _PREFIXES:
        return False
    if text in seen.capitalised and not token.is_stop and (token.tag_ != "NNS" or text in seen.surnames):
        return True
    if token.tag_ == "MD" and (_is_first_name_of_two(doc, i) or (text in seen.surnames and _is_no_auxiliary(doc, i))):
        return True
    if token.tag_ in _NEVER or (token.ent_type_ in _NUMBER_LABELS and token.tag_ not in _NAME_TAGS):
        return False
    if INITIAL.fullmatch(text) and i + 1 < len(doc) and doc[i + 1].is_title and text.endswith("."):
        return True
    initial = i == sent_start or doc[i - 1].is_space or doc[i - 1].text[-1] in _OPENING or doc[i - 1].text in (":", "—")
    if not initial or CAMEL_CASE.search(text):
        return True
    if _opens_cause(doc, i):
        return True
    if token.is_upper and len(text) > 2 and not token.is_stop and not (i + 1 < len(doc) and doc[i + 1].is_upper):
        return True
    if token.is_stop or text.lower() in _EPITHETS or token.tag_ in _VERB_TAGS or _is_plural_person(token):
        return False
    if token.tag_ not in _NAME_TAGS and not token.ent_type_:
        return False
    if not token.ent_type_ and _ABSTRACT.search(text) and not doc[min(i + 1, len(doc) - 1)].is_title:
        return False
    # A common word at the start of a sentence is often tagged as a name.
    return (
        text.lower() not in seen.lowered
        or token.ent_type_ in KIND_OF_LABEL
        or (i + 1 < len(doc) and doc[i + 1].is_title)
    )


def _opens_cause(doc: Doc, i: int) -> bool:
    """True for the first word of a body of people for something: `Citizens for Tax Justice`, not `Lawyers for Voss`."""
    if i + 2 >= len(doc) or doc[i].lower_ not in _PEOPLE_FOR_CAUSES or doc[i + 1].lower_ not in _OF_CAUSES:
        return False
    return bool(doc[i + 2].is_title) and doc[i + 2].ent_type_ not in ("PERSON", "GPE", "NORP")


def _is_plural_noun(token: Token) -> bool:
    """True for the plural of a noun for persons, whatever its tag."""
    return token.lower_.endswith("s") and token.lower_[:-1] in lexicon.SPEAKING_NOUNS


def _is_first_name_of_two(doc: Doc, i: int) -> bool:
    """True for `Will` in `Will Doyle, a professor` and `Will Doyle said`, not in `Will Doyle win?`."""
    if i + 2 >= len(doc) or doc[i].lower_ not in MALE | FEMALE or not doc[i + 1].is_title:
        return False
    is_question = doc[doc[i].sent.end - 1].text == "?" or "?" in doc[i].sent.text[-3:]
    return not is_question and (bool(doc[i + 2].is_punct) or doc[i + 2].tag_ in ("VBD", "VBZ"))


def _is_no_auxiliary(doc: Doc, i: int) -> bool:
    """True for `Will` in `George Will’s call`, `Will wrote`, `said Will.`; not in `Will he win?`."""
    behind = doc[i + 1] if i + 1 < len(doc) else doc[i]
    return behind.tag_ in ("VBD", "VBZ", "VBN", "POS", "MD") or (behind.is_punct and behind.text != "?")


def _is_plural_person(token: Token) -> bool:
    """`Attorneys`, `Workers` at the start of a sentence, whatever their tag."""
    if token.i + 1 < len(token.doc) and token.nbor().tag_ == "POS":
        return False
    return _is_plural_noun(token) and token.ent_type_ != "PERSON"


def _is_calendar(token: Token) -> bool:
    """True for a day or month; `May` and `Jun` are names too."""
    return token.lower_.rstrip(".") in lexicon.CALENDAR and (
        token.ent_type_ in ("DATE", "TIME") or token.lower_.endswith("day")
    )


def _continues(doc: Doc, words: Words, start: int, end: int, seen: SeenWords) -> Words | None:
    """Returns the words that go on with the run behind `words`, or None at its end."""
    k = words[-1][1]
    if k >= end:
        return None
    token = doc[k]
    if not doc[k - 1].whitespace_ and not token.is_alpha:
        return _behind_mark(doc, words, k, end)
    if (stop := _spelled_out(doc, words, k, end)) > k:
        return [(i, i + 1) for i in range(k, stop)]
    if token.is_space:
        return None
    if token.text in _COMPANY_FORMS and not doc[k - 1].is_punct:
        return [(k, k + 1)]
    if (
        token.lower_ in lexicon.NAME_PARTICLES
        and k + 2 < end
        and doc[k + 1].text == "-"
        and doc[k + 2].text[0].isupper()
    ):
        # `Samir al-Hakimi`
        return [(k, k + 3)]
    if _begins_name(doc, k, start, seen):
        return [(k, word_end(doc, k, end))]
    if token.text.isdigit() and doc[k - 1].ent_type_ and token.ent_iob_ == "I":
        return [(k, k + 1)]
    if token.text in _OPENING:
        return _nickname(doc, k, end)
    return _connected(doc, words, k, start, end, seen)


def _spelled_out(doc: Doc, words: Words, k: int, end: int) -> int:
    """Token index of the bracket whose acronym the capitals from the run's start spell, 0 where there is none.

    `Citizens for Responsibility and Ethics in Wexmoor (CREW)` is one name.
    """
    for stop in range(k, min(k + _MAX_SPELLED_OUT, end - 1)):
        if doc[stop].text == "(" and doc[stop + 1].is_upper and len(doc[stop + 1]) > 2:
            capitals = [token.text[0] for token in doc[words[0][0] : stop] if token.text[0].isupper()]
            return stop if "".join(capitals) == doc[stop + 1].text else 0
        if not (doc[stop].is_alpha or doc[stop].tag_ in ("HYPH", "POS")):
            return 0
    return 0


def _behind_mark(doc: Doc, words: Words, k: int, end: int) -> Words | None:
    """Goes on behind a possessive inside an organisation's name: `Veterans' Housing Trust`, `Lloyd's Register`."""
    apostrophe = doc[k].text in ("'", "’") and doc[k - 1].text.endswith("s")
    if not (doc[k].tag_ == "POS" or apostrophe) or k + 1 >= end or not doc[k].whitespace_:
        return None
    stop = k + 1
    while (
        stop < end
        and doc[stop].text[0].isupper()
        and (doc[stop].tag_ in _NAME_TAGS or doc[stop].lower_ in lexicon.ORG_NAME_WORDS)
    ):
        stop += 1
    if stop == k + 1 or doc[stop - 1].lower_ not in lexicon.ORG_NAME_WORDS:
        return None
    plural = doc[k - 1].tag_ in ("NNPS", "NNS") or doc[k].text in ("'", "’")
    if not plural and not (doc[k].ent_iob_ == "I" and doc[k + 1].ent_iob_ == "I"):
        return None
    return [(i, i + 1) for i in range(k, stop)]


def _nickname(doc: Doc, k: int, end: int) -> Words | None:
    """Goes on over a nickname in quotation marks: `Ramón “the Clockmaker” Ibarra`."""
    for close in range(k + 2, min(k + 2 + _MAX_NICKNAME_TOKENS, end - 1)):
        if doc[close].text in ('"', "”", "’", "'"):
            after = doc[close + 1]
            if after.text[0].isupper() and after.tag_ in _NAME_TAGS and doc[close].whitespace_:
                return [(k, close + 1), (close + 1, word_end(doc, close + 1, end))]
            return None
    return None


def _connected(doc: Doc, words: Words, k: int, start: int, end: int, seen: SeenWords) -> Words | None:
    """Goes on over `of`, `for`, `and`, `&` and the particles of surnames, where they tie one name."""
    text = doc[k].lower_
    following = k + 1
    if following < end:
        before_article = text in ("of", "for", "on") and doc[following].lower_ == "the"
        is_double = text in lexicon.NAME_PARTICLES and doc[following].lower_ in lexicon.NAME_PARTICLES
        following += before_article or is_double
    if following >= end or not doc[following].text[0].isupper() or not _begins_name(doc, following, start, seen):
        return None
    joined = [(i, i + 1) for i in range(k, following)] + [(following, word_end(doc, following, end))]
    if text == "&" or text in lexicon.NAME_PARTICLES:
        return joined
    before = doc[words[-1][1] - 1].lower_
    is_body = before in lexicon.ORG_NAME_WORDS
    inside = doc[following].ent_iob_ == "I" and doc[k].ent_iob_ == "I" and doc[k - 1].ent_type_ == "ORG"
    if text == "of":
        return joined if is_body or inside else None
    if text in ("for", "on"):
        return joined if is_body or inside else None
    if text == "and":
        connected = any(doc[word[0]].lower_ in ("of", "for", "on") for word in words)
        if connected and doc[words[0][0]].lower_ in _DEPARTMENTS and doc[following].lower_ in lexicon.PORTFOLIOS:
            # `Ministry of Health and Sports`
            return joined
        if inside and connected:
            # `Organization for Economic Cooperation and Development`
            return joined
        # `Securities and Exchange Commission`, but not `the Bank and Trade Commission`.
        is_whole = is_body and (len(words) > 1 or before in lexicon.GENERIC_BODIES)
        is_tied = inside or connected or len(words) == 1
        return joined if _ends_as_body(doc, following, end) and not is_whole and is_tied else None
    return None


def _ends_as_body(doc: Doc, i: int, end: int) -> bool:
    """True if the capitalised words from `i` end in a word for a body: `Food and Drug Administration`."""
    last = i
    while last + 1 < end and doc[last + 1].text[0].isupper() and doc[last + 1].tag_ in _NAME_TAGS:
        last += 1
    return last > i and doc[last].lower_ in lexicon.ORG_NAME_WORDS
