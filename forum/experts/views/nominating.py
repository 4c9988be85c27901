"""Nominating an expert, the page of a nomination, and its steps."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.committees import queries as committees
from forum.committees.models import Committee
from forum.core.refusals import spoken
from forum.experts import errors
from forum.experts.forms import NominationForm, NominationStepForm
from forum.experts.models import EXPERT_ROLES, Capacity, ExpertRole, Nomination
from forum.experts.operations import moving, nominating
from forum.experts.operations.moving import PROVEN, hands_of
from forum.experts.operations.nominating import Proposal
from forum.experts.permissions import (
    EXPERT_READERS,
    NOMINATION_READERS,
    NOMINATION_STEPS,
    current_expert,
    current_nomination,
    my_standing,
)
from forum.experts.queries import reading
from forum.experts.rules.deciding import is_own, is_twice
from forum.experts.states import CONFIRMED, NOMINATION_LIFE
from forum.experts.views.blueprint import attempt, common, day, doing, own_committees, pages
from forum.standards.models import Standard
from forum.standards.references import folded
from forum.web.language import current_language
from forum.web.viewer import viewer

ONE = "/desk/nominations/<nomination_id>"


def _committee(reference: str) -> Committee | None:
    if not reference:
        return None
    found = committees.by_spelling(reference)
    if found is None:
        raise errors.UnknownCommittee(reference=reference)
    return found


def _project(reference: str) -> Standard | None:
    if not reference:
        return None
    found = reading.project(folded(reference))
    if found is None:
        raise errors.UnknownProject(reference=reference)
    return found


def _proposal(form: NominationForm, nationals: dict[str, Committee], replaced: dict[str, Nomination]) -> Proposal:
    return Proposal(
        national=nationals[form.national.data],
        role=ExpertRole(form.role.data),
        capacity=Capacity(form.capacity.data),
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        interests=form.interests.data or "",
        committee=_committee(form.committee.data or ""),
        project=_project(form.project.data or ""),
        qualification=form.qualification.data or "",
        evidence=form.evidence.data or "",
        replaces=replaced.get(form.replaces.data or ""),
    )


@pages.page("/desk/experts/<expert_id>/nominate", policy=EXPERT_READERS, methods=("GET", "POST"), soft_csrf=True)
def nominate(expert_id: str) -> ResponseReturnValue:
    """Nominate an expert for a role in a committee or a project."""
    row, standing, language = current_expert(), my_standing(), current_language()
    nationals = {str(each.id): each for each in own_committees()}
    if not nationals:
        abort(404)
    replaced = {each.public_id: each for each in reading.replaceable(standing)}
    named = [
        (key, f"{each.expert.tr('name', language).text} · {_(EXPERT_ROLES[each.role])} · {each.target}")
        for key, each in replaced.items()
    ]
    form = NominationForm(data={"starts_on": day(), "qualification": row.qualification})
    form.offer([(key, each.reference) for key, each in nationals.items()], named)
    status = 0
    if form.validate_on_submit():
        made: list[Nomination] = []
        status = attempt(
            form, lambda: made.append(nominating.nominate(row, _proposal(form, nationals, replaced), **doing()))
        )
        if not status:
            flash(_("The nomination is on its way."), "success")
            return redirect(url_for("experts.nomination", nomination_id=made[0].public_id), 303)
    page = render_template(
        "experts/form.html",
        form=form,
        heading=_("Nominate %(name)s", name=row.tr("name", language).text),
        submit=_("Nominate"),
        lead="",
        way_back=url_for("experts.expert", expert_id=expert_id),
        **common(),
    )
    return page, status or (422 if form.sent else 200)


def _offered(row: Nomination) -> list[Any]:
    """Return the steps that somebody may take; those about oneself, or a second decision, aren't offered."""
    mine, hands = viewer().account_id, hands_of(row)
    return [
        step
        for step in NOMINATION_LIFE.lawful(row.state, my_standing().towards(row))
        if not is_own(step.action, mine, hands) and not is_twice(step.action, mine, hands)
    ]


@pages.page(ONE, policy=NOMINATION_READERS)
def nomination(nomination_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the nomination
    """One nomination: what it is for, its statement of interests, and every step."""
    row = current_nomination()
    return render_template(
        "experts/nomination.html",
        row=row,
        steps=_offered(row),
        replacement=reading.replacement_of(row, CONFIRMED),
        labels={step.action: step.label for step in NOMINATION_LIFE.rows},
        **common(),
    )


@pages.page(f"{ONE}/steps/<action>", policy=NOMINATION_STEPS, methods=("GET", "POST"), soft_csrf=True)
def nomination_step(nomination_id: str, action: str) -> ResponseReturnValue:
    """Endorse, approve, submit, register, end, decline or withdraw."""
    row = current_nomination()
    known = next((each for each in NOMINATION_LIFE.rows if each.action == action), None)
    if known is None:
        abort(404)
    form = NominationStepForm(data={"version": str(row.version), "evidence": row.evidence})
    if action not in PROVEN:
        del form.evidence
    if not known.needs_reason and action not in {"end", "withdraw"}:
        del form.reason
    status, label = 0, str(spoken(known.label, _))
    if form.validate_on_submit():
        reason = (form.reason.data or "") if "reason" in form else ""
        evidence = (form.evidence.data or "") if "evidence" in form else ""
        status = attempt(
            form,
            lambda: moving.step(row, action, reason=reason, evidence=evidence, seen=form.seen, **doing()),
        )
        if not status:
            flash(_("The step is recorded."), "success")
            return redirect(url_for("experts.nomination", nomination_id=nomination_id), 303)
    lead = _("Give a reason, unless a replacement is approved already.") if action == "end" else ""
    page = render_template(
        "experts/form.html",
        form=form,
        heading=label,
        submit=label,
        lead=lead,
        way_back=url_for("experts.nomination", nomination_id=nomination_id),
        **common(),
    )
    return page, status or (422 if form.sent else 200)
