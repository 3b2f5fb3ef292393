"""From logits to probabilities by what a calibration found; all that running a model needs of it."""

from dataclasses import dataclass

import numpy as np

from onrecord.models.onnx_session import Floats
from onrecord.models.stance.pooled import softmax


@dataclass(frozen=True)
class Scaling:
    """What makes logits into probabilities that mean what they say.

    Attributes:
        temperature: Divides the logits.
        label_bias: Added to each label's logit then; 0 for the last label.
    """

    temperature: float = 1.0
    label_bias: tuple[float, ...] = ()

    def probabilities(self, logits: Floats) -> Floats:
        """Returns the probabilities (n, n_labels) of logits (n, n_labels)."""
        return softmax(logits / self.temperature + np.array(self.label_bias or 0.0, dtype=np.float32))
