"""How fast the shipped 8-bit graph is beside the same network unquantised, on one core: `make bench-stance`.

In one process, over the same batches: torch in 32 bits, ONNX Runtime in 32 bits, ONNX Runtime in 8 bits. Runs
alternate, and medians are given, since machines are noisy. Speed does not depend on the weights: without `--trained`
the 32-bit networks are the base encoder with an untrained head; with it, what quantising costs is shown as well.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from onrecord.corpus.article import Article
from onrecord.corpus.errors import DataError
from onrecord.corpus.readers import read_articles
from onrecord.corpus.stance_data import StanceRow, read_stance_rows
from onrecord.models.encoder import Encoder
from onrecord.models.export import export_int8
from onrecord.models.hub import base_folder, load_config, load_tokenizer, resolve_model
from onrecord.models.onnx_session import Floats, Ints, OnnxModel, padded
from onrecord.models.stance.classifier import OnnxStanceClassifier
from onrecord.models.stance.figures import choose, pairs_of
from onrecord.models.stance.inputs import PairInput, pair_inputs
from onrecord.models.stance.network import StanceNetwork
from onrecord.models.stance.protocol import LABELS, StancePair
from onrecord.models.stance.scores import confusion, macro_f1
from onrecord.models.stance.training import load_trained

EXAMPLES = Path(__file__).parents[2] / "examples"
SHORTEST, LONGEST = 30, 60
"""Word pieces of a text: what most quotations have."""
BATCH_ROWS = 32
TARGET = "the harbour levy"

Batch = tuple[Ints, Ints, Ints]
Run = Callable[[Batch], Floats]


@dataclass(frozen=True)
class Speed:
    """Rows a second of one way to run the network: the median of some runs."""

    name: str
    rows_per_second: float


def speeds(runs: dict[str, Run], batches: Sequence[Batch], *, n_runs: int) -> list[Speed]:
    """Times each way over the same batches, in turns; one run of each warms up and is not counted.

    Args:
        runs: Name to what takes one batch.
        batches: Inputs, mask and types of some rows each.
        n_runs: Timed runs of each.
    """
    n_rows = sum(len(ids) for ids, _, _ in batches)
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(n_runs + 1):
        for name, run in runs.items():
            started = time.perf_counter()
            for batch in batches:
                run(batch)
            if number:
                seconds[name].append(time.perf_counter() - started)
    return [Speed(name, n_rows / statistics.median(values)) for name, values in seconds.items()]


def texts_between(tokenizer: Tokenizer, text: str, *, n_rows: int, seed: int = 1) -> list[str]:
    """Returns stretches of a text of 30 to 60 word pieces each, as quotations have, repeated as needed."""
    rng = np.random.default_rng(seed)
    offsets = tokenizer.encode(text, add_special_tokens=False).offsets
    if len(offsets) <= LONGEST:
        raise DataError(f"{len(offsets)} word pieces of text: more than {LONGEST} are needed to measure on")
    result = []
    for _ in range(n_rows):
        length = int(rng.integers(SHORTEST, LONGEST + 1))
        first = int(rng.integers(0, len(offsets) - length))
        result.append(text[offsets[first][0] : offsets[first + length - 1][1]])
    return result


def batched(inputs: Sequence[PairInput]) -> Iterator[Batch]:
    """Yields the rows in batches of similar length."""
    ordered = sorted(inputs, key=lambda one: len(one.ids))
    for start in range(0, len(ordered), BATCH_ROWS):
        group = ordered[start : start + BATCH_ROWS]
        ids, mask = padded([one.ids for one in group])
        types = mask.copy()
        for row, one in enumerate(group):
            types[row, : one.n_target] = 0
        yield ids, mask, types


def quantising_loss(
    rows: Sequence[StanceRow], whole: OnnxStanceClassifier, quantised: OnnxStanceClassifier
) -> tuple[float, float]:
    """Returns macro-F1 in 32 bits less that in 8 bits, and the share of rows on which both agree."""
    gold = np.array([LABELS.index(row.label) for row in rows])
    classes = sorted(set(gold.tolist()))
    pairs = pairs_of(rows)
    labels = [choose(model.predict(pairs).probabilities, classes) for model in (whole, quantised)]
    scores = [float(macro_f1(confusion(gold, found))) for found in labels]
    return scores[0] - scores[1], float((labels[0] == labels[1]).mean())


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", default=[str(EXAMPLES)], help="articles to take texts from")
    parser.add_argument("--model", default="stance-minilm-l6", help="a released stance model")
    parser.add_argument("--trained", type=Path, help="what it was released from: model.safetensors, training.json")
    parser.add_argument("--data", type=Path, nargs="*", default=[], help="stance sets to see what quantising costs on")
    parser.add_argument("--rows", type=int, default=256)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    folder = resolve_model(options.model)
    config, tokenizer = load_config(folder, kind="stance"), load_tokenizer(folder)
    text = "\n".join(item.text for item in read_articles(options.inputs) if isinstance(item, Article))
    pairs = [StancePair(TARGET, text) for text in texts_between(tokenizer, text, n_rows=options.rows)]
    windows = [
        window for item in pair_inputs(tokenizer, pairs, max_pieces=int(config["max_pieces"])) for window in item
    ]
    batches = list(batched(windows))
    base = base_folder(str(config["base"]))
    network = load_trained(options.trained, base) if options.trained else StanceNetwork(Encoder(base)).eval()

    def run_torch(batch: Batch) -> Floats:
        with torch.inference_mode():
            logits: Floats = network(*map(torch.from_numpy, batch)).numpy()
        return logits

    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        exported = Path(name)
        samples = [(one.ids, [0] * one.n_target + [1] * (len(one.ids) - one.n_target)) for one in windows[:BATCH_ROWS]]
        export_int8(network, exported, outputs=("logits",), calibration=samples, keep_float=True)
        (exported / "model_float.onnx").replace(exported / "model.onnx")
        whole, quantised = OnnxModel(exported, threads=1), OnnxModel(folder, threads=1)
        runs: dict[str, Run] = {
            "torch, 32 bits": run_torch,
            "ONNX Runtime, 32 bits": lambda batch: whole(*batch)[0],
            "ONNX Runtime, 8 bits": lambda batch: quantised(*batch)[0],
        }
        found = speeds(runs, batches, n_runs=options.runs)
        say(f"{len(windows)} rows of {SHORTEST} to {LONGEST} word pieces and a target; one thread; ")
        say(f"medians of {options.runs} runs\n\n")
        for speed in found:
            ratio = found[-1].rows_per_second / speed.rows_per_second
            say(f"{speed.name:24}{speed.rows_per_second:8.1f} rows/s   8 bits are {ratio:.2f} times as fast\n")
        for path in options.data if options.trained else []:
            models = [OnnxStanceClassifier.load(folder, model=model) for model in (whole, quantised)]
            loss, agreement = quantising_loss(list(read_stance_rows(path)), *models)
            say(f"\n{path.name}: quantising costs {100 * loss:+.2f} macro-F1; {agreement:.1%} of answers agree")
        say("\n")


if __name__ == "__main__":
    main()
