"""Ideas: the list, one idea with its thread, raising and rewording it, and leading it on."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agenda.models import AgendaSession
from forum.core.refusals import spoken
from forum.evidence import errors
from forum.evidence.forms import IdeaForm, IdeaStepForm
from forum.evidence.models import Idea
from forum.evidence.operations import ideas as keeping
from forum.evidence.operations.ideas import Decision
from forum.evidence.permissions import RAISERS, capacities_of, idea_roles, own_cities
from forum.evidence.queries import ideas as reading
from forum.evidence.queries import offered
from forum.evidence.queries.ends import End, end, reference_of, standards_as_ends
from forum.evidence.queries.thread import idea_thread
from forum.evidence.states import IDEA_LIFE, IDEA_STATES, OPEN_IDEAS, EndKind, IdeaState
from forum.evidence.views.blueprint import attempt, form_page, pages, shown
from forum.places.models import City
from forum.web.policy import PUBLIC
from forum.web.viewer import now, viewer


@pages.page("/ideas/", policy=PUBLIC)
def ideas() -> ResponseReturnValue:
    """The ideas that the reader may see, those raised last first."""
    who = viewer()
    asked = request.args.get("state", "")
    state = IdeaState(asked) if asked in set(IdeaState) else None
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), 10_000)
    found, count = reading.listed(who, state=state, offset=(number - 1) * reading.PAGE)
    kept: dict[str, Any] = {"state": asked} if state else {}
    return shown(
        "ideas",
        found=found,
        count=count,
        number=number,
        last=max(1, -(-count // reading.PAGE)),
        state=asked if state else "",
        willing=reading.willing([one.id for one in found]),
        raises=bool(capacities_of(who)),
        state_choices=lambda: [("", _("All states")), *((key, spoken(word, _)) for key, word in IDEA_STATES.items())],
        address=lambda page: url_for("evidence.ideas", **kept, **({"page": page} if page > 1 else {})),
    )


def _found(idea_id: str) -> tuple[Idea, End]:
    who = viewer()
    one = reading.one(idea_id, who)
    as_end = end(reference_of(EndKind.IDEA, idea_id), who, now()) if one is not None else None
    if one is None or as_end is None:
        abort(404)
    return one, as_end


def _page(one: Idea, as_end: End, form: IdeaStepForm | None = None, status: int = 200) -> ResponseReturnValue:
    who = viewer()
    roles = idea_roles(as_end, who)
    steps = IDEA_LIFE.lawful(one.state, roles)
    if form is None:
        form = IdeaStepForm(data={"version": str(one.version)})
    if roles:
        form.offer(other for other in reading.open_ones(who) if other.id != one.id)
    willing = reading.willing([one.id]).get(one.id, ())
    mine: list[City] = list(offered.own_city_rows(who)) if own_cities(who) and one.state in OPEN_IDEAS else []
    page = shown(
        "idea",
        one=one,
        lines=idea_thread(as_end, who, now(), one.standard),
        steps=reading.steps(one.id),
        lawful=steps,
        form=form,
        willing=willing,
        willing_ids={each.city_id for each in willing},
        mine=mine,
        merged_into=reading.one(one.merged_into.public_id, who) if one.merged_into else None,
        edits=_edits(one),
        inside=bool(roles) or bool(who.places_of("auditor")),
    )
    return page, status


def _edits(one: Idea) -> bool:
    """Who raised an idea words it until it is screened; afterwards the national office does."""
    who = viewer()
    own = one.account_id is not None and one.account_id == who.account_id and bool(capacities_of(who))
    if one.state is IdeaState.RAISED and own:
        return True
    return "nation" in capacities_of(who) and one.state in OPEN_IDEAS


@pages.page("/ideas/<idea_id>/", policy=PUBLIC)
def idea(idea_id: str) -> ResponseReturnValue:
    """One idea: the problem, who would try it out, and its thread from the forum to the standard."""
    return _page(*_found(idea_id))


@pages.page("/ideas/<idea_id>/step", policy=RAISERS, methods=("POST",), soft_csrf=True)
def lead_on(idea_id: str) -> ResponseReturnValue:
    """Lead an idea one step on."""
    one, as_end = _found(idea_id)
    who, form = viewer(), IdeaStepForm()
    roles = idea_roles(as_end, who)
    if not roles:
        abort(404)
    form.offer(other for other in reading.open_ones(who) if other.id != one.id)
    if not form.validate():
        return _page(one, as_end, form, 422)
    form.speaks_of(IDEA_LIFE)
    typed = form.standard.data or ""
    standard = offered.standard_by_reference(typed) if form.action.data == "become" else None
    decision = Decision(
        form.action.data or "",
        form.reason.data or "",
        reading.one(form.into.data or "", who),
        standards_as_ends([standard], now())[0] if standard is not None else None,
    )

    def deed() -> None:
        keeping.decide(one, decision, roles, seen=_seen(form), actor=who.actor(), now=now())

    if refused := attempt(form, deed, _("The step is recorded.")):
        return _page(*_found(idea_id), form, refused.status)
    return redirect(url_for("evidence.idea", idea_id=idea_id), 303)


def _seen(form: IdeaStepForm) -> int:
    text = str(form.version.data or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@pages.page("/ideas/<idea_id>/cities", policy=RAISERS, methods=("POST",))
def be_willing(idea_id: str) -> ResponseReturnValue:
    """Say for one's own city that it would try the idea out, or no longer."""
    one, _as_end = _found(idea_id)
    who = viewer()
    city = offered.by_public_id(offered.own_city_rows(who)).get(request.form.get("city", ""))
    if city is None:
        abort(404)
    willing = request.form.get("willing") == "yes"
    keeping.say_willing(one, city, willing=willing, actor=who.actor(), now=now())
    flash(_("Your city is named as willing.") if willing else _("Your city is no longer named."), "success")
    return redirect(url_for("evidence.idea", idea_id=idea_id), 303)


def _form(**options: Any) -> tuple[IdeaForm, dict[str, Any], dict[str, Any], dict[str, End]]:
    who = viewer()
    committees = {one.slug: one for one in offered.committees()}
    cities = dict(offered.by_public_id(offered.own_city_rows(who)))
    sessions = {one.reference: one for one in offered.sessions_for(who, now())}
    kept = options.pop("city", None)
    if kept is not None:
        cities.setdefault(kept.public_id, kept)
    form = IdeaForm(**options).offer(sessions.values(), committees.values(), cities.values())
    return form, committees, cities, sessions


@pages.page("/desk/ideas/new", policy=RAISERS, methods=("GET", "POST"), soft_csrf=True)
def new_idea() -> ResponseReturnValue:
    """Raise an idea, from the outcome of a session where there is one."""
    asked = request.args.get("session", "")[:40]
    held = {"session": reference_of(EndKind.SESSION, asked)} if asked else {}
    form, committees, cities, sessions = _form(data=held)
    facts: dict[str, Any] = {
        "title": _("Raise an idea for a standard"),
        "submit": _("Raise the idea"),
        "way_back": url_for("evidence.ideas"),
        "lead": _(
            "The national office screens it before the public reads it. Whoever raises it can follow every step."
        ),
    }
    if not form.validate_on_submit():
        return form_page(form, **facts)
    who, made = viewer(), []

    def deed() -> None:
        held_at = _session_of(form.session.data or "", sessions)
        words = form.wording(committees, cities)
        made.append(keeping.raise_idea(words, capacities_of(who)[0], held_at, actor=who.actor(), now=now()))

    if refused := attempt(form, deed, _("The idea is raised. The national office screens it.")):
        return form_page(form, refused, **facts)
    return redirect(url_for("evidence.idea", idea_id=made[0].public_id), 303)


def _session_of(reference: str, sessions: dict[str, End]) -> tuple[AgendaSession, End] | None:
    if not reference:
        return None
    talk = sessions.get(reference)
    row = offered.session_of(reference.partition(":")[2]) if talk else None
    if talk is None or row is None:
        raise errors.SessionUnknown
    return row, talk


@pages.page("/desk/ideas/<idea_id>/change", policy=RAISERS, methods=("GET", "POST"), soft_csrf=True)
def change_idea(idea_id: str) -> ResponseReturnValue:
    """Reword an idea."""
    one, _as_end = _found(idea_id)
    if not _edits(one):
        abort(404)
    names = ("title_en", "title_zh", "problem_en", "problem_zh", "proposer_en", "proposer_zh")
    held = {name: getattr(one, name) or "" for name in names} | {
        "committee": one.committee.slug if one.committee else "",
        "city": one.city.public_id if one.city else "",
        "version": str(one.version),
    }
    form, committees, cities, _sessions = _form(data=held, city=one.city)
    form.about(one)
    del form.session
    facts: dict[str, Any] = {
        "title": _("Change the idea"),
        "submit": _("Save"),
        "way_back": url_for("evidence.idea", idea_id=idea_id),
    }
    if not form.validate_on_submit():
        return form_page(form, **facts)

    def deed() -> None:
        words = form.wording(committees, cities)
        keeping.reword(one, words, seen=form.seen, actor=viewer().actor(), now=now())

    if refused := attempt(form, deed, _("The idea is saved.")):
        return form_page(form, refused, **facts)
    return redirect(url_for("evidence.idea", idea_id=idea_id), 303)
