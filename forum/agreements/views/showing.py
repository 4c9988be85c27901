"""What the pages of a text show: wordings with their variables filled in, redlines, clauses that can be added."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from flask_babel import gettext as _
from sqlalchemy import select

from forum.accounts.models import Account
from forum.agreements import queries
from forum.agreements.forms import NEW
from forum.agreements.kinds import Agreement, Use
from forum.agreements.library import library, use_of
from forum.agreements.models import AgreementText, Clause
from forum.agreements.rules.ordering import neighbours_of
from forum.agreements.rules.redline import Segment, redline
from forum.agreements.rules.variables import resolve, variables
from forum.core.bilingual import LANGUAGES
from forum.core.database import session
from forum.web.forms import options
from forum.web.language import current_language

Redlines = dict[str, tuple[Segment, ...]]


class Sided(Protocol):
    """Anything with an English and a Chinese side."""

    def side(self, language: str) -> str:
        """Return the text in that language."""


def rows_of(text: AgreementText, whole: Agreement, party_key: str) -> list[dict[str, Any]]:
    """Return what each clause shows: resolved wordings, mark, and the open proposal with its redline."""
    words = {language: variables(whole, language) for language in LANGUAGES}
    proposals = queries.open_proposals(text)
    stored = {clause.key: clause for clause in text.clauses}
    rows = []
    for each in whole.clauses:
        proposal = proposals.get(each.key)
        rows.append(
            {
                "clause": stored[each.key],
                "said": {language: resolve(each.side(language), words[language]) for language in LANGUAGES},
                "matched": each.matched,
                "proposal": proposal,
                "redline": proposal and redlines(stored[each.key], proposal, whole),
                "own": proposal is not None and proposal.party_key == party_key,
                "removable": use_of(each.key, whole.instrument) is not Use.REQUIRED,
            }
        )
    return rows


def redlines(before: Sided, after: Sided, whole: Agreement) -> Redlines:
    """Return what changes from one wording to another, in each language."""
    found: Redlines = {}
    for language in LANGUAGES:
        words = variables(whole, language)
        found[language] = redline(resolve(before.side(language), words), resolve(after.side(language), words), language)
    return found


def deviation_of(clause: Clause, whole: Agreement) -> Redlines | None:
    """Return the redline from the library to the clause, where they differ."""
    source = library(clause.library_version).get(clause.key) if clause.library_version else None
    if source is None:
        return None
    wording = source.variant(clause.variant) or source.variants[0]
    return redlines(wording, clause, whole) if (wording.en, wording.zh) != (clause.en, clause.zh) else None


def changed_by(text: AgreementText, key: str, party_key: str) -> tuple[str, datetime] | None:
    """Return by whom a clause was last changed, and when: a colleague by name, the other side by the party's."""
    last = next(iter(queries.history_of(text, key, limit=1)), None)
    if last is None:
        return None
    return writer(text, last.actor, last.party_key, mine=party_key), last.at


def writer(text: AgreementText, actor: str, party_key: str, *, mine: str) -> str:
    """Return who wrote something, as far as this reader may know."""
    name = session.scalar(select(Account.name).where(Account.public_id == actor.removeprefix("account:")))
    if party_key == mine and name:
        return name
    parties = {party.key: party.name(current_language()) for party in text.party_list}
    return parties.get(party_key, "–")


def variants_of(clause: Clause, whole: Agreement) -> list[tuple[str, dict[str, str]]]:
    """Return the other wordings that the library offers for a clause, each in both languages."""
    source = library().get(clause.key)
    words = {language: variables(whole, language) for language in LANGUAGES}
    return [
        (variant.name, {language: resolve(variant.side(language), words[language]) for language in LANGUAGES})
        for variant in (source.variants if source else ())
        if (variant.en, variant.zh) != (clause.en, clause.zh)
    ]


def ways_of(key: str, whole: Agreement) -> list[tuple[str, str]]:
    """Return the clauses with which one may change places, each with the words of the button."""
    names = {clause.key: clause.heading(current_language()) for clause in whole.clauses}
    found = neighbours_of(key, list(names))
    return [
        (beside, said)
        for beside, said in (
            (found.before, _("Move before “%(clause)s”", clause=names.get(found.before, ""))),
            (found.after, _("Move after “%(clause)s”", clause=names.get(found.after, ""))),
        )
        if beside
    ]


def addable(whole: Agreement) -> list[Any]:
    """Return the choices of clauses that the instrument offers and the text hasn't yet."""
    present = {clause.key for clause in whole.clauses}
    offered = [
        (clause.key, clause.heading(current_language()))
        for clause in library().values()
        if clause.key not in present and clause.uses[whole.instrument] in (Use.REQUIRED, Use.OPTIONAL)
    ]
    return options([*offered, (NEW, _("A clause in our own words"))])
