"""The whole pipeline, with the shipped models, on articles written for the project."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.corpus.article import Article, BlockKind
from onrecord.corpus.errors import ArticleError
from onrecord.corpus.readers import article_from_text, read_articles
from onrecord.corpus.record import Record, json_schema
from onrecord.pipeline import Pipeline, PipelineOptions
from onrecord.pipeline.loading import load_models
from onrecord.pipeline.targets import Target

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def models():  # type: ignore[no-untyped-def]
    return load_models("en_core_web_sm", "quotes-minilm-l6", "stance-minilm-l6")


@pytest.fixture(scope="module")
def pipeline(models) -> Pipeline:  # type: ignore[no-untyped-def]
    return Pipeline(PipelineOptions(), models=models)


@pytest.fixture(scope="module")
def extracted(pipeline: Pipeline) -> dict[str, tuple[Article, list[Record]]]:
    articles = [item for item in read_articles([str(EXAMPLES)]) if isinstance(item, Article)]
    return {e.article.id: (e.article, list(e.records)) for e in pipeline.stream(articles)}


def said(extracted: dict[str, tuple[Article, list[Record]]], article: str, part: str) -> Record:
    found = [record for record in extracted[article][1] if any(part in text for text in record.quote.text)]
    assert len(found) == 1, f"{len(found)} records hold {part!r}"
    return found[0]


@pytest.mark.parametrize(
    ("article", "part", "type_", "name"),
    [
        ("harbour-levy", "close half the boats", "direct", "Marta Oyelaran"),
        ("harbour-levy", "a car park with seagulls", "mixed", "Marta Oyelaran"),
        ("harbour-levy", "the two cruise lines", "indirect", "Marta Oyelaran"),
        ("harbour-levy", "my yard goes", "direct", "Dario Oyelaran"),
        ("harbour-levy", "hits the smallest hardest", "mixed", "Lena Achterberg"),
        ("rail-strike", "every chance to keep its promise", "direct", "Pavel Ostrander"),
        ("rail-strike", "holding commuters hostage", "mixed", "Simone Adair"),
        ("council-library", "the only warm room", "direct", "Beatrice Nwosu"),
        ("council-library", "less than we spend on hanging baskets", "mixed", "Beatrice Nwosu"),
        ("clinic-study", "We expected a small effect", "direct", "Adaeze Holm"),
        ("urn:example:northline:20250611:0042", "light in winter", "mixed", "Amara Pohl"),
        ("urn:example:northline:20250611:0057", "I am gutted for him", "direct", "Priya Raman"),
        ("bus-announcement", "quietest good news", "direct", "Philippa Aranda"),
        ("bus-announcement", "longest evening", "mixed", "Noor Castellanos"),
    ],
)
def test_finds_who_said_what(extracted, article: str, part: str, type_: str, name: str) -> None:  # type: ignore[no-untyped-def]
    record = said(extracted, article, part)
    assert record.quote.type == type_
    assert record.speaker.name == name


def test_every_record_is_valid_and_stands_in_its_article(extracted) -> None:  # type: ignore[no-untyped-def]
    validator = jsonschema.Draft202012Validator(json_schema())
    n_records = 0
    for article, records in extracted.values():
        assert len({record.id for record in records}) == len(records)
        for record in records:
            validator.validate(json.loads(record.to_json()))
            assert Record.model_validate_json(record.to_json()) == record
            record.check(article.text)
            n_records += 1
    assert n_records > 60


def test_nothing_comes_from_noise(extracted) -> None:  # type: ignore[no-untyped-def]
    for article, records in extracted.values():
        noise = [block for block in article.blocks if block.kind is not BlockKind.PARAGRAPH]
        for record in records:
            for span in record.quote.spans:
                assert not any(span.overlaps(block) for block in noise)


def test_a_sentence_that_an_advert_cut_is_one_quotation(extracted) -> None:  # type: ignore[no-untyped-def]
    record = said(extracted, "harbour-levy", "constructive, if occasionally loud")
    assert record.quote.text == ("talks with the union as", "“constructive, if occasionally loud”")


def test_a_split_quotation_is_one_record(extracted) -> None:  # type: ignore[no-untyped-def]
    assert said(extracted, "harbour-levy", "And nobody asked us").quote.text == (
        "“The levy will close half the boats on this coast,”",
        "“And nobody asked us.”",
    )


def test_hard_wrapped_lines_divide_no_quotation(extracted) -> None:  # type: ignore[no-untyped-def]
    assert said(extracted, "bus-announcement", "longest evening").quote.text == (
        "the rest",
        'will come from bonds that the\nboard approved last spring "after the longest evening of my career."',
    )


def test_a_conjunction_alone_is_no_piece(extracted) -> None:  # type: ignore[no-untyped-def]
    record = said(extracted, "harbour-levy", "can pay for a motorway")
    assert record.quote.text == ("a government which can pay for a motorway can pay for both",)


def test_speakers_without_a_name_have_none(extracted) -> None:  # type: ignore[no-untyped-def]
    assert said(extracted, "clinic-study", "feared the bill").speaker.kind == "anonymous"
    assert said(extracted, "council-library", "the building needs repairs").speaker.kind == "group"
    assert said(extracted, "council-library", "whether that was true").speaker.kind == "unknown"


def test_given_targets_get_a_stance_only_where_the_quotation_is_about_them(models) -> None:  # type: ignore[no-untyped-def]
    [article] = [item for item in read_articles([str(EXAMPLES / "harbour-levy.txt")]) if isinstance(item, Article)]
    options = PipelineOptions(targets=(Target("harbour levy"),))
    records = Pipeline(options, models=models).extract(article)
    about = [record for record in records if record.stances]
    assert 0 < len(about) < len(records)
    for record in about:
        [stance] = record.stances
        assert stance.target == "harbour levy"
        assert stance.origin == "given"
        assert stance.mention is not None
        assert "levy" in stance.mention.text.lower()


def test_an_articles_own_targets_are_asked_beside_those_of_the_run(models) -> None:  # type: ignore[no-untyped-def]
    [found] = [item for item in read_articles([str(EXAMPLES / "harbour-levy.txt")]) if isinstance(item, Article)]
    own = found.model_copy(update={"id": "own", "targets": ("harbour levy", "sea wall")})
    plain = found.model_copy(update={"id": "plain"})

    def asked(options: PipelineOptions) -> dict[str, set[str]]:
        return {
            extraction.article.id: {stance.target for record in extraction.records for stance in record.stances}
            for extraction in Pipeline(options, models=models).stream([own, plain])
        }

    discovered = asked(PipelineOptions())
    assert discovered["own"] == {"harbour levy", "sea wall"}
    assert len(discovered["plain"]) > 3  # nobody asked, so they are found in the text
    union = asked(PipelineOptions(targets=(Target("the boats"), Target("harbour levy", ("port charge",)))))
    assert union["own"] == {"the boats", "harbour levy", "sea wall"}
    assert union["plain"] == {"the boats", "harbour levy"}


def test_the_same_input_gives_the_same_records(pipeline: Pipeline, extracted) -> None:  # type: ignore[no-untyped-def]
    for article, records in extracted.values():
        assert [r.to_json() for r in pipeline.extract(article)] == [r.to_json() for r in records]


def test_an_article_without_quotations_gives_no_record(pipeline: Pipeline) -> None:
    assert pipeline.extract(article_from_text("Rain fell on Monday.", id="rain")) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=300))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_records_that_stand_in_it(pipeline: Pipeline, text: str) -> None:
    article = article_from_text(text, id="any")
    for record in pipeline.extract(article):
        record.check(text)


def test_a_paragraph_longer_than_a_window_loses_nothing_at_its_seams(pipeline: Pipeline) -> None:
    names = ("Marta Oyelaran", "Henrik Solberg", "Lena Achterberg", "Pavel Ostrander", "Julia Fenn")
    sentences = [f"{names[n % 5]} said that boat number {n} would leave the harbour." for n in range(120)]
    records = pipeline.extract(article_from_text(" ".join(sentences), id="long"))
    found = {text for record in records for text in record.quote.text}
    expected = {f"boat number {n} would leave the harbour" for n in range(120)}
    assert len(expected - found) <= 1
    attributed = {(record.quote.text[0], record.speaker.name) for record in records}
    right = {(f"boat number {n} would leave the harbour", names[n % 5]) for n in range(120)}
    assert len(right - attributed) <= 3


def test_one_failing_article_does_not_stop_the_rest(models) -> None:  # type: ignore[no-untyped-def]
    class Failing:
        def find(self, articles, docs):  # type: ignore[no-untyped-def]
            if any(article.id == "bad" for article in articles):
                raise ValueError("cannot be read")
            return models.finder.find(articles, docs)

    broken = type(models)(models.nlp, Failing(), models.stance, models.names)
    text = "“We will not sign,” said Marta Oyelaran."
    articles = [article_from_text(text, id=name) for name in ("one", "bad", "two")]
    results = {e.article.id: e for e in Pipeline(PipelineOptions(), models=broken).stream(articles)}
    assert [len(results[name].records) for name in ("one", "two")] == [1, 1]
    assert isinstance(results["bad"].error, ArticleError)
    assert "cannot be read" in str(results["bad"].error)


def test_marks_alone_find_quotations_without_a_model() -> None:
    pipeline = Pipeline(PipelineOptions(quote_model="marks", stance_model="none"))
    text = (
        "“We will not sign this paper,” said Marta Oyelaran. “Not this year.”\n\n"
        "Known as “Shorty”, Pavel Ostrander told reporters: “The trains must stop for two days.”\n"
    )
    records = pipeline.extract(article_from_text(text, id="marks"))
    assert [(record.quote.text, record.speaker.name) for record in records] == [
        (("“We will not sign this paper,”", "“Not this year.”"), "Marta Oyelaran"),
        (("“The trains must stop for two days.”",), "Pavel Ostrander"),
    ]


def test_a_users_titles_are_no_part_of_a_name(models) -> None:  # type: ignore[no-untyped-def]
    text = "“The gate stays shut,” said Hetwoman Irsa Velm on Monday.\n\n“We have no key,” Velm added.\n"
    article = article_from_text(text, id="gate")
    plain = list(Pipeline(PipelineOptions(), models=models).extract(article))
    told = list(Pipeline(PipelineOptions(titles=("Hetwoman\tfemale",)), models=models).extract(article))
    assert plain[0].speaker.name == "Hetwoman Irsa Velm"
    assert {record.speaker.name for record in told} == {"Irsa Velm"}
