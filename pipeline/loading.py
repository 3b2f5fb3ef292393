"""Loading the models that a pipeline runs, by name."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from spacy.language import Language

from onrecord.models.hub import SHIPPED, resolve_model
from onrecord.models.quotes.tagger import QuoteTagger
from onrecord.models.stance import StanceClassifier
from onrecord.models.stance.backends import CHAT, load_classifier
from onrecord.models.stance.options import BackendOptions, read_options
from onrecord.pipeline.marks import MarkedQuotations
from onrecord.pipeline.nlp import load_nlp, resolved_name
from onrecord.pipeline.quotations import QuotationFinder, TaggedQuotations

DEFAULT_SPACY_MODEL = "en_core_web_sm"
DEFAULT_QUOTE_MODEL = "quotes-minilm-l6"
DEFAULT_STANCE_MODEL = "stance-minilm-l6"
MARKS = "marks"
"""Name of the finder that needs no model."""
NO_STANCE = "none"
"""Name that leaves stances out."""
WEIGHTS = ("model.onnx", "model.safetensors")
"""Files that can hold a model's weights."""


@dataclass(frozen=True)
class Models:
    """The loaded models of a pipeline; `names` is what records state of them."""

    nlp: Language
    finder: QuotationFinder
    stance: StanceClassifier | None
    names: dict[str, str]


def load_models(
    spacy_model: str, quote_model: str, stance_model: str, *, threads: int = 0, stance_options: Sequence[str] = ()
) -> Models:
    """Loads what the names stand for.

    Args:
        spacy_model: An installed spaCy pipeline or a folder.
        quote_model: A quotation model's name or folder, or `marks`.
        stance_model: A stance model's name or folder, or `none`.
        threads: Threads of one model run; 0 for one a core.
        stance_options: What the stance model is told, `KEY=VALUE` each.

    Raises:
        DataError: A stance option is malformed.
        ModelError: One of them is unknown or broken.
    """
    finder = load_finder(quote_model, threads=threads)
    stance = None if stance_model == NO_STANCE else load_stance(stance_model, threads=threads, options=stance_options)
    nlp = load_nlp(spacy_model)
    names = {"spacy": resolved_name(nlp), "quotes": described(quote_model), "stance": described(stance_model)}
    return Models(nlp, finder, stance, names)


def load_finder(model: str, *, threads: int = 0) -> QuotationFinder:
    """Loads a quotation model by its name or folder; `marks` needs none."""
    if model == MARKS:
        return MarkedQuotations()
    return TaggedQuotations(QuoteTagger.load(resolve_model(model), threads=threads))


def load_stance(model: str, *, threads: int = 0, options: Sequence[str] = ()) -> StanceClassifier:
    """Loads a stance model by its name, folder, hub id, or `chat:MODEL`.

    Args:
        model: The name.
        threads: Threads of one model run; 0 for one a core.
        options: What the model is told, `KEY=VALUE` each.
    """
    return load_classifier(model, read_options(options, BackendOptions(threads=threads)))


def described(model: str) -> str:
    """Returns a model's name with a short hash of its weights, where it has some here, as records state it."""
    if model in (MARKS, NO_STANCE) or model.startswith(CHAT):
        return model
    folder = resolve_model(model)
    weights = next((folder / name for name in WEIGHTS if (folder / name).is_file()), None)
    name = folder.name if folder.parent == SHIPPED else model
    return name if weights is None else f"{name} {weights_hash(weights)}"


@lru_cache(maxsize=8)
def weights_hash(weights: Path) -> str:
    """Returns the first eight hexadecimal digits of the SHA-256 of a model's weights."""
    with weights.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:8]
