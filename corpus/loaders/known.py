"""Every data set that there is a loader for, by name, with what its loader's header says of it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Literal

from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders import (
    directquote,
    gold,
    ibm30k,
    newsmtsc,
    newssides,
    newsvoices,
    parc3,
    perspectrum,
    polnear,
    pstance,
    semeval2016,
    vast,
)
from onrecord.corpus.loaders.attributed_jsonl import dump_attributed
from onrecord.corpus.loaders.fingerprint import Fingerprint, fingerprint, parse_parts
from onrecord.corpus.quotation import AnnotatedArticle
from onrecord.corpus.stance_data import StanceRow

_FIELD = re.compile(r"^(Source|Paper|Licence|Languages|Version|Size|Released): (.*(?:\n {4}.*)*)", re.MULTILINE)


@dataclass(frozen=True)
class KnownSet:
    """A data set that there is a loader for.

    Attributes:
        name: Of the set and of its loader's module.
        kind: What it annotates.
        title: The first line of the loader's header.
        source: From where a user can fetch it.
        paper, licence, languages, version, size: As the header says; empty where it does not.
        input: What the loader takes.
        parts: Of the release, as its files hash; those that are known.
    """

    name: str
    kind: Literal["quotations", "stance"]
    title: str
    source: str
    paper: str
    licence: str
    languages: str
    version: str
    size: str
    input: Literal["file", "folder"]
    parts: dict[str, Fingerprint] = field(default_factory=dict)

    def released_part(self, copy: Fingerprint) -> str | None:
        """Returns the part of the release that a copy is; None where it is none that is known."""
        return next((name for name, part in self.parts.items() if part == copy), None)


@dataclass(frozen=True)
class _Loader:
    module: ModuleType
    input: Literal["file", "folder"]
    files: tuple[str, ...] = ()
    articles: Callable[[Path], Iterator[AnnotatedArticle]] | None = None
    rows: Callable[[Path], Iterator[StanceRow]] | None = None
    rows_of_split: Callable[[Path, str], Iterator[StanceRow]] | None = None


_LOADERS = {
    "polnear": _Loader(polnear, "folder", ("text/*.txt", "attributions/*.ann"), articles=polnear.load_polnear),
    "parc3": _Loader(parc3, "folder", ("**/*.xml",), articles=parc3.load_parc3),
    "directquote": _Loader(directquote, "file", articles=directquote.load_directquote),
    "semeval2016": _Loader(semeval2016, "file", rows=semeval2016.load_semeval2016),
    "vast": _Loader(vast, "file", rows=vast.load_vast),
    "pstance": _Loader(pstance, "file", rows=pstance.load_pstance),
    "newsmtsc": _Loader(newsmtsc, "file", rows=newsmtsc.load_newsmtsc),
    "newssides": _Loader(newssides, "folder", (newssides.TEXTS,), rows=newssides.load_newssides),
    "newsvoices": _Loader(newsvoices, "file", rows=newsvoices.load_newsvoices),
    "ibm30k": _Loader(
        ibm30k,
        "file",
        rows=ibm30k.load_ibm30k,
        rows_of_split=lambda path, split: ibm30k.load_ibm30k(path, split=split),
    ),
    "gold": _Loader(
        gold,
        "folder",
        (gold.ARTICLES, gold.RECORDS),
        rows=gold.load_gold_stances,
        rows_of_split=lambda path, split: gold.load_gold_stances(path, split=split),
    ),
    "perspectrum": _Loader(
        perspectrum,
        "folder",
        (perspectrum.CLAIMS, perspectrum.POOL, perspectrum.SPLITS),
        rows=perspectrum.load_perspectrum,
        rows_of_split=lambda path, split: perspectrum.load_perspectrum(path, split=split),
    ),
}
NAMES = tuple(_LOADERS)


def known_sets() -> list[KnownSet]:
    """Returns all of them, those of quotations first."""
    return [_described(name, loader) for name, loader in _LOADERS.items()]


def known_set(name: str) -> KnownSet:
    """Returns what is known of a set.

    Raises:
        DataError: There is no loader of that name.
    """
    return _described(name, _loader(name))


def copy_of(name: str, path: Path) -> Fingerprint:
    """Returns what a copy of a set is; of a folder only the files count that the loader reads.

    Raises:
        DataError: There is no loader of that name, it reads a folder and this is a file or the reverse, or a file
            cannot be read.
    """
    return fingerprint(path, _loader_of(name, path).files)


def _loader(name: str) -> _Loader:
    loader = _LOADERS.get(name)
    if loader is None:
        raise DataError(f"no loader for {name!r}; there are {', '.join(_LOADERS)}")
    return loader


def _loader_of(name: str, path: Path) -> _Loader:
    loader = _loader(name)
    if (loader.input == "folder") != path.is_dir():
        raise DataError(f"{path}: {name} is read from a {loader.input}; see `onrecord corpus list`")
    return loader


def converted_lines(name: str, path: Path, *, split: str | None = None) -> Iterator[str]:
    """Yields a set in onrecord's own form, as JSON lines: attributed articles, or stance rows.

    Args:
        name: Of the set.
        path: Its file or folder, as released.
        split: Of a set that has its splits in one place.

    Raises:
        DataError: No loader has that name, the input is not of the set's form, or it has no such split.
    """
    loader = _loader_of(name, path)
    if split is not None and loader.rows_of_split is None:
        raise DataError(
            f"{name} has a {loader.input} for each split, so {split!r} is chosen by the path, not by --split"
        )
    if loader.articles is not None:
        for article in loader.articles(path):
            yield dump_attributed(article)
    elif loader.rows is not None:
        rows = loader.rows(path) if split is None or loader.rows_of_split is None else loader.rows_of_split(path, split)
        for row in rows:
            yield row.model_dump_json(exclude_none=True)


def _described(name: str, loader: _Loader) -> KnownSet:
    header = loader.module.__doc__ or ""
    fields = {match[1].lower(): " ".join(match[2].split()) for match in _FIELD.finditer(header)}
    return KnownSet(
        name=name,
        kind="stance" if loader.articles is None else "quotations",
        title=header.partition("\n")[0],
        input=loader.input,
        parts=parse_parts(fields.get("released", "")),
        **{field: fields.get(field, "") for field in ("source", "paper", "licence", "languages", "version", "size")},
    )
