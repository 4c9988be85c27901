"""Keeping relations: proposed, reviewed every two years, represented; and the numbers that hold."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.models import Account
from forum.committees.models import RELATION_CATEGORIES, LiaisonRelation
from forum.core.text import clean_line
from forum.liaisons.forms import ProposalForm, RelationStepForm, RepresentativeForm, RuleForm
from forum.liaisons.operations import relations as keeping
from forum.liaisons.operations.relations import Term
from forum.liaisons.permissions import LIAISON_DESK, LIAISON_KEEPERS, LIAISON_RECORDERS
from forum.liaisons.queries import relations as reading
from forum.liaisons.queries.mirrors import answering, owners, today
from forum.liaisons.queries.mirrors import answering as answering_for
from forum.liaisons.queries.reminding import partner_name
from forum.liaisons.rules.terms import Terms
from forum.liaisons.states import RELATION_LIFE, RELATION_STATES, RELATION_TONES
from forum.liaisons.views.blueprint import PAGE, attempt, doing, form_page, page_asked, pages, standing
from forum.web.viewer import now

_HERE = "/desk/liaisons/relations"


def _found(relation_id: str) -> LiaisonRelation:
    row = reading.one(relation_id)
    if row is None:
        abort(404)
    return row


@pages.page(f"{_HERE}/", policy=LIAISON_DESK)
def kept_relations() -> ResponseReturnValue:
    """The relations with their dates of review and their representatives; proposed and ended ones on demand."""
    number, text, asked = page_asked(), clean_line(request.args.get("q", ""))[:100], request.args.get("state", "")
    state, day = asked if asked in RELATION_STATES else "", today(now())
    rows, count = reading.page(day, text=text, state=state, offset=(number - 1) * PAGE, limit=PAGE)
    kept: dict[str, Any] = {name: value for name, value in (("q", text), ("state", state)) if value}
    return render_template(
        "liaisons/kept_relations.html",
        rows=rows,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        text=text,
        chosen=state,
        day=day,
        representatives=reading.representatives_on([row.id for row in rows], day),
        proposes=standing().proposes,
        partner_name=partner_name,
        categories=RELATION_CATEGORIES,
        relation_states=RELATION_STATES,
        relation_tones=RELATION_TONES,
        address=lambda page: url_for("liaisons.kept_relations", **kept, **({"page": page} if page > 1 else {})),
    )


def _concerned(row: LiaisonRelation) -> bool:
    """Tell whether the viewer reads why something was decided: officers, and people of a committee that it concerns."""
    mine = standing()
    if mine.reads_all or mine.reads_internal:
        return True
    answering = answering_for((row.committee_id, row.partner_id), now())
    return any(nationals & (mine.leads | mine.members) for nationals in answering.values())


def _page(row: LiaisonRelation, status: int = 200, life: RelationStepForm | None = None) -> ResponseReturnValue:
    day = today(now())
    roles = keeping.roles_towards(row, standing(), now())
    page = render_template(
        "liaisons/relation.html",
        row=row,
        partner=partner_name(row),
        back=reading.listed_back(row),
        reviews=reading.reviews_of(row.id),
        representatives=reading.representatives_of(row.id),
        steps=RELATION_LIFE.lawful(row.state, roles),
        next_due=keeping.next_review(row, day),
        keeps=bool(roles),
        concerned=_concerned(row),
        day=day,
        life=life,
        categories=RELATION_CATEGORIES,
        relation_states=RELATION_STATES,
        relation_tones=RELATION_TONES,
        review_words={row.action: row.label for row in RELATION_LIFE.rows},
    )
    return page, status


@pages.page(f"{_HERE}/new", policy=LIAISON_RECORDERS, methods=("GET", "POST"), soft_csrf=True)
def propose() -> ResponseReturnValue:
    """Propose a relation in one direction."""
    form, title, submit = ProposalForm().offer(), _("Propose a liaison"), _("Propose")
    back = url_for("liaisons.kept_relations")
    lead = _("A liaison is listed in one direction. If the other committee lists it too, propose that one as well.")
    if not form.validate_on_submit():
        return form_page(form, title, submit, way_back=back, lead=lead)
    made: list[LiaisonRelation] = []
    said = _("The liaison is proposed. The national office puts it into force.")
    if refused := attempt(form, lambda: made.append(keeping.propose(form.proposal(), **doing())), said):
        return form_page(form, title, submit, refused, way_back=back, lead=lead)
    return redirect(url_for("liaisons.relation", relation_id=made[0].public_id), 303)


@pages.page(f"{_HERE}/<relation_id>", policy=LIAISON_DESK)
def relation(relation_id: str) -> ResponseReturnValue:
    """One relation with what was decided about it."""
    return _page(_found(relation_id))


@pages.page(f"{_HERE}/<relation_id>/step", policy=LIAISON_RECORDERS, methods=("POST",), soft_csrf=True)
def relation_step(relation_id: str) -> ResponseReturnValue:
    """Take one step in the life of a relation."""
    row, form = _found(relation_id), RelationStepForm()
    form.speaks_of(RELATION_LIFE)
    if not form.validate():
        return _page(row, 422, form)
    due, said = form.next_due_on.data, _("The step is recorded.")
    if refused := attempt(form, lambda: keeping.move(row, form.taken, form.why, due, seen=form.seen, **doing()), said):
        return _page(_found(relation_id), refused.status, form)
    return redirect(url_for("liaisons.relation", relation_id=relation_id), 303)


def _people(row: LiaisonRelation) -> list[Account]:
    known = answering([row.committee_id, row.partner_id], now())
    return list(owners({one for each in known.values() for one in each}, now()))


@pages.page(f"{_HERE}/<relation_id>/representative", policy=LIAISON_RECORDERS, methods=("GET", "POST"), soft_csrf=True)
def represent(relation_id: str) -> ResponseReturnValue:
    """Name who represents the relation, for a term."""
    row = _found(relation_id)
    if not keeping.roles_towards(row, standing(), now()):
        abort(404)
    people = _people(row)
    form, title = RepresentativeForm().offer(people), _("Name a representative")
    back = url_for("liaisons.relation", relation_id=relation_id)
    if not form.validate_on_submit():
        return form_page(form, title, _("Name"), way_back=back)

    def deed() -> None:
        account = next((one for one in people if one.public_id == form.account.data), None)
        starts_on = form.starts_on.data or today(now())
        term = Term(starts_on, form.ends_on.data, account, form.name.data or "", form.organisation.data or "")
        keeping.represent(row, term, **doing())

    if refused := attempt(form, deed, _("The representative is named.")):
        return form_page(form, title, _("Name"), refused, way_back=back)
    return redirect(back, 303)


@pages.page(
    f"{_HERE}/<relation_id>/representative/<term_id>/end", policy=LIAISON_RECORDERS, methods=("POST",), soft_csrf=True
)
def end_term(relation_id: str, term_id: str) -> ResponseReturnValue:
    """End the term of a representative."""
    row = _found(relation_id)
    made = next((one for one in reading.representatives_of(row.id) if one.public_id == term_id), None)
    if made is None:
        abort(404)
    keeping.end_term(row, made, **doing())
    flash(_("The term is ended."), "success")
    return redirect(url_for("liaisons.relation", relation_id=relation_id), 303)


@pages.page("/desk/liaisons/rules", policy=LIAISON_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def rules() -> ResponseReturnValue:
    """The numbers that hold, and from which day others do."""
    kept, day = reading.rules(), today(now())
    held = reading.terms_on(day)
    form = RuleForm(data={**_typed(held), "version": kept[0].number if kept else 0, "effective_from": day})
    title, submit = _("Intervals and days of reminding"), _("Set these numbers")
    back = url_for("liaisons.desk")
    lead = _("What holds already stays on record. Deadlines and reviews that were set keep their dates.")
    if not form.validate_on_submit():
        return form_page(form, title, submit, way_back=back, lead=lead)

    def deed() -> None:
        starts_on = form.effective_from.data or day
        keeping.set_rule(form.terms(held), starts_on, form.source.data or "", seen=form.seen, **doing())

    if refused := attempt(form, deed, _("The numbers are set.")):
        return form_page(form, title, submit, refused, way_back=back, lead=lead)
    return redirect(back, 303)


def _typed(held: Terms) -> dict[str, object]:
    lists = {name: ", ".join(map(str, getattr(held, name))) for name in ("reminder_days", "review_days")}
    return {
        "review_years": held.review_years,
        "internal_days": held.internal_days,
        "weeks_overdue": held.weeks_overdue,
        **lists,
    }
