"""What both trainings share: the learning rate's course, averaged weights, batches of similar length."""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

import torch
from torch import Tensor, nn

Item = TypeVar("Item")


def rate_at(step: int, *, warmup: int, total: int) -> float:
    """Returns the learning rate's factor: linear from zero to one over the warm-up, then linear to zero."""
    return min((step + 1) / warmup, max(0.0, (total - step) / max(1, total - warmup)))


def half_precision() -> AbstractContextManager[object]:
    """Returns a context for forward passes in bfloat16, where the processor multiplies it.

    Elsewhere it would be emulated: measured on AVX2 alone, 17 times slower than 32 bits.
    """
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


class MovingAverage:
    """Exponential moving average of a network's weights, which generalises better than the last ones.

    Args:
        network: Whose weights to follow.
        decay: Share of the average that stays in a step; lower in the first steps.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.weights = {name: weight.detach().clone() for name, weight in network.state_dict().items()}
        self._trained = {name for name, weight in network.named_parameters() if weight.requires_grad}
        self._decay = decay
        self._n_steps = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Moves the average toward the network's present weights."""
        self._n_steps += 1
        decay = min(self._decay, (1 + self._n_steps) / (10 + self._n_steps))
        for name, weight in network.named_parameters():
            if name in self._trained:
                self.weights[name].lerp_(weight.detach(), 1 - decay)


def blended(weights: Mapping[str, Tensor], start: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """Returns weights that are `share` those that a training started from: they keep more of what it knew before.

    Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
    """
    return {
        name: weight.lerp(start[name], share) if weight.is_floating_point() else weight
        for name, weight in weights.items()
    }


def optimizer_for(
    encoder: nn.Module, heads: Sequence[nn.Module], *, rate: float, head_factor: float, decay: float
) -> torch.optim.Optimizer:
    """Returns AdamW, with a rate for the encoder and a faster one for the new layers."""
    old: list[Tensor] = [weight for weight in encoder.parameters() if weight.requires_grad]
    new: list[Tensor] = [weight for head in heads for weight in head.parameters()]
    groups = [{"params": old, "lr": rate}, {"params": new, "lr": rate * head_factor}]
    return torch.optim.AdamW(groups, weight_decay=decay, fused=True)


def grouped_by_length(
    items: Sequence[Item], lengths: Sequence[int], budget: int, rng: random.Random
) -> Iterator[list[Item]]:
    """Yields groups of items of similar length in random order, each of at most `budget` tokens when padded."""
    order = sorted(range(len(items)), key=lambda index: lengths[index] + rng.random() * 16)
    groups: list[list[int]] = [[]]
    longest = 0
    for index in order:
        longest = max(longest, lengths[index])
        if groups[-1] and longest * (len(groups[-1]) + 1) > budget:
            groups.append([])
            longest = lengths[index]
        groups[-1].append(index)
    rng.shuffle(groups)
    for group in groups:
        if group:
            yield [items[index] for index in group]
