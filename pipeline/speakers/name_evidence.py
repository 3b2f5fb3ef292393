"""What speaks for a name being a person's, a body's, a place's or a people's: its words, titles and surroundings."""

import re

from spacy.tokens import Doc

from onrecord.pipeline.speakers import lexicon
from onrecord.pipeline.speakers.first_names import EITHER, FEMALE, MALE
from onrecord.pipeline.speakers.mentions import Evidence, NameMention
from onrecord.pipeline.speakers.phrases import is_naming, phrase_start
from onrecord.pipeline.speakers.places import PLACES
from onrecord.pipeline.speakers.runs import CAMEL_CASE, INITIAL, KIND_OF_LABEL
from onrecord.pipeline.speakers.titles import Titles

_PLACE_PREPOSITIONS = frozenset("in from near outside across around".split())
_MAX_ACRONYM = 8
_PERSONAL_PARTICLES = frozenset("van von bin bint ibn ben al ter ten der ní ni mac ó y ould".split())
_OF_PERSONS = (lexicon.KIN - {"lady", "sister", "sons", "daughters"}) | frozenset(
    "opponent running ex-wife ex-husband biographer campaign candidacy speech rallies voters ally allies "
    "sister-in-law brother-in-law mother-in-law father-in-law cousin aunt uncle niece nephew boyfriend "
    "girlfriend".split()
)
_PERSON_SUFFIX = re.compile(r"(?:ologist|ician|[a-z]{3}ist|man|woman|person)$")


def name_evidence(doc: Doc, mention: NameMention, titles: Titles) -> Evidence:
    """Returns what speaks for each kind of one name mention."""
    evidence = Evidence()
    votes, core = evidence.votes, mention.core
    n_tokens = mention.end - mention.start
    for i in range(mention.start, mention.end):
        label = KIND_OF_LABEL.get(doc[i].ent_type_)
        if label == "people" and not _is_demonym(doc, i):
            label = "org"
        if label is not None:
            evidence.labels[label] += 1 / n_tokens
    _from_words(votes, doc, mention, core)
    if mention.title[1] and lexicon.makes(doc[mention.title[1] - 1].lower_):
        votes["org"] += 4
    elif mention.title[1]:
        votes["person"] += 3
        if any(titles.gender(doc[i].text) for i in range(*mention.title)):
            votes["person"] += 2
    elif mention.start:
        before = doc[mention.start - 1]
        if before.lower_ == "the" and not _is_modifier(doc, mention.end):
            votes["org"] += 0.8
            votes["person"] -= 2
        elif is_naming(before) and mention.start > 1:
            _from_noun(votes, doc[mention.start - 2].lower_, 3.5)
        elif before.tag_ == "NN":
            _from_noun(votes, before.lower_, 2.0)
        elif before.tag_ in ("JJ", "CD") and doc[mention.end - 1].tag_ == "NNPS":
            votes["people"] += 2
        elif before.lower_ in _PLACE_PREPOSITIONS:
            votes["place"] += 0.5
    _from_following(votes, doc, mention.end)
    _from_leading(votes, doc, mention)
    first = doc[mention.start]
    if first.is_upper and 2 <= len(first.text.replace(".", "")) <= _MAX_ACRONYM:
        # An acronym; in a longer name, where a line in capitals would say nothing, only beside a word in lower case.
        if len(mention.words) == 1:
            votes["org"] += 2.5
        elif len(first) > 2 and not doc[mention.end - 1].is_upper:
            votes["org"] += 1.5
    return evidence


def _is_modifier(doc: Doc, end: int) -> bool:
    """True where a noun follows, which the article belongs to: `the Marlowe team`."""
    return end < len(doc) and doc[end].tag_ in ("NN", "NNS", "JJ", "VBG", "HYPH", "POS")


def _is_demonym(doc: Doc, i: int) -> bool:
    """True where a label for a people fits the form: an adjective, a plural, or a word before a noun."""
    token = doc[i]
    return (
        token.tag_ != "NNP"
        or token.lower_.endswith(lexicon.DEMONYM_ENDINGS)
        or (i + 1 < len(doc) and doc[i + 1].tag_ in ("NN", "NNS"))
    )


def _from_words(votes: dict[str, float], doc: Doc, mention: NameMention, core: tuple[str, ...]) -> None:
    first, last = core[0].partition("-")[0], core[-1]
    if " ".join(core) in PLACES:
        votes["place"] += 4
        return
    if last in lexicon.PEOPLES:
        votes["people"] += 4
    if any(CAMEL_CASE.search(doc[i].text) for i in range(mention.start, mention.end)):
        votes["org"] += 3
    if (first in MALE or first in FEMALE or first in EITHER) and last not in lexicon.ORG_NAME_WORDS:
        votes["person"] += 2.5 if 2 <= len(core) <= 4 else 1.0
    elif len(core) > 1 and INITIAL.fullmatch(doc[mention.start].text):
        votes["person"] += 2
    elif 2 <= len(core) <= 3 and all(word[0].isalpha() for word in core) and last not in lexicon.ORG_NAME_WORDS:
        votes["person"] += 1.2
    if any(word in _PERSONAL_PARTICLES for word in core[1:-1]):
        votes["person"] += 1.5
    if len(core) > 1 and "-" in last:
        votes["person"] += 1.2
    if core != mention.words and len(core) > 1:
        votes["person"] += 2
    if doc[mention.end - 1].tag_ in ("NNS", "NNPS") and last.endswith("s") and last not in lexicon.ORG_NAME_WORDS:
        votes["people"] += 1.0 if len(core) == 1 else 0.0
    if last in lexicon.PARTY_PEOPLE:
        votes["people"] += 5
    if last in lexicon.ORG_NAME_WORDS:
        votes["org"] += 3
    elif any(word in lexicon.ORG_NAME_WORDS for word in core):
        votes["org"] += 1.5
    if "&" in core or "of" in core or "for" in core:
        votes["org"] += 2
    if last in lexicon.PERSONLESS_ORGS or " ".join(core) in lexicon.OUTLETS:
        votes["org"] += 3


def _from_noun(votes: dict[str, float], noun: str, weight: float) -> None:
    is_person = noun in lexicon.PERSON_NOUNS or _PERSON_SUFFIX.search(noun) is not None
    is_org = noun in lexicon.ORG_NOUNS or lexicon.makes(noun)
    if is_person:
        votes["person"] += weight / 4 if is_org else weight
    if is_org:
        votes["org"] += weight / 4 if is_person else weight


def _from_following(votes: dict[str, float], doc: Doc, i: int) -> None:
    """Votes by what follows the name: an age, `who` or `which`, a party in brackets, an apposition's noun."""
    n = len(doc)
    if i + 1 >= n:
        return
    mark, after = doc[i].text, doc[i + 1]
    if doc[i].tag_ == "NN" and doc[i].lower_ in lexicon.PAPER_NOUNS:
        votes["org"] += 2
    if doc[i].tag_ == "NN" and doc[i].lower_ in ("poll", "survey", "polling"):
        votes["org"] += 2.5
    if doc[i].tag_ == "POS" and _relation_behind(doc, i + 1):
        votes["person"] += 2.5
    if doc[i].lemma_ in ("be", "become") and after.tag_ in ("DT", "PRP$"):
        _from_noun(votes, _phrase_noun(doc, i + 2), 2.0)
    if mark == "(":
        if re.match(r"[RDI]-", after.text) or after.text.isdigit():
            votes["person"] += 3
        elif after.text.isupper() and 2 <= len(after.text) <= 6:
            votes["org"] += 2
    if mark not in (",", "—", "–", "-"):
        return
    is_year = after.text.isdigit() and len(after.text) == 4
    if after.tag_ == "CD" and not is_year and i + 2 < n and doc[i + 2].text in (",", "."):
        votes["person"] += 3
    if after.lower_ in ("who", "whose"):
        votes["person"] += 2
    elif after.lower_ == "which":
        votes["org"] += 1.5
    _from_noun(votes, _phrase_noun(doc, i + 1), 2.5 if after.tag_ in ("DT", "PRP$") else 1.5)


def _from_leading(votes: dict[str, float], doc: Doc, mention: NameMention) -> None:
    """Votes by the phrase that a comma ties to the name behind it: `their doctor, Meera Thorat,`."""
    i = mention.start - 1
    if i < 2 or doc[i].text != "," or mention.end >= len(doc):
        return
    start = phrase_start(doc, i)
    opening = [k for k in range(start, i) if doc[k].tag_ in ("DT", "PRP$") and (k == start or doc[k - 1].tag_ != "IN")]
    start = opening[-1] if opening else start
    if not doc[mention.end].is_punct and doc[start].tag_ != "PRP$":
        return
    if opening or any(doc[k].tag_ == "POS" for k in range(start, i)):
        noun = _phrase_noun(doc, start)
        _from_noun(votes, noun, 2.5 if noun in lexicon.PERSON_NOUNS else 3.5)


def _relation_behind(doc: Doc, i: int) -> bool:
    """True where a genitive's noun is kin or the like, whom bodies do not have: `Lanier's ex-wife`."""
    return any(
        doc[k].lower_ in _OF_PERSONS or doc[k : k + 3].text.lower() in _OF_PERSONS
        for k in range(i, min(i + 3, len(doc)))
        if all(doc[j].tag_ in ("JJ", "NN", "HYPH") for j in range(i, k))
    )


def _phrase_noun(doc: Doc, i: int) -> str:
    """The head of the noun phrase that begins at `i`; empty where there is none, or it is a verb's subject.

    `In Torrin, the mayor also said` has no apposition.
    """
    noun = ""
    for k in range(i, min(i + 10, len(doc))):
        token = doc[k]
        if token.tag_ in ("NN", "NNP", "NNPS", "NNS"):
            noun = token.lower_
        elif noun and token.tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return ""
        elif token.tag_ not in ("DT", "JJ", "JJS", "JJR", "PRP$", "HYPH", "CD", "VBN", "POS", "RB", "VBG"):
            break
    return noun
