"""The words of a target, and how the words of a text take them up: inflected, derived, shortened, pointed at."""

import re
from collections.abc import Iterable

STOPWORDS = frozenset(
    "the a an of to in on for and or by with from at as is are be should must not no that this more into its his her "
    "their any all new".split()
)
TITLES = frozenset(
    "sir mayor governor superintendent canon father mr mrs ms dr president senator lord lady dame rev reverend "
    "minister captain judge justice prof professor representative congressman congresswoman secretary prime "
    "chancellor".split()
)
"""Words before a person's name in a target that an article may leave out."""
ENDINGS = (
    "ations ation ating ates ated ate ings ing ures ure als al ions ion ments ment ers er ors or ies es ed s e y ly "
    "'s".split()
)
"""Endings that a word may lose, so that "closing", "closure" and "closed" agree; longest first where they overlap."""
FEWEST_LETTERS = 4
"""Letters that must be left of a word."""
GENERAL_HEADS = frozenset(
    "act action agenda aid ban benefit bill care case change control cost crisis cut deal decision funding idea issue "
    "law measure order plan policy price problem process programme program project proposal question reform right "
    "rule scheme service system tax talks".split()
)
"""Head nouns that many issues share, so that their modifiers tell as much: "gun control", "pension reform"."""
DETERMINERS = frozenset("the this that these those such his her its their our my your".split())


def stem(word: str) -> str:
    """Returns a word without its ending, in lower case.

    Cruder than a lemma on purpose: "removal", "removing" and "removes" become one.
    """
    plain = word.lower().replace("’", "'")
    for ending in ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= FEWEST_LETTERS:
            return plain[: -len(ending)]
    return plain


def content_stems(names: Iterable[str]) -> frozenset[str]:
    """Returns the stems of the words that carry meaning."""
    words = (word for name in names for word in re.findall(r"\w+", name))
    return frozenset(
        stem(word) for word in words if word.lower() not in STOPWORDS and (len(word) > 2 or word.isdigit())
    )


def bare_name(name: str) -> tuple[str, ...]:
    """Returns the words of a capitalised name without titles and articles; of any other target, none."""
    words = name.split()
    kept = [word for word in words if word.lower().strip(".") not in TITLES and word.lower() not in STOPWORDS]
    is_name = bool(kept) and all(word[:1].isupper() for word in kept)
    return tuple(kept) if is_name else ()


def has_title(name: str) -> bool:
    """True if a target begins with a person's title."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.lower().strip(".") in TITLES


def acronym(words: Iterable[str]) -> str | None:
    """Returns the initials of a name of three words or more."""
    initials = "".join(word[0] for word in words if word[:1].isupper())
    return initials if len(initials) >= 3 else None


def heads(name: str) -> list[str]:
    """Returns the words that a phrase is about, without modifiers: the last of each part between prepositions.

    Where that is a general noun, or the phrase opens with an act ("closing the library"), the words before it too.
    """
    parts = re.split(r"\s+(?:of|in|for|on|to|at|as|from|with|about|by|against|over)\s+", name)
    found = []
    for words in (re.findall(r"\w+", part) for part in parts):
        plain = {words[-1].lower(), words[-1].lower().removesuffix("s")} if words else set()
        found += words if plain & GENERAL_HEADS else words[-1:]
        found += [word for word in words[:1] if word.endswith("ing")]
    return found
