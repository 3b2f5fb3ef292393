"""The tagger's network (PyTorch, for training only): an encoder, token emissions, and bilinear links between words."""

from torch import Tensor, nn

from onrecord.models.encoder import Encoder
from onrecord.models.quotes.labels import LABELS, RELATIONS

LINK_SIZE = 64
"""Size of the query and key vectors of one relation."""


class QuoteTaggerNetwork(nn.Module):
    """Scores each piece's label, and each pair of pieces for each relation.

    Args:
        encoder: The encoder.
    """

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(0.1)
        self.emissions = nn.Linear(encoder.hidden_size, len(LABELS))
        self.links = nn.Linear(encoder.hidden_size, 2 * len(RELATIONS) * LINK_SIZE)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor]:
        """Returns emissions (batch, n_pieces, n_labels) and link vectors (batch, n_pieces, 2 * n_relations * size).

        The first half of the link vectors are queries, the second half keys, each relation after the other.
        """
        hidden = self.dropout(self.encoder(input_ids, attention_mask, token_type_ids))
        return self.emissions(hidden), self.links(hidden)


def link_scores(vectors: Tensor) -> Tensor:
    """Returns the score of each piece pointing to each other one.

    Args:
        vectors: (batch, n_pieces, 2 * n_relations * size) from the network.

    Returns:
        (batch, n_relations, n_pieces, n_pieces): row is the piece that points.
    """
    batch, n_pieces, _ = vectors.shape
    shaped = vectors.view(batch, n_pieces, 2, len(RELATIONS), LINK_SIZE).permute(2, 0, 3, 1, 4)
    scores: Tensor = shaped[0] @ shaped[1].transpose(-1, -2) / LINK_SIZE**0.5
    return scores
