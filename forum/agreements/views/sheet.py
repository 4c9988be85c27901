"""One text in front of one person: where its pages are, what they share, and how a deed is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agreements import queries
from forum.agreements.forms import AddForm
from forum.agreements.kinds import INSTRUMENTS, LEVELS, TEXT_STAGES, Agreement
from forum.agreements.models import AgreementText, Clause
from forum.agreements.rules.canonical import seal
from forum.agreements.rules.checker import Finding, findings
from forum.agreements.views.showing import addable, rows_of
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
    variant: Callable[[str], str]  # by the clause's key, as the next one
    move: Callable[[str], str]
    take_back: str
    above: tuple[tuple[str, str], ...] = ()  # name and address of the pages that lead here


@dataclass(frozen=True, slots=True)
class Sheet:
    """One text in front of one person."""

    text: AgreementText
    addresses: Addresses
    party_key: str = ""
    may_edit: bool = False
    may_confirm: bool = False
    may_match: bool = False
    for_signature: bool = True  # whether a copy of the frozen text may be signed by now
    quiet: bool = False  # the reader isn't told whether the text is frozen, nor how often it changed

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

    # --- Deeds: answered by the way back, or by the page with the reason ----------------------------------

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
            "findings": [(each, sentence(each)) for each in found],
        }


def sentence(finding: Finding) -> str:
    """Return a finding in the reader's language."""
    return finding.sentence(_, current_language())
