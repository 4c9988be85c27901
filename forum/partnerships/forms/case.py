"""The forms of a case: one for each step, with what the step asks for, and one for remarks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.core.bilingual import Text
from forum.core.refusals import spoken
from forum.partnerships.models import (
    ANSWER_KINDS,
    ATTACHMENT_KINDS,
    CHANNELS,
    INSTRUMENTS,
    ORIGINS,
    PARTS,
    POINT_CATEGORIES,
    SEVERITIES,
    AnswerKind,
    AttachmentKind,
    Channel,
    PointCategory,
    Severity,
)
from forum.partnerships.operations.reviewing import Advice
from forum.partnerships.rules.case import Given, Point
from forum.web.forms import BaseForm, CodeField, LineField, ProseField, options

# What each step asks for besides the reason.
ASKS: dict[str, tuple[str, ...]] = {
    "invite": ("answer_by",),
    "express_interest": ("contact",),
    "return": ("points",),
    "text_mismatch": ("points",),
    "approve": ("conditions", "valid_until"),
    "approve_delegated": ("conditions", "valid_until"),
    "endorse": ("conditions",),
    "record_signature": ("signed_on", "effective_on", "ends_on", "place", "signatories"),
    "register": ("printed_digits", "ends_on"),
    "renewed_same_terms": ("ends_on",),
    "suspend": ("review_again_on",),
    "terminate": ("stops_on",),
}
POINTS = 3


def hints() -> dict[str, str]:
    """Return what stands beside the fields of a step: what happens when one is left empty, where something is found."""
    return {
        "answer_by": _("Left empty, the usual time for an answer applies."),
        "contact": _("An office and its address; the other side reads it on the page of the case."),
        "conditions": _("Only if the decision is tied to something."),
        "valid_until": _("Left empty, the approval is valid for the usual period."),
        "signed_on": _("The day on which the last party signed."),
        "effective_on": _("Left empty, the day of signing."),
        "ends_on": _("Left empty, the day that the text says."),
        "printed_digits": _("The sixteen digits at the foot of each page; blanks and dashes don’t matter."),
    }


def _choices(labels: dict[str, str]) -> list[Any]:
    return options((key, spoken(label, _)) for key, label in labels.items())


class PointForm(Form):
    """One point of a return."""

    part = SelectField(_l("Clause or attachment"), choices=[], validate_choice=False)
    category = SelectField(_l("Kind"), choices=[], validate_choice=False)
    severity = SelectField(_l("Weight"), choices=[], validate_choice=False)
    text = ProseField(_l("What has to be corrected"), limit=2000)
    rule_reference = LineField(_l("Rule"), limit=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part.choices = [*options([("", _("Choose"))]), *_choices(PARTS)]
        self.category.choices = _choices(POINT_CATEGORIES)
        self.severity.choices = _choices(SEVERITIES)

    def as_point(self) -> Point | None:
        """Return the point, or None when nothing was written."""
        if not (self.part.data or self.text.data):
            return None
        category, severity = str(self.category.data or ""), str(self.severity.data or "")
        return Point(
            part=self.part.data if self.part.data in PARTS else "",
            category=PointCategory(category) if category in POINT_CATEGORIES else PointCategory.UNCLEAR,
            text=self.text.data or "",
            severity=Severity(severity) if severity in SEVERITIES else Severity.MUST,
            rule_reference=self.rule_reference.data or "",
        )


class StepForm(BaseForm):
    """One step; ``asked`` names the fields that it shows."""

    seen = HiddenField()
    seen_hash = HiddenField()
    reason = ProseField(_l("Reason"), limit=2000)
    answer_by = DateField(_l("Answer asked for by"), [Optional()])
    contact = LineField(_l("Contact person for the other side"), limit=300)
    conditions = ProseField(_l("Conditions"), limit=2000)
    valid_until = DateField(_l("Approval valid until"), [Optional()])
    signed_on = DateField(_l("Signed on"), [Optional()])
    effective_on = DateField(_l("Effective from"), [Optional()])
    ends_on = DateField(_l("Last day of the term"), [Optional()])
    place = LineField(_l("Place of signing"), limit=200)
    signatories = ProseField(_l("Signatories, one on each line"), limit=1000)
    printed_digits = CodeField(_l("Digits printed on the signed copies"), limit=40)
    review_again_on = DateField(_l("Look at it again on"), [Optional()])
    stops_on = DateField(_l("Ends with effect from"), [Optional()])
    points = FieldList(FormField(PointForm), _l("Points to be corrected"), min_entries=POINTS, max_entries=10)

    def given(self) -> Given:
        """Return what was handed in."""
        found = (entry.form.as_point() for entry in self.points)
        return Given(
            answer_by=self.answer_by.data,
            contact=self.contact.data or "",
            seen_hash=self.seen_hash.data or "",
            points=tuple(point for point in found if point is not None),
            conditions=self.conditions.data or "",
            valid_until=self.valid_until.data,
            signed_on=self.signed_on.data,
            effective_on=self.effective_on.data,
            ends_on=self.ends_on.data,
            place=self.place.data or "",
            signatories=tuple(line for line in (self.signatories.data or "").split("\n") if line.strip()),
            printed_digits=self.printed_digits.data or "",
            review_again_on=self.review_again_on.data,
            stops_on=self.stops_on.data,
        )


class TicksField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]  # as WTForms documents it
    option_widget = CheckboxInput()  # type: ignore[assignment]


def needed(sentence: Any) -> Any:
    """Return the rule that something is chosen."""

    def check(_form: Any, field: Any) -> None:
        if not field.data:
            raise ValidationError(sentence)

    return check


class RemarkForm(BaseForm):
    """A remark; the channel is fixed once it is posted, and internal unless somebody chooses otherwise."""

    channel = RadioField(_l("Who may read it"), choices=[], default="internal", validate_choice=False)
    text = ProseField(_l("Remark"), limit=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = options(
            [
                ("internal", _("Internal remark: my own side, my level and above")),
                ("shared", _("Shared remark: all parties and every level")),
            ]
        )

    @property
    def chosen(self) -> Channel:
        """The channel; anything unknown stays internal."""
        return Channel.SHARED if self.channel.data == "shared" and "shared" in CHANNELS else Channel.INTERNAL


class AnswerForm(BaseForm):
    """The city's answer to one point."""

    kind = SelectField(_l("Answer"), choices=[], validate_choice=False)
    answer = ProseField(_l("What was done"), limit=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = _choices(ANSWER_KINDS)

    @property
    def chosen(self) -> AnswerKind:
        """The kind of answer."""
        return AnswerKind(self.kind.data) if self.kind.data in ANSWER_KINDS else AnswerKind.EXPLAINED


class ProposalForm(BaseForm):
    """What a city proposes, in both languages."""

    city = SelectField(_l("In the name of"), choices=[])
    instrument = SelectField(_l("Instrument"), choices=[])
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    areas = TicksField(_l("Focus areas"), [needed(_l("Tick at least one focus area."))], choices=[])
    objectives_en = ProseField(_l("Objectives in English"), limit=4000)
    objectives_zh = ProseField(_l("Objectives in Chinese"), limit=4000)
    invitation_en = ProseField(_l("Invitation in English"), limit=4000)
    invitation_zh = ProseField(_l("Invitation in Chinese"), limit=4000)
    origin = SelectField(_l("How the cities came together"), choices=[])
    origin_reference = LineField(_l("Reference, such as the forum or the meeting"), limit=200)
    cites = CodeField(_l("Number of a former proposal that was not approved"), limit=20)

    def offer(self, cities: Sequence[tuple[str, str]], areas: Sequence[tuple[str, str]]) -> None:
        """Fill the choices in the reader's language."""
        self.city.choices = options(cities)
        self.origin.choices = _choices(ORIGINS)
        self.fill(areas)

    def fill(self, areas: Sequence[tuple[str, str]]) -> None:
        """Fill the choices that any proposal has."""
        self.areas.choices = options(areas)
        self.instrument.choices = _choices(INSTRUMENTS)

    def validate_title_en(self, _field: Any) -> None:
        """A title in one language at least; the invitation itself asks for both."""
        if not (self.title_en.data or self.title_zh.data):
            raise ValidationError(_("Give the partnership a title in at least one language."))

    def text(self, name: str) -> Text:
        """Return a text in both languages."""
        return Text(self[f"{name}_en"].data or "", self[f"{name}_zh"].data or "")


class OpinionForm(BaseForm):
    """The foreign-affairs opinion."""

    favourable = RadioField(_l("Opinion"), choices=[], default="yes")
    reference = LineField(_l("Number of the document"), limit=120)
    valid_until = DateField(_l("Opinion valid until"), [Optional()])
    conditions = ProseField(_l("Conditions"), limit=2000)
    text = ProseField(_l("Grounds"), limit=5000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.favourable.choices = options([("yes", _("Favourable")), ("no", _("Not favourable"))])

    @property
    def advice(self) -> Advice:
        """What the opinion says."""
        return Advice(
            text=self.text.data or "",
            favourable=self.favourable.data == "yes",
            conditions=self.conditions.data or "",
            reference=self.reference.data or "",
            valid_until=self.valid_until.data,
        )


class FileForm(BaseForm):
    """A file of the case: what it is for, and in which language."""

    kind = SelectField(_l("What the file is for"), choices=[])
    language = SelectField(_l("Language of the copy"), choices=[])
    file = FileField(_l("File (PDF, JPEG or PNG)"))

    def offer(self, kinds: Sequence[AttachmentKind]) -> None:
        """Fill the choices with what may be added now."""
        self.kind.choices = options((str(kind), spoken(ATTACHMENT_KINDS[kind], _)) for kind in kinds)
        self.language.choices = options([("", _("No particular language")), ("en", _("English")), ("zh", _("Chinese"))])

    def validate_language(self, field: Any) -> None:
        """A signed copy is in one of the languages."""
        if self.kind.data == AttachmentKind.SCAN and not field.data:
            raise ValidationError(_("Say in which language the signed copy is."))
