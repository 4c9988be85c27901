"""Categories at the desk: what each one asks for, who approves, when it is open."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.database import session
from forum.core.refusals import Refusal, StaleEdit
from forum.core.walltime import NonexistentTime, to_utc, to_wall, zone_named
from forum.events.permissions import REGISTRATION_DESK, REGISTRATION_READERS, current_forum
from forum.registration import queries
from forum.registration.desk_permissions import EDIT_CATEGORY, current_category, decides, desk_actor
from forum.registration.forms.desk import CHAINS, CategoryForm
from forum.registration.models import Category
from forum.registration.operations import categories as operations
from forum.registration.queries import desk
from forum.registration.rules.fields import DOCUMENT_KINDS, FIELD_GROUPS
from forum.registration.rules.windows import category_is_open
from forum.registration.views.blueprint import pages
from forum.web.viewer import now

PLAIN = tuple(name for name in operations.FIELDS if name not in {"opens_at", "closes_at"})


@pages.page("/forums/<slug>/desk/categories", policy=REGISTRATION_READERS)
def categories(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The categories with their seats and windows."""
    forum = current_forum()
    kinds = queries.categories(forum)
    scopes = {scope.scope: scope for scope in desk.scopes(forum, kinds, sessions=False)}
    return render_template(
        "registration/desk/categories.html",
        forum=forum,
        rows=[(kind, scopes[f"category:{kind.public_id}"], category_is_open(forum, kind, now())) for kind in kinds],
        zone=zone_named(forum.zone_name),
        chains=CHAINS,
        groups=FIELD_GROUPS,
        documents=DOCUMENT_KINDS,
        decides=decides(),
    )


@pages.page("/forums/<slug>/desk/categories/new", policy=REGISTRATION_DESK, methods=("GET", "POST"), soft_csrf=True)
def desk_category_new(slug: str) -> ResponseReturnValue:
    """Open a category."""
    form = CategoryForm(data={"chain": "secretariat", "order": len(queries.categories(current_forum()))})
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            operations.create(current_forum(), _values(form), actor=desk_actor(), now=now())
        except Refusal as refusal:
            session.rollback()
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("The category is open. Set its limit of seats where there is one."), "success")
            return redirect(url_for(".categories", slug=slug), 303)
    return _page(form, status, None)


@pages.page(
    "/forums/<slug>/desk/categories/<category_id>", policy=EDIT_CATEGORY, methods=("GET", "POST"), soft_csrf=True
)
def desk_category(slug: str, category_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Change a category; participations keep what they answered."""
    category = current_category()
    form = CategoryForm(data=_present(category)).about(category)
    status, kept = 422 if form.sent else 200, {}
    if form.validate_on_submit():
        version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
        try:
            operations.change(category, _values(form), version=version, actor=desk_actor(), now=now())
        except StaleEdit as refusal:
            session.rollback()
            session.refresh(category)
            form.refuse(refusal)
            kept = _differences(category, form)
            form.version.data = str(category.version)
            status = refusal.status
        except Refusal as refusal:
            session.rollback()
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(_("Your changes are saved."), "success")
            return redirect(url_for(".categories", slug=slug), 303)
    return _page(form, status, category, kept)


def _page(
    form: CategoryForm, status: int, category: Category | None, kept: dict[str, str] | None = None
) -> ResponseReturnValue:
    forum = current_forum()
    return (
        render_template(
            "registration/desk/category.html",
            forum=forum,
            form=form,
            category=category,
            kept=kept or {},
            back=url_for(".categories", slug=forum.slug),
        ),
        status,
    )


def _values(form: CategoryForm) -> dict[str, Any]:
    values: dict[str, Any] = {name: form[name].data for name in PLAIN}
    values["order"] = form.order.data or 0
    for name in ("description_en", "description_zh"):
        values[name] = form[name].data or None
    values["opens_at"] = _instant(form.opens.data, "opens")
    values["closes_at"] = _instant(form.closes.data, "closes")
    return values


def _instant(local: datetime | None, field: str) -> datetime | None:
    """Return the instant of a wall time at the venue; a time that doesn't exist points at its field."""
    if local is None:
        return None
    try:
        return to_utc(local, zone_named(current_forum().zone_name))
    except NonexistentTime as refusal:
        refusal.field = field
        raise


def _present(category: Category) -> dict[str, Any]:
    zone = zone_named(current_forum().zone_name)
    values = {name: getattr(category, name) for name in PLAIN}
    values["version"] = category.version
    values["opens"] = to_wall(category.opens_at, zone)[0] if category.opens_at else None
    values["closes"] = to_wall(category.closes_at, zone)[0] if category.closes_at else None
    return values


def _differences(category: Category, form: CategoryForm) -> dict[str, str]:
    """Return what was saved meanwhile and differs from what was typed, by the label of its field."""
    return {
        str(form[name].label.text): str(value if value is not None else "")
        for name, value in _present(category).items()
        if name != "version" and (value or None) != (form[name].data or None)
    }
