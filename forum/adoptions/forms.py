"""The forms of the ledger's desk: shape only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, ValidationError
from wtforms.validators import Optional

from forum.adoptions.models import (
    DEGREES,
    DIFFERENCE_KINDS,
    DIRECTIONS,
    Adoption,
    AdoptionDifference,
    Degree,
    DifferenceKind,
    Direction,
)
from forum.adoptions.operations.differences import Departure
from forum.adoptions.operations.entering import Facts
from forum.adoptions.states import ADOPTION_STATES, AdoptionState
from forum.core.bilingual import Text
from forum.core.refusals import spoken
from forum.web.forms import CodeField, LineField, ProseField, VersionedForm, options, required


def words(labels: dict[str, str]) -> list[Any]:
    """Return the translated words of a kind as choices."""
    return options((key, spoken(word, _)) for key, word in labels.items())


class DayField(DateField):
    """A calendar day, needed or not."""

    def __init__(self, label: Any = None, *, needed: bool = False, **more: Any) -> None:
        super().__init__(label, [required() if needed else Optional()], **more)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:  # noqa: FBT001 - as WTForms calls it
        """Keep to the years that people write."""
        super().post_validate(form, validation_stopped)
        if self.data is not None and not 1900 <= self.data.year <= 2200:
            raise ValidationError(_("Check the year."))


class AdoptionForm(VersionedForm):
    """A pair of standards and what is known of it."""

    national = CodeField(_l("National standard"), [required()], limit=160, description=_l("Such as GB/T 36749-2018."))
    international = CodeField(
        _l("International edition"), [required()], limit=160, description=_l("With its year, such as ISO 37120:2014.")
    )
    direction = SelectField(_l("Which came first"), choices=[], default="adopts")
    degree = SelectField(_l("Degree"), choices=[], default="", description=_l("A fact once it is confirmed."))
    state = SelectField(_l("State"), choices=[], default="planned")
    in_force_from = DayField(_l("In force from"))
    superseded_on = DayField(_l("Superseded on"))
    mirror = SelectField(_l("Committee that keeps it"), choices=[], default="")
    evidence = LineField(_l("Where it can be read"), limit=300)
    note_en = ProseField(_l("Note (English)"), limit=2000)
    note_zh = ProseField(_l("Note (Chinese)"), limit=2000)

    def offer(self, mirrors: Iterable[tuple[str, str]], *, may_be_none: bool) -> AdoptionForm:
        """Offer what can be chosen."""
        self.direction.choices = words(DIRECTIONS)
        self.degree.choices = [*options([("", _("Not known"))]), *words(DEGREES)]
        self.state.choices = words(ADOPTION_STATES)
        first = [("", _("None"))] if may_be_none else []
        self.mirror.choices = options([*first, *mirrors])
        return self

    def facts(self) -> Facts:
        """Return what was typed as operations take it."""
        return Facts(
            national=self.national.data or "",
            international=self.international.data or "",
            degree=Degree(self.degree.data) if self.degree.data else None,
            direction=Direction(self.direction.data),
            state=AdoptionState(self.state.data),
            in_force_from=self.in_force_from.data,
            superseded_on=self.superseded_on.data,
            mirror_id=int(self.mirror.data) if self.mirror.data else None,
            evidence=self.evidence.data or "",
            note=Text(self.note_en.data or "", self.note_zh.data or ""),
        )

    @classmethod
    def present(cls, row: Adoption) -> dict[str, Any]:
        """Return an entry as the form shows it."""
        return {
            "national": row.national.reference,
            "international": row.international.reference,
            "direction": str(row.direction),
            "degree": str(row.degree or ""),
            "state": str(row.state),
            "in_force_from": row.in_force_from,
            "superseded_on": row.superseded_on,
            "mirror": str(row.mirror_id or ""),
            "evidence": row.evidence,
            "note_en": row.note_en,
            "note_zh": row.note_zh,
            "version": str(row.version),
        }


class DifferenceForm(VersionedForm):
    """Where the national text departs, and why."""

    kind = RadioField(_l("What it touches"), [required()], choices=[], default="technical")
    clause = CodeField(_l("Clause"), [required()], limit=40, description=_l("Such as 5.2, A.3 or Foreword."))
    change_en = ProseField(_l("What differs (English)"), limit=4000)
    change_zh = ProseField(_l("What differs (Chinese)"), limit=4000)
    reason_en = ProseField(_l("Reason (English)"), limit=4000)
    reason_zh = ProseField(_l("Reason (Chinese)"), limit=4000)

    def offer(self) -> DifferenceForm:
        """Offer what can be chosen."""
        self.kind.choices = words(DIFFERENCE_KINDS)
        return self

    def departure(self) -> Departure:
        """Return what was typed as operations take it."""
        return Departure(
            DifferenceKind(self.kind.data),
            self.clause.data or "",
            Text(self.change_en.data or "", self.change_zh.data or ""),
            Text(self.reason_en.data or "", self.reason_zh.data or ""),
        )

    @classmethod
    def present(cls, row: AdoptionDifference) -> dict[str, Any]:
        """Return a difference as the form shows it."""
        names = ("clause", "change_en", "change_zh", "reason_en", "reason_zh")
        return {name: getattr(row, name) for name in names} | {"kind": str(row.kind), "version": str(row.version)}


class EvidenceForm(VersionedForm):
    """By what a degree becomes a fact."""

    evidence = LineField(_l("Where the degree can be read"), [required()], limit=300)


class LedgerStepForm(VersionedForm):
    """A step of an entry, with the day and the reason where the step needs them."""

    on = DayField(_l("On which day"), needed=True)
    reason = ProseField(_l("Reason"), limit=1000)
