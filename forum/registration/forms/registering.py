"""The steps of a registration: who and as what, the person, the needs, the consents, the sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import phonenumbers
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.refusals import N_
from forum.registration.rules import names, passport
from forum.registration.rules.fields import ACCESS_NEEDS, ATTENDANCES, DIETS, LISTENING
from forum.web.forms import (
    AddressField,
    BaseForm,
    CodeField,
    KeyedForm,
    LineField,
    ProseField,
    at_most,
    options,
)
from forum.web.viewer import now


class ManyField(SelectMultipleField):
    """Several choices as checkboxes."""

    option_widget: Any = CheckboxInput()

    def __init__(self, label: Any = None, **given: Any) -> None:
        super().__init__(label, widget=ListWidget(prefix_label=False), **given)


PASSPORT_NAME = N_(
    "Write the name as in the two lines at the foot of the passport: A to Z only, without accents, "
    "at most 39 characters."
)
MAIL_LANGUAGES = [("en", "English"), ("zh", "简体中文")]


def chosen() -> InputRequired:
    """Return the rule that something must be chosen."""
    return InputRequired(_l("Please choose one."))


def _tidied(text: Any, tidy: Callable[[str], str], is_sound: Callable[[str], bool]) -> Any:
    """Tidy a name that can be kept; one that will be refused stays as it was typed."""
    if not isinstance(text, str):
        return text
    tidied = tidy(text)
    return tidied if is_sound(tidied) else text


class LatinField(StringField):
    """A part of a name in Latin letters, with its accents; other scripts have fields of their own."""

    def __init__(self, label: Any = None, validators: Any = None, **given: Any) -> None:
        given.setdefault("filters", [lambda text: _tidied(text, names.as_latin, names.latin_is_sound)])
        super().__init__(label, [*(validators or []), at_most(80), latin_letters], **given)


class ChineseField(StringField):
    """A name in Chinese characters."""

    def __init__(self, label: Any = None, **given: Any) -> None:
        given.setdefault("filters", [lambda text: _tidied(text, names.as_chinese, names.chinese_is_sound)])
        super().__init__(label, [at_most(80), chinese_characters], **given)


def latin_letters(_form: Any, field: Any) -> None:
    """Refuse what isn't written in Latin letters."""
    if not names.latin_is_sound(field.data or ""):
        raise ValidationError(_("Use Latin letters here, accents included. Other scripts have their own fields."))


def chinese_characters(_form: Any, field: Any) -> None:
    """Refuse what isn't written in Chinese characters."""
    if not names.chinese_is_sound(field.data or ""):
        raise ValidationError(_("Use Chinese characters here, or leave it empty."))


class StartForm(KeyedForm):
    """As what somebody takes part, and where the answers go."""

    category = RadioField(_l("Take part as"), [chosen()], choices=[])
    delegation = SelectField(_l("Delegation"), choices=[], default="")
    for_whom = RadioField(_l("Whom do you register?"), choices=[], default="self")
    email = AddressField(_l("Mail address"))
    language = RadioField(_l("Language of mail to this person"), [chosen()], choices=options(MAIL_LANGUAGES))


class VisitorForm(StartForm):
    """The same for somebody without an account: the personal link has to go somewhere."""

    email = AddressField(
        _l("Mail address"), [InputRequired(_l("Please write the mail address to which the personal link goes."))]
    )


class PersonForm(BaseForm):
    """Names in every form that is printed, and what the person represents."""

    version = HiddenField()
    family_latin = LatinField(_l("Family name"))
    given_latin = LatinField(_l("Given name"))
    name_order = RadioField(_l("Order of the name"), choices=[], default="given_first")
    name_zh = ChineseField(_l("Name in Chinese characters"))
    native_name = LineField(_l("Name in another script"), limit=120)
    honorific = LineField(_l("Honorific"), limit=40)
    pronunciation = LineField(_l("How the name is pronounced"), limit=120)
    function_en = LineField(_l("Function (English)"), limit=240)
    function_zh = LineField(_l("Function (Chinese)"), limit=240)
    organisation_name_en = LineField(_l("Organisation (English)"), limit=240)
    organisation_name_zh = LineField(_l("Organisation (Chinese)"), limit=240)
    country_iso2 = SelectField(_l("Country or region"), [chosen()], choices=[])
    city = LineField(_l("City"), limit=160)
    email = AddressField(_l("Mail address"))
    phone = CodeField(_l("Telephone"), limit=40)
    mail_language = RadioField(_l("Language of mail to this person"), [chosen()], choices=options(MAIL_LANGUAGES))

    def validate_family_latin(self, _field: Any) -> None:
        """Ask for one part of the name at least; some people have a single one."""
        if not (self.family_latin.data or self.given_latin.data):
            raise ValidationError(_("Write the name in Latin letters. A single name goes into either field."))

    def validate_phone(self, field: Any) -> None:
        """Turn a number into its international form (E.164)."""
        if not field.data:
            return
        try:
            number = phonenumbers.parse(field.data, self.country_iso2.data or None)
        except phonenumbers.NumberParseException as wrong:
            raise ValidationError(_phone_sentence()) from wrong
        if not phonenumbers.is_valid_number(number):
            raise ValidationError(_phone_sentence())
        field.data = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _phone_sentence() -> str:
    """Say how a telephone number is written."""
    return _("Please write the number with its country code, such as +33 4 72 10 30 30.")


class NeedsForm(BaseForm):
    """What somebody needs.  Sealed values never come back; an empty field keeps what is there."""

    version = HiddenField()
    attendance = RadioField(_l("How will you take part?"), choices=[])
    listening_languages = ManyField(_l("Languages you want to listen in"), choices=[])
    needs_letter = BooleanField(_l("I need an invitation letter for a visa"))
    passport_surname = CodeField(_l("Surname as in the passport"), limit=passport.LONGEST)
    passport_given = CodeField(_l("Given names as in the passport"), limit=passport.LONGEST)
    passport_number = CodeField(_l("Passport number"), limit=20)
    birth_date = CodeField(_l("Date of birth"), limit=20)
    arrival = LineField(_l("Arrival"), limit=200)
    departure = LineField(_l("Departure"), limit=200)
    diet = ManyField(_l("Meals"), choices=[])
    allergies = LineField(_l("Allergies, and how severe they are"), limit=300)
    access = ManyField(_l("Accessibility needs"), choices=[])
    emergency_contact = LineField(_l("Emergency contact"), limit=200)
    medical_note = ProseField(_l("Note for the doctor on duty"), limit=1000)
    clear = ManyField(_l("Take out what is kept"), choices=[])

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.attendance.choices = options((value, _(label)) for value, label in ATTENDANCES.items())
        self.listening_languages.choices = options((value, _(label)) for value, label in LISTENING.items())
        self.diet.choices = options((value, _(label)) for value, label in DIETS.items())
        self.access.choices = options((value, _(label)) for value, label in ACCESS_NEEDS.items())

    def validate_passport_surname(self, field: Any) -> None:
        """Hold the rules of the machine-readable zone."""
        field.data = passport.as_printed(field.data or "")
        if not passport.name_is_sound(field.data):
            raise ValidationError(_(PASSPORT_NAME))

    validate_passport_given = validate_passport_surname

    def validate_passport_number(self, field: Any) -> None:
        """Letters and digits only."""
        field.data = passport.number_as_printed(field.data or "")
        if field.data and not passport.number_is_sound(field.data):
            raise ValidationError(_("A passport number has 5 to 12 letters and digits."))

    def validate_birth_date(self, field: Any) -> None:
        """A day in the past, written year-month-day."""
        if not field.data:
            return
        born = passport.birth_date(field.data, now().date())
        if born is None:
            raise ValidationError(_("Write the date as year-month-day, such as 1980-05-31."))
        field.data = born.isoformat()


class DocumentForm(BaseForm):
    """One document."""

    document = FileField(_l("File"), [Optional()])


class ConsentsForm(BaseForm):
    """One unticked box for each purpose."""

    notice = BooleanField()
    list = BooleanField()
    identity = BooleanField()
    travel = BooleanField()
    health = BooleanField()
    medical = BooleanField()


class SendForm(KeyedForm):
    """The sending itself."""


class DeedForm(BaseForm):
    """A deed with an optional reason."""

    version = HiddenField()
    reason = ProseField(_l("Reason"), limit=1000)


class AgainForm(BaseForm):
    """Asking for the personal link once more."""

    email = AddressField(_l("Mail address"), [InputRequired(_l("Please fill in this field."))])
