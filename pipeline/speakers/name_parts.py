"""Splits a capitalised run into names, titles, offices and party labels."""

from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.first_names import EITHER, FEMALE, MALE
from onrecord.pipeline.speakers.mentions import NameMention, Words
from onrecord.pipeline.speakers.phrases import is_person_noun
from onrecord.pipeline.speakers.runs import INITIAL
from onrecord.pipeline.speakers.titles import Titles

_OFFICE_MODIFIERS = frozenset(
    "prime majority minority foreign vice deputy press chief lead senior junior executive managing general first "
    "interior finance defence defense home health labour labor justice information technology operating financial "
    "security science acting assistant associate attorney campaign communications group former lord under "
    "permanent principal research trust bank board sitting state national district federal education energy "
    "environment treasury transport transportation trade procurement high circuit municipal appellate county "
    "superior political legislative regional digital creative artistic technical sporting medical".split()
)
_PORTFOLIOS = frozenset(
    "higher further public internal external foreign "
    "state defense defence health education energy labor labour commerce transportation transport treasury agriculture "
    "interior justice homeland security veterans affairs staff elections police trade finance".split()
)
_TAIL_TAGS = frozenset(("VBN", "VBD", "VBG", "JJ"))
"""Of what hyphens tie to a name: `Torrin-listed`."""
_PARTY_WORDS = frozenset("republican democrat democratic gop tory labour conservative independent".split())


def is_office(text: str, titles: Titles) -> bool:
    """True if a capitalised word before a name is a title or an office."""
    text = text.lower().rstrip(".")
    if " " in text:
        return text in titles
    first, _, last = text.partition("-")
    return (
        text in titles
        or text in lexicon.PERSON_NOUNS
        or (len(last) > 3 and last.rpartition("-")[2] in lexicon.PERSON_NOUNS)  # no `AFL-CIO`
        or (last.startswith("of-") and first in lexicon.PERSON_NOUNS)
    )


def split_run(doc: Doc, words: Words, titles: Titles) -> Iterator[NameMention]:
    """Yields the names of one run: `Northlight President Ada Okoye` is a body, an office and a person."""
    plain = [_plain(doc, word) for word in words]
    words, plain = _without_portfolio(doc, words, plain)
    n_name = len(words)
    while n_name > 1 and plain[n_name - 1] in lexicon.SUFFIXES:
        n_name -= 1
    last = plain[n_name - 1]
    offices = [k for k in range(n_name - 1) if _is_office_at(doc, words, plain[:n_name], k, titles)]
    if (
        offices
        and last in lexicon.ORG_NAME_WORDS
        and not any(plain[k] in MALE | FEMALE for k in range(offices[0] + 1, n_name))  # `City Mayor Don Guardian`
        and not lexicon.makes(plain[0])
        and doc[words[0][0]].ent_type_ != "PERSON"
        and "of" not in plain
    ):
        offices = []
    is_paper = last in lexicon.MEDIA_NAME_WORDS and words[0][0] > 0 and doc[words[0][0] - 1].lower_ == "the"
    if is_paper:
        # `the Torrin Courier`
        yield from _one(doc, words, plain, (0, 0))
        return
    if is_office(last, titles) and last not in lexicon.ORG_NAME_WORDS and not _is_given_name(plain, n_name - 1):
        # `White House Press Secretary`: the office ends the run, and what stands before it is a body.
        stop = _office_start(plain, n_name - 1, titles)
        is_person = n_name == 2 and doc[words[0][0]].ent_type_ == "PERSON"
        if n_name > 1 and not is_person and not _is_one_body(doc, words):
            yield from _one(doc, words[:stop], plain[:stop], (0, 0))
            return
    if offices:
        cut = offices[-1] + 1
        start = _office_start(plain, cut - 1, titles)
        yield from _one(doc, words[:start], plain[:start], (0, 0))
        is_place = all(doc[i].ent_type_ in ("GPE", "LOC", "NORP") for word in words[cut:] for i in range(*word))
        # `the Independent Vermont senator`: a party's word before a place makes no person of it.
        yield from _one(
            doc,
            words[cut:],
            plain[cut:],
            (0, 0) if is_place and plain[cut - 1] in _PARTY_WORDS else (words[start][0], words[cut][0]),
        )
        return
    words, plain = _without_epithet(doc, words, plain)
    cut = _person_inside(doc, words, plain)
    if cut:
        yield from _one(doc, words[:cut], plain[:cut], (0, 0))
    yield from _one(doc, words[cut:], plain[cut:], (0, 0))


def _without_portfolio(doc: Doc, words: Words, plain: list[str]) -> tuple[Words, list[str]]:
    """Drops what an office is for: of `[secretary of] State Marlowe`, `Marlowe` is the name."""
    at = words[0][0]
    if at < 2 or doc[at - 1].lower_ != "of" or not is_person_noun(doc[at - 2].lower_):
        return words, plain
    k = 0
    while k < len(words) - 1 and plain[k] in _PORTFOLIOS:
        k += 1
    return words[k:], plain[k:]


def _office_start(plain: list[str], k: int, titles: Titles) -> int:
    """Index of the first word of the office whose last word is `k`."""
    while k > 0 and (is_office(plain[k - 1], titles) or plain[k - 1] in _OFFICE_MODIFIERS):
        k -= 1
    return k


def _is_office_at(doc: Doc, words: Words, plain: list[str], k: int, titles: Titles) -> bool:
    """True where the word `k` of a run, which is not its last, is a title or an office."""
    if k == 0 and (plain[0] in MALE or plain[0] in FEMALE) and plain[0] not in ("earl", "duke"):
        return False
    if k and k == len(plain) - 2 and plain[k] in MALE | FEMALE and is_office(plain[k - 1], titles):
        # `Mayor Don Guardian`: what is a title too is a first name between an office and a last name.
        return False
    if is_office(plain[k], titles) or doc[words[k][0]].text == "Del.":
        # `Mike Judge`, but `Circuit Judge Nora Lund`
        return plain[k] not in lexicon.SURNAME_NOUNS or all(word in _OFFICE_MODIFIERS for word in plain[:k])
    if k == 0 and len(words) > 2 and is_person_noun(plain[0]) and plain[0] not in EITHER and _opens(doc, words[0][0]):
        # `Locksmith Mina Adeyemi`
        return True
    # `Chipmaker Hanbit Optics`: capitalised as the first word of its sentence only.
    return k == 0 and _opens(doc, words[0][0]) and lexicon.makes(plain[0])


def _opens(doc: Doc, i: int) -> bool:
    """True for a token that is capitalised as the first of its sentence or quotation."""
    return bool(doc[i].is_sent_start) or doc[i - 1].is_punct


def _is_given_name(plain: list[str], k: int) -> bool:
    """True where an office's word is a surname: `Tim Cook`, `Samuel King Jr.`, `Dean Baker`."""
    return k > 0 and (plain[k - 1] in MALE or plain[k - 1] in FEMALE or len(plain[k - 1]) == 1)


def _is_one_body(doc: Doc, words: Words) -> bool:
    """True where the model takes the whole run for one body: `Market Insider`."""
    tokens = doc[words[0][0] : words[-1][1]]
    return (
        all(token.ent_type_ == "ORG" for token in tokens)
        and tokens[0].ent_iob_ == "B"
        and all(t.ent_iob_ == "I" for t in tokens[1:])
    )


def _without_epithet(doc: Doc, words: Words, plain: list[str]) -> tuple[Words, list[str]]:
    """Drops a common word that is capitalised as the first of its sentence: `Unsettled Nils Ekberg said`."""
    first = doc[words[0][0]]
    follows = (
        len(words) >= 3 and (plain[1] in MALE or plain[1] in FEMALE) and not (plain[0] in MALE or plain[0] in FEMALE)
    )
    if follows and first.is_sent_start and first.ent_type_ != "PERSON" and not INITIAL.fullmatch(first.text):
        return words[1:], plain[1:]
    return words, plain


def _person_inside(doc: Doc, words: Words, plain: list[str]) -> int:
    """Where a person's name begins behind a party, place or body in one run (`State Owen Tolland`), else 0."""
    if len(words) == 2 and plain[0] in _PARTY_WORDS and plain[1] in lexicon.PERSONLESS_ORGS:
        # `the Republican Congress`
        return 1
    if plain[-1] in lexicon.ORG_NAME_WORDS:
        return 0
    for k in range(1, len(words) - 1):
        if (
            plain[k] in MALE
            or plain[k] in FEMALE
            or (doc[words[k][0]].ent_iob_ == "B" and doc[words[k][0]].ent_type_ == "PERSON")
        ):
            before = doc[words[k - 1][0]]
            if before.ent_type_ in ("NORP", "GPE", "ORG", "LOC") and before.ent_type_ != doc[words[k][0]].ent_type_:
                return k
            if plain[k - 1] in lexicon.ORG_NAME_WORDS or plain[k - 1] in _PARTY_WORDS:
                return k
    if len(words) == 2 and plain[0] in _PARTY_WORDS:
        return 1
    return 0


def _may_end_name(doc: Doc, word: tuple[int, int]) -> bool:
    """True for a word with a capital; behind a hyphen a small letter is one too (`Ki-moon`), but not an adjective's."""
    first, last = doc[word[0]], doc[word[1] - 1]
    if not last.text[0].isalnum():
        return False
    return not last.text[0].islower() or (first.text[0].isupper() and last.tag_ not in _TAIL_TAGS)


def _one(doc: Doc, words: Words, plain: list[str], title: tuple[int, int]) -> Iterator[NameMention]:
    if len(words) == 1 and plain[0] in ("presidential", "congressional", "federal", "senate-elect"):
        return
    while words and not _may_end_name(doc, words[-1]) and plain[-1] != "plc":
        words, plain = words[:-1], plain[:-1]
    if len(words) > 2 and plain[0] == plain[-1]:
        # A line break lost between two of them: `Ward Anne Ward`.
        words, plain = words[1:], plain[1:]
    if words:
        yield NameMention(words[0][0], words[-1][1], tuple(plain), title)


def _plain(doc: Doc, word: tuple[int, int]) -> str:
    return doc[word[0] : word[1]].text.lower().rstrip(".").replace("’", "'")
