"""Articles in other languages: told apart, left out with a reason, processed when asked."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from onrecord.corpus.readers import article_from_text
from onrecord.pipeline.extract import EXIT_DONE, EXIT_SOME_FAILED, ExtractJob, run_extract
from onrecord.pipeline.language import ANY, ENGLISH, detected_language, refusal
from onrecord.pipeline.pipeline import Pipeline, PipelineOptions

ENGLISH_TEXT = (
    "The harbour levy will close half the boats on this coast, Marta Oyelaran said on Monday. “Nobody asked us about "
    "it, and nobody counted the jobs,” the chair of the fishers' union added. The ministry answered that "
    "nothing was decided."
)
GERMAN = (
    "Die Hafenabgabe werde die Hälfte der Boote an dieser Küste stilllegen, sagte Marta Oyelaran am Montag. „Niemand "
    "hat uns gefragt, und niemand hat die Arbeitsplätze gezählt“, fügte die Vorsitzende der Fischergewerkschaft hinzu. "
    "Das Ministerium antwortete, dass noch nichts entschieden sei."
)
FRENCH = (
    "La taxe portuaire fera disparaître la moitié des bateaux de cette côte, a déclaré lundi Marta Oyelaran. « "
    "Personne ne nous a consultés et personne n'a compté les emplois », a ajouté la présidente du syndicat des "
    "pêcheurs. Le ministère a répondu que rien n'était décidé."
)
TABLE = "Harwick North | 12,301 | 44.1%\nHarwick South | 9,820 | 38.7%\nOldmere | 4,410 | 51.0%\n" * 6
CODE = 'def total(rows):\n    return sum(row.votes for row in rows if row.region != "other")\n' * 6
MARKS = PipelineOptions(quote_model="marks", stance_model="none")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ENGLISH_TEXT, "en", id="english"),
        pytest.param(ENGLISH_TEXT.upper(), "en", id="capitals"),
        pytest.param(ENGLISH_TEXT.replace("“", "â€œ").replace("”", "â€\x9d"), "en", id="mojibake"),
        pytest.param(GERMAN, "de", id="german"),
        pytest.param(GERMAN.upper(), "de", id="german capitals"),
        pytest.param(FRENCH, "fr", id="french"),
        pytest.param(GERMAN[:100], None, id="too short to tell"),
        pytest.param(TABLE, None, id="a table of names"),
        pytest.param(CODE, None, id="code"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_languages_are_told_apart(text: str, expected: str | None) -> None:
    assert detected_language(text) == expected


def test_a_refusal_names_the_language_and_the_remedy() -> None:
    error = refusal(article_from_text(GERMAN, id="hafen"), ENGLISH)
    assert error is not None
    assert error.stage == "language"
    assert "'de'" in error.reason
    assert "--language any" in error.reason
    assert refusal(article_from_text(GERMAN, id="hafen"), ANY) is None
    assert refusal(article_from_text(ENGLISH_TEXT, id="harbour"), ENGLISH) is None


def test_other_articles_come_through_in_order() -> None:
    articles = [article_from_text(text, id=str(n)) for n, text in enumerate((GERMAN, ENGLISH_TEXT, FRENCH))]
    found = list(Pipeline(MARKS).stream(articles))
    assert [extraction.article.id for extraction in found] == ["0", "1", "2"]
    assert [extraction.error is not None for extraction in found] == [True, False, True]
    assert found[1].records


@pytest.mark.parametrize(("language", "status", "said"), [("en", EXIT_SOME_FAILED, True), ("any", EXIT_DONE, False)])
def test_a_run_leaves_them_out_and_says_so(tmp_path: Path, language: str, status: int, said: bool) -> None:
    (tmp_path / "hafen.txt").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "harbour.txt").write_text(ENGLISH_TEXT, encoding="utf-8")
    out = tmp_path / "out" / "records.jsonl"
    out.parent.mkdir()
    options = PipelineOptions(quote_model="marks", stance_model="none", language=language)
    console = Console(file=io.StringIO(), width=200)
    job = ExtractJob((str(tmp_path / "hafen.txt"), str(tmp_path / "harbour.txt")), str(out), options)
    assert run_extract(job, console) == status
    message = console.file.getvalue()  # type: ignore[attr-defined]
    assert ("1 failed (1 in another language)" in message) is said
    failures = Path(f"{out}.errors.jsonl")
    if said:
        [failure] = [json.loads(line) for line in failures.read_text(encoding="utf-8").splitlines()]
        assert (failure["article"], failure["stage"]) == ("hafen", "language")
    else:
        assert not failures.exists()
