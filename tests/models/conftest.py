"""Tiny classifiers with random weights, made for the tests: they really run, in milliseconds."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tokenizers import Tokenizer, processors


@pytest.fixture(scope="session")
def tiny_classifier(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Callable[..., Path]:
    """Makes a folder of a BERT sequence classifier with given label names; windows of 64 pieces."""
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    def make(*labels: str) -> Path:
        folder = tmp_path_factory.mktemp("classifier")
        torch.manual_seed(0)
        config = BertConfig.from_pretrained(
            tiny_base,
            id2label=dict(enumerate(labels)),
            label2id={label: index for index, label in enumerate(labels)},
        )
        model = BertForSequenceClassification(config)
        torch.nn.init.normal_(model.classifier.weight, std=2.0)  # so that two texts get clearly different answers
        model.save_pretrained(folder)
        tokenizer = Tokenizer.from_file(str(tiny_base / "tokenizer.json"))
        sep, cls = (("[SEP]", tokenizer.token_to_id("[SEP]")), ("[CLS]", tokenizer.token_to_id("[CLS]")))
        tokenizer.post_processor = processors.BertProcessing(sep, cls)
        PreTrainedTokenizerFast(
            tokenizer_object=tokenizer,
            unk_token="[UNK]",  # noqa: S106
            pad_token="[PAD]",  # noqa: S106
            cls_token="[CLS]",  # noqa: S106
            sep_token="[SEP]",  # noqa: S106
            mask_token="[MASK]",  # noqa: S106
            model_max_length=64,
        ).save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session")
def tiny_mpnet(tmp_path_factory: pytest.TempPathFactory, tiny_base: Path) -> Path:
    """A folder with a random MPNet: no token types, `<s>` and `</s>` besides BERT's special pieces."""
    pytest.importorskip("torch")
    from transformers import MPNetConfig, MPNetModel

    folder = tmp_path_factory.mktemp("mpnet")
    tokenizer = Tokenizer.from_file(str(tiny_base / "tokenizer.json"))
    tokenizer.add_special_tokens(["<s>", "</s>"])
    tokenizer.save(str(folder / "tokenizer.json"))
    config = MPNetConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=514,
    )
    MPNetModel(config).save_pretrained(folder)
    return folder
