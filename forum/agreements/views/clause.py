"""Writing in one clause: editing it, proposing for it, and what becomes of words when two write at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.agreements import operations, queries
from forum.agreements.errors import ClauseChanged, ClauseGone, ProposedMeanwhile
from forum.agreements.forms import ClauseForm, KeptForm, ProposalForm
from forum.agreements.models import Clause
from forum.agreements.rules.variables import variables
from forum.agreements.views.sheet import Sheet
from forum.agreements.views.showing import (
    Sided,
    changed_by,
    deviation_of,
    redlines,
    variants_of,
    ways_of,
    writer,
)
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.web.viewer import now, viewer


@dataclass(frozen=True, slots=True)
class ClauseSheet(Sheet):
    """One clause of a text in front of one person."""

    def clause(self, key: str) -> ResponseReturnValue:
        """One clause to edit; a conflict shows both wordings."""
        clause = queries.clause_of(self.text, key)
        if clause is None:
            return self.kept(ClauseGone())
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

    def propose(self, key: str) -> ResponseReturnValue:
        """Propose another wording for a clause."""
        self._must(self.may_edit)
        clause = queries.clause_of(self.text, key)
        if clause is None:
            return self.kept(ClauseGone())
        standing = queries.open_proposals(self.text).get(key)
        source: Any = standing or clause
        answers = standing.public_id if standing else ""
        form = ProposalForm(data={"en": source.en, "zh": source.zh, "version": clause.version, "answers": answers})
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
                answers=form.answers.data or "",
            )
        except Refusal as refusal:
            return self._refused(key, form, refusal, proposing=True)
        return self._done(_("The proposal is open; the other side can answer it."), key)

    def _clause_page(
        self,
        clause: Clause,
        form: ClauseForm | ProposalForm,
        status: int,
        *,
        refusal: Refusal | None = None,
        proposing: bool = False,
    ) -> ResponseReturnValue:
        whole = queries.agreement(self.text)
        saved, changed = self._saved(clause, refusal)
        page = render_template(
            "agreements/clause.html",
            **self._common(whole),
            clause=clause,
            form=form,
            proposing=proposing,
            variables={language: variables(whole, language) for language in LANGUAGES},
            saved=saved,
            changed=changed,
            conflict=redlines(saved, form.wording, whole) if saved else None,
            variants=variants_of(clause, whole),
            ways=ways_of(key=clause.key, whole=whole),
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
        standing = queries.open_proposals(self.text).get(key)
        if isinstance(refusal, ClauseChanged):
            form.version.data = str(clause.version)
        elif isinstance(refusal, ProposedMeanwhile) and isinstance(form, ProposalForm):
            form.answers.data = standing.public_id if standing else ""
        return self._clause_page(clause, form, refusal.status, refusal=refusal, proposing=proposing)

    def _saved(self, clause: Clause, refusal: Refusal | None) -> tuple[Sided | None, tuple[str, datetime] | None]:
        """Return what somebody else has saved meanwhile, by whom and when."""
        if isinstance(refusal, ClauseChanged):
            return clause, changed_by(self.text, clause.key, self.party_key)
        standing = queries.open_proposals(self.text).get(clause.key)
        if isinstance(refusal, ProposedMeanwhile) and standing is not None:
            who = writer(self.text, standing.actor, standing.party_key, mine=self.party_key)
            return standing, (who, standing.created_at)
        return (clause, None) if isinstance(refusal, ProposedMeanwhile) else (None, None)

    def kept(self, refusal: Refusal) -> ResponseReturnValue:
        """Words that can't be saved any more, given back to the one who wrote them; 404 where nothing was written."""
        form = KeptForm()
        if not (form.sent and form.is_filled and self.party_key):
            abort(404)
        page = render_template(
            "agreements/kept.html", **self._common(queries.agreement(self.text)), form=form, refusal=refusal.say(_)
        )
        return page, refusal.status
