"""Targets as users word them, and the files in which they list them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import yaml

from onrecord.corpus.article import Span
from onrecord.corpus.errors import DataError


@dataclass(frozen=True)
class Target:
    """Something a speaker can take a side on.

    Attributes:
        name: As the user or the article words it.
        aliases: Other names of it.
        origin: `given` by the user or `discovered` in the text.
    """

    name: str
    aliases: tuple[str, ...] = ()
    origin: Literal["given", "discovered"] = "given"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the name or an alias as whole words, with any white space and any apostrophe."""
        return forms_pattern((self.name, *self.aliases), ignore_case=True)


@dataclass(frozen=True)
class TargetMention:
    """A target together with where the quotation, or the text around it, speaks of it.

    Attributes:
        target: The target.
        mention: The words that say so.
        is_direct: False where only what was spoken of before says that the quotation is about it.
    """

    target: Target
    mention: Span
    is_direct: bool = True


def forms_pattern(forms: Iterable[str], *, ignore_case: bool = False) -> re.Pattern[str]:
    """Returns what matches any of the forms as whole words, with any white space and any apostrophe."""
    longest_first = sorted(dict.fromkeys(forms), key=len, reverse=True)
    alternatives = "|".join(_form(form) for form in longest_first) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE if ignore_case else 0)


def _form(form: str) -> str:
    words = form.split()
    return r"\s+".join(re.sub(r"['’]", "['’]", re.escape(word)) for word in words) or r"(?!)"


def read_targets(lines: Iterable[str]) -> list[Target]:
    """Returns the targets of a plain list, one a line; blank lines and lines that begin with `#` are skipped."""
    stripped = (line.strip() for line in lines)
    return [Target(line) for line in stripped if line and not line.startswith("#")]


def load_targets(path: Path) -> list[Target]:
    """Returns the targets of a file: one a line, or YAML/JSON.

    YAML and JSON take a list whose items are names or `{name, aliases}`, or a mapping from names to lists of aliases.

    Raises:
        DataError: The file is not of that form, or holds no target.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    if path.suffix not in (".yaml", ".yml", ".json"):
        targets = read_targets(text.splitlines())
    else:
        try:
            targets = _structured(yaml.safe_load(text))
        except (yaml.YAMLError, TypeError, KeyError, AttributeError) as error:
            raise DataError(
                f"{path}: not a list of targets ({error}); "
                "expected names, {name, aliases}, or a mapping name: [aliases]"
            ) from error
    if not targets:
        raise DataError(f"{path}: holds no target")
    if any(not target.name.strip() for target in targets):
        raise DataError(f"{path}: a target has an empty name; name it, or take it out")
    return targets


def _structured(data: object) -> list[Target]:
    if isinstance(data, dict):
        return [Target(str(name), _aliases(aliases)) for name, aliases in data.items()]
    if not isinstance(data, list):
        raise TypeError(f"it is {type(data).__name__}")
    return [
        Target(item) if isinstance(item, str) else Target(str(item["name"]), _aliases(item.get("aliases")))
        for item in data
    ]


def _aliases(value: object) -> tuple[str, ...]:
    """One alias or a list of them; a lone string is one alias, not its letters."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        raise TypeError(f"aliases {value!r} are no list")
    return tuple(str(alias) for alias in value)
