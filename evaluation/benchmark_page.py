"""A benchmark as one self-contained page for people."""

from dataclasses import dataclass

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from onrecord.evaluation import benchmark_tables, plots
from onrecord.evaluation.benchmark_schema import BenchmarkResult, Cell, Comparison, SetInfo
from onrecord.evaluation.page import TEMPLATES
from onrecord.evaluation.tables import percent

LEFT, WIDTH, ROW, TOP = 210, 420, 26, 8
"""Of the interval plots, in the units of their view box."""


@dataclass(frozen=True)
class Bar:
    """One model's line in the plot of a set: its score as a dot, its interval as a line."""

    name: str
    y: int
    x: float
    low: float
    high: float
    title: str


@dataclass(frozen=True)
class ShownSet:
    """One set with all that is shown of it; cells best first."""

    info: SetInfo
    description: str
    cells: tuple[Cell, ...]
    bars: tuple[Bar, ...]
    height: int
    tests: tuple[Comparison, ...]


def render_benchmark(result: BenchmarkResult) -> str:
    """Returns the page: it asks for nothing from outside, and everything it shows is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = percent
    page = environment.get_template("benchmark.html.j2").render(
        result=result,
        sets=[_shown(result, data) for data in result.datasets],
        columns=benchmark_tables.COLUMNS,
        marks=benchmark_tables.MARKS,
        legend=benchmark_tables.LEGEND,
        verdict=benchmark_tables.verdict,
        plots=plots,
        left=LEFT,
        width=WIDTH,
        top=TOP,
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _shown(result: BenchmarkResult, data: SetInfo) -> ShownSet:
    held = [cell for cell in result.cells if cell.dataset == data.name]
    cells = sorted(held, key=lambda cell: -(cell.macro_f1 or 0))
    bars = tuple(bar for number, cell in enumerate(cells) if (bar := _bar(cell, number)) is not None)
    return ShownSet(
        info=data,
        description=benchmark_tables.describe(data),
        cells=tuple(cells),
        bars=bars,
        height=TOP + ROW * len(cells) + 34,
        tests=tuple(test for test in result.comparisons if test.dataset == data.name),
    )


def _bar(cell: Cell, number: int) -> Bar | None:
    if cell.macro_f1 is None:
        return None
    interval = cell.intervals.get("macro_f1")
    low, high = (cell.macro_f1, cell.macro_f1) if interval is None else (interval.low, interval.high)
    return Bar(
        name=cell.model if len(cell.model) <= 30 else f"…{cell.model[-29:]}",
        y=TOP + ROW * number + ROW // 2,
        x=_across(cell.macro_f1),
        low=_across(low),
        high=_across(high),
        title=f"{cell.model}: {percent(cell.macro_f1)} ({percent(low)}–{percent(high)}), {cell.exposure}",
    )


def _across(value: float) -> float:
    return round(LEFT + value * WIDTH, 1)
