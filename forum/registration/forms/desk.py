"""The forms of the registration desk."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional, Regexp

from forum.registration.forms.registering import ManyField, PersonForm
from forum.registration.models import Chain
from forum.registration.operations.decisions import OTHER, reasons_for
from forum.registration.operations.inviting import MAIL_POLICIES
from forum.registration.rules import passport
from forum.registration.rules.fields import ATTENDANCES, DOCUMENT_KINDS, FIELD_GROUPS, LISTENING, SEALED_FIELDS
from forum.web.forms import AddressField, BaseForm, CodeField, LineField, ProseField, options, required

CHAINS = {
    Chain.FOCAL_THEN_SECRETARIAT: _l("Focal point, then secretariat"),
    Chain.SECRETARIAT: _l("Secretariat"),
    Chain.STRAIGHT: _l("Nobody: approved at once while there are seats"),
}
MAIL_POLICY_LABELS = {
    "registrant": _l("To whoever registered the person"),
    "focal": _l("To the focal points"),
    "person": _l("To the person"),
}
MOST_SEATS = 1_000_000


class ReasonForm(BaseForm):
    """A reason: one that is given often, own words, or both."""

    code = SelectField(_l("Reason"), choices=[], validate_choice=False)
    text = ProseField(_l("In your own words"), limit=1000)


class StepForm(ReasonForm):
    """One step of somebody's life, with a reason where the step needs one."""

    version = HiddenField()
    action = HiddenField()

    def offer(self, action: str) -> StepForm:
        """Become the form of one action, with the reasons that fit it."""
        self.action.data = action
        known = [(code, _(reason.label)) for code, reason in reasons_for(action).items()]
        self.code.choices = options([("", _("Choose a reason")), *known, (OTHER, _("Another reason"))])
        return self


class BulkForm(ReasonForm):
    """The same step for many."""

    action = SelectField(_l("Decision"), [required()], choices=[], validate_choice=False)


class RevealForm(BaseForm):
    """Opening one sealed value."""

    field = SelectField(_l("Field"), [required()], choices=[])
    reason = LineField(_l("Why do you need it?"), limit=200)

    def offer(self, fields: dict[str, str]) -> RevealForm:
        """Offer the fields that are filled in."""
        self.field.choices = options((field, _(SEALED_FIELDS[field].label)) for field in fields)
        return self


class NoteForm(BaseForm):
    """A note of the desk."""

    text = ProseField(_l("Note of the desk"), [required()], limit=2000)


class CorrectForm(PersonForm):
    """Correcting somebody's entries on their behalf; a telephone number that is left empty stays as it is."""

    passport_surname = CodeField(_l("Surname as in the passport"), limit=60)
    passport_given = CodeField(_l("Given names as in the passport"), limit=60)
    attendance = RadioField(_l("Attendance"), choices=[])
    listening_languages = ManyField(_l("Listens in"), choices=[])
    needs_letter = BooleanField(_l("Needs an invitation letter for a visa"))

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.attendance.choices = options((value, _(label)) for value, label in ATTENDANCES.items())
        self.listening_languages.choices = options((value, _(label)) for value, label in LISTENING.items())
        self.name_order.choices = options(
            [("given_first", _("Given name first")), ("family_first", _("Family name first"))]
        )

    def validate_passport_surname(self, field: Any) -> None:
        """Hold the rules of the machine-readable zone."""
        field.data = passport.as_printed(field.data or "")
        if not passport.name_is_sound(field.data):
            raise ValidationError(_("Write the name as in the two lines at the foot of the passport: A to Z only."))

    validate_passport_given = validate_passport_surname


class LimitForm(BaseForm):
    """The limit of a scope; empty means none."""

    scope = HiddenField()
    cap = IntegerField(
        _l("Limit"), [Optional(), NumberRange(0, MOST_SEATS, _l("Please write a number of seats, 0 or more."))]
    )
    reason = LineField(_l("Reason"), limit=200)


class EntryForm(BaseForm):
    """A deed on one entry of a waiting list."""

    reason = LineField(_l("Reason"), limit=300)
    priority = IntegerField(_l("Priority"), [Optional(), NumberRange(-100, 100)])


class CallOffForm(BaseForm):
    """Why a session doesn't take place, for those who have seats in it."""

    reason = LineField(_l("Reason, as the people read it"), [required()], limit=300)


class DelegationForm(BaseForm):
    """Names, mail policy and note verbale of a delegation."""

    version = HiddenField()
    name_en = LineField(_l("Name (English)"), [required()], limit=240)
    name_zh = LineField(_l("Name (Chinese)"), limit=240)
    note_verbale = LineField(_l("Note verbale: number, date, signatory"), limit=120)
    mail_policy = RadioField(_l("Where does mail about its members go?"), choices=[])

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.mail_policy.choices = options((policy, MAIL_POLICY_LABELS[policy]) for policy in MAIL_POLICIES)


class FocalPointForm(BaseForm):
    """Who speaks for a delegation."""

    name = LineField(_l("Name"), [required()], limit=200)
    email = AddressField(_l("Mail address"), [required()])
    language = RadioField(
        _l("Language of mail to this person"), choices=options([("en", "English"), ("zh", "简体中文")]), default="en"
    )
    proof = LineField(_l("Proof: letter, note or mail of the body"), limit=200)


class DelegationStepForm(BaseForm):
    """One step of a delegation's life."""

    version = HiddenField()
    action = HiddenField()
    reason = ProseField(_l("Reason"), limit=1000)


class CategoryForm(BaseForm):
    """What a category asks for; windows are wall time at the venue."""

    version = HiddenField()
    code = CodeField(
        _l("Code"),
        [required(), Regexp(r"^[A-Z][A-Z0-9_]{1,19}$", message=_l("Capital letters, digits and _, such as MEDIA."))],
        limit=20,
    )
    name_en = LineField(_l("Name (English)"), [required()], limit=120)
    name_zh = LineField(_l("Name (Chinese)"), [required()], limit=120)
    description_en = ProseField(_l("Description (English)"), limit=1000)
    description_zh = ProseField(_l("Description (Chinese)"), limit=1000)
    order = IntegerField(_l("Place in the list"), [Optional(), NumberRange(0, 999)], default=0)
    chain = RadioField(_l("Who approves?"), choices=[])
    fields = ManyField(_l("Ask for"), choices=[])
    required_documents = ManyField(_l("Documents required"), choices=[])
    self_registration = BooleanField(_l("People may register themselves"), default=True)
    needs_delegation = BooleanField(_l("Belongs to a delegation"))
    needs_confirmation = BooleanField(_l("Those approved confirm that they will come"), default=True)
    waiting_list = BooleanField(_l("Has a waiting list"), default=True)
    in_list_of_participants = BooleanField(_l("Stands in the list of participants, by consent"), default=True)
    opens = DateTimeLocalField(_l("Opens"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
    closes = DateTimeLocalField(_l("Closes"), [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.chain.choices = options((str(chain), label) for chain, label in CHAINS.items())
        self.fields.choices = options((key, _(label)) for key, label in FIELD_GROUPS.items())
        self.required_documents.choices = options((key, _(label)) for key, label in DOCUMENT_KINDS.items())


class ExportForm(BaseForm):
    """A list of people as a file: which, in what form, in which language, and what for."""

    what = RadioField(_l("Which list?"), choices=[], default="filtered")
    form = RadioField(_l("File format"), choices=[], default="xlsx")
    language = RadioField(_l("Language"), choices=options([("en", "English"), ("zh", "简体中文")]))
    purpose = LineField(_l("What will the list be used for?"), [required()], limit=200)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.what.choices = options(
            [
                ("filtered", _("The registrations of the filtered list, with the columns chosen there")),
                ("participants", _("The list of participants: those who consented, by family name and by pinyin")),
            ]
        )
        self.form.choices = options([("xlsx", _("Workbook (XLSX)")), ("csv", _("Delimited text (CSV)"))])
