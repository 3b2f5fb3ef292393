"""A tiny model trained, exported, run and described: the whole way in seconds."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml
from safetensors.torch import load_file

from onrecord.corpus.errors import DataError, ModelError
from onrecord.corpus.record import StanceLabel
from onrecord.corpus.stance_data import StanceRow, read_stance_rows
from onrecord.models.encoder import Encoder
from onrecord.models.hub import load_tokenizer
from onrecord.models.quotes.network import QuoteTaggerNetwork
from onrecord.models.stance.backends import load_classifier
from onrecord.models.stance.card import write_card
from onrecord.models.stance.failures import PartialPredictionError
from onrecord.models.stance.figures import pairs_of
from onrecord.models.stance.inputs import pair_inputs
from onrecord.models.stance.protocol import LABELS, StancePair
from onrecord.models.stance.recipe import Stage, StanceRecipe
from onrecord.models.stance.release import release_stance
from onrecord.models.stance.training import epoch_examples, split_held_out, train_stance, wanted_probabilities
from onrecord.models.weights import load_weights

RECIPE = StanceRecipe(
    base="",
    stages=(Stage(name="only", epochs=6, rows={"mine": 400, "sides": 100}),),
    tokens_per_batch=256,
    learning_rate=5e-3,
    warmup_steps=5,
    average_decay=0.8,
    held_out_share=0.1,
    in_domain=("mine",),
    no_neutral=("sides",),
)
WORDS = {"favor": "good fair", "against": "bad", "neutral": "will"}


def write_set(folder: Path, name: str, n_rows: int, labels: tuple[str, ...], seed: int) -> None:
    """Rows whose label a word tells, when it stands with the target's name."""
    rng = random.Random(seed)
    lines = []
    for number in range(n_rows):
        target, other = rng.sample(["levy", "tax", "plan", "union"], 2)
        if number % 4 == 0:
            target = f"{target} {number}"  # one that stands in a single article
        label = rng.choice(labels)
        word = rng.choice(WORDS[label].split())
        text = f"the {target} is {word} and the {other} was it"
        row = {"id": f"{name}{number}", "target": target, "text": text, "label": label, "speaker": "she"}
        lines.append(json.dumps(row | {"article": f"a{number // 4}"}))
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for part, n_rows, seed in (("train", 400, 1), ("dev", 120, 2)):
        write_set(folder / part, "mine", n_rows, ("favor", "against", "neutral"), seed)
        write_set(folder / part, "sides", n_rows // 4, ("favor", "against"), seed + 10)
    return folder


@pytest.fixture(scope="module")
def released(data: Path, tiny_base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("model") / "stance-tiny"
    train_stance(RECIPE.model_copy(update={"base": str(tiny_base)}), data / "train", out)
    return release_stance(out, out, keep_float=True)


def test_the_released_model_has_learnt_and_is_described(released: Path, data: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text("A larger teacher did not help.", encoding="utf-8")
    card = write_card(released, data / "dev", data / "train", notes=notes).read_text(encoding="utf-8")
    figures = {one["name"]: one for one in json.loads((released / "figures.json").read_text(encoding="utf-8"))}
    assert figures["mine"]["macro_f1"] > 0.9
    assert figures["mine"]["baselines"]["target only"] < 0.6
    assert figures["sides"]["n_classes"] == 2
    assert card.startswith("---\nlanguage: en\n")
    assert f"{100 * figures['mine']['macro_f1']:.1f}" in card
    assert '"learning_rate": 0.005' in card
    assert "A larger teacher did not help." in card
    assert "<svg" in (released / "calibration.svg").read_text(encoding="utf-8")
    metadata = yaml.safe_load(card.split("---")[1])
    assert {result["dataset"]["name"] for result in metadata["model-index"][0]["results"]} == {"mine", "sides"}


def test_a_card_of_a_sample_says_so(released: Path, data: Path) -> None:
    card = write_card(released, data / "dev", data / "train", most_rows=20).read_text(encoding="utf-8")
    assert "at most 20 rows of a set" in card
    assert "| mine | 20 |" in card


def test_notes_that_are_not_there_are_named(released: Path, data: Path) -> None:
    with pytest.raises(DataError, match="absent"):
        write_card(released, data / "dev", data / "train", notes=Path("absent.md"), most_rows=20)


def test_a_batch_gives_what_its_pairs_give_alone(released: Path) -> None:
    classifier = load_classifier(str(released))
    pairs = [
        StancePair("levy", "the levy is good", "she"),
        StancePair("tax", "bad"),
        StancePair("tax", "the tax is bad and it will close boats " * 40),
        StancePair("levy", "the levy is good", "she"),
    ]
    together = classifier.predict(pairs)
    alone = np.concatenate([classifier.predict([pair]).probabilities for pair in pairs])
    np.testing.assert_allclose(together.probabilities, alone, atol=1e-4)
    np.testing.assert_allclose(together.probabilities.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(together.probabilities[0], together.probabilities[3])
    assert together.labels[0] is StanceLabel.FAVOR


def test_training_again_gives_the_same_weights(data: Path, tiny_base: Path, tmp_path: Path) -> None:
    short = {"base": str(tiny_base), "stages": (Stage(name="short", epochs=1, rows={"mine": 60}),)}
    outs = [train_stance(RECIPE.model_copy(update=short), data / "train", tmp_path / name) for name in "ab"]
    assert len({(out / "model.safetensors").read_bytes() for out in outs}) == 1


def test_a_missing_set_is_named(data: Path, tiny_base: Path, tmp_path: Path) -> None:
    recipe = RECIPE.model_copy(
        update={"base": str(tiny_base), "stages": (Stage(name="s", epochs=1, rows={"absent": 1}),)}
    )
    with pytest.raises(DataError, match="absent"):
        train_stance(recipe, data / "train", tmp_path)


def test_whole_articles_and_targets_are_held_out(data: Path) -> None:
    rows = {name: list(read_stance_rows(data / "train" / f"{name}.jsonl")) for name in ("mine", "sides")}
    train, held_out = split_held_out(rows, RECIPE)
    assert held_out
    assert not {row.article for row in held_out} & {row.article for row in train["mine"]}
    assert not {row.target for row in held_out} & {row.target for row in train["mine"]}
    assert len(train["sides"]) == len(rows["sides"])


@pytest.mark.parametrize("n_words", [1, 15, 16, 17, 40, 200])
def test_windows_hold_every_word_of_a_text(tiny_base: Path, n_words: int) -> None:
    tokenizer = load_tokenizer(tiny_base)
    text = " ".join(["levy", "boats", "harbour", "good", "bad"][i % 5] for i in range(n_words))
    [windows] = pair_inputs(tokenizer, [StancePair("tax", text)], max_pieces=20)
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    assert all(len(window.ids) <= 20 for window in windows)
    parts = [list(window.ids[window.n_target : -1]) for window in windows]
    assert parts[0] == ids[: len(parts[0])]
    assert parts[-1] == ids[len(ids) - len(parts[-1]) :]
    assert sum(map(len, parts)) >= len(ids)


def test_a_student_learns_what_its_teacher_says(released: Path, data: Path, tiny_base: Path, tmp_path: Path) -> None:
    """The set's own labels are made worthless; only the teacher can tell the student."""
    folder = tmp_path / "data"
    write_set(folder, "mine", 400, ("favor", "against", "neutral"), 5)
    path = folder / "mine.jsonl"
    rows = [json.loads(line) | {"label": "neutral"} for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    changes = {
        "base": str(tiny_base),
        "teacher": str(released),
        "taught": ("mine",),
        "teacher_share": 1.0,
        "stages": (Stage(name="only", epochs=6, rows={"mine": 400}),),
        "held_out_share": 0.0,
    }
    out = train_stance(RECIPE.model_copy(update=changes), folder, tmp_path / "student")
    student = load_classifier(str(release_stance(out, out)))
    dev = list(read_stance_rows(data / "dev" / "mine.jsonl"))
    labels = student.predict([StancePair(row.target, row.text, row.speaker) for row in dev]).labels
    assert np.mean([label == row.label for label, row in zip(labels, dev, strict=True)]) > 0.9


@pytest.mark.parametrize(
    ("dataset", "scores", "expected"),
    [
        ("mine", None, (0.94, 0.03, 0.03)),
        ("sides", None, (0.955, 0.045, 0.0)),
        ("mine", (0.2, 0.3, 0.5), (0.57, 0.165, 0.265)),
        ("sides", (0.2, 0.3, 0.5), (0.6775, 0.3225, 0.0)),
    ],
)
def test_what_a_row_teaches(dataset: str, scores: tuple[float, ...] | None, expected: tuple[float, ...]) -> None:
    row = StanceRow(id="1", text="good", target="levy", label=StanceLabel.FAVOR, dataset=dataset)
    if scores is not None:
        row = row.model_copy(update={"scores": dict(zip(LABELS, scores, strict=True))})
    recipe = RECIPE.model_copy(update={"label_smoothing": 0.09, "teacher_share": 0.5})
    assert wanted_probabilities(row, recipe) == pytest.approx(expected)


def test_an_encoder_without_token_types_is_trained_and_released(data: Path, tiny_mpnet: Path, tmp_path: Path) -> None:
    stages = (Stage(name="short", epochs=1, rows={"mine": 60}),)
    recipe = RECIPE.model_copy(update={"base": str(tiny_mpnet), "stages": stages, "frozen_layers": 1})
    out = train_stance(recipe, data / "train", tmp_path)
    before = load_file(tiny_mpnet / "model.safetensors")
    after = load_file(out / "model.safetensors")
    changed = [name for name, weight in before.items() if not torch.equal(weight, after[f"encoder.model.{name}"])]
    assert changed
    assert all(name.startswith("encoder.layer.1.") or "relative" in name for name in changed)
    prediction = load_classifier(str(release_stance(out, out))).predict([StancePair("levy", "the levy is good")])
    np.testing.assert_allclose(prediction.probabilities.sum(axis=1), 1, atol=1e-5)


def test_what_cannot_be_read_is_refused_pair_by_pair(released: Path) -> None:
    pairs = [
        StancePair("levy", "the levy is good"),
        StancePair(" ", "the levy is good"),
        StancePair("levy", "\n"),
        StancePair("levy and tax " * 40, "the levy is good"),
        StancePair("港口税", "the levy is good"),
        StancePair("levy", "the levy is good", "the speaker of the house of boats " * 20),
    ]
    with pytest.raises(PartialPredictionError) as caught:
        load_classifier(str(released)).predict(pairs)
    reasons = caught.value.failures
    assert set(reasons) == {1, 2, 3, 4}
    for index, said in ((1, "target is empty"), (2, "text is empty"), (3, "shorten it"), (4, "another script")):
        assert said in reasons[index]
    assert caught.value.prediction.labels[0] is StanceLabel.FAVOR


def test_long_texts_and_speakers_are_said_once(released: Path, caplog: pytest.LogCaptureFixture) -> None:
    classifier = load_classifier(str(released))
    long = [StancePair("levy", f"{n} levy is good " * 300, "the chair of the union " * 30) for n in range(2)]
    for pair in long:
        classifier.predict([pair])
    said = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert len(said) == 2
    assert "windows of at most" in said[0]
    assert "speaker of" in said[1]


def test_a_target_is_never_cut(tiny_base: Path) -> None:
    tokenizer = load_tokenizer(tiny_base)
    target = " ".join(["levy"] * 30)
    [[window]] = pair_inputs(tokenizer, [StancePair(target, "bad", "she")], max_pieces=80)
    assert window.n_target == 32


def test_training_goes_on_from_a_released_graph(released: Path, data: Path, tiny_base: Path, tmp_path: Path) -> None:
    """Its 8-bit weights are all that is left of a shipped model; too low a rate to learn shows what was read."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    for name in ("model.onnx", "config.json"):
        (shipped / name).write_bytes((released / name).read_bytes())
    stages = (Stage(name="short", epochs=1, rows={"mine": 40}),)
    recipe = RECIPE.model_copy(update={"base": str(tiny_base), "stages": stages, "learning_rate": 1e-9})
    dev = list(read_stance_rows(data / "dev" / "mine.jsonl"))
    for start, is_right in ((shipped, True), (None, False)):
        out = train_stance(recipe, data / "train", tmp_path / str(is_right), start_from=start)
        labels = load_classifier(str(release_stance(out, out))).predict(pairs_of(dev)).labels
        accuracy = np.mean([label == row.label for label, row in zip(labels, dev, strict=True)])
        assert bool(accuracy > 0.9) is is_right
        trained_on = json.loads((out / "config.json").read_text(encoding="utf-8"))["trained_on"]
        assert trained_on == (["mine", "sides"] if is_right else ["mine"])


def test_final_weights_keep_some_of_the_start(released: Path, data: Path, tiny_base: Path, tmp_path: Path) -> None:
    stages = (Stage(name="short", epochs=1, rows={"mine": 60}),)
    recipe = RECIPE.model_copy(update={"base": str(tiny_base), "stages": stages})
    kept = [
        load_file(
            train_stance(
                recipe.model_copy(update={"start_share": share}),
                data / "train",
                tmp_path / str(share),
                start_from=released,
            )
            / "model.safetensors"
        )
        for share in (0.0, 0.5, 1.0)
    ]
    new, half, old = (weights["classifier.weight"] for weights in kept)
    assert not torch.equal(new, old)
    torch.testing.assert_close(half, (new + old) / 2)
    torch.testing.assert_close(old, load_file(released / "model.safetensors")["classifier.weight"])


def test_weights_of_another_kind_of_model_are_refused(released: Path, tiny_base: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"such as emissions\.weight"):
        load_weights(QuoteTaggerNetwork(Encoder(tiny_base)), released)
    with pytest.raises(ModelError, match=r"neither model\.safetensors nor"):
        load_weights(QuoteTaggerNetwork(Encoder(tiny_base)), tmp_path)


def test_rows_of_opposed_targets_weigh_more(tiny_base: Path) -> None:
    rows = [
        StanceRow(id=str(number), text=text, target=target, label=StanceLabel(label), dataset="mine")
        for number, (text, target, label) in enumerate(
            [
                ("the levy is good and the tax is bad", "levy", "favor"),
                ("the levy is good and the tax is bad", "tax", "against"),
                ("the levy is good and the tax is bad", "plan", "neutral"),
                ("the levy is good", "levy", "favor"),
            ]
        )
    ]
    recipe = RECIPE.model_copy(update={"opposed_weight": 3.0, "swapped_target_share": 0.0})
    stage = Stage(name="only", epochs=1, rows={"mine": 4})
    drawn = epoch_examples({"mine": rows}, stage, recipe, load_tokenizer(tiny_base), random.Random(1))
    assert sorted(example.weight for example in drawn) == [1.0, 1.0, 3.0, 3.0]
