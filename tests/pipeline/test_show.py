import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from onrecord.corpus.article import Article, Block, BlockKind, Span
from onrecord.corpus.printable import printable
from onrecord.corpus.readers import article_from_text
from onrecord.corpus.record import (
    ArticleReference,
    Mention,
    Quote,
    QuoteType,
    Record,
    Speaker,
    SpeakerKind,
    Stance,
    StanceLabel,
    record_id,
)
from onrecord.pipeline import Pipeline, PipelineOptions
from onrecord.pipeline.show import render, run_show

FAST = PipelineOptions(quote_model="marks", stance_model="none")
TEXT = (
    "“It is unfair,” said Marta Oyelaran, chair of the [bold]union[/bold]. “Nobody asked us.”\n\n"
    "Advertisement\n\n"
    "He recalled that she had said the wall was “safe for ever”. Officials were silent.\n"
)


def speaker(kind: SpeakerKind, name: str | None, mention: str, role: str | None = None, entity: str = "e1") -> Speaker:
    start = TEXT.index(mention)
    return Speaker(
        kind=kind,
        name=name,
        mention=Mention(start=start, end=start + len(mention), text=mention),
        role=role,
        entity=entity,
    )


def record(source: Speaker, *pieces: str, text: str = TEXT, **stances: StanceLabel) -> Record:
    spans = tuple(Span(start=text.index(piece), end=text.index(piece) + len(piece)) for piece in pieces)
    return Record(
        id=record_id("levy", spans),
        article=ArticleReference(id="levy", sha256="0" * 64),
        quote=Quote(
            type=QuoteType.DIRECT,
            spans=spans,
            text=pieces,
            context=Span(start=spans[0].start, end=spans[-1].end),
            confidence=0.9,
        ),
        speaker=source,
        stances=tuple(
            Stance(target=t.replace("_", " "), label=label, confidence=0.8 - i / 10)
            for i, (t, label) in enumerate(stances.items())
        ),
    )


MARTA = speaker(SpeakerKind.PERSON, "Marta Oyelaran", "Marta Oyelaran", "chair")
HE = speaker(SpeakerKind.ANONYMOUS, None, "He", entity="e2")
SHE = speaker(SpeakerKind.PERSON, "Marta Oyelaran", "she")
NOBODY = Speaker(kind=SpeakerKind.UNKNOWN)
RECORDS = (
    record(MARTA, "“It is unfair,”", "“Nobody asked us.”", harbour_levy=StanceLabel.AGAINST),
    record(
        HE,
        "she had said the wall was “safe for ever”",
        wall=StanceLabel.NEUTRAL,
        levy=StanceLabel.FAVOR,
        boats=StanceLabel.AGAINST,
    ),
    record(SHE, "the wall was “safe for ever”", wall=StanceLabel.FAVOR),
    record(NOBODY, "were silent"),
)


def article(text: str = TEXT) -> Article:
    return article_from_text(text, id="levy")


def shown(records: Sequence[Record] = RECORDS, *, width: int = 100, text: str = TEXT, colours: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colours, color_system="standard" if colours else None)
    console.print(render(article(text), records))
    return out.getvalue()


def flowing(output: str) -> str:
    return " ".join(output.split())


@pytest.mark.parametrize("width", [40, 60, 100])
def test_all_can_be_read_without_colours_at_any_width(width: int) -> None:
    output = shown(width=width)
    words = flowing(output)
    assert "¹“It is unfair,” said" in words
    assert "¹“Nobody asked us.” [1 Marta Oyelaran, chair: against harbour levy]" in words
    assert "²she had said ³the wall was “safe for ever” [3 Marta Oyelaran: for wall]" in words
    assert "[2 He, unnamed: for levy; against boats; 1 more]" in words
    assert "⁴were silent [4 unknown]." in words
    assert "[bold]union[/bold]" in words
    assert max(len(line) for line in output.splitlines()) <= width


def test_a_quotation_ends_before_the_next_one_begins() -> None:
    text = "“It rained.”“It snowed.” So they said.\n"
    records = [record(NOBODY, piece, text=text) for piece in ("“It rained.”", "“It snowed.”")]
    assert "¹“It rained.” [1 unknown]²“It snowed.” [2 unknown] So they" in shown(records, text=text)


def test_the_table_counts_stances_of_each_speaker_and_target() -> None:
    table = shown().split("Who stands where")[1].split("Quotations")[0]
    rows = [line.split() for line in table.splitlines() if line.strip()]
    assert rows == [
        ["speaker", "target", "favor", "against", "neutral"],
        ["Marta", "Oyelaran", "harbour", "levy", "·", "1", "·"],
        ["wall", "1", "·", "·"],
        ["He,", "unnamed", "wall", "·", "·", "1"],
        ["levy", "1", "·", "·"],
        ["boats", "·", "1", "·"],
    ]


def test_the_list_names_every_stance_with_its_probability() -> None:
    words = flowing(shown().split("Quotations")[1])
    assert "1 Marta Oyelaran, chair “It is unfair,” … “Nobody asked us.” direct 0.90 against harbour levy 0.80" in words
    assert "for levy 0.70 against boats 0.60 neutral on wall 0.80" in words


@pytest.mark.parametrize(
    ("coloured", "code"),
    [
        ("¹“It is unfair,”", "31"),
        ("²she", "1;32"),  # the speaker of the inner quotation, inside the outer one
        ("³the wall was “safe for ever”", "32"),  # the inner quotation's own colour
        ("⁴were silent", "4"),
        ("Advertisement", "2"),
    ],
)
def test_colours_tell_stances_and_noise_is_dim(coloured: str, code: str) -> None:
    pieces = re.findall(r"\x1b\[([\d;]+)m([^\x1b]*)\x1b\[0m", shown(colours=True))
    joined: list[tuple[str, str]] = []
    for style, text in pieces:  # a number before a quotation is a piece of its own
        if joined and joined[-1][1] in "¹²³⁴" and joined[-1][0] in style:
            joined[-1] = (style, joined[-1][1] + text)
        else:
            joined.append((style, text))
    assert any(style == code and text.startswith(coloured) for style, text in joined)


def test_no_colour_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[\d;]*3\dm", shown(colours=True))


def test_an_article_cannot_steer_the_terminal() -> None:
    text = "“It\x1b[31m is\u202e unfair,\x07” said [red]Ada[/red] :boom:.\r\n"
    [quotation] = re.findall("“.*”", text)
    evil = Speaker(kind=SpeakerKind.PERSON, name="A\x1b]0;pwned\x07[link=x]", role="\x9bchair\n")
    found = record(evil, quotation, text=text).model_copy(
        update={"stances": (Stance(target="[bold]\x1b[2J", label=StanceLabel.FAVOR),)}
    )
    output = shown([found], text=text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output)
    assert "[red]Ada[/red] :boom:." in output
    assert "for [bold]�[2J]" in output


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=6),
    st.text(st.characters(exclude_characters="[]¹²³⁴⁵⁶⁷⁸⁹⁰")),
)
def test_marks_stand_between_characters_and_change_none(ranges: list[tuple[int, int]], odd: str) -> None:
    text = "“Rain,” she said. " * 6 + odd + "."
    records = [
        Record(
            id=f"a#{i}",
            article=ArticleReference(id="a", sha256="0" * 64),
            quote=Quote(type=QuoteType.INDIRECT, spans=(span,), text=(span.of(text),), context=span),
            speaker=NOBODY,
        )
        for i, span in enumerate(Span(start=start, end=start + length) for start, length in ranges)
        if span.end <= len(text)
    ]
    out = io.StringIO()
    whole = Article(id="a", text=text, blocks=(Block(start=0, end=len(text), kind=BlockKind.PARAGRAPH),))
    Console(file=out, width=10_000).print(render(whole, records))
    _, shown_text = out.getvalue().split("\n", 1)
    plain = re.sub(r" \[\d+ unknown\]|[¹²³⁴⁵⁶]", "", shown_text)
    assert flowing(plain).startswith(flowing(printable(text)))
    assert len(re.findall(r" \[\d+ unknown\]", shown_text)) == len(records)


def test_an_article_without_quotations_says_so() -> None:
    assert "No quotations found." in shown([], text="It rained.\n")


def test_show_of_an_example_is_whole() -> None:
    text = (Path(__file__).parents[2] / "examples" / "rail-strike.txt").read_text(encoding="utf-8")
    whole = article(text)
    records = Pipeline(FAST).extract(whole)
    words = flowing(shown(records, text=text))
    assert len(re.findall(r" \[\d+ [A-Z]", words)) == len(records) > 0
    assert "Pavel Ostrander" in words


@pytest.mark.parametrize(
    ("names", "status", "said"),
    [(["a.txt"], 0, ""), (["no.txt"], 1, "no.txt"), (["no.txt", "a.txt", "empty.txt"], 3, "empty.txt")],
)
def test_what_cannot_be_shown_is_said_and_the_rest_is_shown(
    tmp_path: Path, names: list[str], status: int, said: str
) -> None:
    (tmp_path / "a.txt").write_text("“It is unfair,” said Marta Oyelaran.\n", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    out, messages = io.StringIO(), io.StringIO()
    found = run_show(
        [str(tmp_path / name) for name in names], FAST, out=Console(file=out), console=Console(file=messages, width=30)
    )
    assert found == status
    assert said in messages.getvalue()
    assert ("Marta Oyelaran" in out.getvalue()) == ("a.txt" in names)


def test_a_pronoun_gives_way_to_what_the_article_calls_its_bearers() -> None:
    officials = speaker(SpeakerKind.GROUP, None, "He", "Officials of the port")
    assert "1 Officials of the port were silent" in flowing(shown([record(officials, "were silent")]))
