"""The shipped stance classifier: a pair classifier run by ONNX Runtime."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.models.hub import load_config, load_tokenizer
from onrecord.models.onnx_session import Floats, OnnxModel, batches_by_length, padded
from onrecord.models.stance.inputs import PairInput, longest_speaker, longest_target, n_pieces, pair_inputs
from onrecord.models.stance.pooled import predict_distinct, split_too_long
from onrecord.models.stance.protocol import LABELS, StancePair, StancePrediction
from onrecord.models.stance.scaling import Scaling

logger = logging.getLogger(__name__)

SHOWN_CHARS = 40
"""Characters of a long text or speaker that the log shows."""
LATIN_END = "\u0250"
"""First character behind the blocks of Latin letters with and without accents."""


class OnnxStanceClassifier:
    """Classifies pairs with a model that `onrecord train stance` made.

    A pair that stands several times in one call is classified once. A text that is longer than one window is read in
    windows that overlap by half, and their probabilities are averaged; the first such text is said in the log, as is
    the first speaker of whom only the beginning is read. A pair is refused where its target would fill half of a
    window, or where text or target is in another script than the Latin: the model knows English only.

    Args:
        model: The graph.
        tokenizer: Its tokenizer, without truncation or padding.
        scaling: What makes its logits into probabilities; fitted on held-out rows.
        max_pieces: Most word pieces of one window.
        tokens_per_batch: Most word pieces of one batch, padding included.
    """

    def __init__(
        self,
        model: OnnxModel,
        tokenizer: Tokenizer,
        *,
        scaling: Scaling | None = None,
        max_pieces: int = 160,
        tokens_per_batch: int = 4096,
    ) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._scaling = scaling or Scaling()
        self._max_pieces = max_pieces
        self._tokens_per_batch = tokens_per_batch
        self._said: set[str] = set()

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0, model: OnnxModel | None = None) -> "OnnxStanceClassifier":
        """Loads a model folder.

        Args:
            folder: Holds config.json, tokenizer.json and model.onnx.
            threads: Threads of one run; 0 for one a core.
            model: Its graph, where it is loaded already.

        Raises:
            ModelError: The folder is no stance model, or lacks a part.
        """
        config = load_config(folder, kind="stance")
        return cls(
            model or OnnxModel(folder, threads=threads),
            load_tokenizer(folder),
            scaling=Scaling(float(config["temperature"]), tuple(map(float, config.get("label_bias", ())))),
            max_pieces=int(config["max_pieces"]),
        )

    def predict(self, pairs: Sequence[StancePair]) -> StancePrediction:
        """Returns the probabilities of each pair, in order.

        Raises:
            PartialPredictionError: Some pairs are refused.
        """
        return predict_distinct(pairs, self._classify)

    def _classify(self, pairs: Sequence[StancePair]) -> tuple[Floats, Mapping[int, str]]:
        lengths = n_pieces(self._tokenizer, [pair.target for pair in pairs])
        fits, refused = split_too_long(lengths, longest_target(self._max_pieces))
        refused |= {index: reason for index in fits if (reason := _foreign(pairs[index])) is not None}
        asked = [index for index in fits if index not in refused]
        result = np.full((len(pairs), len(LABELS)), 1 / len(LABELS), dtype=np.float32)
        if asked:
            self._say_what_is_long([pairs[index] for index in asked])
            inputs = pair_inputs(self._tokenizer, [pairs[index] for index in asked], max_pieces=self._max_pieces)
            scored = iter(self._probabilities([window for item in inputs for window in item]))
            result[asked] = [np.mean([next(scored) for _ in item], axis=0) for item in inputs]
        return result, refused

    def _say_what_is_long(self, pairs: Sequence[StancePair]) -> None:
        """Logs the first text that is read in windows, and the first speaker that is cut."""
        longest, most = max(pairs, key=lambda pair: len(pair.text)).text, self._max_pieces
        if "text" not in self._said and len(longest) > most:
            [n] = n_pieces(self._tokenizer, [longest])
            if n > most:
                self._said.add("text")
                logger.warning(
                    "a text of %d word pieces is read in windows of at most %d, whose probabilities are averaged, as "
                    "are other long ones: “%s…”",
                    n,
                    most,
                    longest[:SHOWN_CHARS],
                )
        speaker = max((pair.speaker or "" for pair in pairs), key=len)
        if "speaker" not in self._said and len(speaker) > longest_speaker(most):
            [n] = n_pieces(self._tokenizer, [speaker])
            if n > longest_speaker(most):
                self._said.add("speaker")
                logger.warning(
                    "of a speaker of %d word pieces the first %d are read, as of other long ones: “%s…”",
                    n,
                    longest_speaker(most),
                    speaker[:SHOWN_CHARS],
                )

    def _probabilities(self, windows: Sequence[PairInput]) -> Floats:
        result = np.zeros((len(windows), len(LABELS)), dtype=np.float32)
        for batch in batches_by_length([len(window.ids) for window in windows], self._tokens_per_batch):
            ids, mask = padded([windows[index].ids for index in batch])
            types = mask.copy()
            for row, index in enumerate(batch):
                types[row, : windows[index].n_target] = 0
            [logits] = self._model(ids, mask, types)
            result[batch] = self._scaling.probabilities(logits)
        return result


def _foreign(pair: StancePair) -> str | None:
    for name, text in (("target", pair.target), ("text", pair.text)):
        if not _is_latin(text):
            return f"its {name} is in another script than the Latin, and this model knows English only"
    return None


def _is_latin(text: str) -> bool:
    """True unless most letters are of another script."""
    if text.isascii():
        return True
    letters = [character for character in text if character.isalpha()]
    n_latin = sum(character < LATIN_END or "\u1e00" <= character <= "\u1eff" for character in letters)
    return 2 * n_latin >= len(letters)
