"""Training the quotation tagger."""

import copy
import hashlib
import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from onrecord.corpus.errors import DataError
from onrecord.corpus.quotation import AnnotatedArticle
from onrecord.models.encoder import Encoder
from onrecord.models.export import N_CALIBRATION, save_calibration
from onrecord.models.hub import base_folder, load_tokenizer
from onrecord.models.quotes.examples import NOTHING, Example, examples, random_window
from onrecord.models.quotes.labels import RELATIONS
from onrecord.models.quotes.network import QuoteTaggerNetwork, link_scores
from onrecord.models.torch_training import MovingAverage, grouped_by_length, half_precision, optimizer_for, rate_at
from onrecord.models.weights import load_weights, settings_of

logger = logging.getLogger(__name__)

IGNORED = -100
STYLES = ("straight", "british", "british_straight", "curly")


@dataclass(frozen=True)
class QuoteTrainingOptions:
    """How to train the tagger. The defaults made the shipped model.

    Attributes:
        epochs: Passes over the articles.
        learning_rate: Peak rate; warmed up over `warmup_steps` steps, then linear to zero.
        head_learning_rate_factor: How much faster the new layers learn than the encoder.
        tokens_per_batch: Word pieces of one batch, padding included.
        window, context: Sizes in word pieces, see `onrecord.models.quotes.windows`.
        restyled_share: Share of articles whose quotation marks are written in another style, anew in each epoch.
        label_smoothing: Of the label loss.
        link_weight: Weight of the link loss beside the label loss.
        average_decay: Decay of the exponential moving average of the weights that is kept in the end.
        held_out: Share of the articles (by hash of their id) never trained on, for measuring along the way.
        seed: Of everything random.
    """

    epochs: int = 6
    learning_rate: float = 3e-4
    head_learning_rate_factor: float = 3.0
    warmup_steps: int = 150
    weight_decay: float = 0.01
    tokens_per_batch: int = 1280
    window: int = 320
    context: int = 64
    restyled_share: float = 0.25
    label_smoothing: float = 0.05
    link_weight: float = 0.3
    average_decay: float = 0.998
    held_out: float = 0.05
    seed: int = 1


@dataclass(frozen=True)
class Batch:
    """Padded tensors of some windows; `link_targets` is (batch, n_relations, n_pieces, n_pieces) of bool."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    is_head: Tensor
    labels: Tensor
    link_targets: Tensor


def train_quotes(
    articles: Sequence[AnnotatedArticle],
    base: str,
    out: Path,
    options: QuoteTrainingOptions,
    *,
    start_from: Path | None = None,
) -> Path:
    """Trains a tagger and writes its weights, tokenizer and options to a folder.

    Args:
        articles: Annotated articles; repeat one to weigh it more.
        base: Package, folder or hub name of a Hugging Face encoder with a fast tokenizer.
        out: Folder to write `model.safetensors`, `tokenizer.json` and `training.json` to.
        options: How to train.
        start_from: Model folder to go on from, of the same base; None begins with the base.

    Returns:
        The folder.

    Raises:
        DataError: No article is left to train on.
        ModelError: The weights to go on from are missing, or another network's.
    """
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    train, held_out = split_held_out(articles, options.held_out)
    if not train:
        raise DataError(f"{len(articles)} articles given, none left to train on; lower held_out={options.held_out}")
    out.mkdir(parents=True, exist_ok=True)
    encoder = base_folder(base)
    tokenizer = load_tokenizer(encoder)
    tokenizer.save(str(out / "tokenizer.json"))
    settings = {"base": base, **asdict(options)}
    if start_from is not None:
        before = settings_of(start_from)
        settings["started_from"] = before.get("training", before)
    (out / "training.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")
    network = QuoteTaggerNetwork(Encoder(encoder, attention_probs_dropout_prob=0.0))
    if start_from is not None:
        load_weights(network, start_from)
    average = MovingAverage(network, options.average_decay)
    n_steps = _count_steps(train, tokenizer, options) * options.epochs
    optimizer = optimizer_for(
        network.encoder,
        [network.emissions, network.links],
        rate=options.learning_rate,
        head_factor=options.head_learning_rate_factor,
        decay=options.weight_decay,
    )
    course = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: rate_at(step, warmup=options.warmup_steps, total=n_steps)
    )
    rng = random.Random(options.seed)
    save_calibration(out, [(e.window.ids, e.window.types) for e in sampled(train, tokenizer, options)])
    step, started = 0, time.monotonic()
    logger.info("%d articles, %d held out, about %d steps", len(train), len(held_out), n_steps)
    for epoch in range(options.epochs):
        network.train()
        losses: list[float] = []
        for batch in _batches(_epoch_examples(train, tokenizer, options, rng), options.tokens_per_batch, rng):
            label_loss, link_loss = losses_of(network, batch, options.label_smoothing)
            loss = label_loss + options.link_weight * link_loss
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            if step < n_steps:
                course.step()
            step += 1
            average.update(network)
            losses.append(float(label_loss.detach()))
            if step % 100 == 0:
                rate = step / (time.monotonic() - started)
                logger.info("step %d/%d loss %.4f, %.2f steps/s", step, n_steps, np.mean(losses[-100:]), rate)
        save_file(average.weights, out / "model.safetensors")
        measured = measure(_with_weights(network, average.weights), held_out, tokenizer, options)
        logger.info("epoch %d: training loss %.4f; held out: %s", epoch + 1, np.mean(losses), json.dumps(measured))
    return out


def split_held_out(
    articles: Sequence[AnnotatedArticle], share: float
) -> tuple[list[AnnotatedArticle], list[AnnotatedArticle]]:
    """Splits articles by a hash of their id, so that a repeated article falls on one side only."""
    train: list[AnnotatedArticle] = []
    held_out: dict[str, AnnotatedArticle] = {}
    for article in articles:
        digest = int(hashlib.sha256(article.id.encode()).hexdigest()[:8], 16)
        if digest < share * 16**8:
            held_out[article.id] = article
        else:
            train.append(article)
    return train, list(held_out.values())


def load_trained(folder: Path, base: Path | str) -> QuoteTaggerNetwork:
    """Loads the network that `train_quotes` wrote to a folder."""
    network = QuoteTaggerNetwork(Encoder(base))
    network.load_state_dict(load_file(folder / "model.safetensors"))
    return network.eval()


def losses_of(network: QuoteTaggerNetwork, batch: Batch, label_smoothing: float) -> tuple[Tensor, Tensor]:
    """Returns the label loss and the link loss of one batch.

    A word that points is right with any word of the span it should point to, so the link loss is the negative log of
    their summed probability.
    """
    with half_precision():
        emissions, vectors = network(batch.ids, batch.mask, batch.types)
    emissions, vectors = emissions.float(), vectors.float()
    label_loss = functional.cross_entropy(
        emissions.flatten(0, 1), batch.labels.flatten(), ignore_index=IGNORED, label_smoothing=label_smoothing
    )
    scores = link_scores(vectors)
    candidates = batch.is_head.clone()
    candidates[:, 0] = True  # [CLS] stands for nothing
    scores = scores.masked_fill(~candidates[:, None, None, :], -1e4)
    log_probs = scores.log_softmax(-1)
    pointing = batch.link_targets.any(-1)
    right = log_probs.masked_fill(~batch.link_targets, -1e4).logsumexp(-1)
    link_loss = -right[pointing].mean() if bool(pointing.any()) else scores.sum() * 0
    return label_loss, link_loss


def measure(
    network: QuoteTaggerNetwork,
    articles: Sequence[AnnotatedArticle],
    tokenizer: Tokenizer,
    options: QuoteTrainingOptions,
) -> dict[str, float]:
    """Returns label accuracy inside gold spans, token F1 of content, and link accuracy on annotated articles."""
    network.eval()
    rng = random.Random(0)
    found = [
        example
        for article in articles
        for example in examples(article, tokenizer, size=options.window, context=options.context)
    ]
    n_right = n_pred = n_gold = 0
    link_right, link_total = [0] * len(RELATIONS), [0] * len(RELATIONS)
    for batch in _batches(found, options.tokens_per_batch, rng):
        with torch.no_grad():
            emissions, vectors = network(batch.ids, batch.mask, batch.types)
        gold, pred = batch.labels, emissions.argmax(-1)
        gold_content = (gold == 1) | (gold == 2)
        pred_content = ((pred == 1) | (pred == 2)) & (gold != IGNORED)
        n_right += int((gold_content & pred_content).sum())
        n_gold += int(gold_content.sum())
        n_pred += int(pred_content.sum())
        candidates = batch.is_head.clone()
        candidates[:, 0] = True
        best = link_scores(vectors).masked_fill(~candidates[:, None, None, :], -1e4).argmax(-1)
        pointing = batch.link_targets.any(-1)
        hit = batch.link_targets.gather(-1, best[..., None])[..., 0] & pointing
        for relation in range(len(RELATIONS)):
            link_right[relation] += int(hit[:, relation].sum())
            link_total[relation] += int(pointing[:, relation].sum())
    scores = {"content_token_f1": 2 * n_right / max(1, n_gold + n_pred)}
    for (tail, head), right, total in zip(RELATIONS, link_right, link_total, strict=True):
        scores[f"{tail}->{head}"] = right / max(1, total)
    return {name: round(100 * score, 2) for name, score in scores.items()}


def _epoch_examples(
    articles: Sequence[AnnotatedArticle], tokenizer: Tokenizer, options: QuoteTrainingOptions, rng: random.Random
) -> list[Example]:
    found: list[Example] = []
    for article in articles:
        size, context = random_window(rng, options.window, options.context)
        style = rng.choice(STYLES) if rng.random() < options.restyled_share else None
        found += examples(article, tokenizer, size=size, context=context, style=style)
    return found


def sampled(articles: Sequence[AnnotatedArticle], tokenizer: Tokenizer, options: QuoteTrainingOptions) -> list[Example]:
    """Returns windows of some random articles, as many as set the ranges of activations."""
    some = random.Random(options.seed).sample(list(articles), min(N_CALIBRATION, len(articles)))
    found = [
        example
        for article in some
        for example in examples(article, tokenizer, size=options.window, context=options.context)
    ]
    return random.Random(options.seed).sample(found, min(N_CALIBRATION, len(found)))


def _count_steps(articles: Sequence[AnnotatedArticle], tokenizer: Tokenizer, options: QuoteTrainingOptions) -> int:
    rng = random.Random(options.seed)
    found = _epoch_examples(articles, tokenizer, options, rng)
    return sum(1 for _ in _grouped(found, options.tokens_per_batch, rng))


def _grouped(found: list[Example], tokens_per_batch: int, rng: random.Random) -> Iterator[list[Example]]:
    return grouped_by_length(found, [len(example.window.ids) for example in found], tokens_per_batch, rng)


def _batches(found: list[Example], tokens_per_batch: int, rng: random.Random) -> Iterator[Batch]:
    for group in _grouped(found, tokens_per_batch, rng):
        yield _batch(group)


def _batch(group: Sequence[Example]) -> Batch:
    n_pieces = max(len(example.window.ids) for example in group)
    shape = (len(group), n_pieces)
    ids, mask, types = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    is_head = torch.zeros(shape, dtype=torch.bool)
    labels = torch.full(shape, IGNORED)
    links = torch.zeros((len(group), len(RELATIONS), n_pieces, n_pieces), dtype=torch.bool)
    for row, example in enumerate(group):
        window = example.window
        length = len(window.ids)
        ids[row, :length] = torch.tensor(window.ids)
        types[row, :length] = torch.tensor(window.types)
        mask[row, :length] = 1
        heads = torch.tensor(window.heads)
        is_head[row, heads] = True
        labels[row, heads] = torch.tensor(example.labels)
        for relation, pairs in enumerate(example.links):
            for word, targets in pairs:
                for target in targets:
                    links[row, relation, window.heads[word], 0 if target == NOTHING else window.heads[target]] = True
    return Batch(ids, mask, types, is_head, labels, links)


def _with_weights(network: QuoteTaggerNetwork, weights: dict[str, Tensor]) -> QuoteTaggerNetwork:
    """Returns a copy of the network with other weights; the given one trains on."""
    other = copy.deepcopy(network)
    other.load_state_dict(weights)
    return other
