"""Blocks: what is body, what is noise, and what goes on behind noise. All samples are original, their people invented."""

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus.article import BODY_KINDS, Article, Block, BlockKind, Span
from onrecord.corpus.blocks import mark_continuations, segment

# ruff: noqa: E501  a line of a sample is a line of a page

# Each line of a sample: the kind that is expected, "+" where it goes on with the paragraph before, and the line.
SAMPLES = {
    "magazine": """
        other      | LONG READ
        title      | The glacier keepers
        standfirst | In the high Valdura, a handful of families cover the ice with blankets. They say it is working
        byline     | By **Ilse Brandauer** and **Teo Marchetti**
        caption    | Photographs by Noor Haddad
        dateline   | 14 June 2025
        paragraph  | At five in the morning the valley is blue and Magda Orsolin is already on the ice. “You hear it before you see it,” she says. “It talks all night.”
        caption    | Blankets on the lower tongue of the glacier in May © Noor Haddad / Valdura Review
        paragraph  | The fleece costs the commune \\$2m a summer. The mayor, Piero Lanz, calls it cheap; his opponents call it a shroud.
        advert     | Advertisement
        paragraph  | Orsolin’s grandfather cut steps here for tourists. Her daughter, who studies law in Torvik, thinks the blankets are a way of not looking. “We are dressing a corpse,” the daughter told me, “and arguing about the colour of the suit.”
        pull_quote | We are dressing a corpse and arguing about the colour of the suit
        paragraph  | Lanz disagrees. The commune, he said, had bought itself
        pull_quote | “You hear it before you see it. It talks all night”
        paragraph+ | twenty years, and twenty years was a generation. He would not say what came after.
        heading    | **The price of shade**
        paragraph  | A cubic metre of ice saved costs about \\$4, according to a paper by the hydrologist Anneke Roos, who warns that the method does not scale.
        chart      | What the blankets save
        chart      | Ice lost on the lower tongue, metres a year
        chart      | 2018
        chart      | 6.2
        chart      | 2024
        chart      | 2.9
        chart      | Source: Valdura Glacier Survey
        paragraph  | “I can save you a ski slope,” Roos said. “I cannot save you a river.”
        link_list  | [Read more: the last ice merchants of Torvik](#)
        paragraph  | On the way down Orsolin stops to pull a fold straight, as one does with a sleeping child, and says that she expects to do this for as long as her knees
        other      | 7
        paragraph+ | allow. Nobody has asked her what comes after.
        footer     | **Ilse Brandauer** is a staff writer at the Valdura Review.
        footer     | Copyright The Valdura Review Limited 2025. All rights reserved.
        link_list  | [Glaciers](#) [Climate](#) [Life & Arts](#)
        """,
    "financial daily": """
        link_list  | [Shipping](#)
        title      | Kestrel Lines weighs sale of its ferry arm
        standfirst | Family shareholders split over future of loss-making routes
        byline     | **Oona Petrie** in Karsholm and **Dev Malhotra** in London
        dateline   | Published June 3 2025
        other      | 12 comments
        other      | Print this page
        footer     | Unlock the Editor’s Digest for free
        footer     | Mara Lindt, Editor of the Courier, selects her favourite stories in this weekly newsletter.
        paragraph  | Kestrel Lines is considering a sale of its ferries after the biggest family shareholder said the routes had “no place in a modern group”, according to three people briefed on the talks.
        paragraph  | The company declined to comment.
        other      | Some content could not load. Check your internet connection or browser settings.
        paragraph  | One adviser said that at least two bidders were interested, but that neither would pay more than €300mn.
        link_list  | Recommended
        link_list  | [Kestrel Lines](#)
        link_list  | [The ferry that would not sink](#)
        paragraph  | Analysts at Brandt & Cole believe a deal is unlikely before the autumn.
        footer     | Copyright The Karsholm Courier Limited 2025. All rights reserved.
        other      | Reuse this content
        other      | Jump to comments section
        """,
    "american daily": """
        advert     | SKIP ADVERTISEMENT
        title      | A Town Votes on Its Only Bridge
        standfirst | Residents of Harlan Ferry say the toll will break them. The county says there is no other money.
        byline     | By Delia Ruiz-Conti
        dateline   | Published May 9, 2025Updated May 10, 2025, 9:14 a.m. ET
        other      | Listen to this article · 8:42 min
        other      | Share full article
        paragraph  | HARLAN FERRY, Ohio — The bridge over the Little Marl is 96 years old and looks it. “I hold my breath every time,” said Ken Abara, a school bus driver.
        caption    | Ken Abara on the bridge he crosses eight times a day. Credit...Lou Fenn for The Marl Times
        paragraph  | The county engineer, Ruth Osei, said in an interview that the deck had two winters left in it.
        advert     | Advertisement
        advert     | SKIP ADVERTISEMENT
        paragraph  | Ms. Osei has asked the state for help three times. The state has answered once.
        footer     | A version of this article appears in print on May 11, 2025, Section A, Page 1 of the Ohio edition.
        """,
    "british daily": """
        title      | Choirs to lose rehearsal rooms as council sells halls
        standfirst | Singers in Bexcombe accuse the council of ‘selling the air they breathe’
        byline     | Hattie Lorne, culture correspondent
        dateline   | Tue 4 Mar 2025 06.00 GMT
        caption    | Photograph: Imran Sole/The Bexcombe Post
        paragraph  | Eleven choirs will be without a roof by Easter after councillors agreed to sell the town’s three halls, campaigners said on Monday.
        paragraph  | ‘They are selling the air we breathe,’ said Ottilie Marsh, who leads the Bexcombe Bach Society.
        footer     | Sign up to our morning briefing for the stories you need
        advert     | after newsletter promotion
        paragraph  | The council leader, Ravi Prentice, said the halls cost £400,000 a year and were ‘empty nine hours in ten’.
        link_list  | Explore more on these topics
        link_list  | Classical music
        link_list  | Local government
        """,
    "broadcaster": """
        caption    | Image source, Getty Images
        caption    | Image caption, The pumping station at Low Fen before the flood
        paragraph  | Farmers in the Low Fen say they were given ten minutes to move their animals when the pumps failed on Sunday night.
        paragraph  | "We opened the gates and prayed," said Piet Vanderholt, who lost 60 sheep.
        heading    | 'Ten minutes'
        paragraph  | The water board said the alarm had been raised as soon as the fault was known, and that an inquiry had begun under an independent engineer.
        link_list  | More on this story
        link_list  | Flood money ‘will not reach farms before autumn’
        link_list  | What is a pumping station?
        paragraph  | The environment minister is due to visit on Thursday. She is expected to announce help for the worst hit.
        """,
    "wire": """
        paragraph  | TORVIK, Nov 3 (Northline) - Baltara's central bank raised its main rate to 6.5% on Monday, saying that wages were rising too fast.
        paragraph  | "We would rather be early than sorry," Governor Elif Sandoval told reporters.
        paragraph  | Economists had expected no change.
        paragraph  | The crown gained 1.2% against the euro. (Graphic: the crown this year)
        footer     | (Reporting by Jonas Lindahl; Editing by Mei Okafor)
        """,
    "agency with photographs": """
        caption    | FILE - Senator Lucia Ferrant speaks at the Capitol in Dorne, May 2, 2025. (AP Photo/Sam Oyelowo, File)
        dateline   | DORNE (AP) —
        paragraph  | A bill to close the state's last coal plant died in committee on Tuesday after its sponsor voted against it.
        paragraph  | “I can count,” Senator Lucia Ferrant said after the vote.
        other      | ___
        footer     | Follow @dornewire for more.
        """,
    "press release": """
        title      | Karsholm University opens centre for old machines
        paragraph  | KARSHOLM, 2 May 2025 - The University of Karsholm has opened a centre that will repair and study machines built before 1960.
        paragraph  | "Nobody alive remembers how half of these were made," said Professor Ulrike Danso, the centre's director.
        paragraph  | "This is a great day for everyone who ever kept a spare part."
        paragraph  | - Commissioner Jane Albescu
        footer     | ENDS
        footer     | Media contact: Pål Rask, press@karsholm.example, +47 555 0199
        footer     | For more information, visit www.karsholm.example/machines
        """,
    "interview": """
        title      | Sela Vantongeren on losing, teaching and losing again
        paragraph  | Sela Vantongeren was the best fencer of her generation and never won a title. She spoke to us in the gym where she now teaches children.
        paragraph  | Q: Do you still dream about the final?
        paragraph  | A: Every week. In the dream I win, which is how I know it is one.
        paragraph  | Q: What do you tell the children?
        paragraph  | A: I tell them that the other one is afraid, too.
        paragraph  | **You left the federation in anger. Would you go back?**
        paragraph  | I was asked in March and I said no. They have not changed the locks, only the people who hold the keys, and I know those people.
        """,
    "live blog": """
        title      | Flood in the Low Fen: latest updates
        heading    | 14:32
        paragraph  | The water board has confirmed that a second pump has failed. A spokeswoman said crews were "minutes away".
        heading    | 2.05pm BST
        paragraph  | Farmers tell us the road to Nether Holt is closed.
        heading    | 11:40 a.m. ET
        paragraph  | Here is what we know so far:
        paragraph  | Two pumps have failed, and the army has been asked for help.
        """,
    "print with running heads": """
        other      | The Valdura Review | 12
        paragraph  | When the second mine closed, the brass band kept practising, because nobody had told it not to. “We had the keys,” says its conductor, Bo
        other      | The Valdura Review | 13
        paragraph+ | Ekström, who is seventy-nine. The hall is cold and the trombones are out of tune, and yet on Thursdays it is full.
        paragraph  | He believes that a town is what it does in the evening. The council, he says, has forgotten
        other      | Page 14 of 20
        other      | The Valdura Review | 14
        paragraph+ | that, and he means to remind it. On the wall behind him hangs a photograph of forty men in uniform.
        """,
    "tabloid lines": """
        title      | Fury as gnomes get the chop
        byline     | By Gaz Tunnicliffe
        other      | 3 min read
        paragraph  | A PENSIONER has hit out after council chiefs binned his 200 garden gnomes.
        paragraph  | “They were my family,” sobbed Norm Tibbett, 81, of Lower Splat.
        paragraph  | The council said the gnomes had been “a trip hazard”.
        paragraph  | Mum-of-three Dawn Frayne said: “It's an outrage.”
        advert     | Story continues below advertisement
        paragraph  | Norm vowed to fight on.
        caption    | Norm Tibbett with one of the survivors. Pic: Daz Rudge
        """,
    "broken names": """
        title      | The ferry that would not sink
        byline     | By Oona Petrie
        paragraph  | The captain who took the Kestrel Maid through the storm of February was, as it later turned out in court, Mr
        advert     | Advertisement
        paragraph+ | Aldous Finch, and he had no licence. “I had steered worse,” he told the judge.
        paragraph  | The owners said they had been deceived, and that the papers they were shown
        caption    | The Kestrel Maid in dry dock, March 2025 © Harbour Trust
        paragraph+ | “bore every stamp a reasonable person would look for”. The judge was not persuaded.
        pull_quote | “I had steered worse”
        pull_quote | — Aldous Finch
        paragraph  | Finch was fined. He has since been offered two ships.
        """,
    "no noise": """
        paragraph  | The minister said on Friday that she would resign.
        paragraph  | “I have had enough,” she said.
        paragraph  | “Enough of what?”
        paragraph  | By Saturday she had changed her mind, her office said.
        paragraph  | Copyright holders objected to the ruling, and said they would appeal.
        paragraph  | Subscribers to the paper were told that nothing had happened.
        paragraph  | Reporting by the Echo found that two letters had been sent.
        paragraph  | Sources said the second letter was longer.
        paragraph  | More from her party are expected to follow, two of them said.
        """,
    "pull quotes changed by an editor": """
        paragraph  | Half of the orchard went under the motorway in 1971. “My father planted the other half for spite,” says Wilf Amery, “and spite, it turns out, keeps well in a cold store.” He laughs, and cuts another slice.
        pull_quote | ‘My father planted the other half for spite. Spite keeps well in a cold store’
        paragraph  | The apples have no name. A nurseryman from Torvik has offered to register one, but Amery says that he would first have to agree with his sister, which has not happened since decimal money.
        pull_quote | The apples have no name
        paragraph  | His sister, who lives next door, says the same of him.
        """,
}


def _read(sample: str) -> list[tuple[BlockKind, bool, str]]:
    rows = []
    for line in sample.strip().split("\n"):
        kind, _, text = line.strip().partition("|")
        rows.append((BlockKind(kind.strip().rstrip("+")), kind.strip().endswith("+"), text.strip()))
    return rows


@pytest.mark.parametrize("between", ["\n\n", "\n", "\r\n\r\n", "\n  \n\n"], ids=["blank", "line", "crlf", "spaces"])
@pytest.mark.parametrize("name", SAMPLES)
def test_dirty_samples(name: str, between: str) -> None:
    rows = _read(SAMPLES[name])
    text = between.join(line for _, _, line in rows) + "\n"
    found = [(b.kind, b.continues, b.of(text).strip()) for b in segment(text)]
    assert found == rows


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("indent", ["", "    "], ids=["flush", "indented"])
def test_hard_wrapped_paragraphs_are_one_block(name: str, indent: str) -> None:
    rows = _read(SAMPLES[name])
    wrapped = [
        textwrap.fill(line, 72, initial_indent=indent, break_on_hyphens=False, break_long_words=False)
        for _, _, line in rows
    ]
    text = "\n\n".join(wrapped)
    found = [(b.kind, b.continues, " ".join(b.of(text).split())) for b in segment(text)]
    assert found == rows


def test_hard_wrapped_paragraphs_set_apart_by_indents_alone() -> None:
    rows = _read(SAMPLES["wire"])
    lines = [textwrap.fill(line, 60, initial_indent="  ", break_on_hyphens=False) for _, _, line in rows]
    text = "\n".join(lines)
    assert [" ".join(b.of(text).split()) for b in segment(text)] == [line for _, _, line in rows]


def test_a_whole_article_in_one_line_is_one_paragraph() -> None:
    text = "By Friday the fleet had sailed. “We waited,” said Ana Vale. Advertisement rates were not discussed. " * 30
    assert [block.kind for block in segment(text)] == [BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "line",
    [
        "“We were never asked.”",
        "“No,” she said.",
        "'I have nothing to add.'",
        "Q: Were you asked?",
        "A: Never.",
        "And from Chairwoman Odile Brandt:",
        "- Commissioner Jane Albescu",
        "By Saturday the harbour was empty.",
        "Photographs of the meeting show that nobody was asked.",
        "Sources close to the minister said she had not read the letter.",
        "Topics such as the levy were not on the agenda, he said.",
        "Copyright was not discussed, according to two people in the room.",
        "Signing up for the levy was voluntary, the ministry said.",
        "Follow the money, she told them, and you will find the wall.",
        "This article of faith was first published as policy in 1971, she says.",
        "“The picture is © nobody,” she joked.",
        "Image is everything, the minister believes.",
        "3.",
    ],
)
def test_a_paragraph_is_not_taken_for_noise(line: str) -> None:
    before = (
        "The levy was agreed in the spring by nine votes to four, after a debate of six hours, and nobody was glad."
    )
    behind = "The harbour master told the council that he had written to the ministry twice and had not been answered."
    text = f"{before}\n\n{line}\n\n{behind}\n"
    assert [block.kind for block in segment(text)] == [BlockKind.PARAGRAPH] * 3


@pytest.mark.parametrize(
    ("before", "text", "apart", "expected"),
    [
        ("He said that the town had", "no choice.", False, True),
        ("He said that the town had", "Oyelaran to thank.", False, True),
        ("He said that the town was full of", "“car parks with seagulls”.", True, True),
        ("He said so in a letter to the harbour master on Monday", "Oyelaran saw it.", True, True),
        ("He said so in a letter to the harbour master on Monday", "Oyelaran saw it.", False, False),
        ("He said so.", "it was late.", False, False),
        ("He thanked Mr.", "vale and his crew.", True, True),
        ("He gave three reasons:", "money, time and weather.", True, False),
        ("“We waited,”", "she said.", True, True),
        ("“We waited.”", "“Nobody came.”", True, False),
        ("The plan would", "- cut the levy", False, False),
        ("", "x", True, False),
    ],
)
def test_the_second_half_of_a_sentence(before: str, text: str, apart: bool, expected: bool) -> None:
    between = [("Advertisement", False)] if apart else []
    flags = mark_continuations([(before, True), *between, (text, True)])
    assert flags[-1] is expected
    assert not any(flags[:-1])


def test_a_sentence_cut_in_two_is_one_passage_without_the_noise() -> None:
    text = "The talks were, he said,\n\nAdvertisement\n\n“constructive, if loud”. He left.\n"
    article = Article(id="a", text=text, blocks=segment(text))
    pieces = [[span.of(text) for span in passage] for passage in article.passages()]
    assert pieces == [["The talks were, he said,", "“constructive, if loud”. He left."]]


def test_a_pull_quote_that_cuts_its_own_sentence_in_two() -> None:
    text = (
        "Landings have halved in ten years, and so has the number of boats that tie up here at night.\n\n"
        "Her mother says that the levy will close half the boats on this\n\n"
        "The levy will close half the boats on this coast\n\n"
        "coast, and that nobody has asked her what she thinks of it.\n"
    )
    blocks = segment(text)
    assert [b.kind.value for b in blocks] == ["paragraph", "paragraph", "pull_quote", "paragraph"]
    assert [b.continues for b in blocks] == [False, False, False, True]


def test_of_two_equal_lines_the_sentence_is_the_body() -> None:
    line = "I would sooner sell the boat than the berth"
    rest = "He has said it to his wife, to the bank and to the harbour master, none of whom believed him."
    text = f"‘{line}’\n\n“{line}.”\n\n{rest}\n"
    assert segment(text)[1].kind is BlockKind.PARAGRAPH
    assert segment(text)[0].kind is not BlockKind.PARAGRAPH


@pytest.mark.parametrize("text", ["", " \n \n", "\n", "Gold", "Gold\n", "# Gold", "1\n2\n3"])
def test_texts_without_paragraphs(text: str) -> None:
    blocks = segment(text)
    assert "".join(block.of(text) for block in blocks) == text


@pytest.mark.parametrize("text", ["Levy on the last boats\n\nA harbour pays\n", "# Levy\n", "Page 3\n", "14:32\n"])
def test_something_is_left_as_body(text: str) -> None:
    assert segment(text)[-1].kind is BlockKind.PARAGRAPH


ALPHABET = st.sampled_from(
    [*list("aA1.,:“”\"'‘’*_#[]()|©—- \n\r\t\u2028\x0c\x1c"), "By Ana Vale", "Advertisement", "\n\n"]
)


@given(st.lists(ALPHABET, max_size=80).map("".join) | st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_blocks_partition_any_text(text: str) -> None:
    article = Article(id="a", text=text, blocks=segment(text))
    for passage in article.passages():
        for piece in passage:
            assert piece.of(text) == piece.of(text).strip()


@given(st.lists(st.sampled_from(list(SAMPLES)), min_size=1, max_size=3))
@settings(max_examples=20, deadline=None)
def test_only_paragraphs_continue(names: list[str]) -> None:
    text = "\n\n".join(line for name in names for _, _, line in _read(SAMPLES[name]))
    assert all(block.kind in BODY_KINDS for block in segment(text) if block.continues)


@pytest.mark.parametrize(
    "text",
    [
        '"' * 1_000_000,
        "“a” " * 250_000,
        "[" * 500_000,
        ("(" * 550 + "\n") * 400,
        "\n" * 500_000,
        "He said no. " * 100_000,
    ],
    ids=["marks", "quoted", "brackets", "parentheses", "newlines", "one line"],
)
def test_the_work_grows_with_the_text_alone(text: str) -> None:
    started = time.perf_counter()
    segment(text)
    # A tenth of a second each on an idle core; quadratic work would take minutes.
    assert time.perf_counter() - started < 5


def test_paragraphs_around_a_span() -> None:
    text = "One said.\n\nAdvertisement\n\nTwo said\nit.\n\nThree.\n"
    starts = [0, text.index("Advert"), text.index("Two"), text.index("Three"), len(text)]
    kinds = [BlockKind.PARAGRAPH, BlockKind.ADVERT, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    blocks = tuple(Block(start=s, end=e, kind=k) for s, e, k in zip(starts, starts[1:], kinds, strict=False))
    article = Article(id="a", text=text, blocks=blocks)

    def around(first: str, last: str) -> str:
        return article.paragraphs_around(Span(start=text.index(first), end=text.index(last) + len(last)))

    assert around("One", "One") == "One said."
    assert around("said\n", "it.") == "Two said\nit."
    assert around("One", "Two") == "One said. Two said\nit."
    assert around("Advertisement", "Advertisement") == ""
