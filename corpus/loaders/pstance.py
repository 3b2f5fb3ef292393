"""P-Stance: tweets on Donald Trump, Joe Biden and Bernie Sanders.

Source: on request from the authors, as github.com/chuchun8/PStance says
Paper: Li et al., "P-Stance: A Large Dataset for Stance Detection in Political Domain", Findings of ACL 2021
Licence: none stated for the data (the code is MIT)
Languages: en
Version: 2021
Size: 21,574 tweets
Layout: CSV, `Tweet,Target,Stance`, one file a split and target (`raw_train_trump.csv`); Windows-1252 or UTF-8.

It has no neutral rows in use; those labelled NONE, where a file has any, become neutral.
"""

from collections.abc import Iterator
from pathlib import Path

from onrecord.corpus.loaders.rows import label_of, make_row, table_rows
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow

LABELS = {"favor": StanceLabel.FAVOR, "against": StanceLabel.AGAINST, "none": StanceLabel.NEUTRAL}


def load_pstance(path: Path) -> Iterator[StanceRow]:
    """Yields the rows of one file, in its order.

    Raises:
        DataError: The file is not of the released form, or a label is not FAVOR, AGAINST or NONE.
    """
    for number, (place, row) in enumerate(table_rows(path, ("Tweet", "Target", "Stance")), start=1):
        yield make_row(
            place,
            id=f"{path.stem}-{number}",
            text=row["Tweet"],
            target=row["Target"].strip(),
            label=label_of(row["Stance"], LABELS, place=place),
            dataset="pstance",
        )
