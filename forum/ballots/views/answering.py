"""The national enquiry: beginning it, and answering it."""

from __future__ import annotations

from flask import g
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.ballots.forms import AnswerForm, EnquiryForm, answers
from forum.ballots.operations import enquiring
from forum.ballots.permissions import ASKED, WRITE_POSITION, current_ballot
from forum.ballots.queries import people
from forum.ballots.views.blueprint import attempt, back, ballot_form, doing, pages, upload
from forum.web.language import current_language
from forum.web.viewer import now


@pages.page("/ballots/<ballot_id>/enquiry", policy=WRITE_POSITION, methods=("GET", "POST"), soft_csrf=True)
def begin_enquiry(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Ask the experts and units of the mirror committee."""
    row = current_ballot()
    posts = {str(post.account_id): post for post in people.members(row, now())}
    given = {"version": row.version, "summary_en": row.summary_en, "summary_zh": row.summary_zh, "people": list(posts)}
    form = EnquiryForm(data=given)
    form.offer((key, _named(post)) for key, post in posts.items())
    title, submit = _("Begin the national enquiry"), _("Send the enquiry")
    lead = _("Everybody who is asked gets mail with the draft’s page and the day by which to answer.")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit, lead=lead)

    def deed() -> None:
        ids = tuple(posts[key].account_id for key in form.people.data or () if key in posts)
        what = enquiring.Enquiry(
            ids, form.addresses(), form.summary_zh.data or "", form.summary_en.data or "", upload("draft")
        )
        enquiring.begin(row, what, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The enquiry is sent.")):
        return ballot_form(form, title, submit, refused, lead=lead)
    return back()


def _named(post: object) -> str:
    name = getattr(post, "account").name  # noqa: B009 - a post of the mirror committee
    unit = getattr(post, "organisation")  # noqa: B009
    return f"{name} · {unit.name_zh or unit.name_en}" if unit is not None else name


@pages.page("/ballots/<ballot_id>/answer", policy=ASKED, methods=("GET", "POST"), soft_csrf=True)
def answer(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Say what one thinks of the draft."""
    mine, row = g.enquired, current_ballot()
    form = AnswerForm(data={"version": mine.version, "answer": mine.answer, "remark": mine.remark})
    form.answer.choices = answers(enquiring.offered(row))
    title, submit = _("Your answer to the enquiry"), _("Send the answer")
    sides = (row.summary_zh, row.summary_en)
    lead = next(filter(None, sides if current_language() == "zh" else reversed(sides)), "")
    if not form.validate_on_submit():
        return ballot_form(form, title, submit, lead=lead)

    def deed() -> None:
        enquiring.answer(mine, form.answer.data, form.remark.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("Your answer is recorded.")):
        return ballot_form(form, title, submit, refused, lead=lead)
    return back()
