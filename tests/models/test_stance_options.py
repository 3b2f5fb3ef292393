from pathlib import Path

import pytest

from onrecord.corpus.errors import DataError
from onrecord.models.stance.nli import Hypotheses
from onrecord.models.stance.options import BackendOptions, read_options


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], BackendOptions()),
        (
            ["label.LABEL_0=favor", "label.LABEL_1=against"],
            BackendOptions(label_map={"LABEL_0": "favor", "LABEL_1": "against"}),
        ),
        (["label.a=b=favor"], BackendOptions(label_map={"a": "b=favor"})),
        (["speaker=yes"], BackendOptions(with_speaker=True)),
        (["hypothesis.favor=Yes to {target}."], BackendOptions(hypotheses=Hypotheses(favor="Yes to {target}."))),
        (
            ["url=http://localhost:1/v1", "timeout=5.5", "attempts=2", "concurrency=8", "cache=c"],
            BackendOptions(
                chat_url="http://localhost:1/v1",
                chat_timeout=5.5,
                chat_attempts=2,
                chat_concurrency=8,
                chat_cache=Path("c"),
            ),
        ),
        (["input_price=0.15", "output_price=0"], BackendOptions(chat_input_price=0.15)),
    ],
)
def test_words_become_options(words: list[str], expected: BackendOptions) -> None:
    assert read_options(words) == expected


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("timeout", "KEY=VALUE"),
        ("timeout=", "KEY=VALUE"),
        ("tiemout=3", "there is no key 'tiemout'; keys: .*timeout"),
        ("label.=favor", "there is no key"),
        ("hypothesis.maybe=x", "there is no key"),
        ("hypothesis.favor=no place for it", "does not contain"),
        ("timeout=soon", "could not convert"),
        ("timeout=0", "at least 0.001"),
        ("timeout=nan", "at least"),
        ("attempts=0", "at least 1"),
        ("concurrency=2.5", "whole number"),
        ("input_price=-1", "at least 0"),
        ("speaker=true", "yes or no"),
    ],
)
def test_a_wrong_word_is_named_with_what_is_allowed(word: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as caught:
        read_options([word])
    assert word.partition("=")[0].split(".")[0] in str(caught.value)


def test_what_is_not_stated_stays() -> None:
    base = BackendOptions(threads=3, chat_cache=Path("kept"))
    assert read_options(["timeout=9"], base) == BackendOptions(threads=3, chat_cache=Path("kept"), chat_timeout=9)
