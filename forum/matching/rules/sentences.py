"""What matching says, in the reader's language and from the reader's side, always from the same records.

A card that two cities read is mirrored: each is "you" on its own.  The national office reads both by name.  A city
never learns that another one set it aside: what the reader may not know reads the same for every cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel import Locale
from babel.lists import format_list

from forum.core.bilingual import Text
from forum.core.catalogue import Translator
from forum.core.refusals import N_
from forum.matching.rules.bars import Bar, BarKind, Warn, WarningKind
from forum.matching.rules.explaining import Reason, ReasonKind
from forum.matching.rules.ranking import Raise, WhyNot
from forum.matching.rules.score import one_decimal, tenths

PART_LABELS: dict[str, str] = {
    "fit": N_("Fit: both give and both get"),
    "give": N_("Help: how much of the needs is covered"),
    "shared": N_("Needs in common"),
    "size": N_("Alike in size"),
    "lang": N_("A working language in common"),
    "hours": N_("Office hours in common"),
    "role": N_("Certificate or committee role"),
}
NEEDS: tuple[str, ...] = (
    N_("first need"),
    N_("second need"),
    N_("third need"),
    N_("fourth need"),
    N_("fifth need"),
    N_("sixth need"),
    N_("seventh need"),
    N_("eighth need"),
    N_("ninth need"),
    N_("tenth need"),
    N_("eleventh need"),
    N_("twelfth need"),
)
_LOCALES = {"en": Locale("en"), "zh": Locale("zh", script="Hans")}


@dataclass(frozen=True, slots=True)
class Wording:
    """How sentences are made for one reader: a language, the names of cities and areas, and who "you" is."""

    translate: Translator
    cities: Mapping[int, Text]
    areas: Mapping[str, Text]
    you: int | None = None  # the city that reads; None is the national office

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.translate.language

    def city(self, city: int) -> str:
        """Return a city's name."""
        return self.cities[city].shown(self.language).text

    def area(self, area: str) -> str:
        """Return the name of a focus area."""
        return self.areas[area].shown(self.language).text

    def quoted(self, areas: Iterable[str]) -> str:
        """Return the names of areas as a list: “A”, “B” and “C”, or “甲”“乙”“丙”."""
        names = [f"“{self.area(area)}”" for area in areas]
        return "".join(names) if self.language == "zh" else listed(names, "en")

    def tongues(self, languages: Iterable[str]) -> str:
        """Return the names of languages as a list."""
        locale = _LOCALES["zh" if self.language == "zh" else "en"]
        return listed([locale.languages.get(tongue, tongue) for tongue in languages], self.language)

    def reason(self, reason: Reason) -> str:
        """Return the sentence of one reason."""
        return _REASONS[reason.kind](self, reason.facts)

    def warning(self, warn: Warn) -> str:
        """Return the sentence of one warning."""
        if warn.kind is WarningKind.LEVELS:
            return self.translate(
                N_("The two cities stand at different levels of administration; ask before inviting.")
            )
        if warn.about == self.you:
            return self.translate(
                N_("Your profile wasn't confirmed within the last 12 months and ranks below fresh ones. Confirm it.")
            )
        return self.translate(
            N_("The profile of %(city)s wasn't confirmed within the last 12 months; it ranks below fresh ones."),
            city=self.city(warn.about),
        )

    def bar(self, bar: Bar, first: int, second: int) -> str:
        """Return why a pair is never proposed."""
        if bar.kind in {BarKind.FULL, BarKind.BLOCKED}:
            return self._own_affair(bar, first, second)
        names = {"first": self.city(first), "second": self.city(second)}
        if bar.kind is BarKind.NO_RELATIONS:
            return self.translate(
                N_("%(city)s lies in a country without diplomatic relations, by the list of the national office."),
                city=self.city(bar.about),
            )
        if bar.kind is BarKind.ACTIVE:
            return self.translate(N_("%(first)s and %(second)s already have an open partnership."), **names)
        if bar.kind is BarKind.SAME_SIDE:
            return self.translate(N_("A partnership joins a city of China with a city abroad."))
        return self.translate(N_("A city can't be its own partner."))

    def _own_affair(self, bar: Bar, first: int, second: int) -> str:
        """Say it openly to the city concerned and to the national office, and the same for all to the other city."""
        other = second if bar.about == first else first
        if self.you is not None and bar.about != self.you:
            return self.translate(N_("%(city)s can't be proposed to you at present."), city=self.city(bar.about))
        if bar.kind is BarKind.BLOCKED and self.you is not None:
            return self.translate(N_("Your city has set %(city)s aside."), city=self.city(other))
        if bar.kind is BarKind.BLOCKED:
            return self.translate(
                N_("%(city)s has set %(other)s aside."), city=self.city(bar.about), other=self.city(other)
            )
        if self.you is not None:
            return self.translate(
                N_("Your city already carries %(taken)s of the %(capacity)s partnerships that it can carry."),
                taken=bar.taken,
                capacity=bar.capacity,
            )
        return self.translate(
            N_("%(city)s already carries %(taken)s of the %(capacity)s partnerships that it can carry."),
            city=self.city(bar.about),
            taken=bar.taken,
            capacity=bar.capacity,
        )

    def why_not(self, answer: WhyNot, first: int, second: int) -> str:
        """Return the answer to "why not?"."""
        if answer.bar is not None:
            return self.bar(answer.bar, first, second)
        weakest = listed([f"“{self.translate(PART_LABELS[part])}”" for part in answer.weakest], self.language)
        return self.translate(
            N_("%(city)s ranks %(rank)s of %(of)s. Its weakest parts are %(weakest)s."),
            city=self.city(second),
            rank=answer.rank,
            of=answer.of,
            weakest=weakest,
        )

    def raising(self, step: Raise) -> str:
        """Return what one more offer would add."""
        return self.translate(
            N_("An offer in “%(area)s” at level %(level)s would add %(points)s points."),
            area=self.area(step.area),
            level=step.level,
            points=one_decimal(tenths(step.gain)),
        )

    def paragraph(self, found: Sequence[Reason]) -> str:
        """Return an explanation as one paragraph."""
        return ("" if self.language == "zh" else " ").join(self.reason(reason) for reason in found)


def listed(words: Sequence[str], language: str) -> str:
    """Join words as the language does: commas and “and”, or 、."""
    if language == "zh":
        return "、".join(words)
    return format_list(list(words), locale=_LOCALES["en"])


def hours(minutes: int) -> str:
    """Write minutes as hours, with a decimal only where it is needed."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


Facts = Mapping[str, Any]


def _offer(say: Wording, facts: Facts) -> str:
    giver, taker = facts["giver"], facts["taker"]
    need = say.translate(NEEDS[facts["rank"] - 1])
    words = {"area": say.area(facts["area"]), "level": facts["level"], "need": need}
    if say.you == taker:
        return say.translate(
            N_("%(city)s offers “%(area)s” at level %(level)s, your %(need)s."), city=say.city(giver), **words
        )
    if say.you == giver:
        return say.translate(N_("You offer “%(area)s” at level %(level)s, their %(need)s."), **words)
    return say.translate(
        N_("%(city)s offers “%(area)s” at level %(level)s, the %(need)s of %(other)s."),
        city=say.city(giver),
        other=say.city(taker),
        **words,
    )


def _no_offer(say: Wording, facts: Facts) -> str:
    giver, taker = facts["giver"], facts["taker"]
    if say.you == taker:
        return say.translate(N_("%(city)s offers nothing yet that you need."), city=say.city(giver))
    if say.you == giver:
        return say.translate(N_("You offer nothing yet that they need."))
    return say.translate(
        N_("%(city)s offers nothing yet that %(other)s needs."), city=say.city(giver), other=say.city(taker)
    )


def _common(say: Wording, facts: Facts) -> str:
    return say.translate.ngettext(
        "Both need %(areas)s: a joint pilot in this area is possible.",
        "Both need %(areas)s: a joint pilot in these areas is possible.",
        len(facts["areas"]),
        areas=say.quoted(facts["areas"]),
    )


def _proof(say: Wording, facts: Facts) -> str:
    areas = say.quoted(facts["areas"])
    if say.you == facts["giver"]:
        return say.translate(N_("You hold a valid certificate or a committee role in %(areas)s."), areas=areas)
    return say.translate(
        N_("%(city)s holds a valid certificate or a committee role in %(areas)s."),
        city=say.city(facts["giver"]),
        areas=areas,
    )


def _shared_hours(say: Wording, facts: Facts) -> str:
    least, most = facts["least"], facts["most"]
    if not most:
        return say.translate(N_("No office hours in common."))
    shown = hours(most) if least == most else f"{hours(least)}–{hours(most)}"
    # One hour is one; half an hour, none to one, and one and a half are not.
    number = 1 if least == most == 60 else 2
    return say.translate.ngettext(
        "%(hours)s shared office hour a day.", "%(hours)s shared office hours a day.", number, hours=shown
    )


def _languages(say: Wording, facts: Facts) -> str:
    return say.translate(N_("Both work in %(languages)s."), languages=say.tongues(facts["languages"]))


def _sizes(say: Wording, facts: Facts) -> str:
    (first, second), (people, others) = facts["cities"], facts["people"]
    return say.translate(
        N_("%(first)s has %(people)s inhabitants, %(second)s %(others)s."),
        first=say.city(first),
        second=say.city(second),
        people=f"{people:,}",
        others=f"{others:,}",
    )


def _size_unknown(say: Wording, facts: Facts) -> str:
    return say.translate(
        N_("The population of %(cities)s isn't known; half of the points for size are given."),
        cities=listed([say.city(city) for city in facts["cities"]], say.language),
    )


_REASONS: dict[ReasonKind, Callable[[Wording, Facts], str]] = {
    ReasonKind.OFFER: _offer,
    ReasonKind.NO_OFFER: _no_offer,
    ReasonKind.COMMON: _common,
    ReasonKind.PROOF: _proof,
    ReasonKind.HOURS: _shared_hours,
    ReasonKind.HOURS_UNKNOWN: lambda say, _facts: say.translate(
        N_("The time zone of one city isn't known; office hours give no points.")
    ),
    ReasonKind.LANGUAGES: _languages,
    ReasonKind.NO_LANGUAGE: lambda say, _facts: say.translate(N_("No working language in common.")),
    ReasonKind.SIZE: _sizes,
    ReasonKind.SIZE_UNKNOWN: _size_unknown,
}
