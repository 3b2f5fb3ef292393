"""Where targets can stand in an article: its persons' names, the sentences around a quotation, its paragraphs."""

import re
from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc

from onrecord.corpus.article import Article, Span
from onrecord.corpus.quotation import Quotation
from onrecord.pipeline.speakers.first_names import EITHER, FEMALE, MALE
from onrecord.pipeline.speakers.lexicon import ORG_NAME_WORDS
from onrecord.pipeline.target_words import bare_name


def full_names(doc: Doc) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Last words of the persons that an article names, to where and by which words."""
    names: defaultdict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            words = tuple(re.sub(r"['’]s?$", "", entity.text).split())
            bare = bare_name(" ".join(words))
            if bare and len(bare) > 1:
                names[bare[-1]].append((entity.start_char, bare))
            elif bare:
                names.setdefault(bare[0], [])
    return names


def same_person(bare: Sequence[str], name: Sequence[str]) -> bool:
    """True if a target's bare name and a name in the article can be one person's."""
    if not bare or not name or bare[-1] != name[-1]:
        return False
    return len(bare) < 2 or len(name) < 2 or bare[0] == name[0]


def has_first_name(bare: Sequence[str]) -> bool:
    """True if a name looks like a person's, where the entity recogniser takes it for something else."""
    is_body = any(word.lower() in ORG_NAME_WORDS for word in bare)
    return 2 <= len(bare) <= 3 and not is_body and bare[0].lower() in MALE | FEMALE | EITHER


def surroundings(doc: Doc, quotation: Quotation) -> list[Span]:
    """The sentences that hold the quotation's cue and content."""
    context = quotation.context
    anchors = [context, *([quotation.cue] if quotation.cue is not None else [])]
    sentences: dict[int, Span] = {}
    for anchor in anchors:
        tokens = doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
        if tokens is None:
            continue
        for sentence in (tokens[0].sent, tokens[-1].sent):
            sentences[sentence.start_char] = Span(start=sentence.start_char, end=sentence.end_char)
    return [sentences[start] for start in sorted(sentences)]


def paragraph_starts(text: str, article: Article | None) -> list[int]:
    """Returns where paragraphs begin: the article's own, else behind blank lines."""
    if article is not None:
        return [passage[0].start for passage in article.passages()]
    return [0, *(match.end() for match in re.finditer(r"\n\s*\n", text))]
