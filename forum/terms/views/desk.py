"""The desk of the glossary: entering, correcting, confirming, deprecating and forbidding, merging."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.audit.queries import history
from forum.core.refusals import N_, spoken
from forum.terms import errors
from forum.terms.forms import ConceptForm, ConfirmForm, MergeForm, NewConceptForm, UseForm, WordForm
from forum.terms.models import TermConcept
from forum.terms.operations import judging, merging, writing
from forum.terms.permissions import TERM_KEEPERS, TERMS_DESK, WORD_KEEPERS, current_concept, current_word, roles_of
from forum.terms.queries import concepts
from forum.terms.states import USE_LIFE
from forum.terms.views.blueprint import attempt, doing, pages, show
from forum.terms.views.public import wanted
from forum.web.viewer import viewer

DESK = "/desk/glossary/"
ONE = f"{DESK}<concept_id>"
WORD = f"{ONE}/terms/<term_id>"
PAGE = 50
FOUND = 20
DEEDS: dict[str, str] = {
    "enter": N_("Entered"),
    "change": N_("Changed"),
    "write_word": N_("A term was written"),
    "confirm": N_("A term was confirmed"),
    "prefer": N_("A term was preferred"),
    "admit": N_("A term was admitted"),
    "deprecate": N_("A term was deprecated"),
    "forbid": N_("A term was forbidden"),
    "merge": N_("Another concept was taken in"),
}


def _back() -> ResponseReturnValue:
    return redirect(url_for("terms.desk_concept", concept_id=current_concept().public_id), 303)


def _form(form: Any, heading: str, submit: str, status: int, **more: Any) -> ResponseReturnValue:
    row: TermConcept | None = more.pop("row", None)
    way_back = url_for("terms.desk_concept", concept_id=row.public_id) if row is not None else url_for("terms.desk")
    given = {"row": row, "lead": "", "word": None, "way_back": way_back, "heading": heading, "submit": submit} | more
    return show("form", status or (422 if form.sent else 200), form=form, **given)


@pages.page(DESK, policy=TERMS_DESK)
def desk() -> ResponseReturnValue:
    """What waits to be confirmed, and a search for what is to be changed."""
    total, terms, waiting = concepts.counts()
    last = max(1, -(-waiting // PAGE))
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), last)
    what = wanted()
    return show(
        "desk",
        total=total,
        terms=terms,
        waiting=waiting,
        rows=concepts.unconfirmed(number, PAGE),
        number=number,
        last=last,
        wanted=what,
        found=concepts.page(what, "en", 1, FOUND) if what.text else None,
        address=lambda page: url_for("terms.desk", **({"page": page} if page > 1 else {})),
    )


@pages.page(f"{DESK}new", policy=TERMS_DESK, methods=("GET", "POST"), soft_csrf=True)
def new_concept() -> ResponseReturnValue:
    """Enter a concept with its first words."""
    form = NewConceptForm().offer()
    status = 0
    if form.validate_on_submit():
        made: list[TermConcept] = []
        status = attempt(form, lambda: made.append(writing.enter(form.facts(), form.words(), **doing())))
        if not status:
            flash(_("The concept is entered. Its terms wait until somebody confirms them."), "success")
            return redirect(url_for("terms.desk_concept", concept_id=made[0].public_id), 303)
    lead = _("Look first whether the glossary has the concept already.")
    return _form(form, _("Enter a concept"), _("Enter a concept"), status, lead=lead)


@pages.page(ONE, policy=TERM_KEEPERS)
def desk_concept(concept_id: str) -> ResponseReturnValue:
    """One concept with what can be done, and what was done."""
    roles = roles_of(viewer())
    return show(
        "desk_concept",
        row=current_concept(),
        steps=lambda word: USE_LIFE.lawful(word.use, roles),
        deeds=[(entry.at, DEEDS[entry.action]) for entry in history("term", concept_id, 40) if entry.action in DEEDS],
    )


@pages.page(f"{ONE}/change", policy=TERM_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def change_concept(concept_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the concept
    """Correct field, owner, definition and note."""
    row = current_concept()
    form = ConceptForm(data=ConceptForm.present(row)).about(row).offer()
    status = 0
    if form.validate_on_submit():
        status = attempt(form, lambda: writing.change(row, form.facts(), seen=form.seen, **doing()))
        if not status:
            flash(_("Saved."), "success")
            return _back()
    return _form(form, _("Change the concept"), _("Save"), status, row=row)


@pages.page(f"{ONE}/terms/new", policy=TERM_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def new_word(concept_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Add a word to a concept."""
    row = current_concept()
    form = WordForm().offer()
    status = 0
    if form.validate_on_submit():
        status = attempt(form, lambda: writing.write_word(row, None, form.saying(), **doing()))
        if not status:
            flash(_("The term is added. It waits until somebody confirms it."), "success")
            return _back()
    return _form(form, _("Add a term"), _("Add a term"), status, row=row)


@pages.page(WORD, policy=WORD_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def change_word(concept_id: str, term_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Correct a word, its owner and its source."""
    row, word = current_concept(), current_word()
    form = WordForm(data=WordForm.present(word)).offer()
    del form.use
    status = 0
    if form.validate_on_submit():
        status = attempt(form, lambda: writing.write_word(row, word, form.saying(), seen=form.seen, **doing()))
        if not status:
            flash(_("Saved."), "success")
            return _back()
    lead = _("A confirmed term whose text or owner changes has to be confirmed again.")
    return _form(form, _("Change the term"), _("Save"), status, row=row, word=word, lead=lead)


@pages.page(f"{WORD}/confirm", policy=WORD_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def confirm_word(concept_id: str, term_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Note that somebody has compared a word with its source."""
    row, word = current_concept(), current_word()
    form = ConfirmForm(data={"version": str(word.version)})
    status = 0
    if form.validate_on_submit():
        roles = roles_of(viewer())
        status = attempt(form, lambda: judging.confirm(word, roles, seen=form.seen, **doing()))
        if not status:
            flash(_("The term is confirmed."), "success")
            return _back()
    lead = _("Confirm a term only after reading it in its source.")
    return _form(form, _("Confirm the term"), _("Confirm the term"), status, row=row, word=word, lead=lead)


@pages.page(f"{WORD}/steps/<action>", policy=WORD_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def turn_word(concept_id: str, term_id: str, action: str) -> ResponseReturnValue:  # noqa: ARG001
    """Prefer, admit, deprecate or forbid a word."""
    row, word = current_concept(), current_word()
    known = next((each for each in USE_LIFE.rows if each.action == action), None)
    if known is None:
        abort(404)
    form = UseForm(data={"version": str(word.version)})
    if not known.needs_reason:
        del form.reason
    status, label = 0, str(spoken(known.label, _))
    if form.validate_on_submit():
        reason = (form.reason.data or "") if known.needs_reason else ""
        roles = roles_of(viewer())
        status = attempt(form, lambda: judging.turn(word, action, roles, reason=reason, seen=form.seen, **doing()))
        if not status:
            flash(_("The step is recorded."), "success")
            return _back()
    return _form(form, label, label, status, row=row, word=word)


@pages.page(f"{ONE}/merge", policy=TERM_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def merge(concept_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """Take another concept in: its words come here, and it is gone."""
    row = current_concept()
    form = MergeForm(data={"version": str(row.version)})
    status = 0
    if form.validate_on_submit():

        def deed() -> None:
            merging.merge(row, _called(form.other.data or ""), seen=form.seen, **doing())

        status = attempt(form, deed)
        if not status:
            flash(_("Both concepts are one now."), "success")
            return _back()
    lead = _("The terms of the other concept come to this one, and the other one is gone.")
    return _form(form, _("Take another concept in"), _("Merge"), status, row=row, lead=lead)


def _called(name: str) -> TermConcept:
    found = [each for each in concepts.called(name) if each is not current_concept()]
    if not found:
        raise errors.SameConcept if concepts.called(name) else errors.UnknownConcept(name=name)
    if len(found) > 1:
        raise errors.UnclearConcept(name=name)
    return found[0]
