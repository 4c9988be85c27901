"""The form of a profile, and those of what became of a city."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, ValidationError
from wtforms.validators import NumberRange, Optional

from forum.cities.forms.parts import AreaField, CityForm, DayField, LanguagesField, WebField, WordField
from forum.cities.words import BOUNDARIES, LEVELS, VISIBILITIES, Boundary, CityLevel, Visibility
from forum.web.forms import BaseForm, CodeField, LineField, ProseField, required

_NONE = _l("None")
RANKS = ("focus_1", "focus_2", "focus_3", "focus_4", "focus_5")


class ProfileForm(CityForm):
    """What a city says of itself."""

    texts: ClassVar = ("summary", "population_source")
    facts: ClassVar = (
        "population",
        "population_year",
        "working_languages",
        "website",
        "capacity",
    )

    summary_en = ProseField(_l("Summary (English)"), limit=2000)
    summary_zh = ProseField(_l("Summary (Chinese)"), limit=2000)
    level = WordField(_l("Level of the city"), LEVELS)
    population = IntegerField(_l("Population"), [Optional(), NumberRange(min=1, max=100_000_000)])
    population_year = IntegerField(_l("Year of the count"), [Optional(), NumberRange(min=1900, max=2100)])
    population_source_en = LineField(_l("Source of the count (English)"), limit=200)
    population_source_zh = LineField(_l("Source of the count (Chinese)"), limit=200)
    population_boundary = WordField(_l("Counted"), BOUNDARIES)
    working_languages = LanguagesField(_l("Working languages of the office"))
    focus_1 = AreaField(_l("First focus area"), none=_NONE)
    focus_2 = AreaField(_l("Second focus area"), none=_NONE)
    focus_3 = AreaField(_l("Third focus area"), none=_NONE)
    focus_4 = AreaField(_l("Fourth focus area"), none=_NONE)
    focus_5 = AreaField(_l("Fifth focus area"), none=_NONE)
    website = WebField(_l("Website"))
    capacity = IntegerField(
        _l("Partnerships that the city can carry at a time"), [NumberRange(min=0, max=9)], default=2
    )
    visibility = WordField(_l("Who sees this profile"), VISIBILITIES)

    def values(self) -> dict[str, Any]:
        """Return facts as operations take them."""
        return super().values() | {
            "level": CityLevel(self.level.data),
            "population_boundary": Boundary(self.population_boundary.data),
            "website": self.website.data or "",
            "capacity": self.capacity.data or 0,
            "visibility": Visibility(self.visibility.data),
            "focus_areas": [self[name].data for name in RANKS],
        }

    @classmethod
    def present(cls, thing: Any) -> dict[str, Any]:
        """Return a profile as the form shows it."""
        ranks = dict(zip(RANKS, [*thing.focus_areas, *[""] * len(RANKS)], strict=False))
        return (
            super().present(thing)
            | ranks
            | {
                "level": str(thing.level),
                "population_boundary": str(thing.population_boundary),
                "visibility": str(thing.visibility),
            }
        )


class RenameForm(BaseForm):
    """A city has a new name."""

    old_name_en = LineField(_l("Former name (English)"), [required()], limit=160)
    old_name_zh = LineField(_l("Former name (Chinese)"), [required()], limit=160)
    slug = CodeField(_l("Address of its page from now on"), [required()], limit=60)
    happened_on = DayField(_l("Day of the change"), needed=True)
    source = LineField(_l("Source, such as the decision and its date"), [required()], limit=300)

    def validate_slug(self, field: CodeField) -> None:
        """Ask for what an address can hold."""
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", field.data or ""):
            raise ValidationError(_("Use small Latin letters, digits and hyphens."))


class MergeForm(BaseForm):
    """A city became part of another one."""

    successor = LineField(_l("City that it became part of"), [required()], limit=160)
    happened_on = DayField(_l("Day of the change"), needed=True)
    source = LineField(_l("Source, such as the decision and its date"), [required()], limit=300)
