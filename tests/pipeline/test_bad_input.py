"""What is no running text goes through the pipeline without an error and without an invented quotation."""

import pytest

from onrecord.corpus.readers import article_from_text
from onrecord.pipeline.pipeline import Extraction, Pipeline, PipelineOptions

SPEECH = "“We will not sign this paper,” said Marta Oyelaran, chair of the Northern Fishers’ Union, on Monday."


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(PipelineOptions(stance_model="none"))


def extraction(pipeline: Pipeline, text: str) -> Extraction:
    [found] = pipeline.stream([article_from_text(text, id="a")])
    assert found.error is None
    for record in found.records:
        record.check(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Harwick North | 12,301 | 44.1%\nHarwick South | 9,820 | 38.7%\n" * 8, id="table"),
        pytest.param("- Ada Brook, chair\n- Leo Marsh, treasurer\n- Noor Villadsen, secretary\n" * 4, id="list"),
        pytest.param('for row in rows:\n    total += row["votes"]  # "other" is left out\n' * 8, id="code"),
        pytest.param("“” ‘’ \"\" '' … – 12 %\n" * 8, id="marks"),
        pytest.param("\x00\x07\ufffd\u200b \ufeff\n", id="control characters"),
        pytest.param("", id="nothing"),
    ],
)
def test_text_without_sentences_holds_no_quotation(pipeline: Pipeline, text: str) -> None:
    assert extraction(pipeline, text).records == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SPEECH.upper(), id="capitals"),
        pytest.param(SPEECH.replace("’", "â€™"), id="mojibake"),
        pytest.param("The boats lay in the harbour all day and " * 400 + SPEECH, id="endless sentence"),
        pytest.param(SPEECH + " The boats lay in the harbour." * 600, id="endless paragraph"),
        pytest.param(SPEECH + "\n\n" + "Harwick North | 12,301 | 44.1%\n" * 8, id="table below"),
    ],
)
def test_a_quotation_in_odd_surroundings_is_found(pipeline: Pipeline, text: str) -> None:
    found = [record.quote.text[0].lower() for record in extraction(pipeline, text).records]
    assert any(quoted.endswith("“we will not sign this paper,”") for quoted in found)
