"""Writing a statement, recording one that came in, and their files."""

from __future__ import annotations

from typing import BinaryIO, cast

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import Refusal
from forum.liaisons.forms import FileForm, IncomingForm, StatementForm, TakeOutForm
from forum.liaisons.forms.writing import held_in
from forum.liaisons.models import LINK_KINDS, LinkKind, Purpose, Statement
from forum.liaisons.operations import attaching, drafting
from forum.liaisons.operations.drafting import Tie, need_open, need_writer
from forum.liaisons.permissions import LIAISON_DRAFTERS, LIAISON_RECORDERS, STATEMENT_WORK, current_statement
from forum.liaisons.queries import statements
from forum.liaisons.queries.mirrors import offered, owners_for, today
from forum.liaisons.queries.relations import terms_on
from forum.liaisons.rules.replying import reply_title
from forum.liaisons.views.blueprint import attempt, doing, form_page, pages, standing
from forum.web.viewer import now


def _tie(text: str) -> Tie | None:
    """Return the earlier statement that an address or a form names, if it exists for this reader."""
    kind, _colon, public_id = text.partition(":")
    if not text:
        return None
    if kind not in LINK_KINDS:
        abort(404)
    found = statements.one(public_id, statements.visible(standing(), now()))
    if found is None:
        abort(404)
    return Tie(LinkKind(kind), found)


def _write_page(
    form: StatementForm, title: str, refused: Refusal | None = None, *, way_back: str, tie: Tie | None = None
) -> ResponseReturnValue:
    day = today(now())
    page = render_template(
        "liaisons/write.html",
        form=form,
        title=title,
        incoming=isinstance(form, IncomingForm),
        offered=[one.reference for one in offered(day)],
        terms=terms_on(day),
        tie=tie,
        link_kinds=LINK_KINDS,
        way_back=way_back,
    )
    more = "more" in request.form
    return page, refused.status if refused else 200 if more or not form.sent else 422


def _start(tie: Tie | None) -> dict[str, object]:
    """Return what a new statement begins with: of a reply the sides swapped and the subject quoted."""
    if tie is None:
        return {}
    to = tie.to
    begun: dict[str, object] = {"tie": f"{tie.kind}:{to.public_id}"}
    if tie.kind is LinkKind.REPLY_TO:
        at = to.dated_on or today(to.posted_at or to.state_since)
        title = reply_title((one.name for one in to.from_groups), at, to.text("title"))
        return begun | {
            "title_en": title.en,
            "title_zh": title.zh,
            "senders": [{"group": one.name} for one in to.to_groups],
            "receivers": [{"group": one.name, "purpose": str(Purpose.RESPONSE)} for one in to.from_groups],
            "questions_from": ", ".join(to.questions_to),
            "questions_to": ", ".join(to.questions_from),
            "confidentiality": str(to.confidentiality),
        }
    held = held_in(to)
    return {**held, **begun, "version": "0", "number": "", "dated_on": None}


@pages.page("/desk/liaisons/new", policy=LIAISON_DRAFTERS, methods=("GET", "POST"), soft_csrf=True)
def draft() -> ResponseReturnValue:
    """Begin a statement; an answer begins with the sides swapped."""
    tie = _tie(request.form.get("tie", "") or request.args.get("tie", ""))
    form, title = StatementForm(data=_start(tie)).offer(), _("Draft a liaison statement")
    back = url_for("liaisons.desk")
    if "more" in request.form:
        return _write_page(form.add_rows(), title, way_back=back, tie=tie)
    if not form.validate_on_submit():
        return _write_page(form, title, way_back=back, tie=tie)
    made: list[Statement] = []
    said = _("The draft is saved. Submit it when it is ready to be approved.")
    if refused := attempt(form, lambda: made.append(drafting.draft(form.written(), tie, **doing())), said):
        return _write_page(form, title, refused, way_back=back, tie=tie)
    return redirect(url_for("liaisons.statement", statement_id=made[0].public_id), 303)


@pages.page("/desk/liaisons/incoming", policy=LIAISON_RECORDERS, methods=("GET", "POST"), soft_csrf=True)
def receive() -> ResponseReturnValue:
    """Record a statement that came in."""
    tie = _tie(request.form.get("tie", "") or request.args.get("tie", ""))
    people = owners_for(standing(), now())
    form = IncomingForm(data=_start(tie))
    form.offer()
    form.offer_owners(people)
    title, back = _("Record an incoming statement"), url_for("liaisons.desk")
    if "more" in request.form:
        return _write_page(form.add_rows(), title, way_back=back, tie=tie)
    if not form.validate_on_submit():
        return _write_page(form, title, way_back=back, tie=tie)
    owner = next((one for one in people if one.public_id == form.owner.data), None)
    made: list[Statement] = []
    sent = request.files.get("file")

    def deed() -> None:
        made.append(drafting.receive(form.written(), owner, tie, **doing()))
        if sent is not None and sent.filename:
            attaching.attach(made[0], "", cast("BinaryIO", sent.stream), sent.filename, **doing())

    if refused := attempt(form, deed, _("The statement is recorded.")):
        return _write_page(form, title, refused, way_back=back, tie=tie)
    return redirect(url_for("liaisons.statement", statement_id=made[0].public_id), 303)


@pages.page("/desk/liaisons/<statement_id>/change", policy=STATEMENT_WORK, methods=("GET", "POST"), soft_csrf=True)
def change(statement_id: str) -> ResponseReturnValue:
    """Change a text that is still open."""
    one = current_statement()
    need_writer(one, standing(), now())
    need_open(one)
    form, title = StatementForm(data=held_in(one)).about(one).offer(), _("Change the statement")
    back = url_for("liaisons.statement", statement_id=statement_id)
    if "more" in request.form:
        return _write_page(form.add_rows(), title, way_back=back)
    if not form.validate_on_submit():
        return _write_page(form, title, way_back=back)
    said = _("The change is saved. Whoever approves it must be somebody else.")
    if refused := attempt(form, lambda: drafting.rewrite(one, form.written(), seen=form.seen, **doing()), said):
        return _write_page(form, title, refused, way_back=back)
    return redirect(back, 303)


@pages.page("/desk/liaisons/<statement_id>/attach", policy=STATEMENT_WORK, methods=("GET", "POST"), soft_csrf=True)
def attach(statement_id: str) -> ResponseReturnValue:
    """Add a file while the text is open."""
    one = current_statement()
    need_writer(one, standing(), now())
    form, title, submit = FileForm(data={"version": one.version}), _("Attach a file"), _("Attach the file")
    back = url_for("liaisons.statement", statement_id=statement_id)
    if not form.validate_on_submit():
        return form_page(form, title, submit, way_back=back)
    sent = request.files.get("file")

    def deed() -> None:
        stream = cast("BinaryIO", sent.stream) if sent else None
        attaching.attach(one, form.title.data or "", stream, sent.filename if sent else None, **doing())

    if refused := attempt(form, deed, _("The file is attached.")):
        return form_page(form, title, submit, refused, way_back=back)
    return redirect(back, 303)


@pages.page(
    "/desk/liaisons/<statement_id>/attachments/<attachment_id>/take-out",
    policy=STATEMENT_WORK,
    methods=("GET", "POST"),
    soft_csrf=True,
)
def take_out(statement_id: str, attachment_id: str) -> ResponseReturnValue:
    """Take a file out; what it was, who took it out and why stays on record."""
    one = current_statement()
    need_writer(one, standing(), now())
    row = statements.attachment(one, attachment_id)
    if row is None:
        abort(404)
    form, title = TakeOutForm(), _("Take a file out")
    back = url_for("liaisons.statement", statement_id=statement_id)
    lead = _("“%(title)s” is handed out no more. That it was here, and your reason, stay on record.", title=row.title)
    if not form.validate_on_submit():
        return form_page(form, title, _("Take the file out"), way_back=back, lead=lead)
    said = _("The file is taken out.")
    if refused := attempt(form, lambda: attaching.take_out(one, row, form.reason.data or "", **doing()), said):
        return form_page(form, title, _("Take the file out"), refused, way_back=back, lead=lead)
    return redirect(back, 303)
