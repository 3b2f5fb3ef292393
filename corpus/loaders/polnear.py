"""PolNeAR v1: attributions in US political news of 2016, in its released layout.

Source: github.com/networkdynamics/PolNeAR, release 1.0.0
Paper: Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News", LREC 2018
Licence: none stated in the release; research use
Languages: en
Version: 1.0.0
Size: 1,008 articles
Released: train: 1,759 files, 9,999,456 bytes, SHA-256 c1c7853b7b89ca90a041c1b82f7a9fbce245fc984b143f29a8e0d06003a3ef05
    dev: 178 files, 1,052,779 bytes, SHA-256 40ed8c40d95f68fbdfab191ba7c8504c32218933a9a81c7fae83e82e9c5083e9
Layout: `SPLIT/text/NAME.txt` and `SPLIT/attributions/NAME_ANNOTATOR.ann` (brat standoff; `Source`, `Cue` and `Content`
text-bound annotations, possibly discontinuous, tied by `Attribution` and `Attribution-no-source` events).
"""

from collections.abc import Iterator
from pathlib import Path

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError
from onrecord.corpus.quotation import AnnotatedArticle, Attribution

ROLES = ("Content", "Cue", "Source")


def load_polnear(folder: Path) -> Iterator[AnnotatedArticle]:
    """Yields the articles of one split, by name.

    Where an article has several annotators, the first in sorted order counts.

    Args:
        folder: The split's folder, which holds `text/` and `attributions/`.

    Raises:
        DataError: The folder lacks its parts, an article has no annotation, or a line is not brat standoff.
    """
    texts = sorted((folder / "text").glob("*.txt"))
    if not texts:
        raise DataError(f"{folder}: no text/*.txt in it; a PolNeAR split holds text/ and attributions/")
    annotations: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann"), reverse=True):
        annotations[path.stem.rpartition("_")[0]] = path
    for path in texts:
        if path.stem not in annotations:
            raise DataError(f"{path}: no attributions/{path.stem}_ANNOTATOR.ann beside it")
        yield AnnotatedArticle(
            id=path.stem,
            text=path.read_bytes().decode("utf-8"),
            attributions=tuple(parse_brat(annotations[path.stem])),
        )


def parse_brat(path: Path) -> Iterator[Attribution]:
    """Yields the attributions of one brat file, in the file's order; those without content are left out.

    Raises:
        DataError: A line is not brat standoff, or an event names an unknown text-bound annotation.
    """
    bound: dict[str, tuple[Span, ...]] = {}
    events: list[tuple[int, list[str]]] = []
    # Some texts hold line breaks, so a line that begins no annotation goes on with the one before.
    for number, line in enumerate(path.read_bytes().decode("utf-8").split("\n"), start=1):
        fields = line.rstrip("\r").split("\t")
        try:
            if line.startswith("T") and len(fields) >= 2:
                _, _, offsets = fields[1].partition(" ")
                bound[fields[0]] = tuple(
                    Span(start=int(start), end=int(end))
                    for start, end in sorted(pair.split() for pair in offsets.split(";"))
                )
            elif line.startswith("E") and len(fields) >= 2:
                events.append((number, fields[1].split()))
        except ValueError as error:
            raise DataError(f"{path}:{number}: {line[:60]!r} is not brat standoff: {error}") from error
    for number, arguments in events:
        spans: dict[str, list[Span]] = {role: [] for role in ROLES}
        for argument in arguments[1:]:
            role, _, name = argument.partition(":")
            if name not in bound:
                raise DataError(f"{path}:{number}: the event names {name}, which no T line defines")
            spans[role.rstrip("0123456789")].extend(bound[name])
        content, cue, source = (tuple(sorted(spans[role], key=lambda span: span.start)) for role in ROLES)
        if content:
            yield Attribution(content=content, cue=cue, source=source)
