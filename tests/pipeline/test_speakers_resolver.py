"""Who speaks, on small texts: sources stand in square brackets, what is expected of each behind the text."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus.article import Article, Block, BlockKind, Span
from onrecord.corpus.quotation import Quotation
from onrecord.corpus.record import Speaker, SpeakerKind
from onrecord.pipeline.nlp import load_nlp, parse
from onrecord.pipeline.speakers import Titles, resolve_speakers

PERSON, BODY, GROUP, ANONYMOUS = (
    SpeakerKind.PERSON,
    SpeakerKind.ORGANIZATION,
    SpeakerKind.GROUP,
    SpeakerKind.ANONYMOUS,
)
Expected = tuple[SpeakerKind, str | None]


def marked(text: str) -> tuple[str, list[Span]]:
    """Takes the square brackets out of a text and returns where they stood."""
    plain, sources = "", []
    for piece in re.split(r"(\[.*?\])", text):
        if piece.startswith("["):
            sources.append(Span(start=len(plain), end=len(plain) + len(piece) - 2))
            piece = piece[1:-1]
        plain += piece
    return plain, sources


def article_of(text: str, *, authors: tuple[str, ...] = (), kinds: dict[int, BlockKind] | None = None) -> Article:
    blocks, start = [], 0
    for number, line in enumerate(text.splitlines(keepends=True)):
        kind = (kinds or {}).get(number, BlockKind.PARAGRAPH)
        blocks.append(Block(start=start, end=start + len(line), kind=kind))
        start += len(line)
    return Article(id="a", text=text, blocks=tuple(blocks), authors=authors)


def resolve(article: Article, sources: list[Span], titles: Titles | None = None) -> list[Speaker]:
    [doc] = parse(load_nlp(), [article])
    last = Span(start=len(article.text) - 1, end=len(article.text))
    quotations = [Quotation(spans=(last,), source=source) for source in sources]
    return resolve_speakers(doc, article, quotations, titles=titles)


@cache
def resolved(text: str) -> list[Speaker]:
    plain, sources = marked(text)
    return resolve(article_of(plain), sources)


NAMES = [
    ("Columnist George Will spoke. While [Will] likes him, “no,” said [Will]. [Will] wrote so.", ["George Will"] * 3),
    ("[Parker Griffith] lost. Then Dr. Griffith left. [Dr. Griffith] said no.", ["Parker Griffith"] * 2),
    (
        "Professor Sir Alan Whitcombe said it was safe. “We checked,” [he] said. [Whitcombe] added that trials go on.",
        ["Alan Whitcombe", "Alan Whitcombe"],
    ),
    (
        "“It is a mess,” said [Cllr Priti Vasani, leader of the opposition]. [Cllr Vasani] said the budget would fail.",
        ["Priti Vasani", "Priti Vasani"],
    ),
    ("[Dame Honor Tresillian] had not seen it. [Dame Honor] said it was lost.", ["Honor Tresillian"] * 2),
    ("“Never,” said [Chief Constable Sir Roderick Blaine]. “No,” [Sir Roderick] added.", ["Roderick Blaine"] * 2),
    ("[Jean-Luc Baptiste-Morel] warned of floods. [Baptiste-Morel] said so.", ["Jean-Luc Baptiste-Morel"] * 2),
    ("Samir al-Hakimi runs the camp. “Nobody sleeps,” [al-Hakimi] said.", ["Samir al-Hakimi"]),
    ("“No comment,” [Kofi Mensah Jr.] said. [Mensah] walked off.", ["Kofi Mensah Jr."] * 2),
    ("Secretary of State [Joanna Trevelyan] was tired. [Trevelyan] said so.", ["Joanna Trevelyan"] * 2),
    ("[Dr. Yusra K. Haddad] led it. “It works,” [Haddad] said.", ["Yusra K. Haddad"] * 2),
    ("[Mitt Rowland] lost. [Mitt] said he was glad. [Mr. Rowland] left.", ["Mitt Rowland"] * 3),
    ("Sean O'Dowd spoke. “Enough,” [O’Dowd] said.", ["Sean O'Dowd"]),
    ("Nelson “the Clockmaker” Ibarra trains them. “Run,” [Ibarra] says.", ["Nelson “the Clockmaker” Ibarra"]),
    ("SEAHAM (Newswire) - [Finance Minister Bozena Wieck] said taxes would rise.", ["Bozena Wieck"]),
    ("Green, [who] stressed that it was old, left. “I am tired,” [Samuel Green] said.", ["Samuel Green"] * 2),
    ("Paul Dorn, the president of the Harbour Forum, [who] called it a trap, stayed.", ["Paul Dorn"]),
    ("[His wife, longtime aide Hanna Abadi,] announced it. [Abadi] was calm.", ["Hanna Abadi"] * 2),
    ("[The justice spokeswoman of the Linden Party, Frida Amsel,] called it shameful. Kern did not.", ["Frida Amsel"]),
    ("[Harrow City Mayor Alan Beacon] said no. [Beacon] left.", ["Alan Beacon"] * 2),
    ("[Minister of Higher Education Jonas Ekberg] said no.", ["Jonas Ekberg"]),
    ("The [public defender Amit Sorrell-Dean] said no.", ["Amit Sorrell-Dean"]),
    ("Brandeau opposed it. [Brandeau's] opponent did not.", ["Brandeau"]),
    ("[Circuit Judge Dolores Ames] said no. [Ames] left.", ["Dolores Ames"] * 2),
    ("“No,” said [a retired bishop named Anselmo Prado].", ["Anselmo Prado"]),
    ("[The leader of the weavers’ federation Rokeya Mitu] said no.", ["Rokeya Mitu"]),
    ("They re-elected Sen. Ida Crane this year, [who] said no.", ["Ida Crane"]),
    ("Ban Ki-moon spoke. [Ban] said no.", ["Ban Ki-moon"]),
    ("[Will Doyle, a teacher,] said no.", ["Will Doyle"]),
    ("The Nils Ekberg-led party lost. [Ekberg] said no.", ["Nils Ekberg"]),
    ("[Whit Lorne -- author of a book on polls --] said no. Ann Lee left.", ["Whit Lorne"]),
    ("Mayor Ben Lund came. At a meeting in Chelsea, [the mayor] also said no.", ["Ben Lund"]),
    ("Will Trump's plan work? Donald Trump spoke. [Trump] said no.", ["Donald Trump"]),
    ("[Torrin City Mayor Don Guardian] said no. [Guardian] left.", ["Don Guardian"] * 2),
]


@pytest.mark.parametrize(("text", "names"), NAMES, ids=[case[1][0] for case in NAMES])
def test_names_resolve_to_the_fullest_one(text: str, names: list[str]) -> None:
    assert [(speaker.kind, speaker.name) for speaker in resolved(text)] == [(PERSON, name) for name in names]


PRONOUNS = [
    ("When [she] took over the bakery, Ines Calado said, nobody believed in it.", ["Ines Calado"]),
    (
        "Liv Aronsen met Goran Petrak on Monday. [She] said the talks went well. [He] said they did not.",
        ["Liv Aronsen", "Goran Petrak"],
    ),
    (
        "Marlowe told a crowd in Ohio that wages must rise, and she smiled. She was joined by Sen. Edith Warner, who "
        "warmed up the crowd. “We are stronger,” Marlowe said. [She] said deals had hurt workers.",
        ["Marlowe"],
    ),
    ("“We will go,” said Tom Adair. “At once,” [he] added.", ["Tom Adair"]),
    ("[Her] remarks angered Odette Karim, said Ada Okoye.", ["Odette Karim"]),
]


@pytest.mark.parametrize(("text", "names"), PRONOUNS, ids=[case[0][:20] for case in PRONOUNS])
def test_pronouns_stand_for_whom_a_reader_thinks_of(text: str, names: list[str]) -> None:
    assert [speaker.name for speaker in resolved(text)] == names


FAMILIES = [
    (
        "Marta Oyelaran and her husband run the farm. “All lost,” said [Mrs Oyelaran]. [Mr Oyelaran] was silent.",
        ["Marta Oyelaran", "Oyelaran"],
    ),
    (
        "Bernard Quist and Lena Quist own the mill. “We will appeal,” said [Lena Quist]. [Quist] said she was misled.",
        ["Lena Quist", "Lena Quist"],
    ),
    (
        "Voss's wife, Vera Voss, gave a speech. [Voss] introduced her. “She is great,” [he] said. [Vera Voss] bowed.",
        ["Voss", "Voss", "Vera Voss"],
    ),
    (
        "Ruth Okafor spoke in the north. [President Okafor] praised it. [Okafor] said his wife was right.",
        ["Okafor", "Okafor"],
    ),
]


@pytest.mark.parametrize(("text", "names"), FAMILIES, ids=[case[1][0] for case in FAMILIES])
def test_kin_who_share_a_surname_are_told_apart(text: str, names: list[str]) -> None:
    assert [speaker.name for speaker in resolved(text)] == names


NOMINALS = [
    ("[Ada Okoye's 350-euro, 10-year plan] is bold. Ada Okoye spoke.", ["Ada Okoye"]),
    ("Ada Okoye left. It is so, by [an account she gave to The Harbour Post].", ["Ada Okoye"]),
    ("[A letter that Ada Okoye wrote in May] says so.", ["Ada Okoye"]),
    ("CNN's Gloria Borger asked Bernie Voss. [The independent Vermont senator] said no.", ["Bernie Voss"]),
    ("Former goalkeeper [Stig Aune] called it a disgrace. [The 51-year-old] walked off.", ["Stig Aune"] * 2),
    ("[Dr. Yusra Haddad] led the trial. [The oncologist] said more was needed.", ["Yusra Haddad"] * 2),
    ("President Tomas Arvelo spoke. [The president] said troops would leave.", ["Tomas Arvelo"]),
    (
        "[Sen. Ruth Calloway (R-Iowa)] opposed it. [The Iowa senator] will vote. [The Republican] said so.",
        ["Ruth Calloway"] * 3,
    ),
    ("An MP has blamed the heating. Ann Leeming, 66, slid sideways. [The MP] said it was warm.", ["Ann Leeming"]),
    ("[Tannvik’s chairwoman, Eva Storm,] blamed the weather. [Storm] will go.", ["Eva Storm"] * 2),
    ("Ann-Sofie Lund was blunt. [Lund’s report] said the dam would fail.", ["Ann-Sofie Lund"]),
    (
        "Crowds cheered President-elect Harold Crane that day. [The president-elect] said taxes would fall.",
        ["Harold Crane"],
    ),
    ("[One of his advisers, Tad Harrow,] said no.", ["Tad Harrow"]),
    ("Former Secretary of State Marlowe spoke. [Secretary of State Marlowe] said no.", ["Marlowe"]),
    ("[US President Tomas Arvelo] said no.", ["Tomas Arvelo"]),
    ("[Locksmith Oyunbileg Dashnyam] said no.", ["Oyunbileg Dashnyam"]),
    ("[Mother-of-two Ayesha Malik] said no.", ["Ayesha Malik"]),
    (
        "The officer in charge of the northern fleet has made a confession. “We have ships,” Vice-Admiral Luca Tresham "
        "said. [The officer] sat down.",
        ["Luca Tresham"],
    ),
]


@pytest.mark.parametrize(("text", "names"), NOMINALS, ids=[case[0][:20] for case in NOMINALS])
def test_descriptions_resolve_to_the_person_they_take_up(text: str, names: list[str]) -> None:
    assert [(speaker.kind, speaker.name) for speaker in resolved(text)] == [(PERSON, name) for name in names]


BODIES = [
    (
        "[A report issued by the Organization for Economic Cooperation and Development] said so.",
        ["Organization for Economic Cooperation and Development"],
    ),
    ("[A University of Holm poll out this week] says so.", ["University of Holm"]),
    ("[a recent poll by\u00a0RealClearPolitics] says so.", ["RealClearPolitics"]),
    (
        "The Northern Fishers’ Union (NFU) will strike. [The NFU] said talks had failed. [The union] blamed them. "
        "[It] will ballot again.",
        ["Northern Fishers’ Union"] * 3,
    ),
    ("The Ministry of Fisheries raised it. [The ministry] said so.", ["Ministry of Fisheries"]),
    ("Kerrowdale Energy plans turbines. [The company] said work would start.", ["Kerrowdale Energy"]),
    ("Halloway & Sons sank the barge. [Halloway] said the river was high. [The firm] paid.", ["Halloway & Sons"] * 2),
    ("The Harbour Times endorsed her. “Yes,” [the Times] wrote. [The paper] was sure.", ["Harbour Times"] * 2),
    ("The Marlowe campaign denied it. [The campaign] said it was false.", ["Marlowe campaign"]),
    ("A Pollmark survey of voters came out. [The poll] found no change.", ["Pollmark"]),
    ("Hanbit Optics rejected it in a brief statement. [The statement] called it absurd.", ["Hanbit Optics"]),
    ("[The high court in Norport] ruled on it.", ["high court in Norport"]),
    ("Norport police held a man on Friday. [Police] said he was armed.", ["Norport police"]),
    ("[Heimvik Energi AS] said no.", ["Heimvik Energi AS"]),
    ("[Corran Bank plc] said no.", ["Corran Bank plc"]),
    ("The UGW called a strike. [The union] said talks had failed.", ["UGW"]),
    ("[The Ministry of Health and Sports] said no.", ["Ministry of Health and Sports"]),
    ("[Kestrel Freight] said no.", ["Kestrel Freight"]),
    ("The Kremlin-linked firm left. [The Kremlin] said no.", ["Kremlin"]),
    ("[Citizens for Tax Justice] said no.", ["Citizens for Tax Justice"]),
    ("Friends for Order and Repair in Torrin (FORT) sued. [FORT] said no.", ["Friends for Order and Repair in Torrin"]),
    ("[RealClearPolitics] said no.", ["RealClearPolitics"]),
    ("The House Oversight Committee voted. [The panel] said no.", ["House Oversight Committee"]),
    ("She told The Harbour Post. [The Post] said no. [The Harbour Post] left.", ["The Harbour Post"] * 2),
    ("The Harbour Post was there. [The Post] said no.", ["Harbour Post"]),
    ("[The navy of Bramora] said no.", ["navy of Bramora"]),
    ("[The Centers for Disease Control and Prevention] said no.", ["Centers for Disease Control and Prevention"]),
    ("[A newly formed super PAC called Future Torrin] said no.", ["Future Torrin"]),
]


@pytest.mark.parametrize(("text", "names"), BODIES, ids=[case[1][0] for case in BODIES])
def test_bodies_resolve_to_their_name(text: str, names: list[str]) -> None:
    assert [(speaker.kind, speaker.name) for speaker in resolved(text)] == [(BODY, name) for name in names]


UNNAMED = [
    ("[Officials on both sides] said the border would open.", GROUP),
    ("[Critics] called it theatre.", GROUP),
    ("[Most voters] do not care.", GROUP),
    ("[42% of voters] said no.", GROUP),
    ("[About 4 in 10] said no.", GROUP),
    ("[The couple] said no.", GROUP),
    ("[Leo Brandt and Vera Voss] agreed.", GROUP),
    ("[Lawyers for Voss] said no.", GROUP),
    ("Owen Voss met a couple [who] said no.", GROUP),
    ("[Sens. Mark Lund of Illinois and Susan Rook of Maine] agreed.", GROUP),
    ("[Former governor Jeb Roe, Gov. John Poe, retired surgeon Ben Moe and Ida Crane] agreed.", GROUP),
    ("[People familiar with the matter] said the board had met.", ANONYMOUS),
    ("[A person close to the talks] said a deal was near.", ANONYMOUS),
    ("[One aide] said it was over.", ANONYMOUS),
    ("[Two of her own officials] said the envoy would go.", ANONYMOUS),
    ("[Someone] said so.", ANONYMOUS),
    ("[The harbourmaster] said the boats had left.", PERSON),
    ("[A spokesman for Common Purse] mocked it. Nora Pell asked for calm.", ANONYMOUS),
    ("[The bishop of Carrow] urged calm. The Gospel spoke of it.", PERSON),
    ("[Every speaker at the dinner] praised Lady Honor Vance.", GROUP),
    ("[The government] rejected that.", BODY),
    ("[Police] said a man was held.", BODY),
]


@pytest.mark.parametrize(("text", "kind"), UNNAMED, ids=[case[0] for case in UNNAMED])
def test_sources_without_a_name_keep_their_kind(text: str, kind: SpeakerKind) -> None:
    [speaker] = resolved(text)
    assert (speaker.kind, speaker.name) == (kind, None)


def test_one_person_is_one_entity_and_entities_are_numbered_as_they_speak() -> None:
    speakers = resolved("[Ada Okoye] spoke. [Goran Petrak] laughed. “No,” [Okoye] said. [She] left.")
    assert [speaker.entity for speaker in speakers] == ["e1", "e2", "e1", "e1"]


def test_no_source_is_unknown_and_names_nobody() -> None:
    article = article_of("Ada Okoye was there. “It was said.”")
    [doc] = parse(load_nlp(), [article])
    [speaker] = resolve_speakers(doc, article, [Quotation(spans=(Span(start=21, end=35),), source_confidence=0.8)])
    assert (speaker.kind, speaker.name, speaker.mention, speaker.confidence) == (SpeakerKind.UNKNOWN, None, None, 0.8)


def test_i_is_the_author_outside_quotation_marks_and_nobody_inside() -> None:
    plain, sources = marked("[I] think it is a trick. “[I] am sure,” he shouted.")
    outside, inside = resolve(article_of(plain, authors=("Nora Field",)), sources)
    assert (outside.kind, outside.name) == (PERSON, "Nora Field")
    assert (inside.kind, inside.name) == (SpeakerKind.UNKNOWN, None)


def test_byline_and_caption_are_nobody_whom_a_pronoun_takes_up() -> None:
    plain, sources = marked("By Nora Field\nIda Crane won the race.\nVera Voss on the pier\n“I am glad,” [she] said.\n")
    kinds = {0: BlockKind.BYLINE, 2: BlockKind.CAPTION}
    [speaker] = resolve(article_of(plain, kinds=kinds), sources)
    assert speaker.name == "Ida Crane"


def test_a_caption_gives_the_full_name() -> None:
    plain, sources = marked("Ida Crane on the pier\n“I am glad,” said [Crane].\n")
    [speaker] = resolve(article_of(plain, kinds={0: BlockKind.CAPTION}), sources)
    assert speaker.name == "Ida Crane"


def test_a_headline_gives_the_full_name() -> None:
    plain, sources = marked("Donald Wexley Tells Rivals To Give Up Their Hopeless Race\n“Go home,” [Wexley] said.\n")
    [speaker] = resolve(article_of(plain), sources)
    assert speaker.name == "Donald Wexley"


def test_titles_can_be_added() -> None:
    plain, sources = marked("[Burgermeister Silke Brandt] opened it. “Good,” [she] said.")
    titles = Titles().extended(["burgermeister"])
    assert [speaker.name for speaker in resolve(article_of(plain), sources, titles)] == ["Silke Brandt"] * 2


ROLES = [
    # A comparative without an article is no role; the noun behind one that names an office is.
    ("Leif Granath said no. Granath was blunter. [Granath] laughed.", None, None),
    ("Leif Granath said no. Granath was president then. [Granath] laughed.", "president", None),
    ("[Marta Oye, chair of the Northern Fishers’ Union,] said no.", "chair", "Northern Fishers’ Union"),
    ("“No,” said [labour economist Ines Varga].", "labour economist", None),
    ("[Foreign Minister Liv Aronsen] said no.", "Foreign Minister", None),
    ("[Its secretary, Hanne Rook,] said no.", "secretary", None),
    ("[Odette Karim, who chairs the Chamber of Trades,] said no.", "chair", "Chamber of Trades"),
    ("[Piet Adoula of Stonebridge Capital] said no.", None, "Stonebridge Capital"),
    ("They hired Greta Moss as head of public affairs. “No,” [Moss] said.", "head of public affairs", None),
    ("[Sen. Owen Pike, chairman of the Harbour Committee,] said no.", "Sen., chairman", "Harbour Committee"),
    ("[Critics of the levy] said no.", "Critics of the levy", None),
    (
        "Marta Oye, now president-elect of the league, was there. “No,” [Oye] said.",
        "president-elect of the league",
        None,
    ),
    ("Wanjiru Oye was asked. The malariologist did not hesitate. “No,” said [Oye].", "malariologist", None),
    ("A farmer has had enough. “He left his address,” grinned [Giles Arden], 44, of Nether Stoke.", "farmer", None),
    ("The client is Hanbit Optics. [Hanbit Optics] said no.", "client", None),
    ("[Her neighbour, a butcher,] said no.", "neighbour, butcher", None),
    ("Two bond traders laughed. “No,” [one] said.", "Two bond traders", None),
    ("Marta Oye would never be a good mayor. “No,” [Oye] said.", None, None),
    ("[The Ministry of Fisheries] said no.", "ministry", None),
    ("[Union leader Shona McGarvie] said no.", "Union leader", None),
    ("“No,” said [the editor of the Torrin Courier].", "editor", "Torrin Courier"),
    ("OSTERVIK - [Shipping magnate Leif Torgen] said no.", "Shipping magnate", None),
    ("[Leo Brandt and Vera Voss] agreed.", None, None),
    ("[Counsel for the families, Rosa Quill KC,] said no.", "Counsel for the families", None),
    ("[Tom Yarrow of Meridian Research] said no.", None, "Meridian Research"),
    ("[Tom Yarrow of the Clean Streams campaign] said no.", None, "Clean Streams campaign"),
    ("Zina Omeru runs a bakery in Holm. “No,” [she] said.", "runs a bakery in Holm", None),
    ("Zina Omeru leads the polls. “No,” [she] said.", None, None),
    ("“No,” said [team principal Ida Holm].", "team principal", None),
    ("Liberal candidates Ada Okoye and Leo Voss spoke. “No,” [Voss] said.", "Liberal candidates", None),
    ("According to officials, Owen Voss left. “No,” [Voss] said.", None, None),
    ("Ada Okoye ran the risk of losing. “No,” [Okoye] said.", None, None),
    ("[Ann Doe] was there at the time Northlight Bank collapsed.", None, None),
    ("One lawmaker called Ekberg mad. [Ekberg] said no.", None, None),
    ("Owen Pike backed the Ohio governor on Monday. “No,” [Pike] said.", None, None),
    ("[Jeff Weaver, Sanders’ campaign manager,] said no.", "Sanders’ campaign manager", None),
    ("[Phil Musser of digital consulting firm IMGE] said no.", None, "IMGE"),
    (
        "[The judge presiding over the new hearing, Kiyo Hasunuma,] said no.",
        "judge presiding over the new hearing",
        None,
    ),
    ("[The government under the premier, Ada Okoye,] said no.", "premier", None),
    ("[Northlight, the third-largest shareholder,] said no.", "third-largest shareholder", None),
    ("[Northlight, third-largest shareholder in the firm,] said no.", "third-largest shareholder in the firm", None),
    ("Ada Okoye has a son. [Mum] said no.", None, None),
    ("Ada Okoye led the assembly for a decade. [The former Speaker] said no.", "former Speaker", None),
    (
        "[United Steelworkers Political Director Tim Waters] said no.",
        "United Steelworkers Political Director",
        "United Steelworkers",
    ),
]


@pytest.mark.parametrize(("text", "role", "organization"), ROLES, ids=[case[0][:20] for case in ROLES])
def test_roles_and_bodies_as_worded(text: str, role: str | None, organization: str | None) -> None:
    [speaker] = resolved(text)
    assert (speaker.role, speaker.organization) == (role, organization)


WORDS = st.sampled_from(
    "Ada Okoye said the union of “ ” ' , . who and she He They I we former Mr. CEO 42 % \n - — ( ) it's of's 𝄞 İ".split(
        " "
    )
)


@settings(max_examples=40, deadline=None)
@given(words=st.lists(WORDS, min_size=1, max_size=40), data=st.data())
def test_any_text_gives_one_speaker_a_quotation_with_true_offsets(words: list[str], data: st.DataObject) -> None:
    article = article_of(" ".join(words))
    start = data.draw(st.integers(0, len(article.text) - 1))
    source = Span(start=start, end=data.draw(st.integers(start + 1, len(article.text))))
    [speaker] = resolve(article, [source])
    assert speaker.mention is not None
    assert speaker.mention.text == article.text[speaker.mention.start : speaker.mention.end]
    assert speaker.mention.start <= source.start < source.end <= speaker.mention.end
    assert (speaker.entity is None) == (speaker.kind is SpeakerKind.UNKNOWN)
    assert speaker.name is None or speaker.kind in (PERSON, BODY)


def test_a_description_is_not_the_body_whose_name_says_that_it_is_another() -> None:
    court, alliance = resolved(
        "[A court in Ostrava Bend] ruled on Wednesday that the work may go on. The Keld Farmers' Alliance protested. "
        "[The alliance] said it would appeal."
    )
    assert court.name == "court in Ostrava Bend"
    assert alliance.name == "Keld Farmers' Alliance"
    assert alliance.role == "alliance"


def test_a_source_is_widened_to_the_whole_name() -> None:
    [sheriff] = resolved("[Sheriff Orrin] Bly mocked it.")
    assert sheriff.mention is not None
    assert (sheriff.name, sheriff.mention.text) == ("Orrin Bly", "Sheriff Orrin Bly")


def test_the_state_of_a_dateline_is_no_body() -> None:
    [union] = resolved("DUNMARROW, N.Y. - The bus authority met. [The union local representing mechanics] disagreed.")
    assert union.name is None


def test_a_line_end_inside_a_paragraph_ends_no_name() -> None:
    text = "“It is quiet,” said Mayor\nPhilippa Aranda, who was elected in\nMay."
    start = text.index("Mayor")
    article = Article(id="a", text=text, blocks=(Block(start=0, end=len(text), kind=BlockKind.PARAGRAPH),))
    [speaker] = resolve(article, [Span(start=start, end=text.index(",", start))])
    assert (speaker.name, speaker.role) == ("Philippa Aranda", "Mayor")
