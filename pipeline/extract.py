"""The main job: articles in, records out."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from onrecord.corpus.article import Article
from onrecord.corpus.errors import ArticleError
from onrecord.corpus.readers import count_inputs, read_articles
from onrecord.corpus.writers import ArticlesWriter, ErrorsWriter, open_writer
from onrecord.models.stance.chat_client import ChatUsage
from onrecord.pipeline.engines import Engine, stream_extractions
from onrecord.pipeline.language import STAGE as OTHER_LANGUAGE
from onrecord.pipeline.pipeline import Extraction, PipelineOptions

EXIT_DONE, EXIT_FAILED, EXIT_USAGE, EXIT_SOME_FAILED, EXIT_GATE = range(5)


@dataclass(frozen=True)
class ExtractJob:
    """What `onrecord extract` is asked to do.

    Attributes:
        inputs: Files, folders, globs, or `-`.
        output: Where records go, its format by its ending, or `-`.
        pipeline: What to run.
        articles: Where to write the articles' text and blocks, or None.
        errors: Where to write what failed; None for the output's name with `.errors.jsonl`.
        workers: Processes.
        engine: What runs them.
        resume: Go on where an interrupted run of the same output stopped.
    """

    inputs: tuple[str, ...]
    output: str
    pipeline: PipelineOptions
    articles: str | None = None
    errors: str | None = None
    workers: int = 1
    engine: Engine = Engine.LOCAL
    resume: bool = False

    @property
    def errors_path(self) -> str | None:
        """The errors file; None where the records go to stdout and no file is named."""
        if self.errors is not None:
            return self.errors
        return None if self.output == "-" else f"{self.output}.errors.jsonl"


@dataclass
class Summary:
    """Counts of a run; its text is the line at the end."""

    n_articles: int = 0
    n_skipped: int = 0
    n_failed: int = 0
    n_other_language: int = 0
    n_quotations: int = 0
    speakers: int = 0
    n_stances: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    spent: ChatUsage | None = None

    def add(self, extraction: Extraction) -> None:
        """Counts what came of one article."""
        self.n_articles += 1
        self.n_quotations += len(extraction.records)
        self.speakers += len({r.speaker.entity for r in extraction.records if r.speaker.entity is not None})
        self.n_stances.update(stance.label.value for record in extraction.records for stance in record.stances)

    def count(self, spent: ChatUsage | None) -> None:
        """Counts what a chat model was asked."""
        if spent is not None:
            self.spent = self.spent or ChatUsage()
            self.spent.add(spent)

    def __str__(self) -> str:
        stances = ", ".join(f"{self.n_stances[label]} {label}" for label in ("favor", "against", "neutral"))
        parts = [
            f"{self.n_articles} articles",
            f"{self.n_quotations} quotations",
            f"{self.speakers} speakers",
            f"{sum(self.n_stances.values())} stances ({stances})",
            f"{self.n_failed} failed",
        ]
        if self.n_other_language:
            parts[-1] += f" ({self.n_other_language} in another language)"
        if self.n_skipped:
            parts.append(f"{self.n_skipped} done before")
        rate = self.n_articles / self.seconds if self.seconds > 0 else 0.0
        spent = "" if self.spent is None else f"; {self.spent}"
        return f"{', '.join(parts)}; {self.seconds:.1f} s, {rate:.1f} articles/s{spent}"


def run_extract(job: ExtractJob, console: Console) -> int:
    """Extracts, writes, reports.

    Args:
        job: What to do.
        console: Where messages and progress go (stderr).

    Returns:
        Exit status: 0 all done, 3 finished but some inputs failed.

    Raises:
        OnrecordError: The run as a whole failed: a model is unknown, the output cannot be written.
    """
    summary = Summary()
    started = time.monotonic()
    with ExitStack() as stack:
        writer = stack.enter_context(open_writer(job.output, resume=job.resume))
        errors = stack.enter_context(ErrorsWriter(job.errors_path, console=console, resume=writer.resumed))
        articles = stack.enter_context(ArticlesWriter(job.articles, resume=writer.resumed)) if job.articles else None
        progress = stack.enter_context(_progress(console))
        task = progress.add_task("articles", total=count_inputs(job.inputs))

        def readable(found: Iterable[Article | ArticleError]) -> Iterator[Article]:
            for item in found:
                if isinstance(item, ArticleError):
                    errors.write(item)
                    progress.advance(task)
                elif writer.is_done(item.id):
                    summary.n_skipped += 1
                    if articles is not None:
                        articles.write(item)  # the run before may not have been asked for them
                    progress.advance(task)
                else:
                    yield item

        for extraction in stream_extractions(
            readable(read_articles(job.inputs)), job.pipeline, engine=job.engine, workers=job.workers
        ):
            summary.count(extraction.spent)
            if extraction.error is not None:
                errors.write(extraction.error, article=extraction.article.id)
                summary.n_other_language += extraction.error.stage == OTHER_LANGUAGE
            else:
                summary.add(extraction)
                if extraction.shortfall is not None:
                    errors.write(extraction.shortfall, article=extraction.article.id)
            if articles is not None:
                articles.write(extraction.article)
            writer.write(extraction.article.id, extraction.records)
            progress.advance(task)
    summary.n_failed = errors.n_failed  # those of a run that this one resumed, too
    summary.seconds = time.monotonic() - started
    console.print(str(summary), highlight=False, soft_wrap=True)
    if summary.n_failed and job.errors_path is not None:
        console.print(f"what failed: {job.errors_path}", highlight=False, soft_wrap=True)
    return EXIT_SOME_FAILED if summary.n_failed else EXIT_DONE


class _RateColumn(ProgressColumn):
    """Articles a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:.1f}/s", style="progress.data.speed")


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _RateColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
