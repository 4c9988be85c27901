"""The forms of the organisers' desk: shape only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FloatField,
    IntegerField,
    SelectField,
    TimeField,
    ValidationError,
)
from wtforms.fields import DateTimeLocalField
from wtforms.validators import NumberRange, Optional

from forum.core.bilingual import LANGUAGES
from forum.core.walltime import UnknownZone, zone_named
from forum.events.kinds import SEGMENT_KINDS
from forum.events.models import ROLES
from forum.places.models import City
from forum.web.forms import AddressField, BaseForm, CodeField, LineField, ProseField, VersionedForm, options, required

MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
LAYOUTS = ("theatre", "classroom", "u_shape", "rounds")
_ORDER = [Optional(), NumberRange(min=0, max=10_000)]


class PartForm(VersionedForm):
    """What rooms, themes, segments and sections share: both languages, an order, a version."""

    def sides(self, *names: str) -> dict[tuple[str, str], str]:
        """Return texts as operations take them."""
        return {(name, code): self[f"{name}_{code}"].data or "" for name in names for code in LANGUAGES}


def _code(form: Any, field: Any) -> None:  # noqa: ARG001 - as WTForms calls it
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,38}[a-z0-9]", field.data or ""):
        raise ValidationError(_("Use small letters, digits and hyphens, beginning with a letter."))


def _slug(form: Any, field: Any) -> None:  # noqa: ARG001 - as WTForms calls it
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,58}[a-z0-9]", field.data or "") or field.data == "new":
        raise ValidationError(_("Use three to sixty small letters, digits and hyphens."))


def _forum_code(form: Any, field: Any) -> None:  # noqa: ARG001
    if not re.fullmatch(r"[a-z0-9_]{4,20}", field.data or ""):
        raise ValidationError(_("Use four to twenty small letters, digits and underscores."))


class NamedForumForm(BaseForm):
    """How a forum that begins is called and found."""

    title_en = LineField(_l("Title in English"), [required()], limit=200)
    title_zh = LineField(_l("Title in Chinese"), [required()], limit=200)
    slug = CodeField(_l("Address of its pages, after /forums/"), [required(), _slug], limit=60)
    code = CodeField(_l("Code in files and calendars"), [required(), _forum_code], limit=20)
    first_day = DateField(_l("First day"), [required()])

    def titles(self) -> dict[tuple[str, str], str]:
        """Return the title in both languages as operations take it."""
        return {("title", code): self[f"title_{code}"].data or "" for code in LANGUAGES}


class RepeatForm(NamedForumForm):
    """The next forum, laid out as the last one."""


class NewForumForm(NamedForumForm):
    """A forum from nothing."""

    last_day = DateField(_l("Last day"), [required()])
    zone = CodeField(_l("Time zone of the venue, such as Asia/Shanghai"), [required()], limit=64)
    city = SelectField(_l("Host city"))

    def offer(self, cities: Iterable[City], language: str) -> None:
        """Fill the choices: every city with its country, in the order of the language."""
        named = ((city.public_id, f"{city.tr('name', language).text} · {_of(city, language)}") for city in cities)
        self.city.choices = options([("", _("Not known yet")), *named])

    def validate_zone(self, field: CodeField) -> None:
        """Ask for a zone of the IANA database."""
        try:
            zone_named(field.data or "")
        except UnknownZone as unknown:
            raise ValidationError(unknown.say(_)) from unknown

    def validate_last_day(self, field: DateField) -> None:
        """The last day isn't before the first."""
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("The last day can't be before the first."))


def _of(city: City, language: str) -> str:
    return city.country.tr("name", language).text


class SettingsForm(PartForm):
    """What a forum is called, when and where it takes place."""

    title_en = LineField(_l("Title in English"), [required()], limit=200)
    title_zh = LineField(_l("Title in Chinese"), [required()], limit=200)
    theme_en = LineField(_l("Theme in English"), limit=300)
    theme_zh = LineField(_l("Theme in Chinese"), limit=300)
    summary_en = ProseField(_l("Summary in English"), limit=4000)
    summary_zh = ProseField(_l("Summary in Chinese"), limit=4000)
    organiser_en = LineField(_l("Organiser in English"), limit=300)
    organiser_zh = LineField(_l("Organiser in Chinese"), limit=300)
    venue_name_en = LineField(_l("Venue in English"), limit=200)
    venue_name_zh = LineField(_l("Venue in Chinese"), limit=200)
    venue_address_en = LineField(_l("Address of the venue in English"), limit=400)
    venue_address_zh = LineField(_l("Address of the venue in Chinese"), limit=400)
    first_day = DateField(_l("First day"), [required()])
    last_day = DateField(_l("Last day"), [required()])
    day_starts = TimeField(_l("A normal day begins at"), [required()])
    day_ends = TimeField(_l("A normal day ends at"), [required()])
    contact_email = AddressField(_l("Mail address of the secretariat"), [Optional()])
    registration_opens_at = DateTimeLocalField(_l("Registration opens (venue time)"), [Optional()], format=MOMENT)
    registration_closes_at = DateTimeLocalField(_l("Registration closes (venue time)"), [Optional()], format=MOMENT)
    latitude = FloatField(_l("Latitude of the venue"), [Optional(), NumberRange(-90, 90)])
    longitude = FloatField(_l("Longitude of the venue"), [Optional(), NumberRange(-180, 180)])


class RoomForm(PartForm):
    """A room: seats by layout, booths, time between two sessions."""

    code = CodeField(_l("Code"), [required(), _code], limit=40)
    name_en = LineField(_l("Name in English"), [required()], limit=120)
    name_zh = LineField(_l("Name in Chinese"), [required()], limit=120)
    order = IntegerField(_l("Place in lists"), _ORDER)
    layout = SelectField(_l("Layout in use"))
    theatre = IntegerField(_l("Seats in rows"), [Optional(), NumberRange(1, 100_000)])
    classroom = IntegerField(_l("Seats at tables in rows"), [Optional(), NumberRange(1, 100_000)])
    u_shape = IntegerField(_l("Seats in a U"), [Optional(), NumberRange(1, 100_000)])
    rounds = IntegerField(_l("Seats at round tables"), [Optional(), NumberRange(1, 100_000)])
    hard_max = IntegerField(_l("Most people that the fire rules allow"), [Optional(), NumberRange(1, 100_000)])
    booths = IntegerField(_l("Interpretation booths"), [Optional(), NumberRange(0, 20)])
    turnaround_minutes = IntegerField(_l("Minutes needed between two sessions"), [Optional(), NumberRange(0, 240)])
    step_free = BooleanField(_l("Can be reached without steps"))
    hearing_loop = BooleanField(_l("Has a hearing loop"))

    def offer(self) -> None:
        """Fill the choices."""
        self.layout.choices = [(name, self[name].label.text) for name in LAYOUTS]

    def layouts(self) -> dict[str, int]:
        """Return the seats by layout."""
        return {name: self[name].data for name in LAYOUTS if self[name].data}


class TrackForm(PartForm):
    """A theme that sessions share."""

    code = CodeField(_l("Code"), [required(), _code], limit=40)
    name_en = LineField(_l("Name in English"), [required()], limit=120)
    name_zh = LineField(_l("Name in Chinese"), [required()], limit=120)
    order = IntegerField(_l("Place in lists"), _ORDER)


class SegmentForm(PartForm):
    """A part of the forum with one window of time."""

    code = CodeField(_l("Code"), [required(), _code], limit=40)
    name_en = LineField(_l("Name in English"), [required()], limit=160)
    name_zh = LineField(_l("Name in Chinese"), [required()], limit=160)
    order = IntegerField(_l("Place in lists"), _ORDER)
    kind = SelectField(_l("Kind"))
    starts_at = DateTimeLocalField(_l("Begins (venue time)"), [Optional()], format=MOMENT)
    ends_at = DateTimeLocalField(_l("Ends (venue time)"), [Optional()], format=MOMENT)

    def offer(self) -> None:
        """Fill the choices."""
        self.kind.choices = [(value, _(label)) for value, label in SEGMENT_KINDS.items()]


class SectionForm(PartForm):
    """A section of the practical information, in Markdown."""

    title_en = LineField(_l("Title in English"), [required()], limit=160)
    title_zh = LineField(_l("Title in Chinese"), [required()], limit=160)
    body_en = ProseField(_l("Text in English (Markdown)"), limit=20_000)
    body_zh = ProseField(_l("Text in Chinese (Markdown)"), limit=20_000)
    order = IntegerField(_l("Place in lists"), _ORDER)


class RoleForm(BaseForm):
    """Who gets which role."""

    email = AddressField(_l("Mail address of the account"), [required()])
    role = SelectField(_l("Role"))

    def offer(self) -> None:
        """Fill the choices."""
        self.role.choices = [(value, _(label)) for value, label in ROLES.items()]
