"""The stance network (PyTorch, for training only)."""

import torch
from torch import Tensor, nn

from onrecord.models.encoder import Encoder
from onrecord.models.stance.protocol import LABELS


class StanceNetwork(nn.Module):
    """An encoder, and a layer over its first piece and the means of both segments.

    Args:
        encoder: The encoder.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.classifier = nn.Linear(3 * encoder.hidden_size, len(LABELS))

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Returns logits (batch, 3) in the order of LABELS; `token_type_ids` are 1 in the second segment."""
        hidden = self.encoder(input_ids, attention_mask, token_type_ids)
        second = (token_type_ids * attention_mask).float()
        first = attention_mask.float() - second
        pooled = [hidden[:, 0], _mean(hidden, first), _mean(hidden, second)]
        logits: Tensor = self.classifier(self.dropout(torch.cat(pooled, dim=-1)))
        return logits


def _mean(hidden: Tensor, weights: Tensor) -> Tensor:
    return (hidden * weights[:, :, None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1.0)
