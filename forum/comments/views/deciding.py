"""What the secretary and the chair do: decide, translate, number, record that the table was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.comments.errors import MergeIntoItself
from forum.comments.forms import DropForm, EnglishForm, MergeForm, NextForm
from forum.comments.operations import deciding, following, numbering, sending
from forum.comments.permissions import DECIDERS, DESK, SENDERS, current_ballot, my_standing
from forum.comments.queries import desk as reading
from forum.comments.rules.findings import LEVELS, is_rejected
from forum.comments.states import CommentState
from forum.comments.views.blueprint import HERE, attempt, back, doing, found, pages, show, told
from forum.comments.views.writing import page_of
from forum.core.refusals import Refusal
from forum.terms.queries.checking import glossary
from forum.terms.rules.checking import check_both
from forum.web.forms import VersionedForm
from forum.web.viewer import now

_DEEDS: Mapping[str, Callable[..., None]] = {
    "review": deciding.review,
    "keep": deciding.keep,
    "unmerge": deciding.unmerge,
    "finish": following.finish,
}


@pages.page(f"{HERE}/<comment_id>/decide/<any(finish,keep,review,unmerge):action>", policy=DECIDERS, methods=("POST",))
def decide(ballot_id: str, comment_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a step that needs no word."""
    row = found(comment_id)
    _DEEDS[action](row, seen=VersionedForm().seen, **doing())
    flash(_("It is recorded."), "success")
    return back("comment", comment_id=comment_id)


@pages.page(f"{HERE}/<comment_id>/drop", policy=DECIDERS, methods=("POST",), soft_csrf=True)
def drop(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Don't take a comment up, with the reason that its author reads."""
    row, form = found(comment_id), DropForm()
    if not form.validate_on_submit():
        return page_of(row, drop=form)
    deed = lambda: deciding.drop(row, form.reason.data or "", seen=form.seen, **doing())  # noqa: E731
    if refused := attempt(form, deed, _("The comment isn’t taken up. Its author is told why.")):
        return page_of(found(comment_id), refused, drop=form)
    return back("comment", comment_id=comment_id)


@pages.page(f"{HERE}/<comment_id>/merge", policy=DECIDERS, methods=("POST",), soft_csrf=True)
def merge(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Merge a comment into another one; whoever wrote or supported either stays named inside."""
    row = found(comment_id)
    others = {other.public_id: other for other in reading.candidates(row)}
    form = MergeForm().offer((key, key) for key in others)
    if not form.validate_on_submit():
        return page_of(row, merge=form)

    def deed() -> None:
        into = others.get(form.into.data or "")
        if into is None:
            raise MergeIntoItself
        deciding.merge(row, into, seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The comment is merged. Everybody who stood behind it still does.")):
        return page_of(found(comment_id), refused, merge=form)
    return back("comment", comment_id=comment_id)


@pages.page(f"{HERE}/<comment_id>/english", policy=DECIDERS, methods=("GET", "POST"), soft_csrf=True)
def english(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Write the English text beside the Chinese, and mark it as reviewed."""
    row = found(comment_id)
    form = EnglishForm(obj=row, data={"version": row.version, "reviewed": row.translation == "reviewed"})
    refused: Refusal | None = None
    if form.validate_on_submit():

        def deed() -> None:
            deciding.translate(
                row,
                form.text_en.data or "",
                form.change_en.data or "",
                reviewed=bool(form.reviewed.data),
                seen=form.seen,
                **doing(),
            )

        refused = attempt(form, deed, _("The English text is saved."))
        if refused is None:
            return back("comment", comment_id=comment_id)
        row = found(comment_id)
    status = refused.status if refused else 422 if form.sent else 200
    texts = (f"{form.text_en.data or ''}\n{form.change_en.data or ''}", f"{row.text_zh}\n{row.change_zh}")
    return show("english", status, row=row, form=form, terms=check_both(*texts, glossary()))


@pages.page(f"{HERE}/<comment_id>/next", policy=DECIDERS, methods=("POST",), soft_csrf=True)
def next_draft(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Note whether the change is in the next draft."""
    row, form = found(comment_id), NextForm().offer()
    if not form.validate_on_submit():
        return page_of(row, next=form)
    deed = lambda: following.verify(row, form.chosen, seen=form.seen, **doing())  # noqa: E731
    if refused := attempt(form, deed, _("It is recorded.")):
        return page_of(found(comment_id), refused, next=form)
    return back("comment", comment_id=comment_id)


@pages.page(f"{HERE}/numbers", policy=DECIDERS, methods=("POST",))
def give_numbers(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Give the numbers."""
    count = numbering.freeze(current_ballot(), **doing())
    flash(ngettext("%(num)d comment has its number.", "%(num)d comments have their numbers.", count), "success")
    return back("check")


@pages.page(f"{HERE}/check", policy=DESK)
def check(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """What the receiving secretariat would object to, cell by cell."""
    ballot = current_ballot()
    findings = sending.checked(ballot, now())
    leaving = reading.leaving(ballot.id)
    return show(
        "check",
        findings=told(findings, {row.code: row for row in leaving if row.code}),
        levels=LEVELS,
        rejected=is_rejected(findings),
        leaving=leaving,
        numbered=bool(leaving) and all(row.number is not None for row in leaving),
        to_send=[row for row in leaving if row.state is CommentState.KEPT],
        may_send=my_standing().sends,
    )


@pages.page(f"{HERE}/sent", policy=SENDERS, methods=("POST",))
def record_sent(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Record that the table was sent."""
    count = sending.send(current_ballot(), **doing())
    flash(ngettext("%(num)d comment is recorded as sent.", "%(num)d comments are recorded as sent.", count), "success")
    return back("check")
