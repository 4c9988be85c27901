"""The desk at which a text is negotiated: pages without addresses of their own.

The room above says where they are, who may open them and what somebody may do; it mounts one short view for each
method.  Every deed is a form that works without a script; the second of two who change one clause gets both wordings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agreements import operations, queries
from forum.agreements.exports import MEDIA_TYPE, signature_pdf
from forum.agreements.forms import NEW, AddForm, ConfirmForm, MoveForm, VariantForm, head_form
from forum.agreements.models import AgreementText
from forum.agreements.operations import Wording, head_mark, head_of
from forum.agreements.rules.checker import Finding
from forum.agreements.views.clause import ClauseSheet
from forum.agreements.views.sheet import Addresses, sentence
from forum.agreements.views.showing import addable
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.web.language import current_language
from forum.web.viewer import now, viewer

__all__ = ["Addresses", "Desk", "editor_page", "findings_of"]


@dataclass(frozen=True, slots=True)
class Desk(ClauseSheet):
    """A text in front of somebody who may work on it."""

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
        form = head_form(parties, current_language(), data=values).about(self.text)
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

    def variant(self, key: str) -> ResponseReturnValue:
        """Take another wording of the library."""
        self._must(self.may_edit)
        name = VariantForm().variant.data or ""
        return self._do(
            lambda seen, common: operations.take_variant(self._clause(key), name, seen_version=seen, **common),
            _("The clause has the wording of the library."),
            key,
        )

    def move(self, key: str) -> ResponseReturnValue:
        """Let a clause change places with its neighbour."""
        self._must(self.may_edit)
        beside = MoveForm().beside.data or ""
        return self._do(
            lambda _seen, common: operations.move_clause(self._clause(key), beside, **common),
            _("The clause stands in its new place."),
            key,
        )

    def take_back(self) -> ResponseReturnValue:
        """Take one's own party's confirmation back."""
        self._must(self.may_confirm)
        return self._do(
            lambda _seen, common: operations.take_back(
                self.text, self.party_key, actor=common["actor"], now=common["now"]
            ),
            _("Your confirmation is taken back."),
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


def editor_page(
    text: AgreementText, *, addresses: Addresses, party_key: str = "", may_edit: bool = False, may_confirm: bool = False
) -> ResponseReturnValue:
    """Return the editor of a text for somebody of a party; the room above has checked who they are."""
    return Desk(text, addresses, party_key, may_edit, may_confirm).page()


def findings_of(text: AgreementText, today: date) -> list[tuple[Finding, str]]:
    """Return the checker's findings with their sentences in the reader's language."""
    return [(each, sentence(each)) for each in queries.all_findings(text, today=today)]
