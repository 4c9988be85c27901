"""The one blueprint of this room, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.cooperation.forms import SeenForm
from forum.core.bilingual import Bilingual
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships.models import Partnership
from forum.partnerships.permissions import current_case, my_standing
from forum.web.language import current_language
from forum.web.policy import Pages
from forum.web.viewer import now, viewer

pages = Pages("cooperation", __name__)


def partnership() -> Partnership:
    """Return the partnership of this page; the policy has loaded its version."""
    return current_case().partnership


def doing() -> dict[str, Any]:
    """Return who does it, in which standing and when, as every operation asks."""
    return {"standing": my_standing(), "actor": viewer().actor(), "now": now()}


def address(endpoint: str = "plan", **values: Any) -> str:
    """Return an address of this partnership's pages."""
    made: str = url_for(f"cooperation.{endpoint}", case_id=current_case().public_id, **values)
    return made


def named(rows: Sequence[Any], *, by: str = "reference") -> list[tuple[str, str]]:
    """Return rows with a title as choices, in the reader's language."""
    return [(str(getattr(row, by)), title_of(row)) for row in rows]


def title_of(row: Bilingual, field: str = "title") -> str:
    """Return a title in the reader's language."""
    return row.tr(field, current_language()).text


def attempt(form: SeenForm, deed: Callable[[], object], said: str) -> Refusal | None:
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


def back(endpoint: str = "plan", **values: Any) -> ResponseReturnValue:
    """Go back to a page of the plan."""
    return redirect(address(endpoint, **values), 303)


def form_page(
    form: SeenForm, title: str, submit: str, refused: Refusal | None = None, **more: Any
) -> ResponseReturnValue:
    """Show a form of its own page; fields that come as a pair of languages stand side by side."""
    status = refused.status if refused else 422 if form.sent else 200
    page = render_template(
        "cooperation/form.html",
        case=current_case(),
        one=partnership(),
        form=form,
        rows=_rows(form),
        title=title,
        submit=submit,
        files=any(field.type == "FileField" for field in form),
        lead=more.pop("lead", ""),
        way_back=more.pop("way_back", "") or address(),
    )
    return page, status


def _rows(form: SeenForm) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for field in form:
        if field.type in {"HiddenField", "CSRFTokenField"} or field.name.endswith("_zh"):
            continue
        if field.name.endswith("_en"):
            rows.append((field, form[f"{field.name[:-3]}_zh"]))
        else:
            rows.append((field,))
    return rows
