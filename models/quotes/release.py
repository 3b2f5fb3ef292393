"""Making a shippable model folder of a trained tagger."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from onrecord.corpus.quotation import AnnotatedArticle
from onrecord.models.export import export_int8, load_calibration
from onrecord.models.hub import base_folder
from onrecord.models.quotes.confidence import Confidence, fit_confidence
from onrecord.models.quotes.examples import paragraphs
from onrecord.models.quotes.tagger import QuoteTagger
from onrecord.models.quotes.training import load_trained

MIN_CONFIDENCE = 0.45
"""Below it an attribution without quotation marks is left out. Of 0.3 to 0.55, best on articles held out of training
(F1 of all attributions 81.4 without it, 82.0 with it; content and source right 76.4 and 78.1, cross-validated)."""


def release_quotes(trained: Path, out: Path, *, outside_bias: float = 0.0, keep_float: bool = False) -> Path:
    """Exports a trained tagger to a folder that `QuoteTagger.load` takes.

    Args:
        trained: Folder that `train_quotes` wrote.
        out: Folder to write config.json, tokenizer.json and model.onnx to.
        outside_bias: See `onrecord.models.quotes.decoding.viterbi`.
        keep_float: Also write the unquantised graph, for comparison.

    Returns:
        The folder.
    """
    training = json.loads((trained / "training.json").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    network = load_trained(trained, base_folder(training["base"]))
    samples = load_calibration(trained)
    export_int8(network, out, outputs=("emissions", "links"), calibration=samples, keep_float=keep_float)
    if trained != out:
        shutil.copyfile(trained / "tokenizer.json", out / "tokenizer.json")
    config = {
        "onrecord": "quotes",
        "version": 1,
        "window": training["window"],
        "context": training["context"],
        "outside_bias": outside_bias,
        "training": training,
    }
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return out


def calibrate_quotes(folder: Path, held_out: Sequence[AnnotatedArticle]) -> Confidence:
    """Fits a model's confidence on articles it was not trained on and writes it to the model's config.json.

    Args:
        folder: A model folder that `release_quotes` wrote.
        held_out: Annotated articles; fifty are enough.

    Returns:
        The fitted confidence; the uncalibrated one where there was nothing to fit it on.
    """
    drafts = QuoteTagger.load(folder).drafts([(article.text, paragraphs(article.text)) for article in held_out])
    gold = [(article.text, [found.content for found in article.attributions]) for article in held_out]
    confidence = fit_confidence(drafts, gold)
    if confidence.weights is not None:
        path = folder / "config.json"
        config = json.loads(path.read_text(encoding="utf-8"))
        config |= {"confidence": confidence.to_config(), "min_confidence": MIN_CONFIDENCE}
        path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return confidence
