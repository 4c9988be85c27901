"""The forms of experts and nominations: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forum.cities.words import LANGUAGES
from forum.core.refusals import spoken
from forum.experts.models import CAPACITIES, EXPERT_ROLES, ExpertProfile
from forum.web.forms import AddressField, CodeField, LineField, ProseField, VersionedForm, options, required

Pairs = Iterable[tuple[str, str]]


def words(labels: dict[str, str]) -> list[Any]:
    """Return the translated words of a kind as choices."""
    return options((key, spoken(word, _)) for key, word in labels.items())


def language_name(code: str) -> str:
    """Return the name of a language in the reader's language."""
    locale = get_locale()
    return str(locale.languages.get(code, code)) if locale is not None else code


class BoxesField(SelectMultipleField):
    """Several of a list, as boxes to tick."""

    widget = ListWidget(prefix_label=False)  # type: ignore[assignment]  # as WTForms documents it
    option_widget = CheckboxInput()  # type: ignore[assignment]


class DayField(DateField):
    """A calendar day, needed or not."""

    def __init__(self, label: Any = None, *, needed: bool = False, **more: Any) -> None:
        super().__init__(label, [required() if needed else Optional()], **more)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001 - as WTForms calls it
        """Keep to the years that people write."""
        super().post_validate(form, validation_stopped)
        if self.data is not None and not 1900 <= self.data.year <= 2200:
            raise ValidationError(_("Check the year."))


class ExpertForm(VersionedForm):
    """What a profile says."""

    email = AddressField(
        _l("Mail address of the account"), description=_l("Leave empty for somebody who has no account here.")
    )
    name_en = LineField(_l("Name (Latin letters)"), limit=160)
    name_zh = LineField(_l("Name (Chinese characters)"), limit=160)
    unit = LineField(_l("Unit"), limit=240, description=_l("As it stands in the list of organisations."))
    unit_en = LineField(_l("Department (English)"), limit=240)
    unit_zh = LineField(_l("Department (Chinese)"), limit=240)
    city = LineField(_l("City"), limit=160)
    entered_for = SelectField(_l("National committee"), choices=[], default="")
    languages = BoxesField(_l("Languages"), choices=[])
    topics = BoxesField(_l("Topics"), choices=[])
    qualification = ProseField(_l("Qualification"), limit=4000, description=_l("In a few lines; never shown outside."))
    consent = BooleanField(_l("Show name, unit and role on the public page of the committee"))

    def offer(self, nationals: Pairs, topics: Pairs) -> ExpertForm:
        """Offer what can be chosen."""
        self.entered_for.choices = options([("", _("None")), *nationals])
        self.languages.choices = options((code, language_name(code)) for code in LANGUAGES)
        self.topics.choices = options(topics)
        return self

    @classmethod
    def present(cls, row: ExpertProfile, language: str) -> dict[str, Any]:
        """Return a profile as the form shows it."""
        names = ("name_en", "name_zh", "unit_en", "unit_zh", "languages", "qualification")
        return {name: getattr(row, name) for name in names} | {
            "unit": row.organisation.tr("name", language).text if row.organisation is not None else "",
            "city": row.city.tr("name", language).text if row.city is not None else "",
            "entered_for": str(row.entered_for_id or ""),
            "topics": [topic.slug for topic in row.topics],
            "consent": row.consented_on is not None,
            "version": str(row.version),
        }


class NominationForm(VersionedForm):
    """For what an expert is nominated."""

    national = SelectField(_l("Through which national committee"), [required()], choices=[])
    role = SelectField(_l("Role"), [required()], choices=[], default="expert")
    capacity = RadioField(
        _l("Capacity"),
        [required()],
        choices=[],
        description=_l("Experts act in a personal capacity; delegates speak for the country."),
    )
    committee = CodeField(_l("Committee or working group"), limit=120, description=_l("Such as ISO/TC 268/SC 1."))
    project = CodeField(_l("Or a project"), limit=160, description=_l("Such as ISO/DIS 37100."))
    starts_on = DayField(_l("From"), needed=True)
    ends_on = DayField(_l("Until"))
    qualification = ProseField(_l("Why this person"), limit=4000)
    interests = ProseField(
        _l("Conflicts of interest"),
        [required()],
        limit=4000,
        description=_l("Such as employment, patents or contracts; write “none” where there are none."),
    )
    evidence = LineField(_l("Evidence"), limit=300, description=_l("Such as the number of the unit’s letter."))
    replaces = SelectField(_l("Takes over from"), choices=[], default="")

    def offer(self, nationals: Pairs, replaced: Pairs) -> NominationForm:
        """Offer what can be chosen."""
        self.national.choices = options(nationals)
        self.role.choices = words(EXPERT_ROLES)
        self.capacity.choices = words(CAPACITIES)
        self.replaces.choices = options([("", _("Nobody")), *replaced])
        return self


class NominationStepForm(VersionedForm):
    """A step, with the reason and the evidence where it needs them."""

    reason = ProseField(_l("Reason"), limit=1000)
    evidence = LineField(_l("Evidence"), limit=300, description=_l("Letter, receipt or entry in the directory."))
