"""An article in the terminal: quotations coloured by stance, speakers named."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.corpus.article import BODY_KINDS, SPAN_SEPARATOR, Article
from onrecord.corpus.errors import ArticleError
from onrecord.corpus.printable import printable
from onrecord.corpus.readers import read_articles
from onrecord.corpus.record import Record, Speaker, SpeakerKind, Stance, StanceLabel
from onrecord.pipeline.extract import EXIT_DONE, EXIT_FAILED, EXIT_SOME_FAILED
from onrecord.pipeline.pipeline import Pipeline, PipelineOptions

STYLES = {StanceLabel.FAVOR: "green", StanceLabel.AGAINST: "red", StanceLabel.NEUTRAL: "bright_blue"}
WORDS = {StanceLabel.FAVOR: "for", StanceLabel.AGAINST: "against", StanceLabel.NEUTRAL: "neutral on"}
"""Stand beside the colours, so that a stance can be read without them."""
PLAIN = "underline"
NOISE = "dim"
MAX_WIDTH = 100
"""Longer lines are hard to read."""
MAX_TAG_TARGETS = 2
"""Targets named behind a quotation; the list at the end names all."""
MAX_EXCERPT_WORDS = 30
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def run_show(inputs: Sequence[str], options: PipelineOptions, *, out: Console, console: Console) -> int:
    """Extracts and shows articles.

    Args:
        inputs: Files or `-`.
        options: What to run.
        out: Where the articles go (stdout).
        console: Where messages go (stderr).

    Returns:
        Exit status: 0 done, 1 no article could be shown, 3 some could not.

    Raises:
        OnrecordError: A model is unknown.
    """
    pipeline: Pipeline | None = None
    n_shown = n_failed = 0
    for article in read_articles(inputs):
        try:
            if isinstance(article, ArticleError):
                raise article
            pipeline = pipeline or Pipeline(options)
            out.print(render(article, pipeline.extract(article)), width=min(out.width, MAX_WIDTH))
            n_shown += 1
        except ArticleError as error:
            console.print(f"failed: {printable(str(error))}", markup=False, highlight=False, soft_wrap=True)
            n_failed += 1
    if not n_failed:
        return EXIT_DONE
    return EXIT_SOME_FAILED if n_shown else EXIT_FAILED


def render(article: Article, records: Sequence[Record]) -> RenderableType:
    """Returns the article's text with its quotations marked, then who said what of which target.

    A quotation's number stands before each of its pieces, and behind the last one in brackets who said it and which
    stances it takes, so that all can be read without colours.

    Args:
        article: The article.
        records: Its records.
    """
    speakers = _Speakers(records)
    parts: list[RenderableType] = [_heading(article), _marked_text(article, records, speakers)]
    if not records:
        return Group(*parts, Text("\nNo quotations found.", style="italic"))
    parts.append(_legend())
    if any(record.stances for record in records):
        parts.append(_section("Who stands where", _stance_table(records, speakers)))
    parts.append(_section("Quotations", _quotation_list(records, speakers)))
    return Group(*parts)


_PRONOUNS = frozenset("who which that he she it they".split())
"""Say nothing of who speaks; the role does."""


@dataclass(frozen=True)
class _Speakers:
    """What to call the speakers of an article: the same in every record of one entity."""

    records: Sequence[Record]

    def name(self, record: Record) -> Text:
        """The speaker's name, or the words that stand for one who has none."""
        speaker = self._known[_key(record)]
        if speaker.name is not None:
            return Text(printable(speaker.name), style="bold")
        if speaker.mention is None or speaker.kind is SpeakerKind.UNKNOWN:
            return Text("unknown", style="italic")
        unnamed = ", unnamed" if speaker.kind is SpeakerKind.ANONYMOUS else ""
        is_pronoun = speaker.mention.text.casefold() in _PRONOUNS
        called = speaker.role if is_pronoun and speaker.role else speaker.mention.text
        return Text(_one_line(called) + unnamed, style="italic")

    def details(self, record: Record) -> str:
        """Role and organization, where the article tells them and they are not in the name already."""
        speaker = self._known[_key(record)]
        called = self.name(record).plain.casefold()
        details = [detail for detail in (speaker.role, speaker.organization) if detail]
        return ", ".join(_one_line(d) for d in dict.fromkeys(details) if d.casefold() not in called)

    @cached_property
    def _known(self) -> dict[str, Speaker]:
        """For each speaker the record that says most: a name rather than a mention, a role rather than none."""
        known: dict[str, Speaker] = {}
        for record in self.records:
            key, speaker = _key(record), record.speaker
            if key not in known or _n_facts(speaker) > _n_facts(known[key]):
                known[key] = speaker
        return known


def _key(record: Record) -> str:
    return record.speaker.entity or record.speaker.name or record.id


def _n_facts(speaker: Speaker) -> int:
    return sum(fact is not None for fact in (speaker.name, speaker.role, speaker.organization))


def _heading(article: Article) -> Rule:
    facts = (article.id, article.publisher, article.published)
    return Rule(Text(" · ".join(_one_line(fact) for fact in facts if fact)), align="left", style=NOISE)


def _marked_text(article: Article, records: Sequence[Record], speakers: _Speakers) -> Text:
    text = Text(printable(article.text))
    for block in article.blocks:
        if block.kind not in BODY_KINDS:
            text.stylize(NOISE, block.start, block.end)
    # The outer before the inner: a style given later prevails.
    numbered = sorted(enumerate(records, start=1), key=lambda pair: -len(pair[1].quote.context))
    for _, record in numbered:
        for span in record.quote.spans:
            text.stylize(_style(record), span.start, span.end)
        if record.speaker.mention is not None:
            text.stylize("bold", record.speaker.mention.start, record.speaker.mention.end)
    starts: defaultdict[int, list[Text]] = defaultdict(list)
    ends: defaultdict[int, list[Text]] = defaultdict(list)
    introduced = _first_records(records)
    for number, record in numbered:
        for span in record.quote.spans:
            starts[span.start].append(Text(str(number).translate(_SUPERSCRIPTS), style=_style(record)))
        tag = _tag(number, record, speakers, introduce=record.id in introduced)
        ends[record.quote.spans[-1].end].insert(0, tag)
    marked = Text()
    offsets = sorted({*starts, *ends})
    for piece, offset in zip(text.divide(offsets), [*offsets, None], strict=True):
        marked.append_text(piece)
        if offset is not None:
            for mark in (*ends[offset], *starts[offset]):
                marked.append_text(mark)
    marked.rstrip()
    return marked


def _first_records(records: Sequence[Record]) -> set[str]:
    """Ids of the records in which a speaker comes up first, in the order of the text."""
    first: dict[str, str] = {}
    for record in sorted(records, key=lambda record: record.quote.spans[-1].end):
        first.setdefault(_key(record), record.id)
    return set(first.values())


def _tag(number: int, record: Record, speakers: _Speakers, *, introduce: bool) -> Text:
    tag = Text.assemble(" [", (str(number), _style(record)), " ", speakers.name(record))
    details = speakers.details(record) if introduce else ""
    if details:
        tag.append(f", {details}")
    shown = sorted(record.stances, key=_certainty, reverse=True)[:MAX_TAG_TARGETS]
    for stance, before in zip(shown, (": ", *["; "] * len(shown)), strict=False):
        tag.append(before).append_text(_stance_words(stance))
    n_more = len(record.stances) - len(shown)
    return tag.append(f"; {n_more} more]" if n_more else "]")


def _stance_words(stance: Stance) -> Text:
    return Text(f"{WORDS[stance.label]} {_one_line(stance.target)}", style=STYLES[stance.label])


def _style(record: Record) -> str:
    """The colour of the stance that is told first; underlined where there is none."""
    return STYLES[max(record.stances, key=_certainty).label] if record.stances else PLAIN


def _certainty(stance: Stance) -> tuple[bool, float]:
    """A stance that takes a side goes before one that takes none, a surer one before others."""
    return stance.label is not StanceLabel.NEUTRAL, stance.confidence or 0.0


def _stance_table(records: Sequence[Record], speakers: _Speakers) -> Table:
    """How many quotations of each speaker take which stance on each target."""
    counts: defaultdict[str, defaultdict[str, Counter[StanceLabel]]] = defaultdict(lambda: defaultdict(Counter))
    first: dict[str, Record] = {}
    for record in records:
        first.setdefault(_key(record), record)
        for stance in record.stances:
            counts[_key(record)][stance.target][stance.label] += 1
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_edge=False, header_style=NOISE, expand=True)
    table.add_column("speaker", ratio=1)
    table.add_column("target", ratio=1, no_wrap=True)  # its lines are those of the counts
    for label, style in STYLES.items():
        table.add_column(label.value, style=style, justify="right", width=len(StanceLabel.AGAINST))
    for key, targets in counts.items():
        columns = ("\n".join(str(labels[label] or "·") for labels in targets.values()) for label in STYLES)
        table.add_row(speakers.name(first[key]), Text("\n".join(map(_one_line, targets))), *columns)
    return table


def _quotation_list(records: Sequence[Record], speakers: _Speakers) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", style=NOISE)
    table.add_column()
    introduced: set[str] = set()
    for number, record in enumerate(records, start=1):
        details = "" if _key(record) in introduced else speakers.details(record)
        introduced.add(_key(record))
        who = speakers.name(record).append(f", {details}" if details else "", style="not bold not italic")
        table.add_row(str(number), Text("\n").join([who, *_entry(record)]))
    return table


def _entry(record: Record) -> Iterator[Text]:
    words = printable(SPAN_SEPARATOR.join(record.quote.text)).split()
    excerpt = " ".join(words[:MAX_EXCERPT_WORDS]) + (" …" if len(words) > MAX_EXCERPT_WORDS else "")
    kind = f"  {record.quote.type.value}{_probability(record.quote.confidence)}"
    yield Text.assemble(excerpt, (kind, NOISE))
    for stance in sorted(record.stances, key=_certainty, reverse=True):
        yield _stance_words(stance).append(_probability(stance.confidence), style=NOISE)


def _probability(confidence: float | None) -> str:
    return "" if confidence is None else f" {confidence:.2f}"


def _section(title: str, body: RenderableType) -> RenderableType:
    return Padding(Group(Text(title, style="bold"), body), (1, 0, 0, 0))


def _legend() -> RenderableType:
    stances = Text(", ").join(Text(WORDS[label], style=style) for label, style in STYLES.items())
    legend = Text.assemble("¹", ("a quotation", PLAIN), " [1 its speaker: ", stances, " a target]   ")
    return Padding(legend.append("not body text", style=NOISE), (1, 0, 0, 0))


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
