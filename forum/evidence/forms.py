"""The forms of ideas, links and uses: shape only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField
from wtforms.validators import Optional

from forum.committees.models import CONFIDENCES, Committee, Confidence
from forum.core.bilingual import Text
from forum.core.refusals import spoken
from forum.evidence.models import Idea
from forum.evidence.operations.ideas import Wording
from forum.evidence.operations.uses import Case
from forum.evidence.queries.ends import End
from forum.evidence.states import (
    END_KINDS,
    LINK_VISIBILITIES,
    RELATIONS,
    USE_CONSENTS,
    USE_WAYS,
    LinkVisibility,
    Relation,
    UseConsent,
    UseWay,
)
from forum.places.models import City
from forum.standards.models import Standard
from forum.web.forms import CodeField, LineField, ProseField, StepForm, VersionedForm, designations, options, required
from forum.web.language import current_language


def words(labels: Mapping[Any, str]) -> list[Any]:
    """Return the choices of a table of words, in the reader's language."""
    return options((str(key), spoken(label, _)) for key, label in labels.items())


def choices_of(found: Iterable[End]) -> list[Any]:
    """Return ends as choices: what it is, what it is called, whose it is."""
    language, made = current_language(), []
    for end in found:
        place = end.place.shown(language).text
        title = end.title.shown(language).text
        kind = spoken(END_KINDS[end.kind], _)
        made.append((end.reference, " · ".join(part for part in (kind, title, place) if part)))
    return options(made)


class PairedForm(VersionedForm):
    """A form with texts in both languages."""

    def text(self, name: str) -> Text:
        """Return both sides of a pair of fields."""
        return Text(self[f"{name}_en"].data or "", self[f"{name}_zh"].data or "")


class IdeaForm(PairedForm):
    """An idea for a standard."""

    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    problem_en = ProseField(_l("Problem that it would solve, in English"), limit=6000)
    problem_zh = ProseField(_l("Problem that it would solve, in Chinese"), limit=6000)
    proposer_en = LineField(
        _l("Proposer in English"), limit=200, description=_l("An organisation or an office, not a person.")
    )
    proposer_zh = LineField(_l("Proposer in Chinese"), limit=200)
    session = SelectField(_l("Raised at this session"), choices=[], default="")
    committee = SelectField(_l("Committee that it may suit"), choices=[], default="")
    city = SelectField(_l("City that proposes it"), choices=[], default="")

    def offer(self, sessions: Iterable[End], committees: Iterable[Committee], cities: Iterable[City]) -> IdeaForm:
        """Offer the sessions, committees and cities that somebody may name."""
        none = ("", _("None"))
        language = current_language()
        self.session.choices = [*options([none]), *choices_of(sessions)]
        self.committee.choices = [*options([none]), *designations((one.slug, one.reference) for one in committees)]
        self.city.choices = options([none, *((one.public_id, one.tr("name", language).text) for one in cities)])
        return self

    def wording(self, committees: Mapping[str, Committee], cities: Mapping[str, City]) -> Wording:
        """Return what was typed."""
        return Wording(
            self.text("title"),
            self.text("problem"),
            self.text("proposer"),
            committees.get(self.committee.data or ""),
            cities.get(self.city.data or ""),
        )


class IdeaStepForm(StepForm):
    """A step in the life of an idea."""

    version = HiddenField(default="0")
    into = SelectField(_l("Into this idea"), choices=[], default="")
    standard = CodeField(_l("Reference of the project"), limit=120)

    def offer(self, ideas: Iterable[Idea]) -> IdeaStepForm:
        """Offer the ideas that may take this one in."""
        language = current_language()
        self.into.choices = options(
            [("", _("Choose")), *((one.public_id, one.tr("title", language).text) for one in ideas)]
        )
        return self


class LinkForm(VersionedForm):
    """What was what for what."""

    subject = SelectField(_l("What it begins with"), [required()], choices=[])
    relation = SelectField(_l("Relation"), [required()], choices=[])
    target = SelectField(_l("What it leads to"), choices=[], default="")
    standard = CodeField(
        _l("Or a standard, by its reference"), limit=120, description=_l("Such as ISO 37101 or GB/T 36749-2018.")
    )
    happened_on = DateField(_l("Since, or on"), [required()])
    visibility = SelectField(_l("Who may read it"), choices=[], default=str(LinkVisibility.PUBLIC))
    confidence = SelectField(_l("How sure it is"), choices=[], default=str(Confidence.VERIFIED))

    def offer(self, subjects: Iterable[End], targets: Iterable[End]) -> LinkForm:
        """Offer what somebody may tie together."""
        self.subject.choices = choices_of(subjects)
        self.target.choices = [*options([("", _("A standard, named below"))]), *choices_of(targets)]
        self.relation.choices = words(RELATIONS)
        self.visibility.choices = words(LINK_VISIBILITIES)
        self.confidence.choices = words(CONFIDENCES)
        return self

    @property
    def said_relation(self) -> Relation:
        """The relation that was chosen."""
        return Relation(self.relation.data)


class ReasonForm(VersionedForm):
    """Taking something back, with the reason."""

    reason = ProseField(_l("Reason"), limit=500)


class UseForm(PairedForm):
    """How a city uses a standard."""

    city = SelectField(_l("City"), [required()], choices=[])
    standard = CodeField(_l("Reference of the standard"), [required()], limit=120, description=_l("Such as ISO 37101."))
    title_en = LineField(_l("Case in English"), limit=300)
    title_zh = LineField(_l("Case in Chinese"), limit=300)
    way = SelectField(_l("How it is used"), [required()], choices=[])
    clauses = CodeField(
        _l("Clauses"), limit=200, description=_l("Such as 4.2, 6.1, Annex A. Empty: the whole document.")
    )
    starts_on = DateField(_l("First day"), [required()])
    ends_on = DateField(_l("Last day"), [Optional()])
    result_en = ProseField(_l("Result in English"), limit=6000)
    result_zh = ProseField(_l("Result in Chinese"), limit=6000)
    website = CodeField(_l("Page about it"), limit=280)
    pilot = SelectField(_l("Pilot of the city’s profile"), choices=[], default="")
    consent = SelectField(_l("How far the case may travel"), [required()], choices=[])

    def offer(self, cities: Iterable[City], pilots: Iterable[End]) -> UseForm:
        """Offer one's own cities and their pilots."""
        language = current_language()
        self.city.choices = options((one.public_id, one.tr("name", language).text) for one in cities)
        self.pilot.choices = [*options([("", _("None"))]), *choices_of(pilots)]
        self.way.choices = words(USE_WAYS)
        self.consent.choices = words(USE_CONSENTS)
        return self

    def case(self, standard: Standard | None, pilot: Any) -> Case:
        """Return what was typed."""
        return Case(
            standard,
            self.text("title"),
            self.text("result"),
            UseWay(self.way.data),
            self.starts_on.data,
            self.ends_on.data,
            self.clauses.data or "",
            self.website.data or "",
            pilot,
            UseConsent(self.consent.data),
        )


class ConsentForm(VersionedForm):
    """How far a case may travel."""

    consent = SelectField(_l("How far the case may travel"), [required()], choices=[])

    def offer(self) -> ConsentForm:
        """Offer the three ways."""
        self.consent.choices = words(USE_CONSENTS)
        return self


__all__ = ["ConsentForm", "IdeaForm", "IdeaStepForm", "LinkForm", "ReasonForm", "UseForm"]
