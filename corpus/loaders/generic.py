"""Any stance set that `datasets` can read, by a column map: a local CSV, JSON lines or Parquet file, or one on the hub.

Source: the user's
Paper: the set's
Licence: the set's; the loader knows none
Languages: any
Layout: columns for text, target and label, and optionally id, speaker, context and article, under any names.

Labels are taken by name: those of a class column through the names that the set declares, never by number. Nothing is
fetched from the hub unless that is asked for, and no code of a set is ever run (`datasets` no longer can).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders.rows import label_of, make_row
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow

BUILDERS = {".csv": "csv", ".tsv": "csv", ".jsonl": "json", ".json": "json", ".parquet": "parquet", ".gz": "json"}
OPTIONAL = ("id", "speaker", "context", "article")
OWN_NAMES = {label.value: label for label in StanceLabel}


@dataclass(frozen=True)
class GenericForm:
    """How a set is laid out.

    Attributes:
        columns: The set's column by the row's field, where they differ: `{"text": "Tweet"}`.
        labels: Stance by the set's label name, where they differ: `{"support": "favor"}`.
        split: Of a hub set.
        config: Of a hub set with several.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    split: str = "test"
    config: str | None = None


def load_generic(source: str, form: GenericForm | None = None, *, download: bool = False) -> Iterator[StanceRow]:
    """Yields the rows of a set, in its order.

    Args:
        source: A file's path, or a hub id.
        form: Its columns and labels.
        download: Whether a hub set may be fetched; else it is taken from the local cache.

    Raises:
        DataError: The set cannot be found or read, a column is missing, or a label has no name in the map.
    """
    given = form or GenericForm()
    unknown = [name for name in given.columns if name not in StanceRow.model_fields]
    if unknown:
        raise DataError(f"column map: {unknown[0]!r} is no field of a row; fields: {', '.join(StanceRow.model_fields)}")
    try:
        labels = OWN_NAMES | {name.casefold(): StanceLabel(label) for name, label in given.labels.items()}
    except ValueError as error:
        raise DataError(f"label map: {error}; allowed: {', '.join(StanceLabel)}") from error
    rows = _open(source, given, download=download)
    columns = {name: given.columns.get(name, name) for name in ("text", "target", "label", *OPTIONAL)}
    missing = [columns[name] for name in ("text", "target", "label") if columns[name] not in rows.column_names]
    missing += [column for column in given.columns.values() if column not in rows.column_names]
    if missing:
        raise DataError(f"{source}: no column {missing[0]!r}; it has {', '.join(rows.column_names)}")
    names: list[str] | None = getattr(rows.features[columns["label"]], "names", None)
    dataset = Path(source).name.split(".")[0]
    for number, row in enumerate(rows, start=1):
        place = f"{source}:{number}"
        label = row[columns["label"]]
        if names is not None and isinstance(label, int) and 0 <= label < len(names):
            label = names[label]
        fields = {name: row[column] for name, column in columns.items() if row.get(column) is not None}
        fields |= {name: str(value) for name, value in fields.items()}
        try:
            fields |= {"label": label_of(label, labels, place=place), "dataset": dataset}
        except DataError as error:
            raise DataError(f"{error}; map it with --label {label}=STANCE") from error
        yield make_row(place, **({"id": f"{dataset}-{number}"} | fields))


def _open(source: str, form: GenericForm, *, download: bool) -> Any:
    import datasets

    path = Path(source)
    if path.is_file():
        builder = BUILDERS.get(path.suffix)
        if builder is None:
            raise DataError(f"{source}: the ending {path.suffix!r} is none of {', '.join(BUILDERS)}")
        options = {"sep": "\t"} if path.suffix == ".tsv" else {}
        try:
            return datasets.load_dataset(builder, data_files=str(path), split="train", streaming=False, **options)
        except (datasets.exceptions.DatasetGenerationError, ValueError, OSError) as error:
            raise DataError(f"{source}: cannot be read as {builder}: {error.__cause__ or error}") from error
    config = datasets.DownloadConfig(local_files_only=not download)
    try:
        return datasets.load_dataset(source, form.config, split=form.split, download_config=config)
    except (datasets.exceptions.DatasetsError, ValueError, OSError, RuntimeError) as error:
        remedy = "check its name, config and split" if download else "add --download to fetch it from the hub"
        raise DataError(f"{source}: neither a file nor a set that can be read; {remedy} ({error})") from error
