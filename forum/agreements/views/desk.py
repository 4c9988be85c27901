"""The desk at which a text is negotiated: pages without addresses of their own.

The room above says where they are, who may open them and what somebody may do; it mounts one short view for each
method.  Every deed is a form that works without a script; the second of two who change one clause gets both wordings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agreements import operations, queries
from forum.agreements.errors import ClauseChanged
from forum.agreements.exports import MEDIA_TYPE, signature_pdf
from forum.agreements.forms import NEW, AddForm, ClauseForm, ConfirmForm, ProposalForm, head_form
from forum.agreements.kinds import INSTRUMENTS, LEVELS, TEXT_STAGES, Agreement
from forum.agreements.models import AgreementText, Clause
from forum.agreements.operations import Wording, head_mark, head_of
from forum.agreements.rules.canonical import seal
from forum.agreements.rules.checker import Finding, findings
from forum.agreements.rules.variables import variables
from forum.agreements.views.showing import addable, deviation_of, redlines, rows_of
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.web.forms import VersionedForm
from forum.web.language import current_language
from forum.web.viewer import now, viewer


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the room above has put the pages and deeds of one text."""

    text: str
    head: str
    add: str
    confirm: str
    copy: str
    clause: Callable[[str], str]  # by the clause's key, as the next three
    match: Callable[[str], str]
    propose: Callable[[str], str]
    remove: Callable[[str], str]
    accept: Callable[[str], str]  # by the proposal's public id
    withdraw: Callable[[str], str]
    above: tuple[tuple[str, str], ...] = ()  # name and address of the pages that lead here


@dataclass(frozen=True, slots=True)
class Desk:
    """One text in front of one person."""

    text: AgreementText
    addresses: Addresses
    party_key: str = ""
    may_edit: bool = False
    may_confirm: bool = False
    may_match: bool = False
    for_signature: bool = True  # whether a copy of the frozen text may be signed by now
    quiet: bool = False  # the reader isn't told whether the text is frozen, nor how often it changed

    # --- Pages -----------------------------------------------------------------------------------------

    def page(self, refused: str = "", status: int = 200) -> ResponseReturnValue:
        """The whole text, both languages side by side, with findings, proposals and marks."""
        whole = queries.agreement(self.text)
        form = AddForm()
        form.key.choices = addable(whole)
        page = render_template(
            "agreements/editor.html",
            **self._common(whole),
            rows=rows_of(self.text, whole, self.party_key),
            add_form=form,
            confirmations=queries.standing_confirmations(self.text),
            seal=seal(whole),
            refusal=refused,
        )
        return page, status

    def clause(self, key: str) -> ResponseReturnValue:
        """One clause to edit; a conflict shows both wordings."""
        clause = self._clause(key)
        form = ClauseForm(
            data={"en": clause.en, "zh": clause.zh, "deviation_note": clause.deviation_note, "version": clause.version}
        )
        if not form.sent:
            return self._clause_page(clause, form, 200)
        self._must(self.may_edit)
        if not form.validate_on_submit():
            return self._clause_page(clause, form, 422)
        try:
            operations.edit_clause(
                clause,
                form.wording,
                seen_version=form.seen,
                party_key=self.party_key,
                actor=viewer().actor(),
                now=now(),
                deviation_note=form.deviation_note.data or "",
            )
        except Refusal as refusal:
            return self._refused(key, form, refusal)
        return self._done(_("The clause is saved."), key)

    def _clause_page(
        self,
        clause: Clause,
        form: ClauseForm | ProposalForm,
        status: int,
        *,
        both: bool = False,
        proposing: bool = False,
    ) -> ResponseReturnValue:
        whole = queries.agreement(self.text)
        page = render_template(
            "agreements/clause.html",
            **self._common(whole),
            clause=clause,
            form=form,
            proposing=proposing,
            variables={language: variables(whole, language) for language in LANGUAGES},
            conflict=redlines(clause, form.wording, whole) if both else None,
            history=queries.history_of(self.text, clause.key, limit=20),
            deviation=deviation_of(clause, whole),
        )
        return page, status

    def _refused(
        self, key: str, form: ClauseForm | ProposalForm, refusal: Refusal, *, proposing: bool = False
    ) -> ResponseReturnValue:
        """Show what was typed again, with the refusal, and both wordings if it was a conflict."""
        session.rollback()
        clause = self._clause(key)
        form.refuse(refusal)
        stale = isinstance(refusal, ClauseChanged)
        if stale:
            form.version.data = str(clause.version)
        return self._clause_page(clause, form, refusal.status, both=stale, proposing=proposing)

    def propose(self, key: str) -> ResponseReturnValue:
        """Propose another wording for a clause."""
        self._must(self.may_edit)
        clause = self._clause(key)
        standing = queries.open_proposals(self.text).get(key)
        source: Any = standing or clause
        form = ProposalForm(data={"en": source.en, "zh": source.zh, "version": clause.version})
        if not form.sent:
            return self._clause_page(clause, form, 200, proposing=True)
        if not form.validate_on_submit():
            return self._clause_page(clause, form, 422, proposing=True)
        try:
            operations.propose(
                clause,
                form.wording,
                seen_version=form.seen,
                party_key=self.party_key,
                actor=viewer().actor(),
                now=now(),
                note=form.note.data or "",
            )
        except Refusal as refusal:
            return self._refused(key, form, refusal, proposing=True)
        return self._done(_("The proposal is open; the other side can answer it."), key)

    def head(self) -> ResponseReturnValue:
        """What stands above the clauses: titles, term, references, languages, ranks."""
        self._must(self.may_edit)
        parties = self.text.party_list
        known = head_of(self.text)
        values = {name: getattr(known, name) for name in known.__dataclass_fields__ if name != "ranks"}
        values |= {
            "authentic": list(known.authentic),
            "prevailing": known.prevailing or "",
            "version": head_mark(self.text),
        }
        form = head_form(parties, current_language(), data=values)
        status = 422 if form.sent else 200
        if form.validate_on_submit():
            try:
                operations.change_head(
                    self.text,
                    form.head(parties),
                    seen_mark=form.version.data or "",
                    party_key=self.party_key,
                    actor=viewer().actor(),
                    now=now(),
                )
            except Refusal as refusal:
                session.rollback()
                form.refuse(refusal)
                form.version.data, status = head_mark(self.text), refusal.status
            else:
                return self._done(_("The terms are saved."))
        return render_template("agreements/head.html", **self._common(queries.agreement(self.text)), form=form), status

    def copy(self, verify_url: str) -> ResponseReturnValue:
        """The copy as PDF: for signature once the text is frozen, a draft before."""
        final = self.text.is_frozen
        content = signature_pdf(self.text, verify_url, final=final)
        name = f"agreement-{self.text.public_id}{'' if final else '-draft'}.pdf"
        return Response(content, mimetype=MEDIA_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"'})

    # --- Deeds: a form each, answered by the way back or by the page with the reason ---------------------

    def match(self, key: str) -> ResponseReturnValue:
        """Mark a clause as matched."""
        self._must(self.may_edit or self.may_match)
        return self._do(
            lambda seen, common: operations.match(self._clause(key), seen_version=seen, **common),
            _("The clause is marked as matched."),
            key,
        )

    def remove(self, key: str) -> ResponseReturnValue:
        """Take a clause out."""
        self._must(self.may_edit)
        return self._do(
            lambda seen, common: operations.remove_clause(self._clause(key), seen_version=seen, **common),
            _("The clause is taken out."),
        )

    def accept(self, proposal_id: str) -> ResponseReturnValue:
        """Accept another party's proposal."""
        self._must(self.may_edit)
        proposal = queries.proposal_of(self.text, proposal_id) or abort(404)
        return self._do(
            lambda seen, common: operations.accept(proposal, seen_version=seen, **common),
            _("The proposal is now the clause. Match both languages next."),
            proposal.clause.key,
        )

    def withdraw(self, proposal_id: str) -> ResponseReturnValue:
        """Take back one's own proposal."""
        self._must(self.may_edit)
        proposal = queries.proposal_of(self.text, proposal_id) or abort(404)
        return self._do(
            lambda _seen, common: operations.withdraw(proposal, **common),
            _("The proposal is withdrawn."),
            proposal.clause.key,
        )

    def add(self) -> ResponseReturnValue:
        """Add a clause."""
        self._must(self.may_edit)
        form = AddForm()
        form.key.choices = addable(queries.agreement(self.text))
        if not form.validate_on_submit():
            sentences = [str(error) for errors in form.errors.values() for error in errors]
            return self.page(" ".join(dict.fromkeys(sentences)), 422)

        def deed(_seen: int, common: dict[str, Any]) -> None:
            if form.key.data == NEW:
                wording = Wording("", "", form.heading_en.data or "", form.heading_zh.data or "")
                operations.add_own_clause(self.text, wording, **common)
            else:
                operations.add_clause(self.text, form.key.data, **common)

        return self._do(deed, _("The clause is added."), form.key.data if form.key.data != NEW else "")

    def confirm(self) -> ResponseReturnValue:
        """Confirm the text for one's own party, as the page showed it."""
        self._must(self.may_confirm)
        form = ConfirmForm()

        def deed(seen: int, common: dict[str, Any]) -> None:
            operations.confirm(
                self.text,
                self.party_key,
                seen_revision=seen,
                seen_hash=form.digits.data or "",
                actor=common["actor"],
                now=common["now"],
            )

        return self._do(deed, _("You have confirmed this text for your side."))

    def _do(self, deed: Callable[[int, dict[str, Any]], object], said: str, key: str = "") -> ResponseReturnValue:
        seen = VersionedForm().seen
        try:
            deed(seen, {"party_key": self.party_key, "actor": viewer().actor(), "now": now()})
        except Refusal as refusal:
            session.rollback()
            return self.page(refusal.say(_), refusal.status)
        return self._done(said, key)

    def _done(self, said: str, key: str = "") -> ResponseReturnValue:
        flash(said, "success")
        return redirect(self.addresses.text + (f"#clause-{key}" if key else ""), 303)

    # --- What the pages are made of ----------------------------------------------------------------------

    def _must(self, allowed: bool) -> None:  # noqa: FBT001 - the one word says it
        """Answer as if the page weren't there."""
        if not allowed:
            abort(404)

    def _clause(self, key: str) -> Clause:
        return queries.clause_of(self.text, key) or abort(404)

    def _common(self, whole: Agreement) -> dict[str, Any]:
        found = findings(whole, today=now().date())
        return {
            "text": self.text,
            "whole": whole,
            "desk": self,
            "to": self.addresses,
            "may_edit": self.may_edit and not self.text.is_frozen,
            "parties": self.text.party_list,
            "party_names": {party.key: party.name(current_language()) for party in self.text.party_list},
            "instruments": INSTRUMENTS,
            "stages": TEXT_STAGES,
            "levels": LEVELS,
            "findings": [(each, _sentence(each)) for each in found],
        }


def _sentence(finding: Finding) -> str:
    return finding.sentence(_, current_language())


def editor_page(
    text: AgreementText, *, addresses: Addresses, party_key: str = "", may_edit: bool = False, may_confirm: bool = False
) -> ResponseReturnValue:
    """Return the editor of a text for somebody of a party; the room above has checked who they are."""
    return Desk(text, addresses, party_key, may_edit, may_confirm).page()


def findings_of(text: AgreementText, today: date) -> list[tuple[Finding, str]]:
    """Return the checker's findings with their sentences in the reader's language."""
    return [(each, _sentence(each)) for each in queries.all_findings(text, today=today)]
