"""The desk of the committees: groups entered by hand, what is ours about each, titles, mirrors and succession."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.committees import operations, rules
from forum.committees.errors import CommitteeUnknown, ParentUnknown
from forum.committees.forms import CommitteeForm, EndForm, GroupForm, MirrorForm, SuccessionForm, TitleForm
from forum.committees.models import (
    POST_ROLES,
    Committee,
    CommitteeKind,
    CommitteeState,
    Confidence,
    Mirror,
    MirrorRole,
    Precision,
    SuccessionKind,
    TitleStatus,
)
from forum.committees.operations.keeping import Group, Named
from forum.committees.operations.links import MirrorTerms, Turn
from forum.committees.permissions import STANDARDS_DESK, STANDARDS_KEEPERS, is_national_office
from forum.committees.queries import desk as choosing
from forum.committees.queries import public as reading
from forum.committees.queries import runs
from forum.committees.references import could_name
from forum.committees.views.blueprint import pages
from forum.committees.views.public import words
from forum.core.refusals import Refusal
from forum.web.forms import BaseForm
from forum.web.viewer import now, viewer

DESK = "/desk/committees"
ONE = f"{DESK}/<committee_slug>"
PAGE = 100


def chosen(slug: str) -> Committee:
    """Return a committee by its address, or end with 404."""
    found = reading.chosen(slug) if could_name(slug) else None
    if found is None:
        abort(404)
    return found


def asked(
    form: BaseForm,
    deed: Callable[[], Any],
    *,
    said: str,
    back: str,
    **page: Any,
) -> ResponseReturnValue:
    """Show a form, or do what it asks for and go back; a refusal is told at its field.

    A deed that has a sentence of its own to tell returns it.
    """
    status = 422 if form.sent else 200
    if form.validate_on_submit():
        try:
            told = deed()
        except Refusal as refusal:
            form.refuse(refusal)
            status = refusal.status
        else:
            flash(told if isinstance(told, str) else said, "success")
            return redirect(back, 303)
    return render_template("committees/desk/form.html", form=form, back=back, **{"about": False, **page}), status


@pages.page(f"{DESK}/", policy=STANDARDS_DESK)
def desk() -> ResponseReturnValue:
    """Every committee with what waits to be looked at."""
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), 10_000)
    found, count = reading.page(offset=(number - 1) * PAGE, limit=PAGE)
    return render_template(
        "committees/desk/committees.html",
        found=found,
        depth=rules.depth,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        keeps=is_national_office(viewer()),
        is_national=choosing.is_national,
        address=lambda page: url_for("committees.desk", **({"page": page} if page > 1 else {})),
        **words(),
    )


@pages.page(f"{DESK}/new", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def add_group() -> ResponseReturnValue:
    """Enter a working group by hand: open data hold none."""
    form = GroupForm(data={"parent": request.args.get("parent", "")[:80]})

    def deed() -> None:
        parent = choosing.named(form.parent.data or "")
        if parent is None:
            raise ParentUnknown
        title = Named(form.title_en.data or "", "", form.title_zh.data or "", TitleStatus(form.zh_status.data))
        group = Group(form.reference.data or "", CommitteeKind(form.kind.data), parent, title, form.created_on.data)
        operations.add_group(group, actor=viewer().actor(), now=now())

    return asked(
        form,
        deed,
        said=_("The group is entered."),
        back=url_for("committees.desk"),
        heading=_("Enter a group"),
        lead=_("Working groups are not part of ISO Open Data. Write down what the committee’s own page says."),
        button=_("Enter the group"),
        trail=[(_("Desk of the committees"), url_for("committees.desk"))],
        offered=choosing.references(),
        offered_for=("parent",),
    )


@pages.page(f"{ONE}/", policy=STANDARDS_DESK)
def desk_committee(committee_slug: str) -> ResponseReturnValue:
    """One committee at the desk: what can be changed about it, and by whom its posts are held."""
    found = chosen(committee_slug)
    national = choosing.is_national(found)
    return render_template(
        "committees/desk/committee.html",
        entry=reading.entry(found),
        committee=found,
        national=national,
        posts=choosing.posts(found.id) if national else (),
        post_roles=POST_ROLES,
        runs=lambda post: runs(post, now()),
        keeps=is_national_office(viewer()),
        name_titles=rules.titles,
        **words(),
    )


@pages.page(f"{ONE}/edit", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def edit(committee_slug: str) -> ResponseReturnValue:
    """Change what is ours about a committee."""
    found = chosen(committee_slug)
    form = CommitteeForm(obj=found)

    def deed() -> None:
        values = {
            "scope_en": form.scope_en.data or "",
            "scope_zh": form.scope_zh.data or "",
            "secretariat": form.secretariat.data or "",
            "state": CommitteeState(form.state.data),
            "note_en": form.note_en.data or "",
            "note_zh": form.note_zh.data or "",
            "confidence": Confidence(form.confidence.data),
            "source": form.source.data or "",
        }
        operations.edit(found, form.seen, values, actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The committee is saved."), _("Edit this committee"), _("Save"))


@pages.page(f"{ONE}/title", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def retitle(committee_slug: str) -> ResponseReturnValue:
    """Give a committee a new title from a day on."""
    found = chosen(committee_slug)
    form = TitleForm(data={"starts_on": now().date()})

    def deed() -> None:
        title = Named(
            form.title_en.data or "",
            form.title_fr.data or "",
            form.title_zh.data or "",
            TitleStatus(form.zh_status.data),
        )
        operations.retitle(found, title, form.starts_on.data, actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The title is saved."), _("New title from a day on"), _("Save the title"))


@pages.page(f"{ONE}/mirrors/new", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def add_mirror(committee_slug: str) -> ResponseReturnValue:
    """Let a national committee answer for this one."""
    found = chosen(committee_slug)
    form = MirrorForm(data={"starts_on": now().date()})

    def deed() -> None:
        terms = MirrorTerms(
            MirrorRole(form.role.data), form.starts_on.data, form.basis.data or "", Confidence(form.confidence.data)
        )
        operations.add_mirror(found, _other(form.other.data), terms, actor=viewer().actor(), now=now())

    return _about(
        found,
        form,
        deed,
        _("The mirror is entered."),
        _("National committee that answers for it"),
        _("Enter the mirror"),
    )


@pages.page(f"{ONE}/mirrors/<mirror_id>/end", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def end_mirror(committee_slug: str, mirror_id: str) -> ResponseReturnValue:
    """End a mirror with a last day."""
    found = chosen(committee_slug)
    mirror: Mirror | None = choosing.mirror(found.id, mirror_id) if could_name(mirror_id) else None
    if mirror is None:
        abort(404)
    form = EndForm(data={"ends_on": now().date()})

    def deed() -> None:
        operations.end_mirror(mirror, form.ends_on.data, actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The mirror has ended."), _("End this mirror"), _("End it"))


@pages.page(f"{ONE}/succession/new", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def add_succession(committee_slug: str) -> ResponseReturnValue:
    """Write down what became of a committee, or where it came from."""
    found = chosen(committee_slug)
    form = SuccessionForm(data={"effective_on": now().date()})

    def deed() -> None:
        other = _other(form.other.data) if form.other.data else None
        source, target = (found, other) if form.direction.data == "from" else (other, found)
        turn = Turn(
            SuccessionKind(form.turn.data),
            form.effective_on.data,
            Precision(form.precision.data),
            form.other_name.data or "",
            (form.note_en.data or "", form.note_zh.data or ""),
            form.evidence_url.data or "",
            Confidence(form.confidence.data),
        )
        operations.add_succession(source, target, turn, actor=viewer().actor(), now=now())

    return _about(found, form, deed, _("The line is written."), _("Write down a succession"), _("Write it down"))


def _other(reference: str | None) -> Committee:
    found = choosing.named(reference or "")
    if found is None:
        raise CommitteeUnknown
    return found


def _about(
    committee: Committee, form: BaseForm, deed: Callable[[], Any], said: str, heading: str, button: str
) -> ResponseReturnValue:
    here = url_for("committees.desk_committee", committee_slug=committee.slug)
    return asked(
        form,
        deed,
        said=said,
        back=here,
        heading=heading,
        lead=committee.reference,
        about=True,
        button=button,
        trail=[(_("Desk of the committees"), url_for("committees.desk")), (committee.reference, here)],
        offered=choosing.references() if "other" in form else (),
        offered_for=("other",),
    )
