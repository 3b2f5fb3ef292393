"""SemEval-2016 Task 6: stance of tweets toward five targets (subtask A) and toward Donald Trump (subtask B).

Source: the task's site, alt.qcri.org/semeval2016/task6, "Data and Tools" (stancedataset.zip, or the files of each part)
Paper: Mohammad et al., "SemEval-2016 Task 6: Detecting Stance in Tweets", SemEval 2016
Licence: none stated; research use
Languages: en
Version: 2016
Size: 4,163 tweets in subtask A (2,914 training, 1,249 test), 707 in subtask B
Layout: tab-separated, `ID  Target  Tweet  Stance`, marks are text (the task's files); or CSV, `Tweet,Target,Stance`
    without ids (train.csv and test.csv in stancedataset.zip). Further columns allowed; Windows-1252 or UTF-8.

Texts are as released, with the organisers' tag #SemST at the end of every tweet.
"""

from collections.abc import Iterator
from pathlib import Path

from onrecord.corpus.loaders.rows import label_of, make_row, read_text, table_rows
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow

LABELS = {"favor": StanceLabel.FAVOR, "against": StanceLabel.AGAINST, "none": StanceLabel.NEUTRAL}


def load_semeval2016(path: Path) -> Iterator[StanceRow]:
    """Yields the rows of one file, in its order.

    Raises:
        DataError: The file is not of the released form, or a label is not FAVOR, AGAINST or NONE.
    """
    if "\t" not in read_text(path).partition("\n")[0]:
        rows = table_rows(path, ("Tweet", "Target", "Stance"))
    else:
        rows = table_rows(path, ("ID", "Target", "Tweet", "Stance"), delimiter="\t", quoted=False)
    for number, (place, row) in enumerate(rows, start=1):
        yield make_row(
            place,
            id=f"semeval2016-{row['ID'].strip() if 'ID' in row else f'{path.stem}-{number}'}",
            text=row["Tweet"].strip(),
            target=row["Target"].strip(),
            label=label_of(row["Stance"], LABELS, place=place),
            dataset="semeval2016",
        )
