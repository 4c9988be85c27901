"""The desk of experts: what waits, what ends soon, who is where, and the profile of one expert."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.committees import queries as committees
from forum.core.bilingual import Text
from forum.core.text import clean_line
from forum.experts import errors
from forum.experts.forms import ExpertForm, language_name
from forum.experts.models import ExpertProfile
from forum.experts.neighbours import neighbours
from forum.experts.operations import profiles
from forum.experts.operations.profiles import About
from forum.experts.permissions import (
    EXPERT_EDITORS,
    EXPERT_READERS,
    EXPERTS_DESK,
    EXPERTS_KEEPERS,
    current_expert,
    my_standing,
)
from forum.experts.queries import reading
from forum.experts.queries.reading import Wanted
from forum.experts.states import NOMINATION_STATES
from forum.experts.views.blueprint import (
    attempt,
    common,
    day,
    doing,
    own_committees,
    page_asked,
    pages,
    text_asked,
)
from forum.places import queries as places
from forum.places.models import City, Organisation
from forum.registration.models import Participation
from forum.web.language import current_language
from forum.web.viewer import Viewer, now, viewer

DESK = "/desk/experts"
PAGE = 40
SEES_PARTICIPATIONS = frozenset({"admin", "organiser", "registration", "protocol", "viewer"})


@pages.page(DESK, policy=EXPERTS_DESK)
def experts() -> ResponseReturnValue:
    """What waits for one's own decision, what ends soon, and every nomination that one may read."""
    standing, number = my_standing(), page_asked()
    state, slug = request.args.get("state", ""), clean_line(request.args.get("committee", ""))[:80]
    committee = committees.by_slug(slug) if slug else None
    wanted = Wanted(
        text_asked(), state if state in NOMINATION_STATES else "", committee.slug if committee is not None else ""
    )
    found, count = reading.nominations(standing, wanted, offset=(number - 1) * PAGE, limit=PAGE)
    given = {"q": wanted.text, "state": wanted.state, "committee": wanted.committee}
    kept: dict[str, Any] = {name: text for name, text in given.items() if text}
    return render_template(
        "experts/experts.html",
        own=reading.of_account(standing.account_id) if standing.account_id is not None else None,
        waiting=reading.waiting(standing),
        ending=reading.ending(standing, day()),
        found=found,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        wanted=wanted,
        filtered=bool(kept),
        committee=committee,
        enters=standing.office or bool(standing.member_ids),
        address=lambda page: url_for("experts.experts", **kept, **({"page": page} if page > 1 else {})),
        **common(),
    )


@pages.page(f"{DESK}/where", policy=EXPERTS_DESK)
def where() -> ResponseReturnValue:
    """Who is registered where today, by committee or by person."""
    by_person, number = request.args.get("by") == "person", page_asked()
    found, count = reading.where_now(my_standing(), day(), by_person=by_person, offset=(number - 1) * PAGE, limit=PAGE)
    kept: dict[str, Any] = {"by": "person"} if by_person else {}
    return render_template(
        "experts/where.html",
        found=found,
        by_person=by_person,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        address=lambda page: url_for("experts.where", **kept, **({"page": page} if page > 1 else {})),
        **common(),
    )


@pages.page(f"{DESK}/people", policy=EXPERTS_DESK)
def people() -> ResponseReturnValue:
    """The profiles that one may read."""
    text, number = text_asked(), page_asked()
    found, count = reading.experts(my_standing(), text, offset=(number - 1) * PAGE, limit=PAGE)
    kept: dict[str, Any] = {"q": text} if text else {}
    return render_template(
        "experts/people.html",
        found=found,
        text=text,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        address=lambda page: url_for("experts.people", **kept, **({"page": page} if page > 1 else {})),
        **common(),
    )


@pages.page(f"{DESK}/<expert_id>", policy=EXPERT_READERS)
def expert(expert_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the profile
    """One expert: roles, nominations, languages, topics, forums."""
    row, standing = current_expert(), my_standing()
    found = reading.of_expert(row.id, standing)
    nominates = standing.office or row.account_id == standing.account_id or standing.keeps(row)
    return render_template(
        "experts/expert.html",
        row=row,
        found=found,
        forums=_forums(row, viewer()),
        parts=neighbours.shown(row, viewer(), now()),
        changes=standing.keeps(row),
        nominates=nominates and bool(standing.office or standing.member_ids),
        own=row.account_id is not None and row.account_id == standing.account_id,
        language_name=language_name,
        **common(),
    )


def _forums(row: ExpertProfile, who: Viewer) -> list[Participation]:
    """Return the expert's forums that the reader may know of: their own, or those that the reader works for."""
    found = reading.takes_part(row)
    if row.account_id is not None and row.account_id == who.account_id:
        return list(found)
    return [each for each in found if who.roles_in(each.forum) & SEES_PARTICIPATIONS]


def _form(data: dict[str, Any]) -> ExpertForm:
    language = current_language()
    return ExpertForm(data=data).offer(
        [(str(each.id), each.reference) for each in own_committees()],
        [(topic.slug, topic.tr("name", language).text) for topic in reading.topics()],
    )


def _about(form: ExpertForm, row: ExpertProfile | None = None) -> About:
    topics = {topic.slug: topic for topic in reading.topics()}
    return About(
        name=Text(form.name_en.data or "", form.name_zh.data or ""),
        organisation=_organisation(form.unit.data or "", row),
        unit=Text(form.unit_en.data or "", form.unit_zh.data or ""),
        email=(form.email.data or "") if row is None else "",
        city=_city(form.city.data or "", row),
        languages=form.languages.data or [],
        topics=[topics[slug] for slug in form.topics.data or [] if slug in topics],
        qualification=form.qualification.data or "",
        consent=bool(form.consent.data),
        entered_for_id=_entered_for(form) if row is None else row.entered_for_id,
    )


def _entered_for(form: ExpertForm) -> int | None:
    return int(form.entered_for.data) if form.entered_for.data else None


def _organisation(name: str, row: ExpertProfile | None) -> Organisation | None:
    known = row.organisation if row is not None else None
    return _named("organisations", name, known)  # type: ignore[no-any-return]


def _city(name: str, row: ExpertProfile | None) -> City | None:
    known = row.city if row is not None else None
    return _named("cities", name, known)  # type: ignore[no-any-return]


def _named(kind: str, name: str, known: Any) -> Any:
    """Return the place of a kind that is called so; raise ``UnknownUnit`` when none or several are."""
    if not name:
        return None
    if known is not None and name in {known.name_en, known.name_zh}:
        return known
    found = [
        each
        for each in places.search(kind, name, current_language(), limit=20)[0]
        if name.casefold() in {(each.name_en or "").casefold(), (each.name_zh or "").casefold()}
    ]
    if len(found) != 1:
        raise errors.UnknownUnit(field="unit" if kind == "organisations" else "city")
    return found[0]


def _page(form: ExpertForm, heading: str, status: int, row: ExpertProfile | None = None) -> ResponseReturnValue:
    back = url_for("experts.expert", expert_id=row.public_id) if row is not None else url_for("experts.experts")
    named = [
        each.tr("name", current_language()).text for each in places.everything("organisations", current_language())
    ]
    page = render_template(
        "experts/edit.html", form=form, heading=heading, row=row, way_back=back, organisations=named, **common()
    )
    return page, status or (422 if form.sent else 200)


@pages.page(f"{DESK}/new", policy=EXPERTS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def new_expert() -> ResponseReturnValue:
    """Enter a profile: one's own, or that of somebody whom one answers for."""
    standing, who = my_standing(), viewer()
    own = request.args.get("self") == "1" or not standing.enters
    data: dict[str, Any] = {"email": who.email, "name_en": who.name} if own else {}
    committee_ids = sorted(standing.member_ids)
    form = _form(data | {"entered_for": str(committee_ids[0]) if committee_ids else ""})
    status = 0
    if form.validate_on_submit():
        made: list[ExpertProfile] = []
        status = attempt(form, lambda: made.append(profiles.enter(_about(form), **doing())))
        if not status:
            flash(_("The profile is entered."), "success")
            return redirect(url_for("experts.expert", expert_id=made[0].public_id), 303)
    return _page(form, _("My profile as an expert") if own else _("Enter an expert"), status)


@pages.page(f"{DESK}/<expert_id>/change", policy=EXPERT_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def change_expert(expert_id: str) -> ResponseReturnValue:
    """Change a profile."""
    row = current_expert()
    form = _form(ExpertForm.present(row, current_language())).about(row)
    del form.email, form.entered_for
    status = 0
    if form.validate_on_submit():
        status = attempt(form, lambda: profiles.change(row, _about(form, row), seen=form.seen, **doing()))
        if not status:
            flash(_("Saved."), "success")
            return redirect(url_for("experts.expert", expert_id=expert_id), 303)
    return _page(form, _("Change the profile"), status, row)
