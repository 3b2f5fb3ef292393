"""What the stance benchmark measures on, and how; the models themselves are measured by running it."""

import time
from pathlib import Path

import numpy as np
import pytest

from onrecord.corpus.errors import DataError
from onrecord.models.hub import load_tokenizer
from onrecord.models.onnx_session import Floats

bench = pytest.importorskip("onrecord.models.stance.bench", exc_type=ImportError)


def test_texts_are_as_long_as_quotations(tiny_base: Path) -> None:
    tokenizer = load_tokenizer(tiny_base)
    text = "the levy is good and it will close boats in the harbour " * 20
    texts = bench.texts_between(tokenizer, text, n_rows=40)
    lengths = [len(tokenizer.encode(one, add_special_tokens=False).ids) for one in texts]
    assert bench.SHORTEST <= min(lengths) < max(lengths) <= bench.LONGEST
    assert texts == bench.texts_between(tokenizer, text, n_rows=40)
    with pytest.raises(DataError, match="more than 60"):
        bench.texts_between(tokenizer, "the levy", n_rows=1)


def test_every_way_runs_the_same_batches_and_the_faster_one_has_more_rows() -> None:
    batches = [tuple(np.ones((rows, 4), dtype=np.int64) for _ in range(3)) for rows in (3, 2)]
    seen: dict[str, list[int]] = {"slow": [], "fast": []}

    def run(name: str, seconds: float) -> object:
        def one(batch: tuple[np.ndarray, ...]) -> Floats:
            seen[name].append(len(batch[0]))
            time.sleep(seconds)
            return np.zeros((1, 3), dtype=np.float32)

        return one

    found = bench.speeds({"slow": run("slow", 0.03), "fast": run("fast", 0.0)}, batches, n_runs=2)
    assert seen["slow"] == seen["fast"] == [3, 2] * 3  # one run warms up
    assert [speed.name for speed in found] == ["slow", "fast"]
    assert found[0].rows_per_second < found[1].rows_per_second
