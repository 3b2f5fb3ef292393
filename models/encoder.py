"""The pretrained encoder under both networks (PyTorch, for training only)."""

from pathlib import Path
from typing import Any

from torch import Tensor, nn
from transformers import AutoModel


class Encoder(nn.Module):
    """A Hugging Face encoder, called alike whether it knows token types or not.

    Word embeddings are frozen: that spares half of a small encoder's updates and keeps words that the training data
    lacks where the pretraining put them.

    Args:
        base: Folder of the encoder.
        attention: `eager`, which the ONNX exporter reads, or `sdpa`, which trains a quarter faster in 32 bits where
            attention has no dropout; an architecture without it takes the other.
        frozen_layers: Lowest layers that training leaves as they are, which makes training of a large encoder faster.
        overrides: Entries of its configuration to change.
    """

    def __init__(self, base: Path | str, *, attention: str = "eager", frozen_layers: int = 0, **overrides: Any) -> None:
        super().__init__()
        try:
            self.model = AutoModel.from_pretrained(base, attn_implementation=attention, **overrides)
        except ValueError:
            # Not every architecture has the fused attention: MPNet has not.
            self.model = AutoModel.from_pretrained(base, attn_implementation="eager", **overrides)
        config = self.model.config
        self.hidden_size: int = config.hidden_size
        self._knows_types = getattr(config, "type_vocab_size", 0) > 1
        self.model.embeddings.word_embeddings.weight.requires_grad_(False)
        if frozen_layers:
            self.model.embeddings.requires_grad_(False)
            for layer in self.model.encoder.layer[:frozen_layers]:
                layer.requires_grad_(False)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Returns the last hidden state (batch, n_pieces, hidden_size) of inputs that are (batch, n_pieces) each."""
        types = {"token_type_ids": token_type_ids} if self._knows_types else {}
        hidden: Tensor = self.model(input_ids=input_ids, attention_mask=attention_mask, **types).last_hidden_state
        return hidden.float()
