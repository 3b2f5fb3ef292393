"""News voices: invented news passages whose quotations take sides, written for training the stance classifier.

Source: this project, corpus/training/newsvoices.jsonl of its repository
Paper: none
Licence: CC BY 4.0
Languages: en
Version: 1.0
Layout: JSON lines, a passage each: `id`, `context` (the paragraph), `quotations`, each with `text` (as in the context;
    pieces of an interrupted one are joined by ` … `), `speaker` (the source's words, or null) and `stances`, a label by
    target.

Written and labelled with the help of a language model, one reading; people, places and organisations are invented.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from onrecord.corpus.article import SPAN_SEPARATOR
from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders.rows import label_of, make_row, read_text
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow

LABELS = {label.value: label for label in StanceLabel}


def load_newsvoices(path: Path) -> Iterator[StanceRow]:
    """Yields a row for each quotation and target, in the file's order.

    Args:
        path: The file of passages.

    Raises:
        DataError: A line is not a passage, or a quotation does not stand in its context.
    """
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        place = f"{path}:{number}"
        try:
            passage = json.loads(line)
            n_rows = 0
            for quotation in passage["quotations"]:
                _check_stands_in(quotation["text"], passage["context"], place)
                for target, label in quotation["stances"].items():
                    yield make_row(
                        place,
                        id=f"{passage['id']}-{n_rows}",
                        text=quotation["text"],
                        target=target,
                        label=label_of(label, LABELS, place=place),
                        dataset="newsvoices",
                        speaker=quotation["speaker"],
                        context=passage["context"],
                        article=passage["id"],
                    )
                    n_rows += 1
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{place}: not a passage with quotations and stances: {error!r}") from error


def _check_stands_in(text: str, context: str, place: str) -> None:
    position = 0
    for piece in text.split(SPAN_SEPARATOR):
        found = context.find(piece, position)
        if found < 0:
            raise DataError(f"{place}: {piece!r} does not stand in the context behind the piece before it")
        position = found + len(piece)
