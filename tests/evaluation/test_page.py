import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser

import pytest

from onrecord.corpus.record import Record
from onrecord.evaluation import page
from onrecord.evaluation.document import Attributed, Document, build_document
from onrecord.evaluation.evaluate import EvaluationOptions, evaluate_documents

HOSTILE = "<script>alert(1)</script> & “<img src=x onerror=alert(2)>” said </textarea>\"'Ana."


class Parsed(HTMLParser):
    """Collects ids, links and the names of elements, and that every element is closed in order."""

    VOID = frozenset({"meta", "link", "br", "input", "line", "circle", "polyline"})

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def rendered(text: str, gold: Sequence[Record], pred: Sequence[Record], *, title: str = "title") -> str:
    sides = [[Attributed.of_record(record) for record in side] for side in (gold, pred)]
    documents: list[Document] = [build_document(gold[0].article.id, text, *sides)]
    return page.render_page(evaluate_documents(documents, EvaluationOptions(n_resamples=20)), documents, title=title)


def test_the_page_asks_for_nothing_from_outside(gold: Sequence[Record], text: str) -> None:
    markup = rendered(text, gold, gold[1:])
    assert re.search(r"https?://", markup) is None
    assert "default-src &#39;none&#39;" in markup or "default-src 'none'" in markup
    parsed = Parsed(markup)
    assert parsed.open == []
    assert all(link.startswith(("#", "data:")) for link in parsed.links)
    assert not any(name == "src" for name, _ in parsed.attributes)


def test_everything_shown_is_escaped(make_record: Callable[..., Record]) -> None:
    gold = [make_record("“<img src=x onerror=alert(2)>”", text=HOSTILE, article="<em>x</em>", stances={"<i>": "favor"})]
    pred = [
        make_record(
            "“<img src=x onerror=alert(2)>”",
            source="Ana",
            text=HOSTILE,
            article="<em>x</em>",
            name="</script><u>",
            kind="person",
            stances={"<i>": (0.1, 0.8, 0.1)},
        )
    ]
    markup = rendered(HOSTILE, gold, pred, title="<h6>")
    parsed = Parsed(markup)
    assert parsed.elements.count("script") == 1
    assert not {"img", "em", "h6"} & set(parsed.elements)
    assert "onerror" not in dict(parsed.attributes)
    for given in ("<u>", "<i>", "<em>x</em>", "<h6>", "<script>alert"):
        assert given not in markup.replace("<i></i>", "")
        assert given.replace("<", "&lt;").replace(">", "&gt;") in markup


def test_each_error_links_to_its_place(gold: Sequence[Record], text: str) -> None:
    markup = rendered(text, gold, gold[2:])
    parsed = Parsed(markup)
    assert len(parsed.ids) == len(set(parsed.ids))
    places = [link.removeprefix("#") for link in parsed.links if re.match(r"#a\d+-\d+$", link)]
    assert len(places) == 2
    assert set(places) <= set(parsed.ids)
    start = text.index("“Nobody asked us,”")
    assert re.search(rf'<span id="a0-{start}" class="g">“Nobody asked us,”</span>', markup)


def test_a_page_without_stances_or_errors(text: str, make_record: Callable[..., Record]) -> None:
    records = [make_record("the vote will slip")]
    markup = rendered(text, records, records)
    assert 'id="stance"' not in markup
    assert "None." in markup


def test_targets_are_shown_as_gold_words_them(text: str, make_record: Callable[..., Record]) -> None:
    gold = [make_record("The levy will close the port", stances={"The Levy": "against", "Marta Oyelaran": "favor"})]
    markup = rendered(text, gold, gold)
    assert "<td>The Levy</td>" in markup
    assert "<td>Marta Oyelaran</td>" in markup
    assert "<td>levy</td>" not in markup


def test_half_of_a_surrogate_pair_does_not_stop_the_page(make_record: Callable[..., Record]) -> None:
    text = "It is said \ud83d that all is well."
    parts = Attributed.of_record(make_record("all is well", text="It is said ? that all is well."))
    documents = [build_document("a", text, [parts], [])]
    result = evaluate_documents(documents, EvaluationOptions(n_resamples=5))
    page.render_page(result, documents, title="t").encode()
    result.to_json().encode()


def test_too_many_errors_are_thinned_evenly(gold: Sequence[Record], text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "MAX_ERRORS", 2)
    markup = rendered(text, gold, [])
    assert "2 of 4 errors are on this page" in markup
