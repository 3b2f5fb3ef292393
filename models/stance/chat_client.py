"""A client of OpenAI-compatible chat endpoints: retries, an on-disk cache, counted tokens. Standard library only."""

import hashlib
import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from onrecord.corpus.errors import ModelError

MAX_ANSWER_BYTES = 1_000_000
PASSING_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed later."""
REFUSED_STATUSES = frozenset({401, 403, 404})
"""Statuses that every further request would meet as well: key, permission, address or model name are wrong."""
LONGEST_WAIT = 60.0
"""Seconds; an endpoint that asks for a longer pause is not waited for any longer."""


class ChatRequestError(ModelError):
    """One request failed for good; others may succeed."""


@dataclass(frozen=True)
class ChatOptions:
    """How to ask an endpoint.

    Attributes:
        url: Base address, up to and with `/v1`.
        model: The endpoint's name of the model.
        api_key: Sent as bearer token, if given; never written anywhere.
        timeout: Seconds for one request.
        attempts: How often one request is tried.
        first_wait: Seconds before the second attempt; doubled before each further one, with up to half of it added.
        concurrency: Most requests at a time.
        cache: Folder of answers, none if None.
        input_price, output_price: Cost of a million tokens, in any currency.
    """

    url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    attempts: int = 5
    first_wait: float = 1.0
    concurrency: int = 4
    cache: Path | None = None
    input_price: float = 0.0
    output_price: float = 0.0


@dataclass
class ChatUsage:
    """What was asked for so far; cached answers cost nothing. Its text is what a run says at its end.

    Attributes:
        n_requests: Requests that were answered.
        n_cached: Answers taken from the cache.
        n_retries: Requests that had to be repeated.
        input_tokens: Tokens that were sent, as the endpoint counts them.
        output_tokens: Tokens that were answered.
        cost: In the currency of the prices.
    """

    n_requests: int = 0
    n_cached: int = 0
    n_retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float = 0.0

    def count(self, options: "ChatOptions", *, input_tokens: int, output_tokens: int) -> None:
        """Counts one answered request."""
        self.n_requests += 1
        self.input_tokens += input_tokens
        self.output_tokens += output_tokens
        self.cost += (input_tokens * options.input_price + output_tokens * options.output_price) / 1e6

    def add(self, other: "ChatUsage") -> None:
        """Adds what another run of the same prices asked for."""
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def since(self, before: "ChatUsage") -> "ChatUsage":
        """Returns what was asked for since an earlier state of this count."""
        return ChatUsage(**{one.name: getattr(self, one.name) - getattr(before, one.name) for one in fields(self)})

    def __str__(self) -> str:
        tokens = f"{self.input_tokens:,} + {self.output_tokens:,} tokens"
        asked = f"{self.n_requests:,} requests, {self.n_cached:,} from the cache, {self.n_retries:,} repeated"
        return f"{asked}; {tokens}, cost {self.cost:.4f}" if self.cost else f"{asked}; {tokens}"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to an address that the user did not name."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class ChatClient:
    """Sends chat requests; safe to use from several threads.

    Args:
        options: How to ask.

    Raises:
        ModelError: The address is not http or https.
    """

    def __init__(self, options: ChatOptions) -> None:
        if urllib.parse.urlsplit(options.url).scheme not in {"http", "https"}:
            raise ModelError(f"chat endpoint {options.url!r}: the address must begin with http:// or https://")
        self.options = options
        self.usage = ChatUsage()
        self._lock = threading.Lock()
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, body: Mapping[str, Any], parse: Callable[[str], Any]) -> Any:
        """Returns the parsed content of the answer's first choice.

        Args:
            body: The request, without the model's name.
            parse: Makes something of the content, or raises ValueError; only what it takes is cached.

        Raises:
            ChatRequestError: All attempts failed, or the answer cannot be parsed.
            ModelError: The endpoint refuses altogether (key, permission, address, model).
        """
        request = {"model": self.options.model, **body}
        cached = self._cached(request)
        if cached is not None:
            with self._lock:
                self.usage.n_cached += 1
            return parse(cached)
        reason = ""
        for attempt in range(self.options.attempts):
            asked_wait = 0.0
            try:
                answer = self._send(request)
                content = _content(answer)
                parsed = parse(content)
            except urllib.error.HTTPError as error:
                reason = f"status {error.code}: {_said(error)}"
                if error.code in REFUSED_STATUSES:
                    raise ModelError(f"{self._place}: {reason}; check key, address and model name") from error
                if error.code not in PASSING_STATUSES:
                    raise ChatRequestError(f"{self._place}: {reason}") from error
                asked_wait = _retry_after(error)
            except (OSError, http.client.HTTPException) as error:
                reason = f"no answer: {getattr(error, 'reason', error) or type(error).__name__}"
            except (ValueError, RecursionError) as error:
                reason = f"answer not understood: {error}"
            else:
                self._store(request, content)
                return parsed
            if attempt + 1 < self.options.attempts:
                with self._lock:
                    self.usage.n_retries += 1
                pause = self.options.first_wait * 2**attempt * (1 + random.random() / 2)
                time.sleep(min(LONGEST_WAIT, max(asked_wait, pause)))
        raise ChatRequestError(f"{self._place}: {self.options.attempts} attempts failed, the last with {reason}")

    @property
    def _place(self) -> str:
        return f"{self.options.model} at {self.options.url}"

    def _send(self, request: Mapping[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.options.api_key:
            headers["Authorization"] = f"Bearer {self.options.api_key}"
        http_request = urllib.request.Request(  # noqa: S310  the scheme is checked above
            f"{self.options.url.rstrip('/')}/chat/completions", json.dumps(request).encode(), headers, method="POST"
        )
        with self._opener.open(http_request, timeout=self.options.timeout) as response:
            answer = json.loads(_limited(response))
        if not isinstance(answer, dict):
            raise ValueError(f"a JSON object is expected, this is {type(answer).__name__}")
        tokens = answer.get("usage")
        with self._lock:
            self.usage.count(
                self.options,
                input_tokens=_count(tokens, "prompt_tokens"),
                output_tokens=_count(tokens, "completion_tokens"),
            )
        return answer

    def _cached(self, request: Mapping[str, Any]) -> str | None:
        path = self._cache_path(request)
        if path is None or not path.is_file():
            return None
        try:
            content = json.loads(path.read_text(encoding="utf-8"))["content"]
        except (ValueError, KeyError, TypeError):
            return None  # cut short by a full disk, say: asked anew and overwritten
        return content if isinstance(content, str) else None

    def _store(self, request: Mapping[str, Any], content: str) -> None:
        path = self._cache_path(request)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_suffix(f".{threading.get_ident()}")
            unfinished.write_text(json.dumps({"request": request, "content": content}), encoding="utf-8")
            unfinished.replace(path)

    def _cache_path(self, request: Mapping[str, Any]) -> Path | None:
        if self.options.cache is None:
            return None
        key = json.dumps([self.options.url, request], sort_keys=True).encode()
        digest = hashlib.sha256(key).hexdigest()
        return self.options.cache / digest[:2] / f"{digest}.json"


def _limited(response: IO[bytes]) -> bytes:
    content = response.read(MAX_ANSWER_BYTES + 1)
    if len(content) > MAX_ANSWER_BYTES:
        raise ValueError(f"more than {MAX_ANSWER_BYTES} bytes")
    return content


def _content(answer: Mapping[str, Any]) -> str:
    try:
        choice = answer["choices"][0]
        content = choice["message"]["content"]
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError("no choices[0].message.content in it") from error
    if choice.get("finish_reason") == "length":
        raise ValueError("cut off at its length limit")
    if not isinstance(content, str):
        raise ValueError(f"its content is {type(content).__name__}, not text")
    return content


def _count(usage: object, name: str) -> int:
    value = usage.get(name) if isinstance(usage, dict) else None
    return value if isinstance(value, int) else 0


def _retry_after(error: urllib.error.HTTPError) -> float:
    try:
        return float(error.headers.get("Retry-After", ""))
    except ValueError:
        return 0.0


def _said(error: urllib.error.HTTPError) -> str:
    try:
        return error.read(500).decode("utf-8", "replace").strip() or str(error.reason)
    except OSError:
        return str(error.reason)
