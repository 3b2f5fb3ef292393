"""The gold corpus's source form: articles with inline tags, which become articles and gold records.

The form is described in `corpus/gold/ANNOTATION_GUIDELINES.md`, "The markup". A file is checked as a whole, so that its
writer sees every fault at once. `python -m onrecord.corpus.gold_markup SOURCES [OUT]` checks a folder and, with OUT,
writes the corpus there; `... gold_markup blank FILE ANNOTATOR` prints a file without its annotation.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.corpus.article import Article
from onrecord.corpus.errors import DataError
from onrecord.corpus.gold_header import parse_header, parse_row
from onrecord.corpus.gold_records import cue_key, gold_records
from onrecord.corpus.gold_text import Faults, read_text, without_tags
from onrecord.corpus.record import Record

SEPARATOR = "---"
LEMMA_TABLE = "cue_lemmas.tsv"
"""Beside the sources' folder: each cue in lower case, a tab, the lemma of its head word."""


@dataclass(frozen=True)
class GoldArticle:
    """One annotated article.

    Attributes:
        article: Text and blocks.
        split: `dev` or `test`.
        genre: What kind of news it is.
        style: Its punctuation.
        targets: The given targets.
        records: The attributions, in the order of their first span.
    """

    article: Article
    split: str
    genre: str
    style: str
    targets: tuple[str, ...]
    records: tuple[Record, ...]


def parse_gold(source: str, *, place: str, lemmas: Mapping[str, str] | None = None) -> GoldArticle:
    """Parses one source file.

    Args:
        source: The file's content.
        place: Its path, for messages.
        lemmas: Lemma of the head word by cue (lower-case); the header's own come first.

    Returns:
        The article and its checked records.

    Raises:
        DataError: One or more faults, each with its line.
    """
    faults = Faults(place)
    header_lines, text_lines, row_lines = _three_parts(source, place)
    header = parse_header(header_lines, faults.add)
    tagged = read_text(text_lines, faults)
    rows = [row for number, line in row_lines if (row := parse_row(line, number, header, faults.add)) is not None]
    faults.raise_any()
    article = Article(
        id=header.id,
        text=tagged.text,
        blocks=tuple(tagged.blocks),
        title=header.title,
        url=header.url,
        publisher=header.publisher,
        authors=header.authors,
        published=header.published,
        language="en",
        place=place,
    )
    records = gold_records(article, header, tagged, rows, {**(lemmas or {}), **header.lemmas}, faults)
    touched = {stance.target for record in records for stance in record.stances}
    for target in header.targets.values():
        if target not in touched:
            faults.add(1, f"target {target!r} has no stance in the article")
    for entity in set(header.entities) - {row.entity for row in rows}:
        faults.add(1, f"entity {entity!r} speaks nowhere")
    words = " ".join(article.text.split())
    for entity, speaker in header.entities.items():
        for name in filter(None, (speaker.name, speaker.organization)):
            if name not in words:
                faults.add(1, f"{entity}: {name!r} does not stand in the text; names are worded as in the article")
    faults.raise_any()
    return GoldArticle(
        article=article,
        split=header.split,
        genre=header.genre,
        style=header.style,
        targets=tuple(header.targets.values()),
        records=records,
    )


def _three_parts(source: str, place: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]], list[tuple[int, str]]]:
    parts: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(source.removesuffix("\n").split("\n"), start=1):
        if line == SEPARATOR:
            parts.append([])
        else:
            parts[-1].append((number, line))
    if len(parts) != 3:
        raise DataError(f"{place}: {len(parts)} parts; three are due (header, text, attributions), between lines '---'")
    header, text, rows = parts
    return header, text, [(number, line) for number, line in rows if line.strip() and not line.startswith("#")]


def blank_form(source: str, *, place: str, annotator: str) -> str:
    """Returns a source file without its annotation, for a second reader who must not see the first reading.

    Text, blocks, metadata and the given targets stay; tags, entities and attributions go.
    """
    header, text, _ = _three_parts(source, place)
    kept = [line for _, line in header if not line.startswith(("#", "entity:", "lemma:", "annotators:"))]
    lines = [*kept, f"annotators: {annotator}", SEPARATOR, *(without_tags(line) for _, line in text), SEPARATOR]
    return "\n".join(lines) + "\n"


def read_gold_sources(folder: Path) -> list[GoldArticle]:
    """Parses all `*.txt` of a folder, by name.

    Raises:
        DataError: Faults of any file, all together; or the folder has no sources, or two articles have one id.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise DataError(f"{folder}: no *.txt in it")
    lemmas = read_lemmas(folder.parent / LEMMA_TABLE)
    articles: list[GoldArticle] = []
    problems: list[str] = []
    for path in paths:
        try:
            articles.append(parse_gold(path.read_bytes().decode("utf-8"), place=str(path), lemmas=lemmas))
        except (DataError, UnicodeDecodeError) as error:
            problems.append(str(error) if isinstance(error, DataError) else f"{path}: not UTF-8: {error}")
    ids = [gold.article.id for gold in articles]
    problems += [f"{folder}: two articles have the id {double!r}" for double in {i for i in ids if ids.count(i) > 1}]
    if problems:
        raise DataError("\n".join(problems))
    return articles


def read_lemmas(path: Path) -> dict[str, str]:
    """Reads the cue-lemma table; an absent file is an empty table."""
    if not path.exists():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {row[0]: row[1] for row in rows}


def write_gold(articles: Sequence[GoldArticle], out: Path) -> None:
    """Writes `articles.jsonl`, `records.jsonl` and `HASHES` (their SHA-256), byte for byte the same for the same input.

    An article's line is the article with `split`, `genre`, `style` and `targets` added.
    """
    article_lines = []
    for gold in articles:
        data = gold.article.model_dump(mode="json", exclude={"place", "targets"})
        data |= {"split": gold.split, "genre": gold.genre, "style": gold.style, "targets": list(gold.targets)}
        article_lines.append(json.dumps(data, ensure_ascii=False))
    files = {
        "articles.jsonl": article_lines,
        "records.jsonl": [record.to_json() for gold in articles for record in gold.records],
    }
    hashes = []
    for name, lines in files.items():
        content = "".join(f"{line}\n" for line in lines).encode("utf-8")
        (out / name).write_bytes(content)
        hashes.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
    (out / "HASHES").write_text("".join(hashes), encoding="utf-8")


def unknown_cues(articles: Iterable[GoldArticle], lemmas: Mapping[str, str]) -> list[str]:
    """Returns the cues (lower-case) that consist of letters and have no lemma in the table, sorted."""
    cues = {cue_key(record.cue.text) for gold in articles for record in gold.records if record.cue is not None}
    return sorted(cue for cue in cues - set(lemmas) if any(character.isalpha() for character in cue))


def main(arguments: Sequence[str]) -> int:
    """Runs one of the forms that the module's docstring names; returns the exit status."""
    if arguments[0] == "blank":
        path = Path(arguments[1])
        sys.stdout.write(blank_form(path.read_text(encoding="utf-8"), place=str(path), annotator=arguments[2]))
        return 0
    sources = Path(arguments[0])
    try:
        articles = read_gold_sources(sources)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for gold in articles:
        n_words = len(gold.article.text.split())
        sys.stderr.write(f"{gold.article.id}: {n_words} words, {len(gold.records)} attributions, {gold.split}\n")
    missing = unknown_cues(articles, read_lemmas(sources.parent / LEMMA_TABLE))
    if missing:
        sys.stderr.write(f"no lemma in {LEMMA_TABLE} for: {'; '.join(missing)}\n")
    if len(arguments) > 1:
        write_gold(articles, Path(arguments[1]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
