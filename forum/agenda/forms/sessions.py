"""Forms of a session, its time and place, its people and its documents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields import DateTimeLocalField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.agenda.exports.phrases import language_name
from forum.agenda.models import SPEAKER_ROLES, SPEAKER_STATES, VISIBILITIES
from forum.core.bilingual import LANGUAGES
from forum.web.forms import AddressField, BaseForm, CodeField, LineField, ProseField, VersionedForm, required
from forum.web.language import LANGUAGES as SITE_LANGUAGES
from forum.web.language import current_language

SPOKEN = ("en", "zh", "fr", "es", "ru", "ar", "ja", "ko", "de", "pt", "it", "th", "vi")
MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def worded(labels: dict[str, str]) -> list[tuple[str, str]]:
    """Return the choices of a table of labels, in the reader's language."""
    return [(value, _(label)) for value, label in labels.items()]


def spoken() -> list[tuple[str, str]]:
    """Return the languages that are spoken at forums."""
    return [(code, language_name(code, current_language())) for code in SPOKEN]


def _add_error(field: Any, sentence: str) -> None:
    field.errors = [*field.errors, sentence]


class Checks(SelectMultipleField):
    """Several choices as checkboxes."""

    widget: Any = ListWidget(prefix_label=False)
    option_widget: Any = CheckboxInput()


class SessionForm(VersionedForm):
    """A session in both languages."""

    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    abstract_en = ProseField(_l("Abstract in English"), limit=4000)
    abstract_zh = ProseField(_l("Abstract in Chinese"), limit=4000)
    description_en = ProseField(_l("Description in English"), limit=20_000)
    description_zh = ProseField(_l("Description in Chinese"), limit=20_000)
    placeholder_en = LineField(_l("Placeholder in English"), limit=200)
    placeholder_zh = LineField(_l("Placeholder in Chinese"), limit=200)
    original = SelectField(_l("Language of the original"))
    segment = SelectField(_l("Segment"))
    track = SelectField(_l("Theme"))
    floor_language = SelectField(_l("Language of speech"))
    interpretation = Checks(_l("Interpreted into"))
    visibility = SelectField(_l("Who may see it"))
    embargo_until = DateTimeLocalField(_l("Under embargo until (venue time)"), validators=[Optional()], format=MOMENT)
    bookable = BooleanField(_l("Seats are booked one by one"))
    capacity = IntegerField(_l("Bookable seats"), validators=[Optional(), NumberRange(min=1, max=100_000)])

    def offer(self, segments: list[tuple[str, str]], tracks: list[tuple[str, str]]) -> None:
        """Fill the choices."""
        self.segment.choices = [("", _("None")), *segments]
        self.track.choices = [("", _("None")), *tracks]
        self.original.choices = [(code, language_name(code, current_language())) for code in LANGUAGES]
        self.floor_language.choices = spoken()
        self.interpretation.choices = spoken()
        self.visibility.choices = worded(VISIBILITIES)

    def validate(self, extra_validators: Any = None) -> bool:
        """A session has a title, in one language at least."""
        sound = super().validate(extra_validators)
        if sound and not (self.title_en.data or self.title_zh.data):
            _add_error(self.title_en, _("Write a title in one language at least."))
            return False
        return sound

    def texts(self) -> dict[tuple[str, str], str]:
        """Return all texts as operations take them."""
        return {
            (name, language): self[f"{name}_{language}"].data or ""
            for name in ("title", "abstract", "description", "placeholder")
            for language in LANGUAGES
        }


class PlaceForm(VersionedForm):
    """Where and when: the same fields for dragging, keys and typing."""

    room = SelectField(_l("Room"))
    local_start = DateTimeLocalField(_l("Start (venue time)"), validators=[required()], format=MOMENT)
    minutes = IntegerField(_l("Length in minutes"), validators=[required(), NumberRange(min=1, max=10_080)])
    fold = SelectField(_l("If this time occurs twice"), validate_choice=True)

    def offer(self, rooms: list[tuple[str, str]]) -> None:
        """Fill the choices."""
        self.room.choices = [("", _("No room yet")), *rooms]
        self.fold.choices = [("", _("It does not")), ("0", _("The first time")), ("1", _("The second time"))]

    @property
    def start(self) -> datetime:
        """Return the naive wall time."""
        found: datetime = self.local_start.data
        return found.replace(second=0, microsecond=0, tzinfo=None)

    @property
    def fold_said(self) -> int | None:
        """Return which of two equal times was chosen, or None."""
        return int(self.fold.data) if self.fold.data in ("0", "1") else None


class ShiftForm(VersionedForm):
    """By how much the rest of a day moves."""

    minutes = IntegerField(_l("Minutes later (negative: earlier)"), validators=[required(), NumberRange(-720, 720)])


class PartForm(BaseForm):
    """A person on a session, or a place still to be filled."""

    person = SelectField(_l("Person"), validate_choice=False)
    placeholder_en = LineField(_l("Or who is to be found, in English"), limit=200)
    placeholder_zh = LineField(_l("Or who is to be found, in Chinese"), limit=200)
    role = SelectField(_l("Role"))
    state = SelectField(_l("State of the invitation"))
    language = SelectField(_l("Language of the speech"))
    minutes = IntegerField(_l("Speaking time in minutes"), validators=[Optional(), NumberRange(min=1, max=600)])
    remote = BooleanField(_l("Takes part from afar"))

    def offer(self, people: list[tuple[str, str]]) -> None:
        """Fill the choices."""
        self.person.choices = [("", _("Nobody yet")), *people]
        self.role.choices = worded(SPEAKER_ROLES)
        self.state.choices = worded(SPEAKER_STATES)
        self.language.choices = [("", _("As the session")), *spoken()]

    def texts(self) -> dict[tuple[str, str], str]:
        """Return the words for a place to be filled."""
        return {("placeholder", code): self[f"placeholder_{code}"].data or "" for code in LANGUAGES}


class PersonForm(BaseForm):
    """Somebody new for the programme; the names as displayed."""

    family_latin = LineField(_l("Family name in Latin letters"), limit=80)
    given_latin = LineField(_l("Given name in Latin letters"), limit=80)
    name_zh = LineField(_l("Name in Chinese characters"), limit=80)
    function_en = LineField(_l("Function in English"), limit=240)
    function_zh = LineField(_l("Function in Chinese"), limit=240)
    organisation_name_en = LineField(_l("Organisation in English"), limit=240)
    organisation_name_zh = LineField(_l("Organisation in Chinese"), limit=240)
    email = AddressField(_l("Mail address"), validators=[Optional()])
    mail_language = SelectField(_l("Language of mails"))

    def offer(self) -> None:
        """Fill the choices."""
        self.mail_language.choices = [(code, language.name) for code, language in SITE_LANGUAGES.items()]

    def validate(self, extra_validators: Any = None) -> bool:
        """A person has a name in some script."""
        sound = super().validate(extra_validators)
        if sound and not (self.family_latin.data or self.given_latin.data or self.name_zh.data):
            _add_error(self.family_latin, _("Write the name in one script at least."))
            return False
        return sound


class BiographyForm(VersionedForm):
    """What readers learn of somebody beside the programme."""

    biography_en = ProseField(_l("Biography in English"), limit=1500)
    biography_zh = ProseField(_l("Biography in Chinese"), limit=1500)

    def texts(self) -> dict[tuple[str, str], str]:
        """Return both sides as operations take them."""
        return {("biography", language): self[f"biography_{language}"].data or "" for language in LANGUAGES}


class ReplaceForm(BaseForm):
    """Who takes a part over."""

    person = SelectField(_l("Replaced by"), validators=[required()], validate_choice=False)


class MaterialForm(BaseForm):
    """A document: an address elsewhere, or a file kept here."""

    title_en = LineField(_l("Title in English"), limit=200)
    title_zh = LineField(_l("Title in Chinese"), limit=200)
    link = CodeField(_l("Address (https:// or mailto:)"), limit=500)
    file = FileField(_l("Or a file (PDF, DOCX, XLSX, PPTX)"))
    visibility = SelectField(_l("Who may see it"))

    def offer(self) -> None:
        """Fill the choices."""
        self.visibility.choices = worded(VISIBILITIES)

    def validate(self, extra_validators: Any = None) -> bool:
        """A document has a title, in one language at least."""
        sound = super().validate(extra_validators)
        if sound and not (self.title_en.data or self.title_zh.data):
            _add_error(self.title_en, _("Write a title in one language at least."))
            return False
        return sound


class ReleaseForm(BaseForm):
    """What a new release is called, and why its warnings are accepted."""

    seen = HiddenField(default="0")
    shown = HiddenField(default="")
    name = LineField(_l("Name of the release"), limit=60)
    note_en = ProseField(_l("What is new, in English"), limit=2000)
    note_zh = ProseField(_l("What is new, in Chinese"), limit=2000)
    accept = BooleanField(_l("I accept the warnings listed on this page"))
    reason = ProseField(_l("Why they are accepted"), limit=500)


class UploadForm(BaseForm):
    """A programme published by others."""

    file = FileField(_l("File (schedule XML or JSON, iCalendar, session JSON)"))
    zone = CodeField(_l("Time zone, if the file names none (such as Asia/Shanghai)"), limit=64)

    def validate_file(self, field: FileField) -> None:
        """Ask for a file."""
        if not field.data or not getattr(field.data, "filename", ""):
            raise ValidationError(_("Choose a file."))
