"""The one blueprint of this room, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, BinaryIO, cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.ballots.operations.recording import Upload
from forum.ballots.permissions import current_ballot, current_roles
from forum.ballots.rules.naming import name_of
from forum.committees.permissions import is_national_office
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.web.forms import BaseForm
from forum.web.language import current_language
from forum.web.policy import Pages
from forum.web.viewer import now, viewer

pages = Pages("ballots", __name__)


def doing() -> dict[str, Any]:
    """Return who does it, as what towards this ballot, and when."""
    return {"actor": viewer().actor().with_roles(*current_roles()), "now": now()}


def upload(name: str) -> Upload:
    """Return a file as it came."""
    sent = request.files.get(name)
    return Upload(cast("BinaryIO", sent.stream) if sent else None, sent.filename if sent else None)


def attempt(form: BaseForm, deed: Callable[[], object], said: str) -> Refusal | None:
    """Do the deed and say so, or bring the refusal to its field and return it."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        session.rollback()
        form.refuse(refusal)
        return refusal
    flash(said, "success")
    return None


def ballot_address() -> str:
    """Return the address of the ballot of this page."""
    return url_for("ballots.ballot", ballot_id=current_ballot().public_id)


def back() -> ResponseReturnValue:
    """Go back to the ballot."""
    return redirect(ballot_address(), 303)


def form_page(
    form: BaseForm, title: str, submit: str, refused: Refusal | None = None, **more: Any
) -> ResponseReturnValue:
    """Show a form of its own page; fields that come as a pair of languages stand side by side."""
    status = refused.status if refused else 422 if form.sent else 200
    about = more.pop("about", None)
    page = render_template(
        more.pop("template", "ballots/form.html"),
        form=form,
        rows=_rows(form),
        title=title,
        submit=submit,
        files=any(field.type == "FileField" for field in form),
        about=about,
        about_name=name_of(about, current_language()) if about is not None else "",
        lead=more.pop("lead", ""),
        way_back=more.pop("way_back", ""),
        ways=more.pop("ways", ()),
        **more,
    )
    return page, status


def _rows(form: BaseForm) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for field in form:
        if field.type in {"HiddenField", "CSRFTokenField"} or field.name.endswith("_zh"):
            continue
        if field.name.endswith("_en") and f"{field.name[:-3]}_zh" in form:
            rows.append((field, form[f"{field.name[:-3]}_zh"]))
        else:
            rows.append((field,))
    return rows


def ballot_form(
    form: BaseForm, title: str, submit: str, refused: Refusal | None = None, **more: Any
) -> ResponseReturnValue:
    """Show a form about the ballot of this page."""
    more.setdefault("about", current_ballot())
    more.setdefault("way_back", ballot_address())
    return form_page(form, title, submit, refused, **more)


def doing_as_opener() -> dict[str, Any]:
    """Return who enters a ballot, as what they are anywhere, and when."""
    role = "office" if is_national_office(viewer()) else "secretary"
    return {"actor": viewer().actor().with_roles(role), "now": now()}
