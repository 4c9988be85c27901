"""The text of a case: started from the clause library, negotiated at the desk, printed for signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agreements.exports import MEDIA_TYPE, signature_pdf
from forum.agreements.forms import KeptForm
from forum.agreements.models import AgreementText
from forum.agreements.queries import fresh_seal
from forum.agreements.views.desk import Addresses, Desk
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships.errors import TextLocked
from forum.partnerships.library_text import text_of
from forum.partnerships.models import AgreementVersion
from forum.partnerships.operations.texts import start_text, take_pen
from forum.partnerships.permissions import CASE, current_case, my_standing
from forum.partnerships.queries.texts import unchanged_since_frozen
from forum.partnerships.rules.seeing import Standing, shown_state
from forum.partnerships.states import EDITABLE, PHASE_OF, REVIEWING, Phase, VersionState
from forum.partnerships.views.blueprint import address_of, pages
from forum.web.viewer import now, settings, viewer

RULE = "/desk/partnerships/<case_id>/text"
# Before its approval, and once that has lapsed, no copy is for signature.
PRINTED_IN = frozenset(
    state
    for state, phase in PHASE_OF.items()
    if phase in {Phase.SIGNING, Phase.IN_FORCE} and state is not VersionState.LAPSED
)


def reads_text(standing: Standing) -> bool:
    """Tell whether somebody reads the text: the parties, the levels above them, auditors and experts."""
    return bool(standing.domestic or standing.foreign or standing.reads_all)


def outside_review(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether the case is with the other side's review, of whose steps this reader learns nothing."""
    return not standing.inside and version.state in {*REVIEWING, VersionState.RETURNED}


def may_write(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether somebody changes the text now; what was returned is corrected by the reviewing side."""
    return bool(standing.liaison_of) and version.state in EDITABLE and not outside_review(version, standing)


def may_start(version: AgreementVersion, standing: Standing) -> bool:
    """Tell whether somebody may begin the text from the library."""
    own = version.text_id is not None or version.text_en or version.text_zh
    return may_write(version, standing) and not own


def may_confirm(version: AgreementVersion, text: AgreementText, standing: Standing) -> bool:
    """Tell whether somebody confirms the text now: the other side of a returned one, once it was changed."""
    if not standing.liaison_of or version.state not in EDITABLE:
        return False
    return not outside_review(version, standing) or not unchanged_since_frozen(text)


def _desk() -> Desk:
    version, standing = current_case(), my_standing()
    text = text_of(version)
    if text is None or not reads_text(standing):
        abort(404)
    party = next((party for party in version.partnership.parties if party.id in standing.liaison_of), None)
    return Desk(
        text,
        _addresses(version),
        party.public_id if party else "",
        may_edit=may_write(version, standing),
        may_confirm=may_confirm(version, text, standing),
        for_signature=version.state in PRINTED_IN,
        quiet=outside_review(version, standing),
    )


def _addresses(version: AgreementVersion) -> Addresses:
    def to(page: str, **values: Any) -> str:
        made: str = url_for(f"partnerships.{page}", case_id=version.public_id, **values)
        return made

    return Addresses(
        text=to("text"),
        head=to("text_head"),
        add=to("add_clause"),
        confirm=to("confirm_text"),
        copy=to("text_copy"),
        clause=lambda key: to("clause", key=key),
        match=lambda key: to("match_clause", key=key),
        propose=lambda key: to("propose_wording", key=key),
        remove=lambda key: to("remove_clause", key=key),
        accept=lambda key: to("accept_wording", key=key),
        withdraw=lambda key: to("withdraw_wording", key=key),
        variant=lambda key: to("take_wording", key=key),
        move=lambda key: to("move_clause", key=key),
        take_back=to("take_back_confirmation"),
        above=((_("City partnerships"), to("cases")), (version.partnership.number, address_of(version.public_id))),
    )


def _deed(do: Callable[[Desk], ResponseReturnValue]) -> ResponseReturnValue:
    """Hold the version while its text is changed, so that nobody moves the case on meanwhile."""
    desk = _desk()
    if request.method != "POST" or g.get("csrf_failed"):
        return do(desk)
    if not (desk.may_edit or desk.may_confirm):
        # Somebody who was writing when the text was agreed gets their words back.
        return desk.kept(TextLocked(shown_state(current_case().state, my_standing())))
    try:
        party = take_pen(current_case(), standing=my_standing(), actor=viewer().actor())
    except Refusal as refusal:
        session.rollback()
        return desk.kept(refusal) if KeptForm().is_filled else desk.page(refusal.say(_), refusal.status)
    return do(replace(_desk(), party_key=party.public_id))


@pages.page(RULE, policy=CASE)
def text(case_id: str) -> ResponseReturnValue:
    """The whole text, or the way to begin it."""
    version, standing = current_case(), my_standing()
    if version.text_id is None and may_start(version, standing):
        return render_template("partnerships/start_text.html", case=version, one=version.partnership, case_id=case_id)
    return _desk().page()


@pages.page(f"{RULE}/start", policy=CASE, methods=("POST",))
def begin_text(case_id: str) -> ResponseReturnValue:
    """Begin the text from the clause library."""
    version, standing = current_case(), my_standing()
    if not may_start(version, standing):
        abort(404)
    start_text(version, standing=standing, actor=viewer().actor(), now=now())
    flash(_("The text is begun from the clause library. Both sides can change it now."), "success")
    return redirect(url_for("partnerships.text", case_id=case_id), 303)


@pages.page(f"{RULE}/head", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def text_head(case_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it, as in the pages below
    """Title and terms."""
    return _deed(Desk.head)


@pages.page(f"{RULE}/add", policy=CASE, methods=("POST",), soft_csrf=True)
def add_clause(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Add a clause."""
    return _deed(Desk.add)


@pages.page(f"{RULE}/confirm", policy=CASE, methods=("POST",))
def confirm_text(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Confirm the text for one's own side."""
    return _deed(Desk.confirm)


@pages.page(f"{RULE}/take-back", policy=CASE, methods=("POST",))
def take_back_confirmation(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take the confirmation of one's own side back."""
    return _deed(Desk.take_back)


@pages.page(f"{RULE}/clauses/<key>", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def clause(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """One clause."""
    return _deed(lambda desk: desk.clause(key))


@pages.page(f"{RULE}/clauses/<key>/match", policy=CASE, methods=("POST",))
def match_clause(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Mark a clause as matched."""
    return _deed(lambda desk: desk.match(key))


@pages.page(f"{RULE}/clauses/<key>/remove", policy=CASE, methods=("POST",))
def remove_clause(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a clause out."""
    return _deed(lambda desk: desk.remove(key))


@pages.page(f"{RULE}/clauses/<key>/propose", policy=CASE, methods=("GET", "POST"), soft_csrf=True)
def propose_wording(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Propose another wording."""
    return _deed(lambda desk: desk.propose(key))


@pages.page(f"{RULE}/clauses/<key>/wording", policy=CASE, methods=("POST",))
def take_wording(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take another wording of the clause library."""
    return _deed(lambda desk: desk.variant(key))


@pages.page(f"{RULE}/clauses/<key>/move", policy=CASE, methods=("POST",))
def move_clause(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Let a clause change places with its neighbour."""
    return _deed(lambda desk: desk.move(key))


@pages.page(f"{RULE}/proposals/<key>/accept", policy=CASE, methods=("POST",))
def accept_wording(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Accept the other side's wording."""
    return _deed(lambda desk: desk.accept(key))


@pages.page(f"{RULE}/proposals/<key>/withdraw", policy=CASE, methods=("POST",))
def withdraw_wording(case_id: str, key: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take back one's own wording."""
    return _deed(lambda desk: desk.withdraw(key))


@pages.page(f"{RULE}/copy.pdf", policy=CASE)
def text_copy(case_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """The copy as PDF with the address where its digits are checked: for signature once it is approved."""
    desk = _desk()
    final = desk.for_signature and desk.text.is_frozen
    where = settings().base_url + url_for("agreements.verify", code=fresh_seal(desk.text).both[:16])
    content = signature_pdf(desk.text, where, final=final)
    name = f"{current_case().partnership.number}-{current_case().number}{'' if final else '-draft'}.pdf"
    return Response(content, mimetype=MEDIA_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"'})
