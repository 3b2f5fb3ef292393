"""News sides: where the speakers of PolNeAR's training articles stand, many on opposed sides of one quotation.

Source: this project, corpus/training/newssides.jsonl of its repository, beside a copy of PolNeAR's training articles
Paper: none
Licence: CC BY 4.0 for the labels; none stated for the articles, which are not part of it
Languages: en
Version: 1.0
Layout: JSON lines, a quotation each: `article` (the name of a PolNeAR article), `content` and `source` as lists of
    `[start, end)` offsets into its text, and `stances`, a label by target. It holds no text of the articles.

Targets were worded and labelled by a language model, one reading; of 480 pairs read again, 438 have the same label.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.corpus.article import Span, joined_text
from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders.rows import label_of, make_row, read_text
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow

LABELS = {label.value: label for label in StanceLabel}
ANNOTATIONS = Path(__file__).parent.parent / "training" / "newssides.jsonl"
TEXTS = "text/*.txt"


def load_newssides(folder: Path, *, annotations: Path = ANNOTATIONS) -> Iterator[StanceRow]:
    """Yields a row for each quotation and target, in the order of the annotations.

    Args:
        folder: PolNeAR's train split, which holds `text/`.
        annotations: The file of labels.

    Raises:
        DataError: An article is missing, a line is malformed, or offsets lie outside a text.
    """

    @cache
    def text_of(article: str) -> str:
        path = folder / "text" / f"{article}.txt"
        if not path.is_file():
            raise DataError(f"{path}: does not exist; news sides need the articles of PolNeAR's train split")
        return path.read_bytes().decode("utf-8")

    for number, line in enumerate(read_text(annotations).splitlines(), start=1):
        place = f"{annotations}:{number}"
        try:
            item = json.loads(line)
            text, content = text_of(item["article"]), _spans(item["content"])
            source = [span.of(text) for span in _spans(item["source"])]
            if max(span.end for span in (*content, *_spans(item["source"]))) > len(text):
                raise DataError(f"{place}: offsets behind the end of {item['article']}; is it another copy?")
            for n, (target, label) in enumerate(item["stances"].items()):
                yield make_row(
                    place,
                    id=f"sides-{number}-{n}",
                    text=joined_text(text, content),
                    target=target,
                    label=label_of(label, LABELS, place=place),
                    dataset="newssides",
                    speaker=" ".join(source) or None,
                    context=_paragraph(text, content),
                    article=item["article"],
                )
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise DataError(f"{place}: not a quotation with content, source and stances: {error!r}") from error


def _spans(pairs: Any) -> tuple[Span, ...]:
    return tuple(Span(start=start, end=end) for start, end in pairs)


def _paragraph(text: str, content: tuple[Span, ...]) -> str:
    start = text.rfind("\n", 0, content[0].start) + 1
    end = text.find("\n", content[-1].end)
    return text[start : end if end >= 0 else len(text)].strip()
