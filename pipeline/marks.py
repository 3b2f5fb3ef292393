"""Quotations by quotation marks alone: no model, direct and mixed ones only.

A quoted stretch is attributed by the reporting verb nearest to it in its paragraph, whose subject is the source; by
"according to"; by a colon after a name; or by a name behind a dash. A stretch of few words without any of these is a
nickname, a title or a scare quote.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from onrecord.corpus.article import Article, Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.quotation_marks import QuotedSpan
from onrecord.pipeline.typography import count_words, quoted_index

REPORTING_VERBS = frozenset(
    "accuse acknowledge add admit advise agree allege announce answer argue ask assert assure blast boast call caution "
    "charge cite claim comment complain concede conclude condemn confirm contend continue counter cry declare demand "
    "deny describe dismiss emphasize emphasise estimate exclaim explain express go hail hint inform insist joke lament "
    "maintain mention mock mutter note observe pledge point praise predict proclaim promise propose quip quote read "
    "recall recount reflect remark remind repeat reply report respond reveal say shout shrug sigh state stress suggest "
    "summarize swear tell testify think threaten tweet urge vow wager warn whisper wonder write yell".split()
)
"""Lemmas: the verbs that head five or more cues of direct quotations in PolNeAR's training part, and synonyms."""
THOUGHT = frozenset({"think", "wonder", "suggest"})
"""Lemmas of verbs that do not report words."""
REACH = 16
"""Most tokens between a quoted stretch and its verb: enough for 95% of direct quotations in PolNeAR's training part."""
MIN_WORDS_WITHOUT_CUE = 6
"""A stretch this long is speech even without a cue; a shorter one is mostly a title or a scare quote."""
MIN_WORDS_OF_SPEECH = 4
"""Of stretches of one or two words, a third are no quotations (594 of 1,762 in PolNeAR's training part)."""
NAME_LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE"})


@dataclass
class _Draft:
    stretches: list[QuotedSpan] = field(default_factory=list)
    cue: Token | None = None
    source: Span | None = None


class MarkedQuotations:
    """Quotations that quotation marks show; see the module."""

    def find(self, articles: Sequence[Article], docs: Sequence[Doc]) -> list[list[Quotation]]:
        """Returns the quotations of each article, in order of their first content."""
        return [list(_quotations(article, doc)) for article, doc in zip(articles, docs, strict=True)]


def _quotations(article: Article, doc: Doc) -> Iterator[Quotation]:
    index = quoted_index(article)
    for passage in article.passages():
        drafts: list[_Draft] = []
        for stretch in index.overlapping(passage[0].start, passage[-1].end):
            cue = _cue(doc, article.text, stretch, passage)
            n_words = count_words(article.text, stretch.start, stretch.end)
            if n_words < MIN_WORDS_OF_SPEECH and not _looks_spoken(article.text, stretch, cue):
                continue
            if cue is not None:
                if drafts and drafts[-1].cue is not None and drafts[-1].cue.i == cue.i:
                    drafts[-1].stretches.append(stretch)
                else:
                    drafts.append(_Draft([stretch], cue, subject_of(cue, stretch)))
            elif (name := _name_beside(doc, article.text, stretch)) is not None:
                drafts.append(_Draft([stretch], None, name))
            elif n_words >= MIN_WORDS_WITHOUT_CUE:
                if drafts:
                    drafts[-1].stretches.append(stretch)  # speech goes on after its attribution
                else:
                    drafts.append(_Draft([stretch]))
        for draft in drafts:
            yield Quotation(
                spans=tuple(Span(start=stretch.start, end=stretch.end) for stretch in draft.stretches),
                cue=None if draft.cue is None else Span(start=draft.cue.idx, end=draft.cue.idx + len(draft.cue)),
                source=draft.source,
                confidence=0.9 if draft.cue is not None else 0.6,
                source_confidence=0.8 if draft.source is not None else 0.4,
            )


def _looks_spoken(text: str, stretch: QuotedSpan, cue: Token | None) -> bool:
    """True of a short stretch that ends like speech, or follows a colon or its cue at once."""
    _, end = stretch.inner
    before = text[max(0, stretch.start - 3) : stretch.start].rstrip()
    follows_cue = cue is not None and 0 <= stretch.start - (cue.idx + len(cue)) <= 2
    return text[end - 1 : end] in tuple(",.?!…—") or before.endswith(":") or follows_cue


def _cue(doc: Doc, text: str, stretch: QuotedSpan, passage: Sequence[Span]) -> Token | None:
    """The nearest reporting verb outside the marks, behind the stretch or before it, in the same paragraph."""
    inside = doc.char_span(stretch.start, stretch.end, alignment_mode="expand")
    if inside is None:
        return None
    best: tuple[int, Token] | None = None
    for tokens in (doc[inside.end : inside.end + REACH], reversed(doc[max(0, inside.start - REACH) : inside.start])):
        for distance, token in enumerate(tokens):
            if not passage[0].start <= token.idx < passage[-1].end or token.text in ("“", "”", '"'):
                break
            if token.lemma_.lower() in REPORTING_VERBS and token.pos_ in ("VERB", "AUX"):
                if best is None or distance < best[0]:
                    best = (distance, token)
                break
            if token.is_sent_start and distance and token.idx > stretch.end:
                break
    return None if best is None else best[1]


def subject_of(cue: Token, stretch: QuotedSpan) -> Span | None:
    """Returns the subject of a reporting verb, outside the quoted stretch and without its relative clauses."""
    subjects = [child for child in cue.children if child.dep_ in ("nsubj", "nsubjpass")]
    if not subjects and cue.dep_ in ("conj", "xcomp"):
        subjects = [child for child in cue.head.children if child.dep_ in ("nsubj", "nsubjpass")]
    if not subjects:
        subjects = [
            token
            for token in cue.sent
            if (token.ent_type_ in NAME_LABELS or token.tag_ == "PRP") and abs(token.i - cue.i) <= 4
        ][:1]
    for subject in subjects:
        tokens = [token for token in subject.subtree if not stretch.start <= token.idx < stretch.end]
        clause = next((token.i for token in tokens if token.dep_ in ("relcl", "appos") or token.text == ","), None)
        tokens = [token for token in tokens if clause is None or token.i < clause] or [subject]
        if not stretch.start <= tokens[0].idx < stretch.end:
            return Span(start=tokens[0].idx, end=tokens[-1].idx + len(tokens[-1]))
    return None


def was_said(cue: Token) -> bool:
    """True of a finite verb of saying without a modal: what somebody could, would or will say was not said."""
    helpers = [child for child in cue.children if child.dep_ in ("aux", "neg")]
    if cue.lemma_.lower() in THOUGHT or any(child.tag_ == "MD" or child.dep_ == "neg" for child in helpers):
        return False
    used_to = cue.dep_ == "xcomp" and cue.head.lower_ == "used"
    has_said = cue.tag_ == "VBN" and any(child.lemma_.lower() == "have" for child in helpers)
    return cue.tag_ in ("VBD", "VBZ", "VBP") or used_to or has_said


def _name_beside(doc: Doc, text: str, stretch: QuotedSpan) -> Span | None:
    """`And from Chairwoman X: "..."`, `X: "..."`, and `"..." - X`."""
    before = text[max(0, stretch.start - 60) : stretch.start].rstrip()
    behind = text[stretch.end : stretch.end + 4].lstrip()
    for entity in doc.ents if before.endswith(":") or behind[:1] in ("-", "–", "—") else ():
        if entity.label_ not in NAME_LABELS:
            continue
        if before.endswith(":") and 0 <= stretch.start - entity.end_char <= 4:
            return Span(start=entity.start_char, end=entity.end_char)
        if behind[:1] in ("-", "–", "—") and 0 <= entity.start_char - stretch.end <= 20:
            return Span(start=entity.start_char, end=entity.end_char)
    return None
