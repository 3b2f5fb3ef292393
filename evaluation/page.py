"""An evaluation as one self-contained page for people."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from onrecord.corpus.article import Span
from onrecord.evaluation import plots
from onrecord.evaluation.definitions import DEFINITIONS
from onrecord.evaluation.document import Document
from onrecord.evaluation.gates import score_at
from onrecord.evaluation.marked_text import Piece, cut, marks_of
from onrecord.evaluation.mistakes import around
from onrecord.evaluation.quotes import MEASURES
from onrecord.evaluation.schema import ErrorCase, ErrorKind, EvaluationResult, Interval, Slice
from onrecord.evaluation.scores import KINDS, SPEAKER_RATES
from onrecord.evaluation.stance import LABELS, normal_target
from onrecord.evaluation.tables import FEW, baseline_rows, difference, percent, points, verdict, worst

TEMPLATES = Path(__file__).parent / "templates"
MAX_ERRORS = 3000
"""Errors on the page; with many more, browsers take seconds to lay it out. The JSON has all."""

NEAR = 200
"""Characters between a quotation and a source that are still shown together."""

HEADLINES = (
    ("quotes.overlap.f1", "Quotations found", "F1, half of the words in common"),
    ("quotes.exact.f1", "Quotations exact", "F1, the same words"),
    ("speakers.mention.accuracy", "Speaker’s mention", "right, of quotations found"),
    ("speakers.name.accuracy", "Speaker’s name", "right, where gold has one"),
    ("end_to_end.attribution.f1", "Quotation and speaker", "F1, both right"),
    ("stance.macro_f1", "Stance", "macro-F1, of entries found"),
    ("end_to_end.f1", "End to end", "F1, quotation, speaker, target, stance"),
)


@dataclass(frozen=True)
class Card:
    """One headline score."""

    name: str
    meaning: str
    score: float
    interval: Interval | None


@dataclass(frozen=True)
class SliceTable:
    """The slices of one measure, the worst first, with the score over all of them."""

    measure: str
    overall: float
    worst: Slice | None
    slices: tuple[Slice, ...]


@dataclass(frozen=True)
class ShownError:
    """An error with the link to its place and its text in pieces."""

    case: ErrorCase
    anchor: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ShownArticle:
    """An article with all marks."""

    id: str
    n_errors: int
    pieces: tuple[Piece, ...]


def render_page(result: EvaluationResult, documents: Sequence[Document], *, title: str) -> str:
    """Returns the page: it asks for nothing from outside, and everything it shows is escaped.

    Args:
        result: The evaluation.
        documents: What was evaluated, for the articles' texts.
        title: What was scored against what.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    errors = _shown_errors(result, documents)
    page = environment.get_template("evaluation.html.j2").render(
        title=title,
        result=result,
        cards=_cards(result),
        slice_tables=_slice_tables(result),
        few=FEW,
        measures=MEASURES,
        scopes=("all", *KINDS),
        rates=("mention", *SPEAKER_RATES),
        labels=[label.value for label in LABELS],
        baselines=[] if result.stance is None else baseline_rows(result.stance),
        difference=difference,
        plots=plots,
        kinds=_kinds(result),
        errors=errors,
        articles=_shown_articles(documents, errors),
        definitions=DEFINITIONS,
        worded=_worded(documents),
        points=points,
        verdict=verdict,
    )
    # Half of a surrogate pair, as broken articles hold, cannot be written as UTF-8.
    return page.encode("utf-8", "replace").decode("utf-8")


def _cards(result: EvaluationResult) -> list[Card]:
    scores = [(path, name, meaning, score_at(result, path)) for path, name, meaning in HEADLINES]
    return [
        Card(name, meaning, score, result.intervals.get(path))
        for path, name, meaning, score in scores
        if score is not None
    ]


def _slice_tables(result: EvaluationResult) -> list[SliceTable]:
    held = defaultdict(list)
    for part in result.slices:
        if part.n:
            held[part.measure].append(part)
    shown = []
    for measure, slices in held.items():
        # Every case has a length, or a gold label, so these slices together are all cases.
        whole = [part for part in slices if part.dimension == ("length" if measure == "attribution" else "gold label")]
        overall = sum(part.n_right for part in whole) / sum(part.n for part in whole)
        shown.append(SliceTable(measure, overall, next(iter(worst(slices, measure)), None), tuple(slices)))
    return shown


def _worded(documents: Sequence[Document]) -> dict[str, str]:
    """Returns each target as gold words it, by what it is compared as."""
    named = (name for document in documents for name in document.targets)
    held = (stance.target for document in documents for item in document.gold for stance in item.of.stances)
    return {normal_target(name): name for name in (*held, *named)}


def _kinds(result: EvaluationResult) -> list[tuple[ErrorKind, int]]:
    numbers = Counter(error.kind for error in result.errors)
    return [(kind, numbers[kind]) for kind in ErrorKind if numbers[kind]]


def _shown_errors(result: EvaluationResult, documents: Sequence[Document]) -> list[ShownError]:
    numbers = {document.id: number for number, document in enumerate(documents)}
    # Of too many, evenly spread ones are shown, so that no article falls off the end.
    step = max(1, -(-len(result.errors) // MAX_ERRORS))
    shown = []
    for case in result.errors[::step]:
        number = numbers[case.article]
        text = documents[number].words.text
        sides = [(side, side is case.gold) for side in (case.gold, case.pred) if side is not None]
        marks = [mark for side, gold in sides for mark in marks_of(side.content, side.source, gold=gold)]
        near = [mark for mark in marks if mark.end > case.place.start - NEAR and mark.start < case.place.end + NEAR]
        hull = Span(start=min(mark.start for mark in near), end=max(mark.end for mark in near))
        shown.append(ShownError(case, _anchor(number, case.place.start), cut(text, around(text, hull), marks)))
    return shown


def _anchor(number: int, offset: int) -> str:
    return f"a{number}-{offset}"


def _shown_articles(documents: Sequence[Document], errors: Sequence[ShownError]) -> list[ShownArticle]:
    held = defaultdict(list)
    for error in errors:
        held[error.case.article].append(error)
    return [
        ShownArticle(
            id=document.id,
            n_errors=len(held[document.id]),
            pieces=cut(
                document.words.text,
                Span(start=0, end=len(document.words.text)),
                [
                    mark
                    for side, gold in ((document.gold, True), (document.pred, False))
                    for item in side
                    for mark in marks_of(item.of.content, item.of.source, gold=gold)
                ],
                {error.case.place.start: error.anchor for error in held[document.id]},
            ),
        )
        for document in documents
        if document.words.text
    ]
