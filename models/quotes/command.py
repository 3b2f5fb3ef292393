"""`onrecord train quotes`."""

from collections.abc import Sequence
from pathlib import Path

from onrecord.corpus.loaders.attributed_jsonl import load_attributed_jsonl
from onrecord.corpus.loaders.polnear import load_polnear
from onrecord.corpus.quotation import AnnotatedArticle
from onrecord.models.hub import resolve_model
from onrecord.models.quotes.release import calibrate_quotes, release_quotes
from onrecord.models.quotes.training import QuoteTrainingOptions, split_held_out, train_quotes


def run_train_quotes(
    data: Sequence[Path],
    out: Path,
    *,
    base: str,
    epochs: int,
    learning_rate: float,
    seed: int,
    start_from: str | None = None,
) -> int:
    """Trains a tagger on annotated articles and writes a model folder; returns the exit status.

    Args:
        data: PolNeAR splits' folders and JSONL files of attributed articles; one that is repeated weighs more.
        out: The model folder.
        base: Base encoder.
        epochs: Passes over the articles.
        learning_rate: Peak rate.
        seed: Of everything random.
        start_from: Model to go on from: a shipped one's name, a folder; None begins with the base.

    Raises:
        OnrecordError: The data is malformed, or the base or the model to go on from is unknown.
    """
    articles: list[AnnotatedArticle] = []
    for path in data:
        articles += load_polnear(path) if path.is_dir() else load_attributed_jsonl(path)
    options = QuoteTrainingOptions(epochs=epochs, learning_rate=learning_rate, seed=seed)
    train_quotes(articles, base, out, options, start_from=resolve_model(start_from) if start_from else None)
    release_quotes(out, out)
    calibrate_quotes(out, split_held_out(articles, options.held_out)[1])
    return 0
