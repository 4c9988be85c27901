"""What of a partnership is shown to everybody: each side reads it, consents to it, and takes its consent back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import ConsentForm, OfficeForm, OutcomeForm
from forum.cooperation.models import (
    ACTIVITY_KINDS,
    OUTCOME_KINDS,
    SESSION_TIES,
    Evidence,
    EvidenceVerdict,
    PublishedOutcome,
    StandardLink,
)
from forum.cooperation.operations import publishing
from forum.cooperation.operations.acting import own_party
from forum.cooperation.permissions import PARTY, PLAN
from forum.cooperation.queries import evidence as proving
from forum.cooperation.queries import linking
from forum.cooperation.queries import publishing as reading
from forum.cooperation.rules.publishing import Thing
from forum.cooperation.states import OUTCOME_STATES, OutcomeState
from forum.cooperation.views.blueprint import address, attempt, back, doing, form_page, pages, partnership
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships.models import PartnershipParty
from forum.partnerships.permissions import current_case, my_standing

_HERE = "/desk/partnerships/<case_id>/plan/publication"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing with what each party has said to it."""

    thing: Thing
    kind: str
    said: tuple[tuple[PartnershipParty, bool], ...]
    mine: bool  # whether the reader's own cities have all consented
    shown: bool  # whether everybody may read it
    marks: str  # what the page showed

    @property
    def open(self) -> bool:
        """Whether one may consent now."""
        return not isinstance(self.thing.row, PublishedOutcome) or self.thing.row.state is not OutcomeState.WITHDRAWN


def _lines() -> list[Line]:
    one, standing = partnership(), my_standing()
    given = reading.given_in([one.id])
    own: set[int] = set()
    if standing.parties:
        side = own_party(one, standing).side
        own = {party.id for party in one.parties if party.id in standing.parties and party.side is side}
    found = []
    for thing in reading.things_of(one):
        consented = thing.consented(given)
        shown = thing.may_be_shown(given)
        if isinstance(thing.row, PublishedOutcome):
            shown = shown and thing.row.state is OutcomeState.PUBLISHED
        found.append(
            Line(
                thing,
                thing.key.partition(":")[0],
                tuple((party, party.id in consented) for party in one.parties),
                bool(own) and own <= set(consented),
                shown,
                " ".join(dict.fromkeys(thing.fingerprints.values())),
            )
        )
    return found


def _page(status: int = 200, refusal: str = "") -> ResponseReturnValue:
    one, standing = partnership(), my_standing()
    party = own_party(one, standing) if standing.parties else None
    page = render_template(
        "cooperation/publication.html",
        case=current_case(),
        one=one,
        lines=_lines(),
        party=party,
        office=reading.office_of(party.id) if party else None,
        number=one.number,
        refusal=refusal,
        activity_kinds=ACTIVITY_KINDS,
        outcome_kinds=OUTCOME_KINDS,
        outcome_states=OUTCOME_STATES,
        tie_words=SESSION_TIES,
    )
    return page, status


@pages.page(_HERE, policy=PLAN)
def publication(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Everything that may be shown, and what each side has said to it."""
    return _page()


def _say(deed: Callable[[ConsentForm], str]) -> ResponseReturnValue:
    form = ConsentForm()
    if not form.validate():
        return _page(422, "\n".join(map(str, form.form_errors)) or _("Choose what you consent to."))
    try:
        said = deed(form)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        session.rollback()
        return _page(refusal.status, refusal.say(_))
    flash(said, "success")
    return back("publication")


@pages.page(f"{_HERE}/consent", policy=PARTY, methods=("POST",), soft_csrf=True)
def consent_to_publish(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Consent for one's own city."""

    def deed(form: ConsentForm) -> str:
        if publishing.consent(partnership(), form.thing.data or "", form.marks, **doing()):
            return _("Every city has consented. The public reads it from now on.")
        return _("Your city’s consent is recorded. It is shown once every city has consented.")

    return _say(deed)


@pages.page(f"{_HERE}/withdraw", policy=PARTY, methods=("POST",), soft_csrf=True)
def withdraw_consent(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take one's own city's consent back."""

    def deed(form: ConsentForm) -> str:
        publishing.take_consent_back(partnership(), form.thing.data or "", **doing())
        return _("The consent is taken back. The public doesn’t read it any more.")

    return _say(deed)


@pages.page(f"{_HERE}/office", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def contact_office(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """The contact office of one's own city."""
    one = partnership()
    row = reading.office_of(own_party(one, my_standing()).id)
    form = OfficeForm(obj=row, data={"version": row.version} if row else None)
    title, here = _("Contact office of your city"), address("publication")
    lead = _("An office with its own address, not a person. It is shown only when every city has consented.")
    if not form.validate_on_submit():
        return form_page(form, title, _("Save"), way_back=here, lead=lead)

    def deed() -> None:
        publishing.name_office(one, form.office(), seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The office is saved. Your city consents anew before it is shown.")):
        return form_page(form, title, _("Save"), refused, way_back=here, lead=lead)
    return back("publication")


def _choices() -> tuple[dict[str, Evidence], dict[str, StandardLink]]:
    one = partnership()
    files = {
        row.public_id: row
        for row in proving.of_partnership(one.id, my_standing())
        if row.verdict is EvidenceVerdict.ACCEPTED and row.superseded_by is None
    }
    return files, {row.public_id: row for row in linking.standards_of(one.id)}


def _outcome_page(form: OutcomeForm, title: str, deed: Callable[[], object], said: str) -> ResponseReturnValue:
    more: dict[str, Any] = {
        "way_back": address("publication"),
        "lead": _(
            "Both sides read these words before the public does. Each city consents to them, or nothing is shown."
        ),
    }
    submit = _("Propose to the other side")
    if not form.validate_on_submit():
        return form_page(form, title, submit, **more)
    if refused := attempt(form, deed, said):
        return form_page(form, title, submit, refused, **more)
    return back("publication")


@pages.page(f"{_HERE}/outcomes/new", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def new_outcome(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Propose an outcome for the public."""
    files, standards = _choices()
    form = OutcomeForm().offer(files.values(), standards.values())
    return _outcome_page(
        form,
        _("Propose an outcome"),
        lambda: publishing.propose_outcome(partnership(), form.wording(files, standards), **doing()),
        _("The outcome is proposed, and your city has consented. The other side has been written to."),
    )


@pages.page(f"{_HERE}/outcomes/<outcome_id>/change", policy=PARTY, methods=("GET", "POST"), soft_csrf=True)
def change_outcome(case_id: str, outcome_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Change an outcome that isn't published, or propose one anew."""
    row = reading.outcome(partnership().id, outcome_id)
    if row is None:
        abort(404)
    files, standards = _choices()
    held = {
        "version": row.version,
        "evidence": row.evidence.public_id,
        "standard": row.standard.public_id if row.standard else "",
    }
    form = OutcomeForm(data={**_written(row), **held}).about(row).offer(files.values(), standards.values())
    return _outcome_page(
        form,
        _("Change the outcome"),
        lambda: publishing.reword_outcome(row, form.wording(files, standards), seen=form.seen, **doing()),
        _("The outcome is proposed anew. Every city consents once more."),
    )


def _written(row: PublishedOutcome) -> dict[str, Any]:
    names = ("kind", "title_en", "title_zh", "summary_en", "summary_zh", "happened_on")
    return {name: getattr(row, name) for name in names}
