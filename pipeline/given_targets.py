"""Which of the user's targets a quotation is about."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

from onrecord.corpus.article import Article, Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.record import Speaker
from onrecord.pipeline.speakers import resolve_speakers
from onrecord.pipeline.speakers.lexicon import HE, SHE
from onrecord.pipeline.target_lists import Target, TargetMention, forms_pattern
from onrecord.pipeline.target_places import full_names, has_first_name, paragraph_starts, same_person, surroundings
from onrecord.pipeline.target_words import (
    DETERMINERS,
    acronym,
    bare_name,
    content_stems,
    has_title,
    heads,
    stem,
)

MIN_SHARE = 0.25
"""Share of an issue's words that names it. In the gold corpus's articles, of quotations with a third of the words 80%
are about the issue; a quarter in place of a third finds a tenth more of the pairs at the same precision."""
TOPIC_SHARE = 0.5
"""Share of an issue's words with which a sentence brings it up, so that what follows may point back to it."""
LONE_REACH = 2
"""Paragraphs for which a lone issue stays the topic: of such quotations 67% are about it in the gold corpus's dev
articles, 40% in its test articles, fewer further behind; where there are other issues, 65% in the same paragraph and
30% in the next of the dev articles."""
_GENDERED = HE | SHE


@dataclass(frozen=True)
class _Known:
    """A target and what an article can call it.

    Attributes:
        target: The target.
        bare: The words of its name without titles, where it is a name.
        is_person: Whether it names a person.
        short: Pattern of a surname, first name or acronym, where the article lets it stand for the whole.
        stems: Of the words that carry meaning; empty for a person.
        names: Those of them that are capitalised.
        telling: Those that alone can bring the target to mind: of a name its last word, of a phrase its head nouns;
            without those that another target has as well.
    """

    target: Target
    bare: tuple[str, ...]
    is_person: bool
    short: re.Pattern[str] | None
    stems: frozenset[str]
    names: frozenset[str]
    telling: frozenset[str]


class GivenTargets:
    """Finds the user's targets in one article.

    Args:
        doc: The Doc over the article's text.
        text: The article's text.
        targets: The user's targets.
        article: The article, for its paragraphs and for whom a pronoun stands for; without it, pronouns are left alone.
        quotations: All of the article's quotations.
    """

    def __init__(
        self,
        doc: Doc,
        text: str,
        targets: Sequence[Target],
        *,
        article: Article | None = None,
        quotations: Sequence[Quotation] = (),
    ) -> None:
        self._doc = doc
        self._text = text
        self._article = article
        self._quotations = quotations
        self._paragraphs = paragraph_starts(text, article)
        self._positions: defaultdict[str, list[int]] = defaultdict(list)
        for token in doc:
            self._positions[stem(token.text)].append(token.i)
        self._persons = full_names(doc)
        # A word of several targets tells none of them.
        self._n_targets = Counter(word for target in targets for word in content_stems([target.name]))
        self._known = [self._know(target) for target in targets]
        self._names = {known.target.name: self._all_names(known) for known in self._known}
        self._places = {known.target.name: self._all_places(known) for known in self._known if not known.bare}

    def mentions(self, quotation: Quotation, speaker: Speaker) -> list[TargetMention]:
        """Returns the targets that the quotation is about, with the words that say so.

        The quotation names the target; a pronoun in it stands for the target; it has some of the issue's words, or the
        sentence around it has; or, not directly, the issue is what the paragraph was speaking of, so that "it" or "the
        deal" means the issue. What the article says around a quotation of its speaker does not make her its target.
        """
        topic, place = self._topic(quotation)
        found = []
        for known in self._known:
            if (mention := self._mention(known, quotation, speaker)) is not None:
                found.append(TargetMention(known.target, mention))
            elif known.target.name == topic and place is not None:
                found.append(TargetMention(known.target, place, is_direct=False))
        return found

    def _mention(self, known: _Known, quotation: Quotation, speaker: Speaker) -> Span | None:
        named = next((span for place in quotation.spans for span in self._named(known, place)), None)
        if named is not None:
            return named
        if _is_speaker(known, speaker):
            return None
        if known.is_person:
            return self._pronoun(known, quotation)
        own = self._own_words(known, quotation)
        if own is not None:
            return own
        return self._around(known, quotation, speaker)

    def _own_words(self, known: _Known, quotation: Quotation) -> Span | None:
        found = (self._words(known, place) for place in quotation.spans)
        return next((span for span in found if span is not None), None)

    def _named(self, known: _Known, place: Span) -> Iterator[Span]:
        """The target's names, short ones too, in some place."""
        names = self._names[known.target.name]
        for name in names[bisect_left(names, place.start, key=lambda name: name.start) :]:
            if name.start >= place.end:
                break
            if name.end <= place.end:
                yield name

    def _all_names(self, known: _Known) -> list[Span]:
        """All names of a target in the article, in order."""
        found = {match.span() for match in known.target.pattern.finditer(self._text)}
        for match in known.short.finditer(self._text) if known.short is not None else ():
            if self._stands_for(known, match):
                found.add(match.span())
        return [Span(start=start, end=end) for start, end in sorted(found)]

    def _stands_for(self, known: _Known, match: re.Match[str]) -> bool:
        """True unless a short form belongs to a longer name, or to a namesake who was named last."""
        if not known.is_person:
            return True
        surname = known.bare[-1]
        before = self._text[max(0, match.start() - 40) : match.start()].split(" ")
        is_part = match.group() == surname and len(before) > 1 and before[-2][:1].isupper() and before[-1] == ""
        fulls = self._persons.get(surname, [])
        if is_part and any(name[-2] == before[-2] and name[0] != known.bare[0] for _, name in fulls):
            return False
        if match.group() != surname:
            follows = self._text[match.end() : match.end() + 2]
            return not re.match(r" [A-Z]", follows)
        last = [name for start, name in fulls if start <= match.start()]
        return not last or last[-1][0] == known.bare[0] or len(known.bare) < 2

    def _words(self, known: _Known, place: Span, share: float = MIN_SHARE) -> Span | None:
        """The words of an issue in some place, if there are enough of them."""
        hits = self._hits(known, place)
        stems = {stem(self._doc[i].text) for i in hits}
        if len(stems) < share * len(known.stems) or not (len(stems & known.names) > 1 or stems & known.telling):
            return None
        first = last = self._doc[hits[0]]
        for i in hits[1:]:
            if i - last.i > 2:
                break
            last = self._doc[i]
        opening = [child for child in first.lefts if child.lower_ in DETERMINERS and child.idx >= place.start]
        return Span(start=opening[0].idx if opening else first.idx, end=last.idx + len(last))

    def _hits(self, known: _Known, place: Span) -> list[int]:
        tokens = self._doc.char_span(place.start, place.end, alignment_mode="expand")
        if tokens is None:
            return []
        hits: list[int] = []
        for word in known.stems:
            positions = self._positions.get(word, [])
            hits += positions[bisect_left(positions, tokens.start) : bisect_left(positions, tokens.end)]
        return sorted(hits)

    def _around(self, known: _Known, quotation: Quotation, speaker: Speaker) -> Span | None:
        """The target's name or words in the sentence around the quotation, but not in who speaks."""
        source = speaker.mention
        for sentence in surroundings(self._doc, quotation):
            for span in (*self._named(known, sentence), self._words(known, sentence)):
                if span is not None and not (source is not None and source.start <= span.start < source.end):
                    return span
        return None

    def _pronoun(self, known: _Known, quotation: Quotation) -> Span | None:
        for place in quotation.spans:
            for start, end in self._pronouns:
                name = self._referents.get(start) if place.start <= start < place.end else None
                if name is not None and same_person(known.bare, name.split()):
                    return Span(start=start, end=end)
        return None

    def _topic(self, quotation: Quotation) -> tuple[str | None, Span | None]:
        """The issue that was spoken of last, and where, if the quotation can still be about it.

        That is in the same paragraph; or somewhat before, where the article speaks of none of the user's other issues.
        """
        start = quotation.context.start
        latest: tuple[str | None, Span | None] = (None, None)
        for name, places in self._places.items():
            index = bisect_left(places, start, key=lambda place: place.start)
            if index and (latest[1] is None or places[index - 1].start > latest[1].start):
                latest = name, places[index - 1]
        if latest[1] is None:
            return latest
        has_rivals = sum(bool(places) for places in self._places.values()) > 1
        distance = self._paragraph(start) - self._paragraph(latest[1].start)
        return latest if distance <= (0 if has_rivals else LONE_REACH) else (None, None)

    def _know(self, target: Target) -> _Known:
        bare = bare_name(target.name)
        fulls = self._persons.get(bare[-1], []) if bare else []
        is_person = bool(bare) and (
            has_title(target.name)
            or (bare[-1] in self._persons and any(same_person(bare, name) for _, name in fulls or [(0, bare[-1:])]))
            or has_first_name(bare)
        )
        forms: list[str] = []
        if is_person:
            forms = [" ".join(bare), bare[-1]]
            if len(bare) > 1 and " ".join(bare) in self._text:
                forms.append(bare[0])
        elif len(bare) > 1:
            forms = [" ".join(bare), *filter(None, [acronym(bare)])]
        short = forms_pattern(forms) if forms else None
        if is_person:
            return _Known(target, bare, is_person, short, *[frozenset()] * 3)
        stems = content_stems([target.name])
        names = content_stems(re.findall(r"\b[A-Z]\w*", target.name))
        common = content_stems(bare[-1:]) if bare else content_stems(heads(target.name)) - names
        common = common or stems - names
        return _Known(
            target,
            bare,
            is_person,
            short,
            stems,
            names,
            frozenset(w for w in common if self._n_targets[w] < 2) or common or stems,
        )

    def _all_places(self, known: _Known) -> list[Span]:
        """Where the article brings an issue up, in order."""
        places = list(self._names[known.target.name])
        hits = self._hits(known, Span(start=0, end=len(self._text)))
        for sentence in {self._doc[i].sent.start: self._doc[i].sent for i in hits}.values():
            words = self._words(known, Span(start=sentence.start_char, end=sentence.end_char), TOPIC_SHARE)
            if words is not None:
                places.append(words)
        return sorted(places, key=lambda place: place.start)

    def _paragraph(self, position: int) -> int:
        return bisect_right(self._paragraphs, position)

    @cached_property
    def _pronouns(self) -> list[tuple[int, int]]:
        found: set[tuple[int, int]] = set()
        for quotation in self._quotations:
            for place in quotation.spans:
                tokens = self._doc.char_span(place.start, place.end, alignment_mode="contract")
                found.update((t.idx, t.idx + len(t)) for t in tokens or () if t.lower_ in _GENDERED)
        return sorted(found)

    @cached_property
    def _referents(self) -> dict[int, str | None]:
        """Start of each "he" and "she" inside a quotation, to whom it stands for: resolved as sources are."""
        if self._article is None or not self._pronouns:
            return {}
        asked = [Quotation((Span(start=s, end=e),), source=Span(start=s, end=e)) for s, e in self._pronouns]
        speakers = resolve_speakers(self._doc, self._article, [*self._quotations, *asked])[len(self._quotations) :]
        return {start: speaker.name for (start, _), speaker in zip(self._pronouns, speakers, strict=True)}


def _is_speaker(known: _Known, speaker: Speaker) -> bool:
    if speaker.name is None:
        return False
    if known.is_person:
        return same_person(known.bare, speaker.name.split())
    stems = content_stems([speaker.name])
    return bool(known.bare) and bool(stems) and (stems <= known.stems or known.stems <= stems)
