"""Readers: every article of the inputs, and for every input that cannot be read a named failure."""

import gzip
import io
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.corpus.article import Article, BlockKind
from onrecord.corpus.errors import ArticleError
from onrecord.corpus.readers import article_from_text, count_inputs, read_articles
from onrecord.corpus.readers.metadata import author_names, iso_date
from onrecord.corpus.readers.page import article_from_html

TEXT = "The levy will stay, the minister said.\n\n“Nobody asked us,” said Ana Vale.\n"
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Levy stays | Echo</title>
<meta name="author" content="Ines Calloway"><meta property="og:site_name" content="Sorrel Echo">
<meta property="article:published_time" content="2025-03-12T08:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Levy stays</h1><p>The levy on boats will stay, the minister of coasts told parliament on Wednesday.</p>
<p>“Nobody asked us,” said <a href="/vale">Ana Vale</a>,<br>who chairs the union.</p><aside>“Nobody asked us”</aside>
<h2>What it costs</h2><p>She called it <q>a tax on weather</q> and said the union would go to court over it.</p>
<figure><img src="a.jpg"><figcaption>Boats. © Noor Haddad</figcaption></figure>
<p>The ministry would not comment further, but officials expect a ruling before the winter.</p></article>
<footer>© 2025 Sorrel Echo</footer></body></html>"""


def read(*inputs: Path | str, stdin: bytes | None = None) -> list[Article | ArticleError]:
    return list(read_articles([str(item) for item in inputs], stdin=None if stdin is None else io.BytesIO(stdin)))


def articles(found: list[Article | ArticleError]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def failures(found: list[Article | ArticleError]) -> list[tuple[str, str]]:
    assert all(item.stage == "read" for item in found if isinstance(item, ArticleError))
    return [(item.place, item.reason) for item in found if isinstance(item, ArticleError)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("name", ["levy.txt", "levy.md", "levy.TXT", "levy.txt.gz", "levy.text.GZ"])
def test_a_text_file_is_exactly_its_decoded_text(tmp_path: Path, name: str) -> None:
    data = ("\ufeff\n" + TEXT.replace("\n", "\r\n")).encode()
    write(tmp_path / name, gzip.compress(data) if name.lower().endswith(".gz") else data)
    (article,) = articles(read(tmp_path / name))
    assert article.text == "\n" + TEXT.replace("\n", "\r\n")
    assert (article.id, article.place) == ("levy", str(tmp_path / name))


def test_zstandard_files(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    lines = "".join(json.dumps({"id": str(i), "text": f"{TEXT}{i}"}) + "\n" for i in range(500)).encode()
    data = zstandard.compress(lines[:9000]) + zstandard.compress(lines[9000:])
    write(tmp_path / "a.jsonl.zst", data)
    assert [a.id for a in articles(read(tmp_path / "a.jsonl.zst"))] == [str(i) for i in range(500)]
    write(tmp_path / "b.jsonl.zst", data[:-40])
    assert "break off" in str(failures(read(tmp_path / "b.jsonl.zst"))[-1])
    write(tmp_path / "c.txt.zst", b"no zstandard at all")
    assert len(failures(read(tmp_path / "c.txt.zst"))) == 1


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", ".git/d.txt", "sub/.e.txt", "out.jsonl.part"):
        write(tmp_path / name, f"{TEXT}{name}")
    assert [a.id for a in articles(read(tmp_path))] == ["a", "b", "c"]
    assert [a.id for a in articles(read(tmp_path / "*.txt", tmp_path / "**" / "c.*"))] == ["a", "b", "c"]
    assert count_inputs([str(tmp_path)]) == 3


def test_what_a_run_writes_into_its_folder_is_not_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", TEXT)
    found = read_articles([str(tmp_path)])
    first = next(found)
    write(tmp_path / "sub" / "errors.jsonl", "{}")
    assert [first.place, *(item.place for item in found)] == [str(tmp_path / "a.txt")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "the file is empty"),
        ("a.txt", b" \n\t\n", "holds no text"),
        ("a.txt", b"\x89PNG\r\n\0\0", "binary data"),
        ("a.txt", b"caf\xff\xfe", "invalid UTF-8 at byte 3"),
        ("a.txt.gz", b"not compressed", "cannot be read"),
        ("a.txt.gz", gzip.compress(TEXT.encode() * 50)[:-20], "cannot be read"),
        ("a.pdf", b"%PDF-1.7", "unknown file ending '.pdf'; allowed: .txt, "),
        ("README", b"text", "unknown file ending ''"),
        ("a.json", b"{]", "not valid JSON"),
        ("a.json", b'{"text": "a"}\n{"text": "b"}', "must end in .jsonl"),
        ("a.json", b"[" * 100_000, "not valid JSON"),
        ("a.json", b"3", "must be a JSON object, this is int"),
        ("a.json", b'{"title": "t"}', "has no text; expected it in one of the fields text, body"),
        ("a.json", b'{"text": ["a"]}', "has no text"),
        ("a.json", b'{"id": {"a": 1}, "text": "a"}', "id must be a text or a whole number"),
        ("a.json", rb'{"text": "\ud800"}', "half of a surrogate pair"),
        ("a.jsonl", b"\n\n", "no line"),
        ("a.html", b"<html><body></body></html>", "no article text found"),
    ],
)
def test_a_bad_file_is_named_and_the_run_goes_on(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path / name, content)
    write(tmp_path / "z.txt", TEXT)
    found = read(tmp_path)
    assert [a.id for a in articles(found)] == ["z"]
    ((place, message),) = failures(found)
    assert place.startswith(str(tmp_path / name))
    assert reason in message


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("missing.txt", "no such file or folder"),
        ("*.nothing", "matches no file"),
        ("x" * 5000, "cannot be read"),
        ("a\0b.txt", ""),
        ("empty", "holds no file"),
    ],
)
def test_an_input_that_names_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, item: str, reason: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    ((place, message),) = failures(read(item))
    assert place == item
    assert reason in message
    assert count_inputs([item]) == 1


def test_a_fifo_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "not a regular file" in failures(read(tmp_path))[0][1]


def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        write(tmp_path / name, TEXT)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert articles(read(tmp_path))[0].id == "caf�"


def test_a_broken_line_costs_that_line_alone(tmp_path: Path) -> None:
    lines = [{"id": "a", "text": TEXT}, "{broken", {"id": "b"}, None, {"id": "c", "body": f"{TEXT}c"}, [1]]
    rows = ["" if line is None else line if isinstance(line, str) else json.dumps(line) for line in lines]
    path = write(tmp_path / "wire.jsonl", "\n".join(rows))
    found = read(path)
    assert [(a.id, a.place) for a in articles(found)] == [("a", f"{path}:1"), ("c", f"{path}:5")]
    assert [place for place, _ in failures(found)] == [f"{path}:2", f"{path}:3", f"{path}:6"]
    assert count_inputs([str(path)]) == 6


def test_bytes_that_are_no_text_cost_one_line_alone(tmp_path: Path) -> None:
    good = json.dumps({"id": "a", "text": "é"}, ensure_ascii=False).encode()
    path = write(tmp_path / "wire.jsonl", b"\xef\xbb\xbf" + good + b'\n{"id": "b", "text": "\xff"}\n\0\0\n' + good)
    found = read(path)
    assert [a.id for a in articles(found)] == ["a"]
    assert [place for place, _ in failures(found)] == [f"{path}:2", f"{path}:3", f"{path}:4"]


def test_lines_before_a_broken_end_of_a_compressed_file_are_kept(tmp_path: Path) -> None:
    rows = b"".join(
        json.dumps({"id": str(i), "text": f"{TEXT}{os.urandom(99).hex()}"}).encode() + b"\n" for i in range(999)
    )
    found = read(write(tmp_path / "a.jsonl.gz", gzip.compress(rows)[:-5000]))
    assert len(articles(found)) > 800
    assert len(failures(found)) >= 1
    assert count_inputs([str(tmp_path / "a.jsonl.gz")]) is None


def test_json_lines_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jsonl"
    path.write_text("".join(json.dumps({"id": str(i), "text": TEXT + str(i)}) + "\n" for i in range(3)))

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise AssertionError("a stream of lines must not be read whole")

    found = read_articles(["-"], stdin=Watched(path.read_bytes()))
    assert [item.id for item in found if isinstance(item, Article)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'\n {"id": "a", "text": "one"}\n{"id": "b", "text": "two"}\n', ["one", "two"]),
        (b'\xef\xbb\xbf{"id": "a", "text": "one"}', ["one"]),
        (b'{\n "id": "a",\n "text": "one"\n}\n', ["one"]),
        (b"\n\n  Plain {text}.\n\nMore.\n", ["\n\n  Plain {text}.\n\nMore.\n"]),
        (b"One line", ["One line"]),
    ],
)
def test_stdin_is_lines_of_json_or_one_text(data: bytes, texts: list[str]) -> None:
    assert [a.text for a in articles(read("-", stdin=data))] == texts


def test_empty_stdin_is_named() -> None:
    assert failures(read("-", stdin=b""))[0][0] == "stdin"
    assert count_inputs(["-"]) is None


def test_ids_are_made_unique_and_repeats_are_named(tmp_path: Path) -> None:
    write(tmp_path / "a" / "levy.txt", TEXT)
    write(tmp_path / "b" / "levy.txt", TEXT + "More.\n")
    write(tmp_path / "c" / "levy.txt", TEXT)
    write(tmp_path / "d" / "levy.txt", TEXT + "More.\n")
    found = read(tmp_path)
    first, second = articles(found)
    assert (first.id, second.id) == ("levy", f"levy-{second.sha256[:8]}")
    assert [place for place, _ in failures(found)] == [
        str(tmp_path / "c" / "levy.txt"),
        str(tmp_path / "d" / "levy.txt"),
    ]
    assert all("duplicate of article 'levy" in reason for _, reason in failures(found))


def test_articles_as_written_come_back_identical(tmp_path: Path) -> None:
    write(tmp_path / "in" / "levy.txt", f"Levy stays\n\nBy Ines Calloway\n\n12 March 2025\n\n{TEXT * 3}")
    write(tmp_path / "in" / "page.html", PAGE)
    before = articles(read(tmp_path / "in"))
    path = write(tmp_path / "articles.jsonl", "".join(a.model_dump_json() + "\n" for a in before))
    assert articles(read(path)) == before


def test_blocks_that_do_not_fit_the_text_are_named(tmp_path: Path) -> None:
    item = {"id": "a", "text": TEXT, "blocks": [{"start": 0, "end": 5, "kind": "paragraph"}]}
    ((_, reason),) = failures(read(write(tmp_path / "a.json", json.dumps(item))))
    assert "blocks must partition the text" in reason


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            {"id": 0, "content": TEXT, "headline": "T", "author": "By Ana Vale and Bo Ek"},
            ("0", "T", ("Ana Vale", "Bo Ek")),
        ),
        (
            {"uri": "urn:x", "body": TEXT, "authors": [{"name": "Ana Vale"}, "Bo Ek"]},
            ("urn:x", None, ("Ana Vale", "Bo Ek")),
        ),
        ({"id": "", "text": TEXT, "by": "Northline staff"}, ("a", None, ("Northline staff",))),
        (
            {
                "uri": "urn:y",
                "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "M"}],
                "bodies": [
                    {"role": "teaser", "contentType": "text/plain", "value": "Read on."},
                    {"role": "main", "contentType": "text/plain", "value": TEXT},
                ],
            },
            ("urn:y", "M", ()),
        ),
    ],
)
def test_field_names(tmp_path: Path, item: dict[str, Any], expected: tuple[str, str | None, tuple[str, ...]]) -> None:
    (article,) = articles(read(write(tmp_path / "a.json", json.dumps(item))))
    assert (article.id, article.title, article.authors) == expected
    assert article.text == TEXT


def test_ninjs_html_body_and_metadata(tmp_path: Path) -> None:
    item = {
        "uri": "urn:z",
        "language": "en",
        "versionCreated": "2025-06-11T07:30:00Z",
        "headlines": [{"value": "Levy stays"}],
        "bodies": [
            {"contentType": "text/html", "value": "<h2>Cost</h2><p>One &amp; two.</p><p>“Three,” she said.</p>"}
        ],
    }
    (article,) = articles(read(write(tmp_path / "a.json", json.dumps([item]))))
    assert article.text == "Cost\n\nOne & two.\n\n“Three,” she said."
    assert [b.kind for b in article.blocks] == [BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert (article.title, article.language, article.published) == ("Levy stays", "en", "2025-06-11T07:30:00Z")


def test_a_page_keeps_what_its_elements_are(tmp_path: Path) -> None:
    (article,) = articles(read(write(tmp_path / "levy.html", PAGE)))
    kinds = [(b.kind.value, b.continues, b.of(article.text).strip()) for b in article.blocks]
    assert kinds == [
        ("title", False, "Levy stays"),
        ("paragraph", False, "The levy on boats will stay, the minister of coasts told parliament on Wednesday."),
        ("paragraph", False, "“Nobody asked us,” said Ana Vale,"),
        ("paragraph", True, "who chairs the union."),
        ("heading", False, "What it costs"),
        ("paragraph", False, "She called it “a tax on weather” and said the union would go to court over it."),
        (
            "paragraph",
            False,
            "The ministry would not comment further, but officials expect a ruling before the winter.",
        ),
    ]
    assert (article.title, article.authors, article.publisher) == ("Levy stays", ("Ines Calloway",), "Sorrel Echo")
    assert (article.language, (article.published or "")[:10]) == ("en-GB", "2025-03-12")


def test_a_fragment_is_taken_whole() -> None:
    page = "<p>One <q>two <q>three</q></q>.</p><script>x()</script><figure><figcaption>Boats</figcaption></figure>tail"
    article = article_from_html(page, id="a")
    assert [(b.kind.value, b.of(article.text).strip()) for b in article.blocks] == [
        ("paragraph", "One “two ‘three’”."),
        ("caption", "Boats"),
        ("paragraph", "tail"),
    ]


@pytest.mark.parametrize("encoding", ["windows-1251", "shift_jis"])
def test_a_page_says_its_encoding(tmp_path: Path, encoding: str) -> None:
    page = PAGE.replace("<head>", f'<head><meta charset="{encoding}">').replace("Ana Vale", "Ана").replace("© ", "")
    write(tmp_path / "a.html", page.encode(encoding, "xmlcharrefreplace"))
    assert "Ана" in articles(read(tmp_path))[0].text


@pytest.mark.parametrize("tag", ["div", "span", "b", "blockquote", "table"])
@pytest.mark.parametrize("depth", [300, 10_000])
def test_deeply_nested_pages_neither_crash_nor_hang(tmp_path: Path, tag: str, depth: int) -> None:
    body = f"<{tag}>" * depth + f"<p>{TEXT}</p>" + f"</{tag}>" * depth
    write(tmp_path / "deep.html", f"<html><body><article>{body}</article></body></html>")
    started = time.perf_counter()
    found = read(tmp_path)
    assert len(found) == 1
    assert isinstance(found[0], Article) or "nested too deep" in found[0].reason
    assert time.perf_counter() - started < 10


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["<p>", "</p>", "<q>", "<br>", "<table><td>", "a b", "“", "<!--", "&"])).map("".join)
)
@settings(max_examples=60, deadline=None)
def test_any_page_is_an_article_or_an_error(page: str) -> None:
    try:
        article = article_from_html(page, id="a")
    except ArticleError:
        return
    assert article.text.strip() == article.text


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_on_stdin_are_articles_or_errors(data: bytes) -> None:
    found = read("-", stdin=data)
    assert found
    assert all(item.text.strip() for item in found if isinstance(item, Article))


def test_a_small_file_that_unpacks_to_a_huge_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.corpus.readers.streams.MAX_ARTICLE_BYTES", 10_000)
    write(tmp_path / "a.txt.gz", gzip.compress(b"a " * 10_000))
    row = json.dumps({"id": "c", "text": TEXT}).encode()
    write(tmp_path / "b.jsonl", b'{"text": "' + b"a " * 20_000 + b'"}\n' + row)
    found = read(tmp_path)
    assert [a.id for a in articles(found)] == ["c"]
    assert ["larger than 10,000 bytes" in reason for _, reason in failures(found)] == [True, True]


def test_article_from_text_takes_what_the_head_says() -> None:
    text = f"**Levy stays**\n\nBy **Ines Calloway** and [Bo Ek](#) in Sorrel\n\n12 March 2025\n\n{TEXT}"
    article = article_from_text(text, id="a")
    assert (article.title, article.authors, article.published) == (
        "Levy stays",
        ("Ines Calloway", "Bo Ek"),
        "2025-03-12",
    )
    given_metadata = article_from_text(text, id="a", title="Other", authors=["X"], published="2024", language="en")
    assert (given_metadata.title, given_metadata.authors, given_metadata.published) == ("Other", ("X",), "2024")


def test_a_known_headline_is_found_in_the_text() -> None:
    text = f"‘The levy will stay.’\n\n{TEXT}"
    assert article_from_text(text, id="a").blocks[0].kind is BlockKind.PARAGRAPH
    assert article_from_text(text, id="a", title="‘The levy will stay.’").blocks[0].kind is BlockKind.TITLE


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2025-06-11T07:30:00Z", "2025-06-11T07:30:00Z"),
        ("2025-06", "2025-06"),
        ("Wed, 11 Jun 2025 07:30:00 GMT", "2025-06-11T07:30:00+00:00"),
        ("12 March 2025", "2025-03-12"),
        ("Published May 9th, 2025, 9:14 a.m. ET", "2025-05-09"),
        ("31 February 2025", None),
        (1749627000, "2025-06-11T07:30:00+00:00"),
        (1749627000000, "2025-06-11T07:30:00+00:00"),
        (1e300, None),
        (float("nan"), None),
        (True, None),
        ("yesterday", None),
        (None, None),
        ({}, None),
    ],
)
def test_iso_date(value: object, expected: str | None) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("By **Ines Calloway** and **Tomas Birk**", ("Ines Calloway", "Tomas Birk")),
        ("**Oona Petrie** in Karsholm and **Dev Malhotra** in London", ("Oona Petrie", "Dev Malhotra")),
        ("Hattie Lorne, culture correspondent", ("Hattie Lorne",)),
        ("Ludwig van der Meer; Ana Vale", ("Ludwig van der Meer", "Ana Vale")),
        ("Northline staff", ("Northline staff",)),
        ("", ()),
    ],
)
def test_author_names(byline: str, expected: tuple[str, ...]) -> None:
    assert author_names(byline) == expected


def test_reading_text_loads_no_html_library() -> None:
    import subprocess

    code = "import sys, onrecord.corpus.readers; sys.exit('trafilatura' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_examples_are_read_and_the_magazine_has_every_kind_of_noise() -> None:
    found = read(Path(__file__).parents[2] / "examples")
    assert failures(found) == []
    by_id = {article.id: article for article in articles(found)}
    kinds = {block.kind for block in by_id["harbour-levy"].blocks}
    assert kinds == set(BlockKind)
    cut_in_two = [passage for passage in by_id["harbour-levy"].passages() if len(passage) == 2]
    assert len(cut_in_two) == 3


@pytest.mark.parametrize(
    "rest",
    [
        {"text": TEXT},
        {"text": TEXT, "blocks": [{"start": 0, "end": len(TEXT), "kind": "paragraph"}]},
        {"html": f"<p>{TEXT}</p>"},
    ],
    ids=["text", "blocks", "html"],
)
def test_an_article_brings_its_own_targets(tmp_path: Path, rest: dict[str, Any]) -> None:
    lines = [
        {"id": "a", "targets": ["harbour levy", "Ana Vale"], **rest},
        {"id": "b", "targets": [], **rest},
        {"id": "c", "targets": None, **rest},
    ]
    found = articles(read(write(tmp_path / "in.jsonl", "".join(json.dumps(line) + "\n" for line in lines))))
    assert [article.targets for article in found] == [("harbour levy", "Ana Vale"), (), ()]


@pytest.mark.parametrize("targets", ["harbour levy", [{"name": "harbour levy"}], ["levy", " "], 3])
@pytest.mark.parametrize("blocks", [None, [{"start": 0, "end": len(TEXT), "kind": "paragraph"}]])
def test_targets_of_another_form_are_an_error(tmp_path: Path, targets: object, blocks: object) -> None:
    item = {"id": "a", "text": TEXT, "targets": targets, "blocks": blocks}
    ((_, reason),) = failures(read(write(tmp_path / "a.json", json.dumps(item))))
    assert "targets must be a list of names" in reason
