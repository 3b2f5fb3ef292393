"""Titles that stand before names: they are no part of a name, and some tell the bearer's gender."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Self

from onrecord.corpus.errors import DataError

Gender = Literal["male", "female"]

_MALE = (
    "mr mister sir lord father brother king prince sheikh imam rabbi monsignor herr monsieur señor don signor "
    "master uncle abbot senhor datuk tunku tengku pandit swami maulana père sayyid"
)
_FEMALE = (
    "mrs ms miss mx madam madame dame lady sister mother queen princess baroness frau señora señorita signora "
    "mademoiselle aunt mama doña dona senhora mevrouw mère sœur mme mlle"
)
_NEUTRAL = (
    "dr prof professor sen sens senator rep reps representative gov govs governor pres president vice-president "
    "rev reverend fr hon judge justice gen general lt lieutenant col colonel maj major capt captain cmdr "
    "commander sgt sergeant cpl corporal pvt adm admiral vice-admiral rear-admiral commodore brigadier marshal "
    "field-marshal pope cardinal archbishop bishop ven canon secretary minister chancellor premier ambassador "
    "mayor councillor councilor cllr alderman commissioner sheriff detective inspector constable officer deputy "
    "chief chairman chairwoman chairperson chair speaker leader congressman congresswoman assemblyman "
    "assemblywoman attorney solicitor coach dean rector ayatollah mullah mp ceo emir sultan comrade citizen dci "
    "mufti shri haji hajji dc ds di pc wpc dcs acc supt insp det sec amb atty ald treas lieut brig cdr "
    "spc pfc pte ssgt msgt congressmember assemblymember councilmember"
)
_KEPT = (
    "lord lady king queen prince princess pope aunt uncle sister mother baroness dame sheikh emir sultan "
    "ayatollah mullah mama"
)


@dataclass(frozen=True)
class Titles:
    """The titles that the resolver knows; a user's own ones are added by `extended`.

    Attributes:
        male: Titles of men, lower-case, without a final dot.
        female: Titles of women.
        neutral: Titles of either.
        kept: Titles that belong to the name where only one word follows (`Lord Ashdown`, `Aunt May`).
    """

    male: frozenset[str] = frozenset(_MALE.split())
    female: frozenset[str] = frozenset(_FEMALE.split()) - {"mx"}
    neutral: frozenset[str] = frozenset(_NEUTRAL.split()) | {"mx"}
    kept: frozenset[str] = frozenset(_KEPT.split())

    def extended(self, lines: Iterable[str]) -> Self:
        """Returns these titles and more.

        Args:
            lines: One title a line, optionally followed by a tab and `male` or `female`; empty lines and those that
                begin with `#` are skipped.

        Raises:
            DataError: A line has something else behind the tab.
        """
        added: dict[str, set[str]] = {"male": set(), "female": set(), "": set()}
        for line in lines:
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            title, _, gender = (part.strip() for part in line.partition("\t"))
            if gender not in added:
                raise DataError(
                    f"title {title!r} is followed by {gender!r}: put nothing there, or a tab and `male` or `female`"
                )
            added[gender].add(_plain(title))
        return replace(
            self, male=self.male | added["male"], female=self.female | added["female"], neutral=self.neutral | added[""]
        )

    @cached_property
    def all(self) -> frozenset[str]:
        """Every title, lower-case, without a final dot."""
        return self.male | self.female | self.neutral

    def __contains__(self, word: str) -> bool:
        return _plain(word) in self.all

    def gender(self, word: str) -> Gender | None:
        """Returns the gender that a title tells, or None."""
        plain = _plain(word)
        if plain in self.male:
            return "male"
        return "female" if plain in self.female else None

    def keeps(self, word: str) -> bool:
        """True if the title belongs to a name of one word."""
        return _plain(word) in self.kept


def _plain(word: str) -> str:
    return word.lower().rstrip(".")
