"""The forms of activities, milestones, deliverables and links: shape only."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, RadioField, SelectField
from wtforms.validators import Optional

from forum.cooperation.forms.parts import SeenForm, words
from forum.cooperation.models import (
    ACTIVITY_KINDS,
    DECISIONS,
    DELIVERABLE_KINDS,
    SESSION_TIES,
    Decision,
    DeliverableKind,
)
from forum.cooperation.operations.activities import Held, Plan
from forum.cooperation.operations.planning import Output
from forum.cooperation.queries.linking import OpenSession
from forum.partnerships.models import Side
from forum.web.forms import CodeField, LineField, ProseField, options, required
from forum.web.language import current_language


class ActivityForm(SeenForm):
    """An activity as it is planned."""

    kind = SelectField(_l("Kind of activity"), [required()], choices=[])
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    zone_name = SelectField(_l("Whose clock counts"), [required()], choices=[])
    planned_from = DateTimeLocalField(_l("Planned begin"), [required()])
    planned_to = DateTimeLocalField(_l("Planned end"), [required()])
    place = LineField(_l("Place of the activity"), limit=300)
    link = CodeField(_l("Link of the meeting"), limit=500)
    travel_approval = LineField(_l("Reference of the travel approval"), limit=120)

    def offer(self, zones: Iterable[tuple[str, str]]) -> ActivityForm:
        """Offer the clocks of the parties."""
        self.kind.choices = words(ACTIVITY_KINDS)
        self.zone_name.choices = options(zones)
        return self

    def plan(self) -> Plan:
        """Return what was typed as a plan."""
        return Plan(
            kind=self.kind.data,
            title=self.text("title"),
            zone_name=self.zone_name.data,
            planned_from=self.planned_from.data,
            planned_to=self.planned_to.data,
            place=self.place.data or "",
            link=self.link.data or "",
            travel_approval=self.travel_approval.data or "",
        )


class ActivityStepForm(SeenForm):
    """The days on which an activity took place, or why it doesn't."""

    actual_from = DateField(_l("First day"), [Optional()])
    actual_to = DateField(_l("Last day"), [Optional()])
    reason = ProseField(_l("Reason"), limit=2000)

    def ask(self, action: str) -> None:
        """Leave out what this step doesn't ask for."""
        if action != "hold":
            del self.actual_from, self.actual_to
        if action != "cancel":
            del self.reason

    def held(self) -> Held:
        """Return the days."""
        return Held(self.actual_from.data, self.actual_to.data)


class DecisionForm(SeenForm):
    """What becomes of an open activity when the agreement is suspended or terminated."""

    decision = RadioField(_l("What becomes of it"), [required()], choices=[])
    there = SelectField(_l("Arrangement that takes it over"), choices=[], default="")

    def offer(self, arrangements: Iterable[tuple[str, str]]) -> DecisionForm:
        """Offer the three decisions, and the arrangements to which an activity may be transferred."""
        self.decision.choices = words(DECISIONS)
        self.there.choices = options([("", _("None")), *arrangements])
        return self

    @property
    def chosen(self) -> Decision:
        """The decision."""
        return Decision(self.decision.data)


class DeliverableForm(SeenForm):
    """What is to be made, by which side, until when."""

    kind = SelectField(_l("Kind of deliverable"), [required()], choices=[])
    title_en = LineField(_l("Title in English"), limit=300)
    title_zh = LineField(_l("Title in Chinese"), limit=300)
    owner = RadioField(_l("Who makes it"), [required()], choices=[])
    due_on = DateField(_l("Due on"), [required()])
    iso_stage = CodeField(_l("ISO stage code"), limit=5)
    national_project = CodeField(_l("National project number"), limit=30)

    def offer(self) -> DeliverableForm:
        """Offer the kinds and the two sides."""
        self.kind.choices = words(DELIVERABLE_KINDS)
        self.owner.choices = options([("domestic", _("Chinese side")), ("foreign", _("Foreign side"))])
        return self

    def output(self) -> Output:
        """Return what was typed as a deliverable."""
        return Output(
            DeliverableKind(self.kind.data),
            self.text("title"),
            Side(self.owner.data),
            self.due_on.data,
            self.iso_stage.data or "",
            self.national_project.data or "",
        )


class SessionForm(SeenForm):
    """A session of a forum, and what it was for the partnership."""

    tie = RadioField(_l("What the session was"), [required()], choices=[])
    session = SelectField(_l("Session"), [required()], choices=[])

    def offer(self, sessions: Iterable[OpenSession]) -> SessionForm:
        """Offer the sessions that everybody may see."""
        language = current_language()
        self.tie.choices = words(SESSION_TIES)
        self.session.choices = options(
            (each.session_id, f"{each.title.shown(language).text} · {each.forum.shown(language).text}")
            for each in sessions
        )
        return self


class StandardForm(SeenForm):
    """A standard by its reference number."""

    standard = CodeField(_l("Reference number"), [required()], limit=120)
