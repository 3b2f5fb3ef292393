"""Tiny files in each released form, written for these tests."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus.errors import DataError
from onrecord.corpus.loaders.directquote import load_directquote
from onrecord.corpus.loaders.generic import GenericForm, load_generic
from onrecord.corpus.loaders.ibm30k import load_ibm30k
from onrecord.corpus.loaders.known import converted_lines, known_sets
from onrecord.corpus.loaders.newsmtsc import load_newsmtsc
from onrecord.corpus.loaders.newssides import ANNOTATIONS, load_newssides
from onrecord.corpus.loaders.newsvoices import load_newsvoices
from onrecord.corpus.loaders.parc3 import load_parc3
from onrecord.corpus.loaders.perspectrum import load_perspectrum
from onrecord.corpus.loaders.pstance import load_pstance
from onrecord.corpus.loaders.semeval2016 import load_semeval2016
from onrecord.corpus.loaders.vast import load_vast
from onrecord.corpus.quotation import AnnotatedArticle
from onrecord.corpus.stance_data import StanceRow

Loader = Callable[[Path], Iterator[StanceRow]]

SEMEVAL = 'ID\tTarget\tTweet\tStance\n101\tAtheism\t"No gods, no chains #SemST\tFAVOR\n102\tAtheism\tTea, now\tNONE\n'
PSTANCE = 'Tweet,Target,Stance\n"He lies, always",Joe Biden,AGAINST\nWhat a leader!,Joe Biden,FAVOR\n'
VAST_HEADER = "author,post,ori_topic,new_topic,label,type_idx,new_id,arc_id,topic_str"
VAST = (
    f"{VAST_HEADER}\n"
    "ann,Close the old harbour.,harbour,the old harbour,0,1,7,n1,old harbour\n"
    "bob,Build more trams.,trams,more trams,1,3,8,n2,tram\n"
    "cat,My aunt bakes.,bread,bread,2,4,9,n3,old harbour\n"
    "dan,My aunt sings.,songs,songs,2,4,10,n3,choir\n"
)
IBM30K = (
    "argument,topic,set,WA,MACE-P,stance_WA,stance_WA_conf\n"
    "trams are quiet,We should build trams,train,0.8,0.9,1,1\n"
    "trams are slow,We should build trams,dev,0.7,0.8,-1,0.9\n"
)
NEWSMTSC = (
    '{"primary_gid": "g1", "sentence_normalized": "Levy thanked Marr.", "targets": '
    '[{"mention": "Levy", "polarity": 4.0}, {"mention": "Marr", "polarity": 6.0}]}\n'
    '{"mention": "Marr", "polarity": -1, "from": 0, "to": 4, "sentence": "Marr failed.", "id": "g2"}\n'
)


def labels(rows: Iterator[StanceRow]) -> list[tuple[str, str, str]]:
    return [(row.text, row.target, row.label.value) for row in rows]


def written(folder: Path, content: str | bytes, name: str = "set.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("load", "content", "expected"),
    [
        (
            load_semeval2016,
            SEMEVAL,
            [('"No gods, no chains #SemST', "Atheism", "favor"), ("Tea, now", "Atheism", "neutral")],
        ),
        (
            load_pstance,
            PSTANCE,
            [("He lies, always", "Joe Biden", "against"), ("What a leader!", "Joe Biden", "favor")],
        ),
        (
            load_vast,
            VAST,
            [
                ("Close the old harbour.", "the old harbour", "against"),
                ("Build more trams.", "more trams", "favor"),
                ("My aunt bakes.", "the old harbour", "neutral"),
                ("My aunt sings.", "choir", "neutral"),
            ],
        ),
        (
            load_ibm30k,
            IBM30K,
            [
                ("trams are quiet", "We should build trams", "favor"),
                ("trams are slow", "We should build trams", "against"),
            ],
        ),
        (
            load_newsmtsc,
            NEWSMTSC,
            [
                ("Levy thanked Marr.", "Levy", "neutral"),
                ("Levy thanked Marr.", "Marr", "favor"),
                ("Marr failed.", "Marr", "against"),
            ],
        ),
    ],
)
def test_released_forms(tmp_path: Path, load: Loader, content: str, expected: list[tuple[str, str, str]]) -> None:
    path = written(tmp_path, content)
    assert labels(load(path)) == expected
    ids = [row.id for row in load(path)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("load", "content", "message"),
    [
        (load_semeval2016, SEMEVAL.replace("FAVOR", "MAYBE"), r"set\.csv:2: label 'MAYBE' is none of favor, against"),
        (load_semeval2016, SEMEVAL.replace("\tTweet", ""), r"set\.csv:1: no column 'Tweet'; it has ID, Target, Stance"),
        (load_semeval2016, SEMEVAL + "103\tx\n", r"set\.csv:4: 2 fields; the header has 4"),
        (load_pstance, PSTANCE.replace("What a leader!", " "), r"set\.csv:3: the text is empty"),
        (load_pstance, "", r"set\.csv:1: no column 'Tweet'"),
        (load_vast, VAST.replace(",0,1,7,", ",5,1,7,"), r"label '5' is none of con, pro, neutral"),
        (load_ibm30k, IBM30K.replace(",-1,", ",7,"), r"set\.csv:3: label '7'"),
        (load_newsmtsc, NEWSMTSC.replace("6.0", "5.0"), r"set\.csv:1: label 5.0 is none of negative"),
        (load_newsmtsc, '{"a": 1}\n', r"set\.csv:1: not in a released form"),
        (load_newsmtsc, "[1\n", r"set\.csv:1: not in a released form"),
    ],
)
def test_what_is_not_of_the_form_is_named_with_its_place(
    tmp_path: Path, load: Loader, content: str, message: str
) -> None:
    with pytest.raises(DataError, match=message):
        list(load(written(tmp_path, content)))


def test_semeval_as_its_archive_holds_it(tmp_path: Path) -> None:
    content = 'Tweet,Target,Stance,Opinion Towards,Sentiment\n"Tea, “now” #SemST",Atheism,FAVOR,1. x,pos\n'
    [row] = load_semeval2016(written(tmp_path, content.encode("cp1252"), "train.csv"))
    assert (row.id, row.text, row.target) == ("semeval2016-train-1", "Tea, “now” #SemST", "Atheism")
    with pytest.raises(DataError, match=r"set\.csv:1: no column 'Tweet'"):
        list(load_semeval2016(written(tmp_path, "Text,Target,Stance\n")))


def test_tweets_in_windows_1252(tmp_path: Path) -> None:
    content = b"ID\tTarget\tTweet\tStance\n1\tAtheism\tIt\x92s a caf\xe9 \x81.\tNONE\n"
    [row] = load_semeval2016(written(tmp_path, content))
    assert row.text == "It’s a café \x81."


def test_vast_without_synthetic_neutrals(tmp_path: Path) -> None:
    rows = list(load_vast(written(tmp_path, VAST), synthetic=False))
    assert [row.article for row in rows] == ["n1", "n2"]


def test_ibm30k_by_split(tmp_path: Path) -> None:
    path = written(tmp_path, IBM30K)
    assert [row.text for row in load_ibm30k(path, split="dev")] == ["trams are slow"]
    with pytest.raises(DataError, match="no rows of split 'test'; it has dev, train"):
        list(load_ibm30k(path, split="test"))


@pytest.fixture
def perspectrum(tmp_path: Path) -> Path:
    claims = [
        {
            "cId": 1,
            "text": "Build trams",
            "perspectives": [
                {"pids": [10, 11], "stance_label_3": "SUPPORT"},
                {"pids": [12, 10], "stance_label_3": "undermine"},
                {"pids": [13], "stance_label_3": "not-a-perspective"},
            ],
        },
        {"cId": 2, "text": "Close the pier", "perspectives": [{"pids": [13], "stance_label_3": "UNDERMINE"}]},
    ]
    pool = [{"pId": number, "text": f"reason {number}"} for number in range(10, 14)]
    written(tmp_path, json.dumps(claims), "perspectrum_with_answers_v1.0.json")
    written(tmp_path, json.dumps(pool), "perspective_pool_v1.0.json")
    written(tmp_path, json.dumps({"1": "train", "2": "dev"}), "dataset_split_v1.0.json")
    return tmp_path


def test_perspectrum(perspectrum: Path) -> None:
    assert labels(load_perspectrum(perspectrum)) == [
        ("reason 10", "Build trams", "favor"),
        ("reason 11", "Build trams", "favor"),
        ("reason 12", "Build trams", "against"),
        ("reason 13", "Close the pier", "against"),
    ]
    assert [row.id for row in load_perspectrum(perspectrum, split="dev")] == ["perspectrum-2-13"]
    with pytest.raises(DataError, match="no split 'test'; it has dev, train"):
        list(load_perspectrum(perspectrum, split="test"))
    written(perspectrum, "[]", "perspective_pool_v1.0.json")
    with pytest.raises(DataError, match="claim 1: perspective 10 is not in"):
        list(load_perspectrum(perspectrum))
    written(perspectrum, '{"a": 1}', "perspective_pool_v1.0.json")
    with pytest.raises(DataError, match="not in the released form"):
        list(load_perspectrum(perspectrum))


def word(text: str, start: int, roles: Mapping[str, str] | None = None, end: int | None = None) -> str:
    inner = "".join(
        f'<attribution id="{name}"><attributionRole roleValue="{role}"/></attribution>'
        for name, role in (roles or {}).items()
    )
    return f'<WORD ByteCount="{start},{end or start + len(text)}" text="{text}">{inner}</WORD>'


def spans_of(article: AnnotatedArticle, role: str) -> list[list[str]]:
    return [[span.of(article.text) for span in getattr(item, role)] for item in article.attributions]


def test_parc3(tmp_path: Path) -> None:
    words = [
        word("``", 0, {"a": "content"}),
        word("Boats", 2, {"a": "content", "b": "content"}),
        word("sink", 8, {"a": "content", "b": "content"}),
        word(",", 12, {"a": "content"}),
        word("''", 13, {"a": "content"}),
        word("said", 16, {"a": "cue"}),
        word("Marr", 21, {"a": "source"}),
        word("and", 26, {"a": "supplement"}),
        word("rot", 30, {"a": "content"}),
        word(".", 33),
    ]
    second = [word("-LRB-", 36, end=37), word("Yes", 37), word("-RRB-", 40, end=41)]
    xml = f"<root><SENTENCE><S><NP>{''.join(words[:4])}</NP>{''.join(words[4:])}</S></SENTENCE><SENTENCE>"
    (tmp_path / "00").mkdir()
    written(tmp_path / "00", xml + "".join(second) + "</SENTENCE></root>", "wsj_0001.xml")
    [article] = load_parc3(tmp_path)
    assert article.id == "wsj_0001"
    assert article.text == "“Boats sink,” said Marr and rot.\n\n(Yes)"
    assert spans_of(article, "content") == [["“Boats sink,”", "rot"], ["Boats sink"]]
    assert spans_of(article, "cue") == [["said"], []]
    assert spans_of(article, "source") == [["Marr"], []]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<root>", "not XML"),
        ('<root><SENTENCE><WORD text="a"/></SENTENCE></root>', "not in the released form of PARC3: KeyError"),
        (f"<root><SENTENCE>{word('a', 0, {'x': 'speaker'})}</SENTENCE></root>", "KeyError\\('speaker'\\)"),
    ],
)
def test_parc3_refuses(tmp_path: Path, content: str, message: str) -> None:
    with pytest.raises(DataError, match=r"no \*\.xml"):
        list(load_parc3(tmp_path))
    written(tmp_path, content, "wsj.xml")
    with pytest.raises(DataError, match=message):
        list(load_parc3(tmp_path))


def test_parc3_resolves_no_entity(tmp_path: Path) -> None:
    secret = written(tmp_path, "hidden", "secret.txt")
    xml = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]><r><SENTENCE>{word("a", 0)}&x;</SENTENCE></r>'
    written(tmp_path, xml, "wsj.xml")
    [article] = load_parc3(tmp_path)
    assert article.text == "a"


DIRECTQUOTE = """\
Marr I-Speaker
said Out
“ I-LeftSpeaker
No I-LeftSpeaker
” I-LeftSpeaker
“ B-LeftSpeaker
Never” I-LeftSpeaker
“Yes” I-RightSpeaker
, O
said Out
Ann I-Speaker
Levy I-Speaker

“Who?” I-Unknown
"""


def test_directquote(tmp_path: Path) -> None:
    first, second = load_directquote(written(tmp_path, DIRECTQUOTE, "truecased.txt"))
    assert first.text == "Marr said “ No ” “ Never” “Yes” , said Ann Levy"
    assert spans_of(first, "content") == [["“ No ”"], ["“ Never”"], ["“Yes”"]]
    assert spans_of(first, "source") == [["Marr"], ["Marr"], ["Ann Levy"]]
    assert (second.id, spans_of(second, "source")) == ("truecased-2", [[]])


@pytest.mark.parametrize("line", ["word", "word I-Loud", "word X-Speaker", "I-Speaker"])
def test_directquote_refuses(tmp_path: Path, line: str) -> None:
    with pytest.raises(DataError, match=r"q\.txt:2: .* is not a token and a tag"):
        list(load_directquote(written(tmp_path, f"a Out\n{line}\n", "q.txt")))


TAGS = st.sampled_from(["Out", *(f"{b}-{k}" for b in "BI" for k in ("Speaker", "LeftSpeaker", "RightSpeaker"))])


@given(st.lists(st.tuples(st.from_regex(r"[a-z“”]{1,5}", fullmatch=True), TAGS), min_size=1, max_size=12))
@settings(deadline=None)  # the disk's speed is not what is tested
def test_directquote_spans_are_whole_tokens(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    path = written(tmp_path_factory.getbasetemp(), "\n".join(" ".join(pair) for pair in pairs), "any.txt")
    [article] = load_directquote(path)
    tokens = [token for token, _ in pairs]
    assert article.text.split(" ") == tokens
    n_tagged = sum(len(text.split(" ")) for [text] in spans_of(article, "content"))
    assert n_tagged == sum(tag.endswith(("LeftSpeaker", "RightSpeaker")) for _, tag in pairs)


FORM = GenericForm(columns={"text": "said", "target": "about"}, labels={"Pro": "favor", "anti": "against"})


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.jsonl", "t.parquet"])
def test_generic_files(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    rows = {"said": ["Trams, now", "No"], "about": ["trams", "trams"], "label": ["PRO", "anti"], "id": [4, 5]}
    data = datasets.Dataset.from_dict(rows)
    path = tmp_path / name
    if path.suffix == ".parquet":
        data.to_parquet(path)
    elif path.suffix == ".jsonl":
        data.to_json(path)
    else:
        data.to_csv(path, sep="\t" if path.suffix == ".tsv" else ",")
    found = list(load_generic(str(path), FORM))
    assert labels(iter(found)) == [("Trams, now", "trams", "favor"), ("No", "trams", "against")]
    assert [row.id for row in found] == ["4", "5"]


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (GenericForm(), "no column 'text'; it has said, about, label"),
        (GenericForm(columns={"words": "said"}), "'words' is no field of a row"),
        (GenericForm(columns=FORM.columns, labels={"Pro": "yes"}), "label map: 'yes' is not a valid StanceLabel"),
        (
            GenericForm(columns=FORM.columns),
            r"t\.csv:1: label 'PRO' is none of favor, .*; map it with --label PRO=STANCE",
        ),
    ],
)
def test_generic_refuses(tmp_path: Path, form: GenericForm, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    path = written(tmp_path, "said,about,label\nNo,trams,PRO\n", "t.csv")
    with pytest.raises(DataError, match=message):
        list(load_generic(str(path), form))


@pytest.mark.parametrize("known", known_sets(), ids=lambda known: known.name)
def test_headers_say_what_a_user_needs(known: object) -> None:
    for field in ("title", "source", "paper", "licence", "languages", "version"):
        assert getattr(known, field), field


def test_converting(tmp_path: Path, perspectrum: Path) -> None:
    [line, *rest] = converted_lines("perspectrum", perspectrum, split="dev")
    assert (StanceRow.model_validate_json(line).text, rest) == ("reason 13", [])
    path = written(tmp_path, DIRECTQUOTE, "q.txt")
    assert json.loads(next(converted_lines("directquote", path)))["attributions"][0]["source"] == [[0, 4]]
    for name, where, split, message in [
        ("nothing", path, None, "no loader for 'nothing'; there are polnear"),
        ("polnear", path, None, "polnear is read from a folder"),
        ("vast", tmp_path, None, "vast is read from a file"),
        ("vast", path, "dev", "chosen by the path"),
    ]:
        with pytest.raises(DataError, match=message):
            list(converted_lines(name, where, split=split))


VOICE = {
    "id": "v1",
    "context": "“It drowns us,” said Ada Quill of the levy. “And it feeds them.”",
    "quotations": [
        {
            "text": "“It drowns us,” … “And it feeds them.”",
            "speaker": "Ada Quill",
            "stances": {"the levy": "against", "scrapping the levy": "favor"},
        }
    ],
}


def test_newsvoices(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps(VOICE), "voices.jsonl")
    rows = list(load_newsvoices(path))
    assert [(row.id, row.target, row.label.value) for row in rows] == [
        ("v1-0", "the levy", "against"),
        ("v1-1", "scrapping the levy", "favor"),
    ]
    assert {(row.speaker, row.context, row.article) for row in rows} == {("Ada Quill", VOICE["context"], "v1")}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('“And it feeds them.”", "speaker', '“And it fed them.”", "speaker', "voices.jsonl:1: .*does not stand"),
        ("favor", "pro", "label 'pro' is none of"),
        ("quotations", "quotes", "voices.jsonl:1: not a passage"),
    ],
)
def test_newsvoices_faults(tmp_path: Path, old: str, new: str, message: str) -> None:
    line = json.dumps(VOICE, ensure_ascii=False)
    assert old in line
    with pytest.raises(DataError, match=message):
        list(load_newsvoices(written(tmp_path, line.replace(old, new), "voices.jsonl")))


def sides_data(tmp_path: Path, **changes: object) -> tuple[Path, Path]:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "art.txt").write_text(
        "A levy.\n“It drowns us,” Ada Quill said. “And how!”\nMore.\n", encoding="utf-8"
    )
    item = {"article": "art", "content": [[8, 23], [40, 50]], "source": [[24, 33]], "stances": {"the levy": "against"}}
    return tmp_path, written(tmp_path, json.dumps(item | changes), "sides.jsonl")


def test_newssides(tmp_path: Path) -> None:
    folder, annotations = sides_data(tmp_path)
    [row] = load_newssides(folder, annotations=annotations)
    assert (row.text, row.target, row.label.value) == ("“It drowns us,” … “And how!”", "the levy", "against")
    assert (row.speaker, row.article) == ("Ada Quill", "art")
    assert row.context == "“It drowns us,” Ada Quill said. “And how!”"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"article": "other"}, "text/other.txt: does not exist"),
        ({"content": [[8, 2300]]}, "sides.jsonl:1: offsets behind the end of art"),
        ({"content": []}, "sides.jsonl:1: not a quotation"),
        ({"stances": {"the levy": "pro"}}, "label 'pro' is none of"),
    ],
)
def test_newssides_faults(tmp_path: Path, changes: dict[str, object], message: str) -> None:
    folder, annotations = sides_data(tmp_path, **changes)
    with pytest.raises(DataError, match=message):
        list(load_newssides(folder, annotations=annotations))


def test_newssides_holds_no_text_and_labels_of_the_three_names() -> None:
    items = [json.loads(line) for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines()]
    assert len(items) > 6000
    assert {key for item in items for key in item} == {"article", "content", "source", "stances"}
    assert {label for item in items for label in item["stances"].values()} == {"favor", "against", "neutral"}
