"""Finding a stance classifier by one word, whatever is behind it.

| word | classifier |
|---|---|
| a shipped model, a folder, a hub id | by its config.json: ours, inference (zero-shot), or stance labels |
| `chat:MODEL` | a chat model at the option `url` or in ONRECORD_CHAT_URL, with the key in ONRECORD_CHAT_KEY |
"""

import json
import os
from pathlib import Path

from onrecord.corpus.errors import ModelError, UnknownModelError
from onrecord.models.hub import resolve_model
from onrecord.models.stance.chat import ChatStanceClassifier
from onrecord.models.stance.chat_client import ChatOptions, ChatUsage
from onrecord.models.stance.classifier import OnnxStanceClassifier
from onrecord.models.stance.hf_model import HfSequenceModel
from onrecord.models.stance.label_names import names_entailment
from onrecord.models.stance.nli import NliStanceClassifier
from onrecord.models.stance.options import BackendOptions
from onrecord.models.stance.protocol import StanceClassifier
from onrecord.models.stance.transformers_backend import TransformersStanceClassifier

__all__ = ["CHAT", "URL_VARIABLE", "BackendOptions", "chat_url", "load_classifier", "spent_by"]

CHAT = "chat:"
URL_VARIABLE = "ONRECORD_CHAT_URL"
KEY_VARIABLE = "ONRECORD_CHAT_KEY"


def load_classifier(name: str, options: BackendOptions | None = None) -> StanceClassifier:
    """Returns the classifier that a word stands for; see the table above.

    Raises:
        UnknownModelError: There is none of that name.
        ModelError: The folder is no model that can give stances, or lacks a part.
        MissingExtraError: It needs torch, which is not installed.
    """
    given = options or BackendOptions()
    if name.startswith(CHAT):
        return ChatStanceClassifier(_chat_options(name.removeprefix(CHAT), given))
    folder = resolve_model(name, offline=given.offline)
    config = _config(folder)
    if config.get("onrecord") is not None:
        return OnnxStanceClassifier.load(folder, threads=given.threads)
    model = HfSequenceModel.load(folder)
    if names_entailment(list(model.id2label.values())):
        return NliStanceClassifier(model, hypotheses=given.hypotheses)
    return TransformersStanceClassifier(model, label_map=given.label_map, with_speaker=given.with_speaker)


def spent_by(classifier: StanceClassifier) -> ChatUsage | None:
    """Returns what a classifier's requests have cost so far; None where it makes none."""
    return classifier.usage if isinstance(classifier, ChatStanceClassifier) else None


def chat_url(given: BackendOptions) -> str | None:
    """Returns the address of the chat endpoint: the stated one, or the environment's."""
    return given.chat_url or os.environ.get(URL_VARIABLE)


def _chat_options(model: str, given: BackendOptions) -> ChatOptions:
    url = chat_url(given)
    if not model or not url:
        raise UnknownModelError(
            f"{CHAT}{model}: a chat model is named chat:MODEL, and the option url=ADDRESS or the environment variable "
            f"{URL_VARIABLE} gives its endpoint, such as http://localhost:11434/v1"
        )
    return ChatOptions(
        url=url,
        model=model,
        api_key=os.environ.get(KEY_VARIABLE),
        timeout=given.chat_timeout,
        attempts=given.chat_attempts,
        concurrency=given.chat_concurrency,
        cache=given.chat_cache,
        input_price=given.chat_input_price,
        output_price=given.chat_output_price,
    )


def _config(folder: Path) -> dict[str, object]:
    path = folder / "config.json"
    if not path.is_file():
        raise ModelError(f"{folder}: no config.json in it, so it is no model folder")
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: not JSON: {error}") from error
    if not isinstance(config, dict):
        raise ModelError(f"{path}: a JSON object is expected, this is {type(config).__name__}")
    return config
