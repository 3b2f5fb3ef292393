"""Which names stand in a text, and where their titles end."""

from itertools import pairwise

import pytest
from spacy.tokens import Doc

from onrecord.corpus.article import Article, Block, BlockKind
from onrecord.pipeline.nlp import load_nlp, parse
from onrecord.pipeline.speakers.names import find_names
from onrecord.pipeline.speakers.titles import Titles


def doc_of(text: str) -> Doc:
    article = Article(id="a", text=text, blocks=(Block(start=0, end=len(text), kind=BlockKind.PARAGRAPH),))
    [doc] = parse(load_nlp(), [article])
    return doc


CASES = [
    ("Northlight President Ada Okoye-Lund said so.", ["Northlight", "Ada Okoye-Lund"]),
    ("Chief Information Security Officer Priya Lestrange said so.", ["Priya Lestrange"]),
    ("The Ministry of Commerce of Tashvari said so.", ["Ministry of Commerce of Tashvari"]),
    ("The Veterans’ Housing Trust said so.", ["Veterans’ Housing Trust"]),
    ("He met Samuel King Jr. on Monday.", ["Samuel King Jr."]),
    ("He met Ramón “the Clockmaker” Ibarra there.", ["Ramón “the Clockmaker” Ibarra"]),
    ("Analysts at Sable & Thorne Marine said so.", ["Sable & Thorne Marine"]),
    ("On Tuesday the chairman met Mina van Aalst.", ["Mina van Aalst"]),
    ("Workers said so.", []),
]


@pytest.mark.parametrize(("text", "names"), CASES, ids=[case[0][:24] for case in CASES])
def test_names_without_titles(text: str, names: list[str]) -> None:
    doc = doc_of(text)
    assert [doc[mention.start : mention.end].text for mention in find_names(doc, Titles())] == names


KINDS = [
    ("Ada Okoye, 44, said so.", "person"),
    ("Hanbit Optics, which makes lasers, said so.", "org"),
    ("Mr Vance said so.", "person"),
    ("Lanier's ex-wife said so.", "person"),
    ("Her rival for the seat, Blaise Morrow, said so.", "person"),
    ("Broadcaster Canal Nueve said so.", "org"),
    ("Rocketmaker Ostrava Orbital said so.", "org"),
    ("Critics wrote to Politico.", "org"),
    ("The Vance Group said so.", "org"),
    ("On Monday Democrats said so.", "people"),
    ("They fled to Vermont.", "place"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[case[0] for case in KINDS])
def test_what_a_name_is(text: str, kind: str) -> None:
    [mention] = find_names(doc_of(text), Titles())
    assert mention.evidence.kind == kind


def test_names_do_not_overlap_and_stand_in_order() -> None:
    doc = doc_of(
        "Ada Okoye of the Harbour Trust met Foreign Minister Liv Aronsen and Sen. Owen Pike (R-Iowa) in Seaham."
    )
    mentions = find_names(doc, Titles())
    assert all(before.end <= after.start for before, after in pairwise(mentions))
