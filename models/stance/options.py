"""What a user may tell a stance backend, as `KEY=VALUE` words: the same on every command.

| key | for | value |
|---|---|---|
| `label.NAME` | transformers | what the model's label NAME means: favor, against or neutral |
| `speaker` | transformers | `yes` where the model was trained to read "speaker : quotation" |
| `hypothesis.LABEL` | nli | the hypothesis for favor, against or neutral, with `{target}` in it |
| `url` | chat | base address of the endpoint, up to and with `/v1` |
| `timeout`, `attempts`, `concurrency` | chat | seconds for a request, tries of it, requests at a time |
| `cache` | chat | folder of answers |
| `input_price`, `output_price` | chat | cost of a million tokens |

A chat endpoint's key is no option, so that it stands in no shell history: it is taken from the environment.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from onrecord.corpus.errors import DataError
from onrecord.models.stance.nli import Hypotheses
from onrecord.models.stance.protocol import LABELS

LABEL, HYPOTHESIS = "label.", "hypothesis."


@dataclass(frozen=True)
class BackendOptions:
    """What a backend may need to be told; each one takes its own.

    Attributes:
        threads: Threads of one ONNX run; 0 for one a core.
        label_map: A sequence classifier's label names to favor, against and neutral.
        with_speaker: Whether a sequence classifier is given the speaker before the quotation.
        hypotheses: For an inference model.
        chat_url: A chat endpoint; None for the one in the environment.
        chat_timeout: Seconds for one chat request.
        chat_attempts: How often one chat request is tried.
        chat_concurrency: Most chat requests at a time.
        chat_cache: Folder for a chat model's answers.
        chat_input_price, chat_output_price: Cost of a million tokens, in any currency.
        offline: Take hub models from the local cache only.
    """

    threads: int = 0
    label_map: Mapping[str, str] | None = None
    with_speaker: bool = False
    hypotheses: Hypotheses | None = None
    chat_url: str | None = None
    chat_timeout: float = 60.0
    chat_attempts: int = 5
    chat_concurrency: int = 4
    chat_cache: Path | None = None
    chat_input_price: float = 0.0
    chat_output_price: float = 0.0
    offline: bool = True


def read_options(words: Sequence[str], base: BackendOptions | None = None) -> BackendOptions:
    """Returns the options that `KEY=VALUE` words state.

    Args:
        words: See the table above.
        base: What holds where nothing is stated.

    Raises:
        DataError: A word is of another form, its key is unknown, or its value is not what the key takes.
    """
    options = base or BackendOptions()
    labels: dict[str, str] = {}
    hypotheses: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not value:
            raise DataError(f"stance option {word!r}: KEY=VALUE is expected; keys: {_KEYS}")
        if key.startswith(LABEL) and len(key) > len(LABEL):
            labels[key.removeprefix(LABEL)] = value
        elif key.removeprefix(HYPOTHESIS) in list(LABELS) and key.startswith(HYPOTHESIS):
            hypotheses[key.removeprefix(HYPOTHESIS)] = value
        elif key in _PLAIN:
            name, convert = _PLAIN[key]
            options = replace(options, **{name: _converted(word, value, convert)})
        else:
            raise DataError(f"stance option {word!r}: there is no key {key!r}; keys: {_KEYS}")
    if labels:
        options = replace(options, label_map={**(options.label_map or {}), **labels})
    if hypotheses:
        options = replace(options, hypotheses=Hypotheses(**hypotheses))
    return options


def _converted(word: str, value: str, convert: Callable[[str], Any]) -> Any:
    try:
        return convert(value)
    except ValueError as error:
        raise DataError(f"stance option {word!r}: {error}") from error


def _yes_or_no(value: str) -> bool:
    if value not in ("yes", "no"):
        raise ValueError("yes or no is expected")
    return value == "yes"


def _number(value: str, *, least: float) -> float:
    number = float(value)
    if not least <= number < float("inf"):
        raise ValueError(f"a number of at least {least:g} is expected")
    return number


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("a whole number of at least 1 is expected")
    return int(value)


def _seconds(value: str) -> float:
    return _number(value, least=0.001)


def _price(value: str) -> float:
    return _number(value, least=0.0)


_PLAIN: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "speaker": ("with_speaker", _yes_or_no),
    "url": ("chat_url", str),
    "timeout": ("chat_timeout", _seconds),
    "attempts": ("chat_attempts", _count),
    "concurrency": ("chat_concurrency", _count),
    "cache": ("chat_cache", Path),
    "input_price": ("chat_input_price", _price),
    "output_price": ("chat_output_price", _price),
}
_KEYS = ", ".join([f"{LABEL}NAME", *(f"{HYPOTHESIS}{field.name}" for field in fields(Hypotheses)), *_PLAIN])
