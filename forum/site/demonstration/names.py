"""Invent names in the order and script of the country that somebody comes from, and their passport form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from forum.people.models import NameOrder
from forum.site.demonstration.content import read
from forum.site.demonstration.facts import NameSeed

if TYPE_CHECKING:
    import random


@dataclass(frozen=True, slots=True)
class Pools:
    """The names, functions and organisations that people are made of."""

    names: dict[str, Any]
    countries: dict[str, str]
    functions: dict[str, list[dict[str, str]]]
    organisations: dict[str, list[dict[str, str]]]


@cache
def pools() -> Pools:
    """Return the pools of the content file."""
    entry = read("names.json")
    return Pools(entry["pools"], entry["countries"], entry["functions"], entry["organisations"])


def passport_form(latin: str, country: str) -> str:
    """Return a name as in the machine-readable zone: A to Z and blanks, at most 39 characters.

    Umlauts are written out where the country does so (ICAO Doc 9303, part 3, section 6).
    """
    written_out = {"Ä": "AE", "Ö": "OE", "Å": "AA", "Ø": "OE", "Æ": "AE", "Ü": "UE"}
    if country == "CN":
        written_out = {"Ü": "YU"}
    elif country not in {"DE", "AT", "CH", "SE", "NO", "FI"}:
        written_out = {}
    upper = unicodedata.normalize("NFC", latin).upper().replace("Đ", "D").replace("ẞ", "SS")
    spelled = "".join(written_out.get(letter, letter) for letter in upper)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return " ".join(re.sub("[^A-Z]+", " ", plain.replace("'", "")).split())[:39].strip()


class Names:
    """Hands out names, none of them twice."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.used: set[tuple[str, str, str]] = set()

    def one(self, country: str) -> NameSeed:
        """Return an unused name as people of that country bear them."""
        culture = pools().countries[country]
        pool = pools().names[culture]
        while True:
            name = self._draw(culture, pool, country)
            key = (name.family_latin, name.given_latin, name.name_zh)
            if key not in self.used:
                self.used.add(key)
                return name

    def _draw(self, culture: str, pool: dict[str, Any], country: str) -> NameSeed:
        family, family_script = self.chance.choice(pool["family"])
        honorific = self.chance.choice(("Mr", "Ms"))
        if pool["order"] == "single":
            # A person with one name fills one field of the passport only; a second word keeps people apart.
            given, script = self.chance.choice(pool["family"])[0], ""
            family, given = (f"{given} {family}", "") if given != family else (family, "")
        else:
            given, script, sex = self.chance.choice(pool["given"])
            honorific = "Ms" if sex == "f" else "Mr"
            if sex == "f" and culture in {"ru", "kz", "uz"}:
                family, family_script = _feminine(family), _feminine(family_script)
        if self.chance.random() < 0.12:
            honorific = self.chance.choice(("Dr", "Prof."))
        han = culture in {"zh", "ja", "ko"}
        return NameSeed(
            family_latin=family,
            given_latin=given,
            name_order=NameOrder.FAMILY_FIRST if pool["order"] == "family_first" else NameOrder.GIVEN_FIRST,
            name_zh=f"{family_script}{script}" if han else "",
            native_name="" if han else f"{script} {family_script}".strip(),
            passport_surname=passport_form(family, country),
            passport_given=passport_form(given, country),
            honorific=honorific,
        )


def _feminine(family: str) -> str:
    """Return the form of a Russian, Kazakh or Uzbek family name that a woman bears."""
    for ending, form in (("sky", "skaya"), ("ский", "ская")):
        if family.endswith(ending):
            return family.removesuffix(ending) + form
    if family.endswith(("ov", "ev", "in")):
        return f"{family}a"
    if family.endswith(("ов", "ев", "ёв", "ин")):
        return f"{family}а"
    return family
