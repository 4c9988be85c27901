"""Writing a comment, and what its author does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import BinaryIO, cast

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.comments.forms import AttachmentForm, CommentForm
from forum.comments.models import Comment, CommentFile
from forum.comments.operations import writing
from forum.comments.operations.deciding import contributors
from forum.comments.operations.steps import roles_of
from forum.comments.permissions import DESK, WRITERS, current_ballot, me, my_standing
from forum.comments.queries import desk as reading
from forum.comments.queries.following import chain
from forum.comments.queries.settings import terms_on
from forum.comments.rules.likeness import likeness
from forum.comments.states import AUTHOR, DECIDER, LIFE, OPEN, RETRACTABLE, CommentState
from forum.comments.views.blueprint import HERE, attempt, back, doing, found, pages, show
from forum.core.refusals import Refusal
from forum.terms.queries.checking import glossary
from forum.terms.rules.checking import check_both
from forum.web.attachments import attachment
from forum.web.viewer import now, viewer

_OWN: Mapping[str, Callable[..., object]] = {
    "hand_in": writing.hand_in,
    "withdraw": writing.withdraw,
    "support": writing.support,
    "end_support": writing.end_support,
}


@pages.page(f"{HERE}/<comment_id>", policy=DESK)
def comment(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """One comment: both languages, who stands behind it, what was decided, what became of it."""
    return page_of(found(comment_id))


def page_of(row: Comment, refused: Refusal | None = None, **forms: object) -> ResponseReturnValue:
    """Show a comment, with the form that was refused."""
    mine = my_standing()
    actor = me()
    others = reading.candidates(row) if mine.decides and row.state in {*OPEN, CommentState.KEPT} else []
    own = row.author_id is not None and row.author_id == viewer().account_id
    supported = any(each.account_id == viewer().account_id for each in row.supports)
    status = (
        refused.status if refused else 422 if any(getattr(form, "errors", None) for form in forms.values()) else 200
    )
    return show(
        "comment",
        status,
        row=row,
        own=own,
        supported=supported,
        may_support=mine.writes and not own and row.state in {*OPEN, CommentState.KEPT} and _takes(),
        steps={each.action: each for each in LIFE.lawful(row.state, roles_of(row, actor))},
        may_attach=mine.writes and (own or mine.decides) and row.state in RETRACTABLE,
        may_write=row.number is None and (own or mine.decides) and row.state in RETRACTABLE,
        units=[unit for _account, unit in contributors(row)],
        behind=_names(row) if mine.names else [],
        terms=check_both(f"{row.text_en}\n{row.change_en}", f"{row.text_zh}\n{row.change_zh}", glossary()),
        others=[(other, _alike(row, other)) for other in others],
        threshold=int(terms_on(now().date()).similarity * 100),
        chain=chain(row),
        forms=forms,
    )


def _takes() -> bool:
    return writing.takes_comments(current_ballot(), me())


def _alike(row: Comment, other: Comment) -> int:
    texts = ((row.text_en, other.text_en), (row.text_zh, other.text_zh))
    return int(max(likeness(one, two) for one, two in texts) * 100)


def _names(row: Comment) -> list[str]:
    """Return the names of everybody who stands behind a comment, each once."""
    names = []
    for each in (row, *row.merged):
        names += [each.author.name] if each.author is not None else []
        names += [support.account.name for support in each.supports if support.account is not None]
    return list(dict.fromkeys(name for name in names if name))


@pages.page(f"{HERE}/new", policy=WRITERS, methods=("GET", "POST"), soft_csrf=True)
def new_comment(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Write a comment; it is kept as a draft, or handed in at once."""
    form = CommentForm(
        data={"clause": request.args.get("clause", "")[:80]} if request.method == "GET" else None
    ).offer()
    title = _("Write a comment")
    if not form.validate_on_submit():
        return _form(form, title)
    made: list[Comment] = []

    def deed() -> None:
        made.append(writing.write(current_ballot(), form.wording, **doing()))
        if form.hands_in:
            writing.hand_in(made[0], **doing())

    said = _("The comment is handed in.") if form.hands_in else _("The draft is kept. Nobody else sees it.")
    if refused := attempt(form, deed, said):
        return _form(form, title, refused)
    return back("comment", comment_id=made[0].public_id)


@pages.page(f"{HERE}/<comment_id>/edit", policy=WRITERS, methods=("GET", "POST"), soft_csrf=True)
def edit_comment(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Change a comment that isn't decided yet."""
    row = found(comment_id)
    if not roles_of(row, me()) & {AUTHOR, DECIDER}:
        abort(404)
    form = CommentForm(obj=row, data={"version": row.version}).offer()
    if request.method == "GET":
        form.kind.data = str(row.kind)
    title = _("Change the comment")
    if not form.validate_on_submit():
        return _form(form, title, row=row)

    def deed() -> None:
        writing.rewrite(row, form.wording, seen=form.seen, **doing())
        if form.hands_in and row.state is CommentState.DRAFT:
            writing.hand_in(row, **doing())

    if refused := attempt(form, deed, _("The comment is saved.")):
        return _form(form, title, refused, row=row)
    return back("comment", comment_id=comment_id)


@pages.page(f"{HERE}/<comment_id>/files", policy=WRITERS, methods=("POST",), soft_csrf=True)
def attach(ballot_id: str, comment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Put a file beside a comment."""
    row, form = found(comment_id), AttachmentForm()
    sent = request.files.get("file")

    def deed() -> None:
        stream, name = (sent.stream, sent.filename) if sent else (None, None)
        writing.attach(row, cast("BinaryIO | None", stream), name, **doing())

    if refused := attempt(form, deed, _("The file is kept beside the comment. It never leaves.")):
        return page_of(found(comment_id), refused, file=form)
    return back("comment", comment_id=comment_id)


def _attachment(row: Comment, file_id: str) -> CommentFile:
    kept = next((each for each in row.attachments if each.public_id == file_id), None)
    if kept is None:
        abort(404)
    return kept


@pages.page(f"{HERE}/<comment_id>/files/<file_id>", policy=DESK)
def attached(ballot_id: str, comment_id: str, file_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """A file beside a comment, for readers of the desk."""
    return attachment(_attachment(found(comment_id), file_id).file)


@pages.page(f"{HERE}/<comment_id>/files/<file_id>/remove", policy=WRITERS, methods=("POST",))
def detach(ballot_id: str, comment_id: str, file_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take a file away again."""
    row = found(comment_id)
    writing.detach(row, _attachment(row, file_id), **doing())
    flash(_("The file is taken away."), "success")
    return back("comment", comment_id=comment_id)


def _form(
    form: CommentForm, title: str, refused: Refusal | None = None, row: Comment | None = None
) -> ResponseReturnValue:
    status = refused.status if refused else 422 if form.sent else 200
    draft = row is None or (row.state is CommentState.DRAFT and AUTHOR in roles_of(row, me()))
    return show("write", status, form=form, title=title, row=row, draft=draft)


@pages.page(
    f"{HERE}/<comment_id>/own/<any(hand_in,withdraw,support,end_support):action>", policy=WRITERS, methods=("POST",)
)
def own_deed(ballot_id: str, comment_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Hand in, take back, support, end a support."""
    row = found(comment_id)
    _OWN[action](row, **doing())
    said = {
        "hand_in": _("The comment is handed in."),
        "withdraw": _("The comment is taken back."),
        "support": _("You support this comment."),
        "end_support": _("You don’t support this comment any more."),
    }
    flash(said[action], "success")
    return back("comment", comment_id=comment_id)
