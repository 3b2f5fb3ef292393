"""IBM-ArgQ-Rank-30kArgs: crowd-written arguments for or against 71 topics.

Source: IBM Project Debater's data sets, "Argument Quality":
    www.research.ibm.com/haifa/dept/vst/files/IBM_Debater_(R)_arg_quality_rank_30k.zip
Paper: Gretz et al., "A Large-scale Dataset for Argument Quality Ranking: Construction and Analysis", AAAI 2020
Licence: none stated in the file; see the page of the download
Languages: en
Version: 1
Size: 30,497 arguments
Layout: CSV with, among others, `argument`, `topic`, `set` (train, dev, test), `stance_WA` (1 pro, -1 con, 0 neither).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders.rows import label_of, make_row, table_rows
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow

NAMES: Final = {"1": "pro", "-1": "con", "0": "neither"}
LABELS = {"pro": StanceLabel.FAVOR, "con": StanceLabel.AGAINST, "neither": StanceLabel.NEUTRAL}


def load_ibm30k(path: Path, *, split: str | None = None) -> Iterator[StanceRow]:
    """Yields the rows of the file, in its order.

    Args:
        path: The CSV file.
        split: `train`, `dev` or `test`; all by default.

    Raises:
        DataError: The file is not of the released form, a label is not 1, -1 or 0, or no row is of that split.
    """
    splits = set()
    for number, (place, row) in enumerate(table_rows(path, ("argument", "topic", "set", "stance_WA")), start=1):
        splits.add(row["set"])
        if split is not None and row["set"] != split:
            continue
        # Saved once more by a table tool, the same numbers read 1.0 and -1.0.
        number_name = row["stance_WA"].removesuffix(".0")
        yield make_row(
            place,
            id=f"ibm30k-{number}",
            text=row["argument"],
            target=row["topic"],
            label=label_of(NAMES.get(number_name, number_name), LABELS, place=place),
            dataset="ibm30k",
        )
    if split is not None and split not in splits:
        raise DataError(f"{path}: no rows of split {split!r}; it has {', '.join(sorted(splits))}")
