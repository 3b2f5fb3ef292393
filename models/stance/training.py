"""Training the stance classifier by a recipe."""

import hashlib
import json
import logging
import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from onrecord.corpus.errors import DataError
from onrecord.corpus.stance_data import StanceRow, opposed_pairs, read_stance_rows
from onrecord.models.encoder import Encoder
from onrecord.models.export import N_CALIBRATION, Sample, save_calibration
from onrecord.models.hub import base_folder, load_tokenizer
from onrecord.models.stance.backends import load_classifier
from onrecord.models.stance.calibration import fit_scaling
from onrecord.models.stance.failures import PartialPredictionError
from onrecord.models.stance.inputs import PairInput, pair_inputs
from onrecord.models.stance.network import StanceNetwork
from onrecord.models.stance.protocol import LABELS, StanceClassifier, StancePair
from onrecord.models.stance.recipe import Stage, StanceRecipe
from onrecord.models.stance.scaling import Scaling
from onrecord.models.torch_training import (
    MovingAverage,
    blended,
    grouped_by_length,
    half_precision,
    optimizer_for,
    rate_at,
)
from onrecord.models.weights import load_weights, settings_of

logger = logging.getLogger(__name__)

PROGRESS_FILE = "progress.json"


@dataclass(frozen=True)
class Example:
    """One training row as the network sees it.

    Attributes:
        input: The pair.
        target: What the probabilities should be, in the order of LABELS; 0 for a class that the row cannot have.
        weight: What the row counts for.
    """

    input: PairInput
    target: tuple[float, float, float]
    weight: float = 1.0


def train_stance(
    recipe: StanceRecipe, data: Path, out: Path, *, start_from: Path | None = None, resume: bool = False
) -> Path:
    """Trains a stance classifier and writes its weights, tokenizer and settings to a folder.

    After each epoch the averaged weights are written, so that a run that was stopped can go on from there.

    Args:
        recipe: What to train on, and how.
        data: Folder of the sets, `NAME.jsonl.gz` (or .jsonl, .csv, .parquet) each.
        out: Folder to write `model.safetensors`, `tokenizer.json` and `training.json` to.
        start_from: Model folder to go on from, of the same base; None begins with the base.
        resume: Go on behind the last epoch that a stopped run to the same folder finished.

    Returns:
        The folder.

    Raises:
        DataError: A set of the recipe is missing or malformed.
        ModelError: The weights to go on from are missing, or another network's.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    base = base_folder(recipe.base)
    tokenizer = load_tokenizer(base)
    rows = {name: list(read_stance_rows(_set_path(data, name))) for name in recipe.sets}
    train, held_out = split_held_out(rows, recipe)
    held_out = [row for row in held_out if not recipe.calibrated_on or row.dataset in recipe.calibrated_on]
    out.mkdir(parents=True, exist_ok=True)
    if recipe.teacher is not None:
        teacher = load_classifier(recipe.teacher)
        train |= {name: taught(train[name], teacher, out / f"taught-{name}.npy") for name in recipe.taught}
    tokenizer.save(str(out / "tokenizer.json"))
    network = StanceNetwork(
        Encoder(base, attention="sdpa", frozen_layers=recipe.frozen_layers, attention_probs_dropout_prob=0.0)
    )
    n_done = _epochs_done(out) if resume else 0
    if start_from is not None:
        load_weights(network, start_from)
    start = {name: weight.clone() for name, weight in network.state_dict().items()}
    if n_done:
        load_weights(network, out)
    average = MovingAverage(network, recipe.average_decay)
    epochs = [stage for stage in recipe.stages for _ in range(stage.epochs)]
    drawn = [epoch_examples(train, stage, recipe, tokenizer, rng) for stage in epochs]
    n_steps = sum(1 for examples in drawn for _ in _groups(examples, recipe, random.Random(0)))
    optimizer = optimizer_for(
        network.encoder,
        [network.classifier],
        rate=recipe.learning_rate,
        head_factor=recipe.head_learning_rate_factor,
        decay=recipe.weight_decay,
    )
    first_step = sum(len(_groups(examples, recipe, random.Random(0))) for examples in drawn[:n_done])
    course = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rate_at(first_step + step, warmup=recipe.warmup_steps, total=n_steps)
    )
    logger.info("%s rows, %d held out, %d steps", {k: len(v) for k, v in train.items()}, len(held_out), n_steps)
    typical = random.Random(recipe.seed).sample(drawn[-1], min(N_CALIBRATION, len(drawn[-1])))
    save_calibration(out, [_sample(example.input) for example in typical])
    step, started = first_step, time.monotonic()
    for number, examples in enumerate(drawn[n_done:], start=n_done):
        network.train()
        losses: list[float] = []
        for group in _groups(examples, recipe, rng):
            loss = _loss(network, group)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            course.step()
            average.update(network)
            losses.append(float(loss.detach()))
            step += 1
            if step % 100 == 0:
                pace = (step - first_step) / (time.monotonic() - started)
                logger.info("step %d/%d loss %.4f, %.2f steps/s", step, n_steps, np.mean(losses[-100:]), pace)
        save_file(average.weights, out / "model.safetensors")
        (out / PROGRESS_FILE).write_text(json.dumps({"epochs": number + 1}), encoding="utf-8")
        logger.info("epoch %d (%s): training loss %.4f", number + 1, epochs[number].name, np.mean(losses))
    weights = average.weights
    if start_from is not None and n_done < len(epochs):
        weights = blended(weights, start, recipe.start_share)
    save_file(weights, out / "model.safetensors")
    network.load_state_dict(weights)
    scaling = Scaling(label_bias=recipe.label_bias)
    if held_out:
        scaling = fit_scaling(*logits_of(network, tokenizer, held_out, recipe), label_bias=recipe.label_bias)
    settings = {
        "base": recipe.base,
        "max_pieces": recipe.max_pieces,
        "temperature": scaling.temperature,
        "label_bias": scaling.label_bias,
        "trained_on": recipe.sets,
        "recipe": recipe.model_dump(mode="json"),
    }
    if start_from is not None:
        before = settings_of(start_from)
        settings |= {
            "trained_on": sorted({*recipe.sets, *before.get("trained_on", ())}),
            "started_from": {name: before.get(name) for name in ("recipe", "started_from") if name in before},
        }
    (out / "training.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    return out


def split_held_out(
    rows: Mapping[str, Sequence[StanceRow]], recipe: StanceRecipe
) -> tuple[dict[str, list[StanceRow]], list[StanceRow]]:
    """Holds out whole articles of the in-domain sets; of their rows, those whose target training does not show."""
    train: dict[str, list[StanceRow]] = {}
    held_out: list[StanceRow] = []
    for name, items in rows.items():
        train[name] = []
        for row in items:
            digest = int(hashlib.sha256((row.article or row.id).encode()).hexdigest()[:8], 16)
            is_held_out = name in recipe.in_domain and digest < recipe.held_out_share * 16**8
            (held_out if is_held_out else train[name]).append(row)
    shown = {row.target for name in recipe.in_domain for row in train.get(name, ())}
    return train, [row for row in held_out if row.target not in shown]


def epoch_examples(
    rows: Mapping[str, Sequence[StanceRow]],
    stage: Stage,
    recipe: StanceRecipe,
    tokenizer: Tokenizer,
    rng: random.Random,
) -> list[Example]:
    """Draws one epoch's rows and makes them the network's input."""
    drawn: list[StanceRow] = []
    for name in sorted(stage.rows):
        available = list(rows[name])
        chosen = rng.sample(available, min(stage.rows[name], len(available)))
        drawn += chosen * stage.repeat.get(name, 1)
    targets = [row.target for row in drawn]
    opposed = {number for pair in opposed_pairs(drawn) for number in pair}
    pairs, wanted, weights = [], [], []
    for number, row in enumerate(drawn):
        target, probabilities = row.target, wanted_probabilities(row, recipe)
        if rng.random() < recipe.swapped_target_share:
            other = rng.choice(targets)
            if not _shares_word(other, row.text):
                target, probabilities = other, (0.0, 0.0, 1.0)
        shows_speaker = row.speaker is not None and rng.random() < recipe.speaker_share
        shows_context = row.context is not None and rng.random() < recipe.context_share
        pairs.append(
            StancePair(
                target,
                row.text,
                row.speaker if shows_speaker else None,
                row.context if shows_context else None,
            )
        )
        wanted.append(probabilities)
        weights.append(
            (1.0 if row.sure else recipe.unsure_weight) * (recipe.opposed_weight if number in opposed else 1.0)
        )
    inputs = pair_inputs(tokenizer, pairs, max_pieces=recipe.max_pieces)
    return [Example(windows[0], *rest) for windows, rest in zip(inputs, zip(wanted, weights, strict=True), strict=True)]


def taught(rows: Sequence[StanceRow], teacher: StanceClassifier, cache: Path) -> list[StanceRow]:
    """Returns rows with the teacher's probabilities as their scores; those it cannot read keep their label alone.

    Args:
        rows: Rows of one set.
        teacher: Any stance classifier.
        cache: Where its probabilities are kept, (n_rows, 3): a teacher is slow, and a run may be stopped.
    """
    if cache.is_file() and len(probabilities := np.load(cache, allow_pickle=False)) == len(rows):
        logger.info("%s: %d rows taught before", cache, len(rows))
    else:
        try:
            probabilities = teacher.predict([_pair(row) for row in rows]).probabilities
        except PartialPredictionError as error:
            probabilities = error.prediction.probabilities.copy()
            probabilities[list(error.failures)] = np.nan
        np.save(cache, probabilities)
    scores = [dict(zip(LABELS, map(float, item), strict=True)) for item in probabilities]
    return [
        row if math.isnan(item[LABELS[0]]) else row.model_copy(update={"scores": item})
        for row, item in zip(rows, scores, strict=True)
    ]


def wanted_probabilities(row: StanceRow, recipe: StanceRecipe) -> tuple[float, float, float]:
    """Returns what a row teaches: its label, smoothed, mixed with its teacher's probabilities where it has them.

    A set that knows no neutral class says nothing of it: it is 0, and the loss leaves it out.

    Source: learning from a teacher's probabilities is Hinton, Vinyals & Dean 2015, "Distilling the Knowledge in a
    Neural Network".
    """
    can_have = np.array([1.0, 1.0, float(row.dataset not in recipe.no_neutral)])
    label = np.eye(len(LABELS))[LABELS.index(row.label)]
    wanted = (1 - recipe.label_smoothing) * label + recipe.label_smoothing * can_have / can_have.sum()
    if row.scores is not None:
        taught = np.array([row.scores[name] for name in LABELS]) * can_have
        wanted = (1 - recipe.teacher_share) * wanted + recipe.teacher_share * taught / taught.sum()
    favor, against, neutral = wanted.tolist()
    return favor, against, neutral


def logits_of(
    network: StanceNetwork, tokenizer: Tokenizer, rows: Sequence[StanceRow], recipe: StanceRecipe
) -> tuple[np.ndarray, np.ndarray]:
    """Returns logits (n_rows, 3) and labels (n_rows,) of rows, each read by its first window."""
    network.eval()
    inputs = [
        windows[0] for windows in pair_inputs(tokenizer, [_pair(row) for row in rows], max_pieces=recipe.max_pieces)
    ]
    with torch.no_grad():
        logits = [network(*_tensors(inputs[start : start + 32])).numpy() for start in range(0, len(inputs), 32)]
    return np.concatenate(logits), np.array([LABELS.index(row.label) for row in rows])


def load_trained(folder: Path, base: Path | str) -> StanceNetwork:
    """Loads the network that `train_stance` wrote to a folder."""
    network = StanceNetwork(Encoder(base))
    network.load_state_dict(load_file(folder / "model.safetensors"))
    return network.eval()


def _pair(row: StanceRow) -> StancePair:
    return StancePair(row.target, row.text, row.speaker, row.context)


def _epochs_done(folder: Path) -> int:
    path = folder / PROGRESS_FILE
    return int(json.loads(path.read_text(encoding="utf-8"))["epochs"]) if path.is_file() else 0


def _set_path(data: Path, name: str) -> Path:
    for ending in (".jsonl.gz", ".jsonl", ".csv", ".parquet"):
        if (data / f"{name}{ending}").is_file():
            return data / f"{name}{ending}"
    raise DataError(f"{data}: no {name}.jsonl(.gz), .csv or .parquet in it, which the recipe asks for")


def _shares_word(target: str, text: str) -> bool:
    words = set(text.lower().split())
    return any(word in words for word in target.lower().split() if len(word) > 3)


def _groups(examples: Sequence[Example], recipe: StanceRecipe, rng: random.Random) -> list[list[Example]]:
    lengths = [len(example.input.ids) for example in examples]
    return list(grouped_by_length(examples, lengths, recipe.tokens_per_batch, rng))


def _loss(network: StanceNetwork, group: Sequence[Example]) -> Tensor:
    with half_precision():
        logits = network(*_tensors([example.input for example in group]))
    wanted = torch.tensor([example.target for example in group])
    weights = torch.tensor([example.weight for example in group])
    log_probs = logits.float().masked_fill(wanted == 0, -1e4).log_softmax(-1)
    loss: Tensor = -(weights * (wanted * log_probs).sum(1)).sum() / weights.sum()
    return loss


def _sample(item: PairInput) -> Sample:
    return item.ids, [int(place >= item.n_target) for place in range(len(item.ids))]


def _tensors(inputs: Sequence[PairInput]) -> tuple[Tensor, Tensor, Tensor]:
    n_pieces = max(len(item.ids) for item in inputs)
    ids, mask, types = (torch.zeros((len(inputs), n_pieces), dtype=torch.long) for _ in range(3))
    for row, item in enumerate(inputs):
        length = len(item.ids)
        ids[row, :length] = torch.tensor(item.ids)
        mask[row, :length] = 1
        types[row, item.n_target : length] = 1
    return ids, mask, types
