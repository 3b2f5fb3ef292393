"""Running the tagger: from articles' texts to attributions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.corpus.article import Span
from onrecord.corpus.quotation import Quotation
from onrecord.models.hub import load_config, load_tokenizer
from onrecord.models.onnx_session import Floats, Ints, OnnxModel, batches_by_length, padded
from onrecord.models.quotes.confidence import Confidence
from onrecord.models.quotes.decoding import viterbi
from onrecord.models.quotes.labels import LABELS
from onrecord.models.quotes.linking import Draft, content_of, drafts_of, joined
from onrecord.models.quotes.windows import Window, read_windows

Passages = Sequence[tuple[Span, ...]]
Forward = Callable[[Ints, Ints, Ints], Sequence[Floats]]
"""From `input_ids`, `attention_mask` and `token_type_ids`, each (batch, n_pieces) of int64, to emissions and links."""

DECODED_TOGETHER = 256
"""Windows whose labels are decoded side by side: the loop over words then costs little for each."""


@dataclass(frozen=True)
class TaggerOptions:
    """How to run the tagger.

    Attributes:
        window: Most word pieces of one window.
        context: Most word pieces repeated from before a window.
        tokens_per_batch: Most word pieces of one batch, padding included.
        outside_bias: See `viterbi`; set on held-out training articles.
        confidence: How sure to be of an attribution.
        min_confidence: An attribution of fewer quoted than unquoted words is left out below it; set on held-out
            training articles. Speech in quotation marks is speech even where the tagger is unsure who is quoted how.
    """

    window: int = 320
    context: int = 64
    tokens_per_batch: int = 4096
    outside_bias: float = 0.0
    confidence: Confidence = field(default_factory=Confidence)
    min_confidence: float = 0.0


class QuoteTagger:
    """Finds attributions in texts.

    Args:
        forward: Runs the network on one batch.
        tokenizer: The network's tokenizer, without truncation or padding.
        options: How to run it.
    """

    def __init__(self, forward: Forward, tokenizer: Tokenizer, options: TaggerOptions) -> None:
        self._forward = forward
        self._tokenizer = tokenizer
        self._options = options

    @classmethod
    def load(cls, folder: Path, *, threads: int = 0, model: OnnxModel | None = None) -> "QuoteTagger":
        """Loads a model folder.

        Args:
            folder: Holds config.json, tokenizer.json and model.onnx.
            threads: Threads of one run; 0 for one a core.
            model: Its graph, where it is loaded already.

        Raises:
            ModelError: The folder is no quotation model, or lacks a part.
        """
        config = load_config(folder, kind="quotes")
        options = TaggerOptions(
            window=int(config["window"]),
            context=int(config["context"]),
            outside_bias=float(config["outside_bias"]),
            confidence=Confidence.from_config(config),
            min_confidence=float(config.get("min_confidence", 0.0)),
        )
        return cls(model or OnnxModel(folder, threads=threads), load_tokenizer(folder), options)

    def tag(self, texts: Sequence[tuple[str, Passages]]) -> list[list[Quotation]]:
        """Returns the attributions of each text, in order of their first content.

        Args:
            texts: Of each article its text and its body paragraphs; batches are formed across articles.
        """
        return [self._quotations(drafts) for drafts in self.drafts(texts)]

    def drafts(self, texts: Sequence[tuple[str, Passages]]) -> list[list[Draft]]:
        """Returns all attributions that decoding and linking make of each text, with what their confidence rests on."""
        options = self._options
        found: list[tuple[int, Window]] = [
            (article, window)
            for article, (text, passages) in enumerate(texts)
            for window in read_windows(text, passages, self._tokenizer, size=options.window, context=options.context)
        ]
        drafts: list[list[Draft]] = [[] for _ in texts]
        for start in range(0, len(found), DECODED_TOGETHER):
            group = found[start : start + DECODED_TOGETHER]
            scored = list(self._scores([window for _, window in group]))
            paths = _paths([log_probs for log_probs, _ in scored], options.outside_bias)
            for (article, window), (log_probs, links), labels in zip(group, scored, paths, strict=True):
                drafts[article] += drafts_of(window, log_probs, links, labels)
        return [joined(article_drafts) for article_drafts in drafts]

    def _quotations(self, drafts: Sequence[Draft]) -> list[Quotation]:
        quotations = [
            Quotation(
                spans=content_of(draft),
                cue=draft.cue,
                source=draft.source,
                confidence=confidence,
                source_confidence=draft.source_probability,
            )
            for draft in drafts
            if (confidence := self._options.confidence.of(draft)) >= self._options.min_confidence
            or draft.n_quoted * 2 > draft.n_words
        ]
        return sorted(quotations, key=lambda quotation: (quotation.spans[0].start, quotation.spans[-1].end))

    def _scores(self, windows: Sequence[Window]) -> Iterator[tuple[Floats, Floats]]:
        """Yields each window's log-probabilities (n_words, n_labels) and link vectors (n_pieces, size), in order."""
        results: dict[int, tuple[Floats, Floats]] = {}
        for batch in batches_by_length([len(window.ids) for window in windows], self._options.tokens_per_batch):
            ids, mask = padded([windows[index].ids for index in batch])
            types, _ = padded([windows[index].types for index in batch])
            emissions, links = self._forward(ids, mask, types)
            for row, index in enumerate(batch):
                window = windows[index]
                results[index] = (_log_softmax(emissions[row, window.heads]), links[row, : len(window.ids)])
        for index in range(len(windows)):
            yield results.pop(index)


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def _paths(log_probs: Sequence[Floats], outside_bias: float) -> list[Ints]:
    """Returns each window's best legal labels; all windows are decoded side by side."""
    lengths = [len(scores) for scores in log_probs]
    together = np.zeros((len(lengths), max(lengths), len(LABELS)), dtype=np.float32)
    for row, scores in enumerate(log_probs):
        together[row, : len(scores)] = scores
    return viterbi(together, lengths, outside_bias)
