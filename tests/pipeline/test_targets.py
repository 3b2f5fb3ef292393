import re
from pathlib import Path

import pytest
from spacy.language import Language

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.readers import article_from_text
from onrecord.corpus.record import Mention, Speaker, SpeakerKind
from onrecord.pipeline.nlp import load_nlp
from onrecord.pipeline.target_words import stem
from onrecord.pipeline.targets import Target, TargetFinder, load_targets

TEXT = (
    "Henrik Solberg, the minister, met Marta Oyelaran of the fishers' union on Monday. "
    "She said that the levy would close the harbour and that Solberg had never asked the union about it. "
    "Asked about the harbour levy, he said that nothing was decided."
)
ORIGIN = Speaker(kind=SpeakerKind.PERSON, name="Marta Oyelaran")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_nlp()


def quotation(part: str) -> Quotation:
    start = TEXT.index(part)
    return Quotation(spans=(Span(start=start, end=start + len(part)),))


CLAIM = "the levy would close the harbour and that Solberg had never asked the union about it"
NOTHING = "nothing was decided"


@pytest.mark.parametrize(
    ("target", "part", "mention"),
    [
        (Target("Henrik Solberg"), CLAIM, "Solberg"),
        (Target("harbour levy"), CLAIM, "the levy"),
        (Target("harbour levy"), NOTHING, "harbour levy"),
        (Target("port tax", aliases=("harbour  levy",)), NOTHING, "harbour levy"),
        (Target("HARBOUR LEVY"), NOTHING, "harbour levy"),
        (Target("cruise ships"), CLAIM, None),
        (Target("Henrik Solberg"), NOTHING, None),
        (Target("lev"), CLAIM, None),
    ],
)
def test_a_given_target_is_found_where_the_quotation_is_about_it(
    nlp: Language, target: Target, part: str, mention: str | None
) -> None:
    found = TargetFinder(nlp(TEXT), TEXT, [target]).targets(quotation(part), ORIGIN)
    assert [item.mention.of(TEXT) for item in found] == ([] if mention is None else [mention])


ARTICLE = """Mayor Desmond Lowe wants to close the Marrow Street library in May.

Ines Falk, who runs the Friends of the Library, called the closure “a theft in daylight”. She said that Lowe had not
read one letter, and that “he has the ears of a gatepost”.

“Nobody asked the children,” said Omar Reyes, a teacher. Reyes likes the mayor. “Desmond is a kind man,” he said.

The Northern Fund for Libraries (NFL) has offered money. A spokesman said the fund would “wait and see”.

Paula Lowe, his sister, keeps a bakery. “Lowe bread is never late,” she said.
"""
CLOSURE = Target("closing the Marrow Street library")
MAYOR = Target("Mayor Desmond Lowe")
FUND = Target("Northern Fund for Libraries", aliases=("the fund",))


@pytest.mark.parametrize(
    ("target", "content", "source", "name", "found"),
    [
        pytest.param(
            CLOSURE, "the closure “a theft in daylight”", "Ines Falk", "Ines Falk", "the closure", id="derived"
        ),
        pytest.param(CLOSURE, "“Nobody asked the children,”", "Omar Reyes", "Omar Reyes", "*", id="topic"),
        pytest.param(MAYOR, "Lowe had not\nread one letter", "She", "Ines Falk", "Lowe", id="surname"),
        pytest.param(MAYOR, "“he has the ears of a gatepost”", "She", "Ines Falk", "he", id="pronoun"),
        pytest.param(MAYOR, "“Desmond is a kind man,”", "he", "Omar Reyes", "Desmond", id="first name"),
        pytest.param(MAYOR, "“Lowe bread is never late,”", "she", "Paula Lowe", None, id="namesake"),
        pytest.param(MAYOR, "“Nobody asked the children,”", "Omar Reyes", "Omar Reyes", None, id="not about him"),
        pytest.param(Target("Omar Reyes"), "“Desmond is a kind man,”", "he", "Omar Reyes", None, id="only the speaker"),
        pytest.param(FUND, "the fund would “wait and see”", "A spokesman", None, "the fund", id="alias"),
        pytest.param(Target("bakeries"), "“Nobody asked the children,”", "Omar Reyes", "Omar Reyes", None, id="later"),
    ],
)
def test_a_given_target_is_found_as_articles_take_it_up(
    nlp: Language, target: Target, content: str, source: str, name: str | None, found: str | None
) -> None:
    article = article_from_text(ARTICLE, id="library")
    start = ARTICLE.index(content)
    span = Span(start=start, end=start + len(content))
    near = [m.start() for m in re.finditer(rf"\b{source}\b", ARTICLE)]
    at = min(near, key=lambda position: abs(position - start))
    mention = Mention(start=at, end=at + len(source), text=source)
    asked = Quotation(spans=(span,), source=Span(start=at, end=at + len(source)))
    speaker = Speaker(kind=SpeakerKind.UNKNOWN if name is None else SpeakerKind.PERSON, name=name, mention=mention)
    finder = TargetFinder(nlp(ARTICLE), ARTICLE, [target], article=article, quotations=[asked])
    items = finder.targets(asked, speaker)
    if found == "*":
        assert [item.is_direct for item in items] == [False]
    else:
        assert [item.mention.of(ARTICLE) for item in items if item.is_direct] == ([] if found is None else [found])


def test_a_word_that_two_targets_share_tells_neither(nlp: Language) -> None:
    text = "The union called the tram strike off. “The trams are late,” said Rita Moss."
    targets = [Target("the tram strike"), Target("driver-only trams")]
    finder = TargetFinder(nlp(text), text, targets)
    start = text.index("“The trams")
    asked = Quotation(spans=(Span(start=start, end=text.index(" said")),))
    direct = [item.target.name for item in finder.targets(asked, ORIGIN) if item.is_direct]
    assert "the tram strike" not in direct


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("closing closure closed close", True),
        ("removal removing removes", True),
        ("tax taxes", False),
        ("evacuate evacuation", True),
    ],
)
def test_stems_join_what_is_derived(words: str, same: bool) -> None:
    assert (len({stem(word) for word in words.split()}) == 1) is same


def test_discovered_targets_are_full_names_and_issues_but_not_the_speaker(nlp: Language) -> None:
    found = TargetFinder(nlp(TEXT), TEXT).targets(quotation(CLAIM), ORIGIN)
    names = {item.target.name for item in found}
    assert "Henrik Solberg" in names
    assert "levy" in names
    assert not any("Oyelaran" in name for name in names)
    assert all(item.target.origin == "discovered" for item in found)
    assert all(quotation(CLAIM).spans[0].contains(item.mention) for item in found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The union opposes Brandt's tax plan.", {"union", "Brandt's tax plan"}),
        ("The dispute affected fewer than 300 bus drivers.", {"dispute", "bus drivers"}),
        ("Dutch farmers in Germany oppose the levy.", {"Dutch farmers", "levy"}),
        ("They met the second.", set()),
        ("The party opposes same-sex marriage.", {"party", "same-sex marriage"}),
        ("The minister wants a two-state solution.", {"minister", "two-state solution"}),
        ("The minister defended her use of a private server.", {"minister", "use of a private server"}),
        ("The union opposes a “fair levy on nets.", {"union", "fair levy"}),
        ("The council bought at least 30 new boats.", {"council", "new boats"}),
        ("The union opposes the farmers' levy.", {"union", "farmers' levy"}),
        ("The union accused the mayor of theft.", {"union", "mayor"}),
        ("The union wants the abolition of the House of Lords.", {"union", "abolition of the House of Lords"}),
        ("The union opposes the removal of the mayor's veto.", {"union", "removal"}),
        ("The union lost thousands of pounds.", {"union"}),
    ],
)
def test_discovered_targets_are_issues_without_what_counts_or_places_them(
    nlp: Language, text: str, names: set[str]
) -> None:
    said = Quotation(spans=(Span(start=0, end=len(text)),))
    found = TargetFinder(nlp(text), text).targets(said, ORIGIN)
    assert {item.target.name for item in found} - {"Brandt", "House of Lords"} == names


def test_a_phrase_that_leaves_the_quotation_with_its_of_is_a_target_without_it(nlp: Language) -> None:
    text = "They must stop the abuse of the levy."
    said = Quotation(spans=(Span(start=0, end=text.index(" of")),))
    assert [item.target.name for item in TargetFinder(nlp(text), text).targets(said, ORIGIN)] == ["abuse"]


def test_a_phrase_that_ends_in_the_speakers_name_is_a_target(nlp: Language) -> None:
    text = "They want the removal of Leo Voss."
    said = Quotation(spans=(Span(start=0, end=len(text)),))
    speaker = Speaker(kind=SpeakerKind.PERSON, name="Leo Voss")
    assert [item.target.name for item in TargetFinder(nlp(text), text).targets(said, speaker)] == [
        "removal of Leo Voss"
    ]


def test_a_noun_that_a_long_article_holds_once_is_no_issue_of_its_own(nlp: Language) -> None:
    text = "The mayor said the levy would go. " + "It rained in Holm, and nobody came. " * 60 + "The levy stays."
    said = Quotation(spans=(Span(start=0, end=33),))
    found = TargetFinder(nlp(text), text).targets(said, ORIGIN)
    assert [item.target.name for item in found] == ["levy"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("t.txt", "harbour levy\n\n# a comment\nHenrik Solberg\n", [Target("harbour levy"), Target("Henrik Solberg")]),
        (
            "t.yaml",
            "- harbour levy\n- name: NFU\n  aliases: [the union]\n",
            [Target("harbour levy"), Target("NFU", ("the union",))],
        ),
        ("t.json", '{"NFU": ["the union"], "levy": null}', [Target("NFU", ("the union",)), Target("levy")]),
        ("t.yaml", "NFU: the union\n", [Target("NFU", ("the union",))]),
    ],
)
def test_reads_target_files(tmp_path: Path, name: str, content: str, expected: list[Target]) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert load_targets(path) == expected


@pytest.mark.parametrize(
    ("name", "content"),
    [("t.txt", "\n# nothing\n"), ("t.yaml", "3"), ("t.json", "{"), ("t.yaml", "- {alias: x}"), ("t.yaml", "- ''")],
)
def test_a_bad_target_file_is_named(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=name):
        load_targets(path)
