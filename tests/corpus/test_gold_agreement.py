"""Agreement of two readers, against values worked out by hand."""

import json
from pathlib import Path

import pytest

import onrecord.corpus
from onrecord.corpus.gold_agreement import agreement, figures, main, nominal_alpha
from onrecord.corpus.gold_markup import parse_gold
from onrecord.corpus.gold_readings import Reading, pair_records, read_readings

GOLD = Path(onrecord.corpus.__path__[0]) / "gold"

HEADER = """id: levy
genre: wire report
style: british double
split: dev
annotators: reader-1
target: t1 | harbour levy
target: t2 | Ines Falk
entity: e1 | person | Marta Oyelaran | - | -
"""
FIRST = """---
{s1,2: Marta Oyelaran} {c1: said} {q1: the harbour levy was wrong} and {c2: praised} {q2: Ines Falk}.
---
1 | e1 | indirect | t1: against |
2 | e1 | indirect | t2: favor |
"""


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        ([(1, 1), (2, 2), (1, 1)], 1.0),
        # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section B: ten binary units, alpha 0.095.
        ([(0, 1), (1, 1), (0, 1), (0, 0), (0, 0), (0, 1), (0, 0), (0, 0), (1, 0), (0, 0)], 0.095),
        ([(0, 1), (1, 0)], -0.5),
        ([(1, 1), (1, 1)], None),
        ([(1, 2)], None),
        ([], None),
    ],
)
def test_nominal_alpha(units: list[tuple[int, int]], alpha: float | None) -> None:
    found = nominal_alpha(units)
    assert found == alpha if alpha is None else found == pytest.approx(alpha, abs=0.001)


def reading(second: str, header: str = HEADER) -> Reading:
    return Reading(
        first=parse_gold(HEADER + FIRST, place="first.txt"),
        second=parse_gold(header.replace("reader-1", "reader-2") + second, place="second.txt"),
    )


def test_equal_readings_agree_wholly() -> None:
    figures = agreement([reading(FIRST)])
    same = {"same_spans": 1.0, "same_cue": 1.0}
    assert figures["attributions"] == {"n_first": 2, "n_second": 2, "n_paired": 2, "f1": 1.0, **same}
    assert figures["stance"]["alpha"] == 1.0
    assert figures["tokens"]["alpha_content"] == 1.0


def test_differences_lower_the_figures() -> None:
    second = (
        FIRST.replace("the harbour levy was wrong", "the harbour levy").replace("levy}", "levy} was wrong")
        .replace("t2: favor", "t2: against")
        .replace("{s1,2: Marta Oyelaran}", "{s1: Marta Oyelaran}")
        .replace("2 | e1 | indirect | t2: against |", "2 | - | indirect | t2: against |")
    )  # fmt: skip
    found = reading(second)
    figures = agreement([found])
    assert [b.quote.text for _, b in pair_records(found)] == [("Ines Falk",), ("the harbour levy",)]
    assert figures["attributions"]["same_spans"] == 0.5
    assert figures["speaker"]["same_kind_and_name"] == 0.5
    assert figures["stance"]["opposite"] == 1
    # 12 tokens, of which the first reader marks 7, the second 5; they differ on "was wrong".
    assert figures["tokens"]["n"] == 12
    n_inside, n_outside = 7 + 5, 5 + 7
    expected = 1 - (n_inside * (n_inside - 1) + n_outside * (n_outside - 1)) / (24 * 23)
    assert figures["tokens"]["alpha_content"] == pytest.approx(1 - (2 / 12) / expected, abs=0.001)


def test_a_nested_content_shows_in_the_depth_alone() -> None:
    outer = "{q1: the harbour levy was wrong}"
    second = FIRST.replace(outer, "{q1: the harbour levy {c3: was} {q3: wrong}}") + "3 | - | indirect | |\n"
    figures = agreement([reading(second)])
    assert figures["tokens"]["alpha_content"] == 1.0
    assert figures["tokens"]["alpha_content_depth"] < 1.0
    assert figures["attributions"]["f1"] == 0.8


def test_speakers_are_compared_by_who_shares_them_and_by_wording() -> None:
    header = HEADER.replace("| - | -", "| skipper | levy") + "entity: e2 | person | Ines Falk | skipper | -\n"
    text = "---\n{s1,2: Marta Oyelaran} {c1: said} {q1: the levy was wrong}; {c2: told} us {q2: so} "
    text += "{s3: Ines Falk}: {q3: the tax was wrong}.\n---\n1 | e1 | indirect | t1: against; t2: neutral |\n"
    first = text + "2 | e1 | indirect | |\n3 | e2 | indirect | |\n"
    second = text + "2 | e2 | indirect | |\n3 | e2 | indirect | |\n"
    found = Reading(
        first=parse_gold(header + first, place="first.txt"), second=parse_gold(header + second, place="second.txt")
    )
    speaker = agreement([found])["speaker"]
    assert speaker["same_kind"] == speaker["same_role"] == speaker["same_mention"] == 1.0
    assert speaker["same_kind_and_name"] == speaker["same_organization"] == 0.667
    # One speaker: first (1,2) of three pairs, second (2,3): two of three differ, and of six values two are "same".
    assert speaker["alpha_same_entity"] == pytest.approx(1 - (2 / 3) / (2 * 2 * 4 / (6 * 5)), abs=0.001)


def test_the_shipped_figures_are_those_of_the_shipped_readings() -> None:
    shipped = json.loads((GOLD / "agreement.json").read_text(encoding="utf-8"))
    assert shipped == figures(read_readings(GOLD)), "run python -m onrecord.corpus.gold_agreement corpus/gold"


def test_agreement_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("first_reading", "second_reading"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "levy.txt").write_text(HEADER + FIRST, encoding="utf-8")
    assert main([str(tmp_path)]) == 0
    assert '"f1": 1.0' in (tmp_path / "agreement.json").read_text(encoding="utf-8")
    assert capsys.readouterr().out == "== levy\n"
