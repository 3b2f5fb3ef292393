"""The tagger on a tiny random base: training, export and inference are real."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError, ModelError
from onrecord.corpus.quotation import AnnotatedArticle, Attribution, Quotation
from onrecord.models.hub import load_tokenizer
from onrecord.models.onnx_session import Floats, Ints
from onrecord.models.quotes.decoding import spans_of, viterbi
from onrecord.models.quotes.examples import NOTHING, examples, paragraphs, restyled
from onrecord.models.quotes.labels import BEGIN, INSIDE, LABELS, OUTSIDE
from onrecord.models.quotes.tagger import QuoteTagger, TaggerOptions
from onrecord.models.quotes.windows import read_windows

SPEAKERS = ("Smith", "Jones", "the mayor", "the minister", "the union", "she", "he")
CLAIMS = ("the levy is fair", "the plan is bad for the boats", "it will close the harbour", "they are not good")


def written(rng: random.Random, number: int) -> AnnotatedArticle:
    """An article of sentences `X said that Y .` and `“ Y , ” said X .`, with their attributions."""
    text, attributions = "", []
    for _ in range(4):
        speaker, claim = rng.choice(SPEAKERS), rng.choice(CLAIMS)
        start = len(text)
        if rng.random() < 0.5:
            text += f"{speaker} said that {claim}.\n"
            source = Span(start=start, end=start + len(speaker))
            cue = Span(start=source.end + 1, end=source.end + 5)
            content = Span(start=cue.end + 6, end=cue.end + 6 + len(claim))
        else:
            text += f"“{claim},” said {speaker}.\n"
            content = Span(start=start, end=start + len(claim) + 3)
            cue = Span(start=content.end + 1, end=content.end + 5)
            source = Span(start=cue.end + 1, end=cue.end + 1 + len(speaker))
        attributions.append(Attribution(content=(content,), cue=(cue,), source=(source,)))
    return AnnotatedArticle(id=f"a{number}", text=text, attributions=tuple(attributions))


@pytest.fixture(scope="module")
def articles() -> list[AnnotatedArticle]:
    rng = random.Random(0)
    return [written(rng, number) for number in range(150)]


@pytest.fixture(scope="module")
def model(tiny_base: Path, articles: list[AnnotatedArticle], tmp_path_factory: pytest.TempPathFactory) -> Path:
    from onrecord.models.quotes.release import release_quotes
    from onrecord.models.quotes.training import QuoteTrainingOptions, train_quotes

    folder = tmp_path_factory.mktemp("quotes")
    options = QuoteTrainingOptions(
        epochs=8,
        learning_rate=3e-3,
        warmup_steps=10,
        tokens_per_batch=256,
        average_decay=0.9,
        held_out=0.1,
        restyled_share=0.0,
    )
    train_quotes(articles, str(tiny_base), folder, options)
    return release_quotes(folder, folder)


def test_a_trained_tagger_finds_and_links_attributions(model: Path) -> None:
    unseen = written(random.Random(99), 1000)
    [found] = QuoteTagger.load(model, threads=1).tag([(unseen.text, paragraphs(unseen.text))])
    expected = [(a.content[0], a.cue[0], a.source[0]) for a in unseen.attributions]
    assert [(q.spans[0], q.cue, q.source) for q in found] == expected
    assert all(0 < quotation.confidence <= 1 for quotation in found)


def test_training_goes_on_from_a_released_graph(
    model: Path, tiny_base: Path, articles: list[AnnotatedArticle], tmp_path: Path
) -> None:
    """Too low a rate to learn: what the tagger finds then is what was read from the 8-bit graph."""
    from onrecord.models.quotes.release import release_quotes
    from onrecord.models.quotes.training import QuoteTrainingOptions, train_quotes

    shipped, out = tmp_path / "shipped", tmp_path / "out"
    shipped.mkdir()
    for name in ("model.onnx", "config.json"):
        (shipped / name).write_bytes((model / name).read_bytes())
    options = QuoteTrainingOptions(epochs=1, learning_rate=1e-9, tokens_per_batch=256, restyled_share=0.0)
    train_quotes(articles[:20], str(tiny_base), out, options, start_from=shipped)
    release_quotes(out, out)
    unseen = written(random.Random(99), 1000)
    [found] = QuoteTagger.load(out, threads=1).tag([(unseen.text, paragraphs(unseen.text))])
    assert [q.spans[0] for q in found] == [a.content[0] for a in unseen.attributions]
    training = json.loads((out / "config.json").read_text(encoding="utf-8"))["training"]
    assert training["started_from"]["epochs"] == 8


def test_batching_does_not_change_what_is_found(model: Path, articles: list[AnnotatedArticle]) -> None:
    tagger = QuoteTagger.load(model, threads=1)
    texts = [(article.text, paragraphs(article.text)) for article in articles[:6]]
    together = tagger.tag(texts)
    alone = [tagger.tag([text])[0] for text in texts]
    assert [[q.spans for q in qs] for qs in together] == [[q.spans for q in qs] for qs in alone]


def test_a_model_folder_says_what_it_lacks(model: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"config\.json"):
        QuoteTagger.load(tmp_path)
    (tmp_path / "config.json").write_text((model / "config.json").read_text())
    with pytest.raises(ModelError, match=r"model\.onnx"):
        QuoteTagger.load(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError, match="cannot be loaded"):
        QuoteTagger.load(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps({"onrecord": "stance"}))
    with pytest.raises(ModelError, match="stance"):
        QuoteTagger.load(tmp_path)


def test_training_without_articles_says_so(tiny_base: Path, tmp_path: Path) -> None:
    from onrecord.models.quotes.training import QuoteTrainingOptions, train_quotes

    with pytest.raises(DataError, match="none left"):
        train_quotes([], str(tiny_base), tmp_path, QuoteTrainingOptions())


def test_viterbi_makes_no_illegal_move() -> None:
    rng = np.random.default_rng(0)
    log_probs = np.log(rng.dirichlet(np.ones(len(LABELS)), size=(5, 40))).astype(np.float32)
    for labels in viterbi(log_probs, [40, 39, 20, 2, 1]):
        before = OUTSIDE
        for label in labels:
            for role, inside in INSIDE.items():
                if label == inside:
                    assert before in (BEGIN[role], inside)
            before = label


def test_viterbi_takes_the_best_path_and_the_bias_removes_spans() -> None:
    log_probs = np.full((1, 3, len(LABELS)), -9.0, dtype=np.float32)
    log_probs[0, 0, BEGIN["cue"]] = log_probs[0, 1, INSIDE["cue"]] = -0.1
    log_probs[0, :, OUTSIDE] = -1.0
    log_probs[0, 2, OUTSIDE] = -0.1
    [labels] = viterbi(log_probs, [3])
    assert labels.tolist() == [BEGIN["cue"], INSIDE["cue"], OUTSIDE]
    [span] = spans_of(labels, log_probs[0])
    assert (span.role, span.first, span.last) == ("cue", 0, 1)
    [biased] = viterbi(log_probs, [3], outside_bias=5.0)
    assert biased.tolist() == [OUTSIDE] * 3


def test_targets_point_from_content_to_cue_to_source(tiny_base: Path) -> None:
    article = written(random.Random(3), 1)
    [example] = examples(article, load_tokenizer(tiny_base), size=320, context=0)
    words = example.window.words
    to_cue, to_source, _ = example.links
    for word, targets in to_cue:
        assert {article.text[words[t].start : words[t].end] for t in targets} == {"said"}
        assert example.labels[word] in (BEGIN["content"], INSIDE["content"])
    assert {article.text[words[word].start : words[word].end] for word, _ in to_source} == {"said"}


def test_an_attribution_without_source_points_to_nothing(tiny_base: Path) -> None:
    text = "it was said that the levy is fair"
    attribution = Attribution(content=(Span(start=17, end=33),), cue=(Span(start=3, end=11),))
    [example] = examples(AnnotatedArticle("a", text, (attribution,)), load_tokenizer(tiny_base), size=64, context=0)
    assert {targets for _, targets in example.links[1]} == {(NOTHING,)}


@pytest.mark.parametrize("style", ["curly", "straight", "british", "british_straight"])
def test_restyling_keeps_offsets(style: str) -> None:
    text = 'He said "no" and “yes, ‘maybe’,” don’t.'
    other = restyled(text, style)
    assert len(other) == len(text)
    assert [c for c in other if c.isalnum()] == [c for c in text if c.isalnum()]


@given(text=st.text(alphabet="abc .!?“”\n said", min_size=1, max_size=400), size=st.integers(16, 64))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_windows_hold_every_word_once_and_within_size(tiny_base: Path, text: str, size: int) -> None:
    windows = read_windows(text, paragraphs(text), load_tokenizer(tiny_base), size=size, context=size // 4)
    core = [(word.start, word.end) for window in windows for word in window.words[window.n_context :]]
    assert core == sorted(set(core))
    covered = "".join(text[start:end] for start, end in core)
    assert "".join(covered.split()) == "".join(text.split())
    for window in windows:
        assert len(window.ids) <= max(size, 170) + size // 4
        assert len(window.ids) == len(window.types)
        assert len(window.heads) == len(window.words)


def test_no_text_gives_no_quotation(model: Path) -> None:
    tagger = QuoteTagger.load(model, threads=1)
    empty: list[list[Quotation]] = [[], []]
    assert tagger.tag([("", []), (" \n ", [])]) == empty


@given(runs=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 260)), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_no_content_is_lost_or_cut_at_a_seam(tiny_base: Path, runs: list[tuple[int, int]]) -> None:
    """One endless paragraph; a stand-in for the network calls every "boats" content, whatever window it is in."""
    tokenizer = load_tokenizer(tiny_base)
    boats = tokenizer.token_to_id("boats")

    def forward(ids: Ints, mask: Ints, types: Ints) -> list[Floats]:
        content = ids == boats
        begins = content & ~np.pad(content, ((0, 0), (1, 0)))[:, :-1]
        emissions = np.zeros((*ids.shape, len(LABELS)), dtype=np.float32)
        emissions[..., OUTSIDE] = 5
        emissions[content, INSIDE["content"]] = 20
        emissions[begins, BEGIN["content"]] = 40
        return [emissions, np.zeros((*ids.shape, 6), dtype=np.float32)]

    text, planted = "", []
    for n_before, n_content in runs:
        text += "she " * n_before
        planted.append(Span(start=len(text), end=len(text) + 6 * n_content - 1))
        text += "boats " * n_content
    text = text.rstrip()
    [found] = QuoteTagger(forward, tokenizer, TaggerOptions()).tag([(text, [(Span(start=0, end=len(text)),)])])
    assert [quotation.spans for quotation in found] == [(span,) for span in planted]
