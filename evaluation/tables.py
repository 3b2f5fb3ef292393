"""An evaluation as tables for the terminal."""

from collections import Counter
from collections.abc import Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.evaluation.gates import score_at
from onrecord.evaluation.quotes import MEASURES
from onrecord.evaluation.schema import EvaluationResult, Slice, SystemComparison
from onrecord.evaluation.score_types import BaselineScores, Difference, Found, StanceScores
from onrecord.evaluation.scores import KINDS, SPEAKER_RATES

SLICES_SHOWN = 6
SIGNIFICANT = 0.05
FEW = 20
"""Cases below which a slice's score is mostly chance: at 20 its interval spans about 40 points."""


def percent(value: float | None) -> str:
    """Returns a fraction in hundredths with one decimal; a dash where there is none."""
    return "–" if value is None else f"{100 * value:.1f}"


def print_tables(result: EvaluationResult, console: Console) -> None:
    """Prints every table of a result; scores in hundredths, 95% intervals in brackets."""
    for renderable in tables(result):
        console.print(renderable)


def tables(result: EvaluationResult) -> list[RenderableType]:
    """Returns the tables of a result, in reading order."""
    inputs = result.inputs
    silent = inputs.n_articles - inputs.n_articles_predicted
    head = (
        f"{inputs.n_articles:,} articles, {inputs.n_gold:,} gold quotations, {inputs.n_pred:,} predicted"
        + (f"; {silent:,} articles without a prediction" if silent else "")
        + (f"; {inputs.n_wordless:,} without a word left out" if inputs.n_wordless else "")
    )
    shown: list[RenderableType] = [Text(head), _quotes(result), _speakers(result)]
    if result.stance is not None:
        shown += [_stance(result, result.stance), _classes(result.stance)]
    shown += [_end_to_end(result)]
    shown += [_slices(result, measure) for measure in ("attribution", "stance") if worst(result.slices, measure)]
    shown += [_comparison(result, held) for held in result.comparisons]
    shown += [_errors(result), Text(_detectable(result), style="dim")]
    return shown


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number == 0 else "right", no_wrap=True)
    return table


def _with_interval(result: EvaluationResult, path: str, value: float | None) -> str:
    interval = result.intervals.get(path)
    if value is None or interval is None:
        return percent(value)
    return f"{percent(value)} [{percent(interval.low)}–{percent(interval.high)}]"


def _quotes(result: EvaluationResult) -> Table:
    others = [measure for measure in MEASURES if measure != "overlap"]
    table = _table(
        "Quotations",
        "scope",
        "gold",
        "pred",
        "P",
        "R",
        "overlap F1",
        *(f"{name.replace('_', ' ')}\nF1" for name in others),
    )
    for scope in ("all", *KINDS):
        path = "quotes.overlap" if scope == "all" else f"quotes.overlap.{scope}"
        overlap, *rest = (_at(getattr(result.quotes, measure), scope) for measure in ("overlap", *others))
        table.add_row(
            scope,
            f"{overlap.n_gold:,}",
            f"{overlap.n_pred:,}",
            percent(overlap.precision),
            percent(overlap.recall),
            _with_interval(result, f"{path}.f1", overlap.f1),
            *(percent(found.f1) for found in rest),
        )
    return table


def _at(scores: Found, scope: str) -> Found:
    found: Found = scores if scope == "all" else getattr(scores, scope)
    return found


def _speakers(result: EvaluationResult) -> Table:
    table = _table("Speakers, of quotations found", "measure", "cases", "right", "%")
    for name in ("mention", *SPEAKER_RATES):
        rate = getattr(result.speakers, name)
        if rate.n:
            score = _with_interval(result, f"speakers.{name}.accuracy", rate.accuracy)
            table.add_row(name.replace("_", " "), f"{rate.n:,}", f"{rate.n_right:,}", score)
    entity = result.speakers.entity
    if entity.n:
        table.add_row(
            "entity, B-cubed F1", f"{entity.n:,}", "", _with_interval(result, "speakers.entity.f1", entity.f1)
        )
    return table


def _stance(result: EvaluationResult, stance: StanceScores) -> Table:
    title = f"Stance, {stance.n:,} entries of quotations found"
    table = _table(
        title,
        "system",
        "entries",
        "macro-F1",
        "mean F1\nfavor, against",
        "accuracy",
        "macro-F1\nover targets",
        "less system,\np (Holm)",
    )
    table.add_row(
        "predictions",
        f"{stance.n:,}",
        _with_interval(result, "stance.macro_f1", stance.macro_f1),
        _with_interval(result, "stance.mean_f1", stance.mean_f1),
        _with_interval(result, "stance.accuracy", stance.accuracy),
        percent(stance.over_targets.macro_f1),
        "",
    )
    for name, baseline in baseline_rows(stance):
        table.add_row(
            name.replace("_", " "),
            f"{baseline.n:,}",
            percent(baseline.macro_f1),
            percent(baseline.mean_f1),
            percent(baseline.accuracy),
            percent(baseline.over_targets.macro_f1),
            difference(baseline),
            style="dim",
        )
    return table


def baseline_rows(stance: StanceScores) -> list[tuple[str, BaselineScores]]:
    """Returns the baselines by name, in their order."""
    names = type(stance.baselines).model_fields
    return [(name, getattr(stance.baselines, name)) for name in names]


def difference(baseline: BaselineScores) -> str:
    """Returns how far a baseline's macro-F1 lies from the system's, with the adjusted p-value."""
    if baseline.difference is None:
        return "–"
    p = baseline.difference.p_holm
    return f"{-100 * baseline.difference.difference:+.1f}, p {'< 0.001' if p < 0.001 else f'= {p:.3f}'}"


def _classes(stance: StanceScores) -> Table:
    calibration = stance.calibration
    brier = "–" if calibration.brier is None else f"{calibration.brier:.3f}"
    covered = ", ".join(f"{point.coverage:.0%}: {percent(point.accuracy)}" for point in stance.coverage) or "–"
    title = f"Classes; ECE {percent(calibration.ece)}, Brier {brier}; accuracy at coverage {covered}"
    labels = tuple(stance.confusion)
    table = _table(title, "gold", "entries", "P", "R", "F1", *(f"→ {label}" for label in labels))
    for label in labels:
        scores = getattr(stance, label)
        table.add_row(
            label,
            f"{scores.support:,}",
            percent(scores.precision),
            percent(scores.recall),
            percent(scores.f1),
            *(f"{stance.confusion[label][other]:,}" for other in labels),
        )
    return table


def _end_to_end(result: EvaluationResult) -> Table:
    table = _table("End to end", "all right", "gold", "pred", "P", "R", "F1")
    rows = (
        ("quotation, speaker's mention", "end_to_end.attribution", result.end_to_end.attribution),
        ("quotation, speaker's name", "end_to_end.attribution_by_name", result.end_to_end.attribution_by_name),
        ("… mention, target, stance", "end_to_end", result.end_to_end),
        ("… name, target, stance", "end_to_end.by_name", result.end_to_end.by_name),
    )
    for name, path, found in rows:
        if found.n_gold:
            table.add_row(
                name,
                f"{found.n_gold:,}",
                f"{found.n_pred:,}",
                percent(found.precision),
                percent(found.recall),
                _with_interval(result, f"{path}.f1", found.f1),
            )
    return table


def worst(slices: Sequence[Slice], measure: str) -> list[Slice]:
    """Returns the slices of one measure that have cases enough to tell, the worst first."""
    return [part for part in slices if part.measure == measure and part.n >= FEW and part.score is not None]


def _slices(result: EvaluationResult, measure: str) -> Table:
    title = {
        "attribution": "Worst slices: gold quotations found with the right speaker",
        "stance": "Worst slices: entries with the right stance",
    }[measure]
    table = _table(title, "slice", "cases", "right", "% [95%]")
    for part in worst(result.slices, measure)[:SLICES_SHOWN]:
        interval = "" if part.low is None else f" [{percent(part.low)}–{percent(part.high)}]"
        table.add_row(
            f"{part.dimension}: {part.value}", f"{part.n:,}", f"{part.n_right:,}", percent(part.score) + interval
        )
    return table


def _comparison(result: EvaluationResult, comparison: SystemComparison) -> Table:
    n = sum(len(held.differences) for held in result.comparisons)
    title = f"Against {comparison.other}: paired on the same articles, p adjusted for {n} comparisons (Holm)"
    table = _table(title, "score", "this", "other", "difference [95%]", "p", "p (Holm)", "detectable", "verdict")
    for found in comparison.differences:
        this = score_at(result, found.metric)
        table.add_row(
            found.metric,
            percent(this),
            percent(None if this is None else this - found.difference),
            f"{points(found.difference)} [{points(found.low)} to {points(found.high)}]",
            f"{found.p:.4f}",
            f"{found.p_holm:.4f}",
            percent(found.detectable),
            verdict(found),
        )
    return table


def points(fraction: float) -> str:
    """Returns a difference in hundredths, with its sign."""
    return f"{100 * fraction:+.1f}"


def verdict(found: Difference) -> str:
    """Returns which of two systems is better, or that the test does not tell."""
    if found.p_holm >= SIGNIFICANT:
        return "not told apart"
    return "this is better" if found.difference > 0 else "the other is better"


def _errors(result: EvaluationResult) -> Table:
    table = _table("Errors", "kind", "number")
    for kind, number in Counter(error.kind for error in result.errors).most_common():
        table.add_row(kind, f"{number:,}")
    return table


def _detectable(result: EvaluationResult) -> str:
    named = {
        "overlap F1": "quotes.overlap.f1",
        "mention": "speakers.mention.accuracy",
        "stance macro-F1": "stance.macro_f1",
        "end-to-end F1": "end_to_end.attribution.f1",
    }
    parts = [
        f"{name} {100 * result.intervals[path].detectable:.1f}"
        for name, path in named.items()
        if path in result.intervals
    ]
    if not parts:
        return ""
    return (
        f"Intervals: 95%, {result.settings.n_resamples:,} resamples of the articles. Minimum detectable effect against "
        f"a second system, unpaired (5%, power 80%), in points: {', '.join(parts)}. Paired on the same articles, less."
    )
