"""The `corpus` commands as plain functions."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rich.console import Console

from onrecord.corpus.checks import HASHES, check_data
from onrecord.corpus.errors import DataError, OutputError
from onrecord.corpus.loaders.fingerprint import Fingerprint, fingerprint
from onrecord.corpus.loaders.known import KnownSet, converted_lines, copy_of, known_set, known_sets
from onrecord.corpus.statistics import Statistics, statistics

GOLD = Path(__file__).parent / "gold"
GENERIC = "generic"
EXIT_DONE = 0
EXIT_FAULTS = 1


@dataclass(frozen=True)
class ConvertJob:
    """What to convert.

    Attributes:
        source: A set's file or folder; for `generic` a file or a hub id.
        out: The JSON lines.
        form: A known set's name, or `generic`.
        split: Of a set that has its splits in one place.
        sha256: That the source must have, as this command says it.
        columns, labels: Of `generic`: FIELD=COLUMN and NAME=STANCE.
        config: Of `generic`: a hub set's configuration.
        download: Of `generic`: whether a hub set may be fetched.
    """

    source: str
    out: Path
    form: str
    split: str | None = None
    sha256: str | None = None
    columns: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    config: str | None = None
    download: bool = False


def run_list(*, as_json: bool = False) -> int:
    """Writes to stdout what is shipped and what there are loaders for, with where to fetch it and its licence."""
    shipped = shipped_gold()
    known = known_sets()
    if as_json:
        sets = [asdict(item) for item in known]
        sys.stdout.write(json.dumps({"shipped": shipped, "loaders": sets}, indent=2, ensure_ascii=False) + "\n")
        return EXIT_DONE
    lines = ["Shipped", f"  gold: {shipped['title']}", f"    at: {shipped['path']}"]
    lines += [f"    licence: {shipped['licence']}", f"    hashes: {shipped['hashes']}"]
    for kind in ("quotations", "stance"):
        lines += ["", f"Loaders for {kind} (fetch the set yourself; `onrecord corpus convert --form NAME` reads it)"]
        for item in known:
            if item.kind == kind:
                lines += [f"  {item.title}", f"    form: {item.name}, read from a {item.input}"]
                fields = {name: getattr(item, name) for name in ("source", "paper", "licence", "languages", "version")}
                fields["size"] = item.size or "not stated"
                fields["hashes"] = "; ".join(f"{name}: {part}" for name, part in item.parts.items()) or "none known"
                lines += [f"    {name}: {value}" for name, value in fields.items()]
    lines += [
        "",
        "Any other stance set: form generic, a CSV, TSV, JSON or Parquet file or a hub id, with --column and --label",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return EXIT_DONE


def shipped_gold() -> dict[str, str]:
    """Returns what is to say of the shipped gold corpus, and whether its files are those that its hashes pin."""
    faults = [fault for fault in check_data(GOLD) if HASHES in fault.place]
    return {
        "title": "original news articles with attributions, speakers and stances",
        "path": str(GOLD),
        "licence": "CC BY 4.0",
        "hashes": "; ".join(map(str, faults)) or "as pinned",
    }


def run_check(path: Path | None, console: Console, *, articles: Path | None = None) -> int:
    """Writes every fault of annotated data to stdout, one a line.

    Args:
        path: The data; the shipped gold corpus by default.
        console: Takes messages (stderr).
        articles: Texts of a file of records, where they don't stand beside it.

    Returns:
        0; 1 where there are faults.

    Raises:
        DataError: The path cannot be read or is no annotated data.
    """
    faults = check_data(path or GOLD, articles=articles)
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    found = "no faults" if not faults else f"{len(faults):,} fault{'s' if len(faults) > 1 else ''}"
    console.print(f"{path or GOLD}: {found}", markup=False, highlight=False, soft_wrap=True)
    return EXIT_FAULTS if faults else EXIT_DONE


def run_stats(path: Path | None, *, as_json: bool = False) -> int:
    """Writes the counts of annotated data to stdout.

    Raises:
        DataError: The path cannot be read, is no annotated data, or has faults.
    """
    found = statistics(path or GOLD)
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n" if as_json else _table(found))
    return EXIT_DONE


def _table(found: Statistics) -> str:
    lines = []
    for group, counts in found.items():
        # Shapes are not exclusive, and totals are of different things: a share of their sum would mean nothing.
        whole = 0 if group in ("total", "shape", "reader") else sum(counts.values())
        lines.append(group)
        width = max(map(len, counts), default=0)
        for value, n in counts.items():
            share = f"  {100 * n / whole:5.1f}%" if whole else ""
            lines.append(f"  {value:<{width}}  {n:>9,}{share}")
    return "\n".join(lines) + "\n"


def run_convert(job: ConvertJob, console: Console) -> int:
    """Writes a data set as JSON lines: attributed articles, or stance rows.

    Args:
        job: What to convert.
        console: Takes messages (stderr).

    Raises:
        DataError: The source does not exist, has another hash, or is not of that form.
        OutputError: The output cannot be written.
    """
    path = Path(job.source)
    if path.exists():
        _check_copy(job, path, console)
    elif job.sha256 is not None and job.form == GENERIC:
        raise DataError(f"{job.source}: no file here, so it has no hash to check; leave --sha256 out")
    if job.form == GENERIC:
        from onrecord.corpus.loaders.generic import GenericForm, load_generic

        if not console.is_terminal:
            _without_progress()
        form = GenericForm(columns=_pairs(job.columns), labels=_pairs(job.labels), config=job.config)
        form = form if job.split is None else replace(form, split=job.split)
        rows = load_generic(job.source, form, download=job.download)
        lines = [row.model_dump_json(exclude_none=True) for row in rows]
    elif job.columns or job.labels:
        raise DataError(f"--column and --label are for --form {GENERIC}; {job.form} has its own columns and labels")
    elif not path.exists():
        raise DataError(f"{path}: does not exist; `onrecord corpus list` says from where to fetch {job.form}")
    else:
        lines = list(converted_lines(job.form, path, split=job.split))
    _write_lines(job.out, lines)
    console.print(f"{len(lines):,} lines", highlight=False)
    return EXIT_DONE


def _without_progress() -> None:
    import datasets

    datasets.disable_progress_bars()


def _pairs(options: Sequence[str]) -> dict[str, str]:
    """Returns NAME=VALUE options by name; a name may hold no equals sign, a value may."""
    pairs = {}
    for option in options:
        name, equals, value = option.partition("=")
        if not name or not equals or not value:
            raise DataError(f"{option!r}: NAME=VALUE is due, such as text=Tweet")
        pairs[name] = value
    return pairs


def _check_copy(job: ConvertJob, path: Path, console: Console) -> None:
    """Says what the copy is, its licence, and from where it should be; refuses one of another hash than is due."""
    known = None if job.form == GENERIC else known_set(job.form)
    copy = fingerprint(path) if known is None else copy_of(job.form, path)
    if job.sha256 is not None and copy.sha256 != job.sha256.strip().casefold():
        raise DataError(f"{path}: {copy}; the hash due is {job.sha256}: fetch it again, or correct the hash")
    said = [f"{path}: {copy}"]
    if known is not None:
        said += [f"{known.name}: licence: {known.licence}; from: {known.source}", _verdict(known, copy, job)]
    for line in said:
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _verdict(known: KnownSet, copy: Fingerprint, job: ConvertJob) -> str:
    part = known.released_part(copy)
    if part is not None:
        return f"these files are the released part {part!r}"
    if job.sha256 is not None:
        return "the hash is as given"
    remedy = "--sha256 holds a run to the files you have now"
    if not known.parts:
        return f"no hash of the release is known, so these files are not checked against it; {remedy}"
    return f"none of the released parts whose hashes are known ({', '.join(known.parts)}); {remedy}"


def _write_lines(out: Path, lines: Iterable[str]) -> None:
    try:
        with out.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror}; choose another output") from error
