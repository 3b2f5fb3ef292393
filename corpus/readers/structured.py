"""JSON and JSON lines: one object an article.

Field names, each with the others it may have:

| article | fields |
|---|---|
| id | `id`, `uri` (ninjs) |
| text | `text`, `body`, `content`; `bodies[].value` (ninjs) |
| HTML instead | `html`, `body_html`; `bodies[]` whose `contentType` is HTML, `body_xhtml` |
| title | `title`, `headline`; `headlines[].value` (ninjs) |
| url | `url`, `link` |
| publisher | `publisher`, `source` |
| authors | `authors`, `author`, `by`, `byline`: a list, or one text |
| published | `published`, `date`, `versionCreated`, `firstCreated`: ISO 8601, RFC 2822, or seconds since 1970 |
| language | `language`, `lang` |
| targets | `targets`: a list of names |
| blocks | `blocks`: as `--articles` writes them; the line is then taken exactly as it stands |

Other fields are ignored. An article without an id has the file's name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from onrecord.corpus.article import Article
from onrecord.corpus.decoding import decode
from onrecord.corpus.errors import ArticleError
from onrecord.corpus.readers.metadata import author_names, id_of, iso_date
from onrecord.corpus.readers.page import article_from_html
from onrecord.corpus.readers.streams import ByteStream, lines, read_all
from onrecord.corpus.readers.text import article_from_text

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "uri"),
    "text": ("text", "body", "content", "body_text"),
    "html": ("html", "body_html", "body_xhtml"),
    "title": ("title", "headline"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source"),
    "authors": ("authors", "author", "by", "byline"),
    "published": ("published", "date", "versionCreated", "firstCreated", "versioncreated", "firstcreated"),
    "language": ("language", "lang"),
}
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
Found = Iterator[Article | ArticleError]


def read_json(stream: ByteStream, place: str) -> Found:
    """Yields the article of a JSON file, or the articles of a JSON list.

    Raises:
        ArticleError: The file is empty, of no known encoding, or not JSON.
    """
    data = _parsed(decode(read_all(stream, place=place), place=place), place)
    if isinstance(data, list):
        for number, item in enumerate(data, start=1):
            yield _article_or_error(item, f"{place}:{number}", id_of(place))
    else:
        yield _article_or_error(data, place, id_of(place))


def read_json_lines(stream: ByteStream, place: str) -> Found:
    """Yields the article of each line; a broken line yields an error, and the next ones are read.

    Raises:
        ArticleError: There is no line in the file.
    """
    n_lines = 0
    for number, line in lines(stream, place=place):
        n_lines += 1
        at = f"{place}:{number}"
        if isinstance(line, ArticleError):
            yield line
            continue
        try:
            item = _parsed(decode(line, place=at), at)
        except ArticleError as error:
            yield error
        else:
            yield _article_or_error(item, at, id_of(place))
    if n_lines == 0:
        raise ArticleError("the file holds no line; remove it, or write it again", place=place, stage="read")


def _parsed(text: str, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        remedy = "; a file of one object a line must end in .jsonl" if "Extra data" in str(error) else ""
        raise ArticleError(f"not valid JSON: {error}{remedy}", place=place, stage="read") from error


def _article_or_error(item: Any, place: str, default_id: str) -> Article | ArticleError:
    try:
        return _article(item, place, default_id)
    except ArticleError as error:
        return error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "article"
        return ArticleError(f"{where}: {first['msg']}; correct the field", place=place, stage="read")


def _article(item: Any, place: str, default_id: str) -> Article:
    if not isinstance(item, Mapping):
        raise ArticleError(
            f"an article must be a JSON object, this is {type(item).__name__}", place=place, stage="read"
        )
    found = {
        name: next((item[key] for key in keys if item.get(key) not in (None, "")), None)
        for name, keys in FIELDS.items()
    }
    _take_ninjs(item, found)
    text, html = found["text"], found["html"]
    given_id = found["id"]
    if given_id is not None and (isinstance(given_id, bool) or not isinstance(given_id, str | int)):
        raise ArticleError(f"id must be a text or a whole number, this is {given_id!r:.60}", place=place, stage="read")
    article_id = default_id if given_id is None else str(given_id)
    if any(isinstance(value, str) and _HALF_CHARACTER.search(value) for value in found.values()):
        raise ArticleError(
            "has half of a surrogate pair; write characters beyond U+FFFF whole", place=place, stage="read"
        )
    if item.get("blocks") is not None:
        return _as_written(item, article_id, place)
    url = _text(found["url"])
    if isinstance(text, str) and text.strip():
        return article_from_text(
            text,
            id=article_id,
            title=_text(found["title"]),
            url=url,
            publisher=_text(found["publisher"]),
            authors=_authors(found["authors"]),
            published=iso_date(found["published"]),
            language=_text(found["language"]),
            place=place,
        ).model_copy(update={"targets": _targets(item, place)})
    if isinstance(html, str) and html.strip():
        article = article_from_html(html, id=article_id, url=url, place=place)
        known = {
            "title": _text(found["title"]),
            "publisher": _text(found["publisher"]),
            "authors": _authors(found["authors"]),
            "published": iso_date(found["published"]),
            "language": _text(found["language"]),
            "url": url,
            "targets": _targets(item, place),
        }
        return article.model_copy(update={name: value for name, value in known.items() if value})
    names = ", ".join((*FIELDS["text"], *FIELDS["html"], "bodies"))
    raise ArticleError(f"has no text; expected it in one of the fields {names}", place=place, stage="read")


def _as_written(item: Mapping[str, Any], article_id: str, place: str) -> Article:
    """The article of a line that `--articles` wrote: with its own blocks, exactly as it was."""
    fields = {name: item[name] for name in Article.model_fields if name in item}
    return Article.model_validate({"place": place, **fields, "id": article_id, "targets": _targets(item, place)})


def _take_ninjs(item: Mapping[str, Any], found: dict[str, Any]) -> None:
    """Fills in what an IPTC ninjs 3 item says by lists of `{role, value}`; the main role goes before others."""
    if found["title"] is None:
        found["title"] = next(
            (str(entry["value"]) for entry in _by_role(item.get("headlines")) if entry.get("value")), None
        )
    for body in _by_role(item.get("bodies")):
        if isinstance(body.get("value"), str):
            content_type = str(body.get("contentType", body.get("contenttype", ""))).lower()
            name = "html" if "html" in content_type else "text"
            if found[name] is None:
                found[name] = body["value"]


def _by_role(value: Any) -> list[Mapping[str, Any]]:
    items = [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
    return sorted(items, key=lambda item: item.get("role") not in (None, "main"))


def _targets(item: Mapping[str, Any], place: str) -> tuple[str, ...]:
    given = item.get("targets") or []
    if not isinstance(given, list) or not all(isinstance(name, str) and name.strip() for name in given):
        raise ArticleError(
            f"targets must be a list of names, this is {str(given)[:60]!r}; correct the field",
            place=place,
            stage="read",
        )
    return tuple(given)


def _text(value: Any) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    return value.strip() or None if isinstance(value, str) else None


def _authors(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return author_names(value)
    items = value if isinstance(value, list) else [value]
    return tuple(name for item in items if (name := _text(item)) is not None)
