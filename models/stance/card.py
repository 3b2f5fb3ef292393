"""The model card of a stance classifier, in the Hugging Face form, made from what was measured."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from onrecord.corpus.errors import DataError
from onrecord.models.hub import load_config
from onrecord.models.stance.calibration_plot import calibration_svg
from onrecord.models.stance.classifier import OnnxStanceClassifier
from onrecord.models.stance.figures import Miss, SetFigures
from onrecord.models.stance.measuring import SHOWABLE, Measured, measure
from onrecord.models.stance.probes import ProbeAnswer
from onrecord.models.stance.protocol import LABELS
from onrecord.models.stance.recipe import RECIPES
from onrecord.models.stance.sources import SOURCES

IN_DOMAIN = ("newsquotes", "newspassages")
"""Quotations from news, with speaker and paragraph: what the pipeline asks about."""
FIGURES_FILE = "figures.json"
PLOT_FILE = "calibration.svg"


WHAT = """
Says where the speaker of a quotation stands on a target: favor, against or neutral, with probabilities. The target
is a name, a noun phrase or a claim. English. Part of onrecord, which finds the quotations, their speakers and the
targets.
"""
HOW = """
An encoder (`{base}`) reads `target [SEP] speaker : quotation [SEP] frame`, the frame being what the paragraph says
around the quotation, where it is given; a linear layer over its first piece and the means of
both segments gives three logits, which are divided by a temperature ({temperature:.2f}) and
shifted by a bias for each label ({bias}), {fitted} on held-out articles. A text longer than {max_pieces} word
pieces is read in overlapping windows whose probabilities
are averaged. Weights: 8 bits, ONNX.
"""
FIGURES = """
On the dev part of each set, asked as the pipeline asks: with speaker and paragraph, where the set has them.
Percentages; {sample}. Where a set has no neutral rows, the choice is between two labels. Intervals: 95%, resampling
articles, or targets where the set has no articles, or texts where it has fewer than ten targets.
"""
TARGETS = """
Macro-F1, as above, then without the paragraph, and with every target replaced by "it". Baselines, fitted on the
training part of the same set: the most frequent label; the target without the text; the text without the target.
Opposed: of the pairs of targets of which one text favours the one and opposes the other, how many have both right.
"""
CALIBRATION = """
Calibration error: the mean distance of confidence from accuracy, over fifteen bins of confidence. Surest: accuracy on
the most confident share of the rows.
"""
CONFIDENCE = """
`--min-confidence` leaves out what is less probable: the share of rows that it keeps, and how much of that is right.
"""
PROBES = """
Original examples of what is hard, asked of this model when this card was written. They are too few to be figures.
"""
LIMITS = """
Trained on English alone: pairs in other scripts are refused, and targets in other languages were not measured. A long
text is read in windows whose probabilities are averaged, so that one remark in a long speech counts for little. The
label is that of the words in their paragraph: what the speaker said elsewhere is not known to the model.
"""
USE = """
Made to sort and count quotations in collections of news, with a reader who checks what a conclusion rests on. Do
not use it to judge single people, or to decide anything about them: a quotation is not a person's opinion, and the
figures above say how often the label is wrong. It was trained on English; most of its news is on US politics of
2015 and 2016, and names of that time may carry a prior.
"""


def write_card(
    folder: Path, dev: Path, train: Path, *, notes: Path | None = None, most_rows: int | None = None
) -> Path:
    """Measures a model folder on every dev set and writes its card, figures and calibration plot into it.

    Args:
        folder: A released stance model.
        dev: Folder of the dev sets, one file each.
        train: Folder of the training sets of the same names, for the baselines.
        notes: Markdown on how the model came about, which becomes part of the card; where not given, the file of the
            model's name beside the shipped recipes, if there is one.
        most_rows: Measure at most so many rows of each set, drawn at random; the card says so.

    Returns:
        The card's path.

    Raises:
        ModelError: The folder is no stance model.
        DataError: There is no dev set, or one is malformed or lacks its training set, or the notes cannot be read.
    """
    config = load_config(folder, kind="stance")
    classifier = OnnxStanceClassifier.load(folder)
    measured = measure(classifier, dev, train, most_rows=most_rows)
    figures = [asdict(one) for one in measured.figures]
    (folder / FIGURES_FILE).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    plotted = [one for one in measured.figures if one.name in IN_DOMAIN] or measured.figures[:1]
    (folder / PLOT_FILE).write_text(calibration_svg(plotted), encoding="utf-8")
    card = folder / "README.md"
    card.write_text(card_text(folder.name, config, measured, _notes(notes, folder.name)), encoding="utf-8")
    return card


def card_text(name: str, config: dict[str, Any], measured: Measured, notes: str) -> str:
    """Returns the card.

    Args:
        name: The model's name.
        config: Its config.json.
        measured: What it reaches.
        notes: Markdown on how it came about; may be empty.
    """
    figures = measured.figures
    sample = (
        "all rows" if measured.most_rows is None else f"at most {measured.most_rows} rows of a set, drawn at random"
    )
    sections = [
        _front_matter(name, config, figures),
        f"# {name}",
        _prose(WHAT),
        _prose(HOW).format(
            base=config["base"],
            temperature=config["temperature"],
            bias=", ".join(
                f"{name} {bias:+.2f}" for name, bias in zip(LABELS, config.get("label_bias", ()), strict=False)
            ),
            fitted="the first fitted" if config["recipe"].get("label_bias") else "both fitted",
            max_pieces=config["max_pieces"],
        ),
        "## Figures",
        _prose(FIGURES).format(sample=sample),
        _figures_table(figures),
        "## Does it read the target?",
        _prose(TARGETS),
        _target_table(figures),
        "## Are its probabilities right?",
        _prose(CALIBRATION),
        _calibration_table(figures),
        f"![Accuracy against confidence]({PLOT_FILE})",
        _prose(CONFIDENCE),
        _confidence_table(figures),
        "## Training",
        _sources_table(config["trained_on"]),
        *([notes] if notes else []),
        *_recipes(config),
        "## Use, and what not to do with it",
        _prose(USE),
        "## Known weaknesses",
        _prose(LIMITS),
        _prose(PROBES),
        _probes_table(measured.probes),
        *_misses(measured.misses),
    ]
    return "\n\n".join(sections) + "\n"


def _prose(text: str) -> str:
    return " ".join(text.split())


def _front_matter(name: str, config: dict[str, Any], figures: Sequence[SetFigures]) -> str:
    """The metadata that Hugging Face reads; every string is quoted, so that no name breaks the YAML."""
    lines = ["---", "language: en", "license: other", "pipeline_tag: text-classification", "library_name: onrecord"]
    lines += [f"base_model: {json.dumps(str(config['base']))}", "tags: [stance-detection, news]"]
    lines += ["metrics: [f1]", "model-index:", f"- name: {json.dumps(name)}", "  results:"]
    for one in figures:
        lines += [
            "  - task: {type: text-classification, name: stance}",
            f"    dataset: {{type: {json.dumps(one.name)}, name: {json.dumps(one.name)}, split: dev}}",
            f"    metrics: [{{type: f1, name: macro-F1, value: {100 * one.macro_f1:.1f}}}]",
        ]
    return "\n".join([*lines, "---"])


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}"


def _between(low_high: tuple[float, float] | None) -> str:
    return "" if low_high is None else " to ".join(map(_percent, low_high))


def _figures_table(figures: Sequence[SetFigures]) -> str:
    labels = [label.value for label in LABELS]
    header = ["set", "rows", "macro-F1", "interval", *(f"F1 {label}" for label in labels), "mean of favor, against"]
    rows = [
        [
            one.name,
            str(one.n_rows),
            _percent(one.macro_f1),
            _between(one.macro_f1_interval),
            *(_percent(one.label_f1.get(label)) for label in labels),
            _percent(one.sides_f1),
        ]
        for one in figures
    ]
    return _table(header, rows)


def _target_table(figures: Sequence[SetFigures]) -> str:
    baselines = list(dict.fromkeys(name for one in figures for name in one.baselines))
    header = ["set", "macro-F1", "no paragraph", "`it`", *baselines, "opposed pairs", "both right", "interval"]
    rows = [
        [
            one.name,
            _percent(one.macro_f1),
            _percent(one.no_context_macro_f1),
            _percent(one.blank_target_macro_f1),
            *(_percent(one.baselines.get(name)) for name in baselines),
            str(one.n_opposed or ""),
            _percent(one.opposed_right),
            _between(one.opposed_interval),
        ]
        for one in figures
    ]
    return _table(header, rows)


def _calibration_table(figures: Sequence[SetFigures]) -> str:
    coverages = list(figures[0].accuracy_at) if figures else []
    header = ["set", "calibration error", *(f"surest {share:.0%}" for share in coverages)]
    rows = [
        [one.name, f"{one.calibration_error:.3f}", *(_percent(one.accuracy_at[share]) for share in coverages)]
        for one in figures
    ]
    return _table(header, rows)


def _confidence_table(figures: Sequence[SetFigures]) -> str:
    shown = [one for one in figures if one.name in IN_DOMAIN] or list(figures[:1])
    header = ["`--min-confidence`", *(f"{one.name}: {what}" for one in shown for what in ("kept", "right"))]
    rows = [
        [
            f"{level[0].minimum:.1f}",
            *(value for at in level for value in (_percent(at.coverage), _percent(at.accuracy))),
        ]
        for level in zip(*(one.at_confidence for one in shown), strict=True)
    ]
    return _table(header, rows)


def _sources_table(names: Sequence[str]) -> str:
    rows = []
    for name in names:
        known = SOURCES.get(name)
        rows.append([name, *((known.what, known.source, known.licence) if known else ("the user's own", "", ""))])
    return _table(["set", "what it is", "source", "licence, as stated"], rows)


def _probes_table(answers: Sequence[ProbeAnswer]) -> str:
    rows = []
    for kind in dict.fromkeys(one.probe.kind for one in answers):
        of_kind = [one for one in answers if one.probe.kind == kind]
        n_right = sum(one.is_right for one in of_kind)
        for number, one in enumerate(of_kind):
            name = f"{kind} ({n_right} of {len(of_kind)})" if number == 0 else ""
            answer = f"{one.answer.value} ({one.confidence:.2f})"
            rows.append(
                [
                    name,
                    _cell(one.probe.target),
                    _cell(one.probe.text),
                    one.probe.right.value,
                    answer if one.is_right else f"**{answer}**",
                ]
            )
    return _table(["what is hard", "target", "quotation", "right", "answer"], rows)


def _misses(misses: Sequence[Miss]) -> list[str]:
    if not misses:
        return []
    rows = [
        [
            _cell(miss.row.target),
            _cell(miss.row.text),
            miss.row.label.value,
            f"{miss.predicted} ({miss.confidence:.2f})",
        ]
        for miss in misses
    ]
    return [
        f"The wrong answers on {SHOWABLE} that it was surest of:",
        _table(["target", "quotation", "right", "answer"], rows),
    ]


def _recipes(config: Mapping[str, Any]) -> list[str]:
    """The recipe of a model, the last one first where it went on from another."""
    said = ["The declared recipe, for `onrecord train stance`:", _as_json(config["recipe"])]
    if before := config.get("started_from"):
        said += ["It went on (`--start-from`) from the model of this recipe:", *_recipes(before)[1:]]
    return said


def _as_json(recipe: Mapping[str, Any]) -> str:
    return f"```json\n{json.dumps(recipe, indent=1)}\n```"


def _notes(given: Path | None, name: str) -> str:
    path = given or RECIPES / f"{name}.md"
    if given is None and not path.is_file():
        return ""
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: notes cannot be read as UTF-8 text: {error}") from error


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
