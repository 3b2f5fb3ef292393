"""Which language an article is written in: the models read English."""

from functools import cache

from onrecord.corpus.article import Article
from onrecord.corpus.errors import ArticleError

ENGLISH = "en"
ANY = "any"
"""Option that has articles of every language processed."""
MIN_LETTERS = 120
"""A text whose different words have fewer letters is not told apart: it is short, or a table of names."""
READ_CHARS = 2_000
"""How much of the text is looked at."""
MIN_ENGLISH_SHARE = 0.2
"""A text with this share of English function words is English, whatever its tables and names look like. The first 200
characters of news in English have 0.18 or more (257 articles); other languages' text stays below 0.1."""
STAGE = "language"


def detected_language(text: str) -> str | None:
    """Returns the ISO 639-1 code of the language of a text, or None where it is too short to tell."""
    sample = text[:READ_CHARS]
    words = ["".join(filter(str.isalpha, word)).lower() for word in sample.split()]
    words = [word for word in words if word]
    if sum(map(len, set(words))) < MIN_LETTERS:
        return None
    if sum(word in _english_words() for word in words) >= MIN_ENGLISH_SHARE * len(words):
        return ENGLISH
    return _identified(sample.lower() if sample.isupper() else sample)


def refusal(article: Article, language: str) -> ArticleError | None:
    """Returns why an article is not processed, or None where it is.

    Args:
        article: The article.
        language: `en`, or `any` to process it whatever its language.
    """
    if language == ANY:
        return None
    body = "\n".join(piece.of(article.text) for passage in article.passages() for piece in passage)
    found = detected_language(body)
    if found in (None, ENGLISH):
        return None
    return ArticleError(
        f"its language is {found!r}, and the models read English; --language any has it processed all the same",
        place=article.place or article.id,
        stage=STAGE,
    )


def _identified(text: str) -> str:
    from py3langid import classify  # its model takes half a second to load

    language, _ = classify(text)
    return str(language)


@cache
def _english_words() -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    return frozenset(STOP_WORDS)
