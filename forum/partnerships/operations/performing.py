"""The single door through which every agreement version changes its state.

The table says what is lawful, the conditions say whether it may happen now, and here it happens: with the record, the
audit, the mail and everything that follows, in the caller's transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, select

from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.core.refusals import NotFound, Refusal
from forum.core.workflow import Transition, UnlawfulAction
from forum.partnerships.errors import ActedAlready, ActsForSeveral, MovedMeanwhile
from forum.partnerships.models import AgreementVersion, Approval, ConsentKind, PartyConsent
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.effects import EFFECTS, Doing, arrive, leave, open_successor
from forum.partnerships.operations.hands import note_hand
from forum.partnerships.operations.recording import Turned, change
from forum.partnerships.operations.telling import tell
from forum.partnerships.queries.cases import snapshot
from forum.partnerships.rules.case import NOTHING, Given, Step
from forum.partnerships.rules.guards import hold
from forum.partnerships.rules.seeing import SYSTEM_STANDING, Standing, shown_state
from forum.partnerships.states import APPROVING, DRAFTING, LIFE, OPENS_SUCCESSOR, VersionState

_S = VersionState
BY_ITSELF: dict[VersionState, tuple[str, ...]] = {
    _S.INVITED: ("no_answer_timeout",),
    _S.APPROVED: ("text_changed", "validity_passed"),
    _S.LAPSED: ("auto_close",),
    _S.ACTIVE: ("term_ended",),
    _S.RENEWAL: ("term_ended",),
    _S.SUSPENDED: ("term_ended",),
}


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step.

    ``moved``: the step was taken.  Neither ``moved`` nor ``by_itself``: it counts for one party or one approver, and
    others must take it as well.  ``by_itself``: something that was due happened first, so the step was *not* taken.
    """

    version: AgreementVersion
    moved: bool = False
    by_itself: tuple[str, ...] = ()
    successor: AgreementVersion | None = None


def perform(
    version: AgreementVersion,
    action: str,
    *,
    standing: Standing,
    actor: Actor,
    now: datetime,
    reason: str | None = None,
    seen: str | None = None,
    given: Given = NOTHING,
) -> Done:
    """Take one step of a version's life, with everything that follows from it.

    ``standing`` is the person's standing in the *present* state, ``seen`` the version's ``stamp`` on the page that
    they acted on.  What is due by itself (a text that was changed, an approval or a term that is over) happens first;
    then the step isn't taken and the answer says so, because a refusal would undo it.

    Raises ``UnlawfulAction``, ``ReasonNeeded``, ``MovedMeanwhile``, or the refusal of the condition that isn't met.
    """
    lock(version)
    _exists_for(version, standing, actor)
    if seen is not None and seen != version.stamp:
        raise MovedMeanwhile(shown_state(version.state, standing))
    if "system" not in standing.roles and (happened := settle(version, now=now)):
        return Done(version, by_itself=happened)
    row = _lawful(version, action, standing, reason)
    role = next(iter(sorted(row.actors & standing.roles)))
    case = snapshot(version, now=now, given=given)
    step = Step(action, standing, now, role, given)
    hold(case, step)
    doing = Doing(version, case, step, actor, (reason or "").strip())
    _note_hand(doing)
    if not _complete(doing):
        session.flush()
        return Done(version)
    return _take(doing, row)


def lock(version: AgreementVersion) -> None:
    """Read the version again under its lock: of two who act at once, the second sees what the first did."""
    session.flush()
    session.refresh(version, ["state", "moves", "stamp", "version", "returned_from"], with_for_update=True)


def settle(version: AgreementVersion, *, now: datetime) -> tuple[str, ...]:
    """Let happen what is due by itself, in the order of the table; return the actions."""
    happened: list[str] = []
    again = True
    while again:
        again = False
        for action in BY_ITSELF.get(version.state, ()):
            try:
                perform(version, action, standing=SYSTEM_STANDING, actor=SYSTEM, now=now)
            except Refusal:
                continue
            happened.append(action)
            again = True
            break
    return tuple(happened)


def _exists_for(version: AgreementVersion, standing: Standing, actor: Actor) -> None:
    """Who mayn't know of a case learns nothing from trying; a person must be one with an account."""
    if "system" in standing.roles:
        return
    if not standing.sees(version.circle) or actor.account_id is None or actor.account_id != standing.account_id:
        raise NotFound


def _lawful(version: AgreementVersion, action: str, standing: Standing, reason: str | None) -> Transition:
    """Return the row; a refusal names the state in the words that this person may read."""
    try:
        return LIFE.step(version.state, action, standing.roles, reason)
    except UnlawfulAction:
        raise unlawful(version, action, standing) from None


def unlawful(version: AgreementVersion, action: str, standing: Standing) -> UnlawfulAction:
    """Return the refusal of a step: with the state in the words that this person may read, and what they can do."""
    label = next((row.label for row in LIFE.rows if row.action == action), action)
    lawful = tuple(dict.fromkeys(row.label for row in LIFE.lawful(version.state, standing.roles)))
    return UnlawfulAction(label, shown_state(version.state, standing), lawful)


def _note_hand(doing: Doing) -> None:
    action, moves = doing.step.action, doing.case.moves
    if action in APPROVING:
        note_hand(doing.version, doing.actor.account_id, doing.step.role, moves=moves)
    elif action in DRAFTING:
        note_hand(doing.version, doing.actor.account_id, "drafter")


def _complete(doing: Doing) -> bool:
    """Count this act; tell whether all those have acted whom the step needs."""
    if doing.step.action == "approve":
        return _approved_by_enough(doing)
    concerned = doing.case.concerned(doing.step.action)
    if not concerned:
        return True
    mine = concerned & (
        doing.step.standing.lead_of if doing.step.role.endswith("_lead") else doing.step.standing.liaison_of
    )
    kind = ConsentKind(doing.step.action)
    _consent(doing, kind, mine)
    if doing.step.action == "agree_text":
        for party in doing.version.partnership.parties:
            if party.id in mine:
                neighbours.text.confirm(doing.version, party, actor=doing.actor, now=doing.step.now)
    session.flush()
    agreed = snapshot(doing.version, now=doing.step.now, given=doing.step.given)
    if doing.step.action == "agree_text":
        return agreed.confirmed  # by each party, and each of them this very text
    return concerned <= agreed.consents.get(kind, frozenset())


def _approved_by_enough(doing: Doing) -> bool:
    person = doing.actor.account_id
    if person is None or person in doing.case.approvals:
        raise ActedAlready
    session.add(
        Approval(
            version_id=doing.version.id,
            account_id=person,
            moves=doing.case.moves,
            at=doing.step.now,
            conditions=doing.step.given.conditions,
            text_hash=doing.case.hashes.both,
        )
    )
    session.flush()
    return doing.case.approvals_made + 1 >= doing.case.terms.approvals


def _consent(doing: Doing, kind: ConsentKind, parties: frozenset[int]) -> None:
    """Keep one consent of each of these parties; a later one for another text takes its place.

    Raises ``ActsForSeveral`` for a person who has said yes for another party before.
    """
    one_person_one_party(doing.version, kind, doing.case.moves, doing.actor, parties)
    for party in sorted(parties):
        session.execute(
            delete(PartyConsent).where(
                PartyConsent.version_id == doing.version.id,
                PartyConsent.party_id == party,
                PartyConsent.kind == kind,
                PartyConsent.moves == doing.case.moves,
            )
        )
        session.add(
            PartyConsent(
                version_id=doing.version.id,
                party_id=party,
                kind=kind,
                moves=doing.case.moves,
                text_hash=doing.case.hashes.both,
                account_id=doing.actor.account_id,
                at=doing.step.now,
            )
        )
    session.flush()


def one_person_one_party(
    version: AgreementVersion, kind: ConsentKind, moves: int, actor: Actor, parties: frozenset[int]
) -> None:
    """Refuse who has said yes to the same for another party, before their office changed; call under the lock."""
    if actor.account_id is None:
        return
    elsewhere = exists().where(
        PartyConsent.version_id == version.id,
        PartyConsent.kind == kind,
        PartyConsent.moves == moves,
        PartyConsent.account_id == actor.account_id,
        PartyConsent.party_id.not_in(parties),
    )
    if session.scalar(select(elsewhere)):
        raise ActsForSeveral


def _take(doing: Doing, row: Transition) -> Done:
    facts: dict[str, object] = {}
    if doing.step.action in {"agree_text", "approve"}:
        facts["people"] = _people(doing)
    if doing.step.action in OPENS_SUCCESSOR:
        turned = Turned(doing.actor, doing.step.role, doing.step.now, doing.case.hashes, doing.reason, facts)
        return Done(doing.version, moved=True, successor=open_successor(doing, turned))
    leave(doing)
    effect = EFFECTS.get(doing.step.action)
    facts |= effect(doing) if effect else {}
    turned = Turned(doing.actor, doing.step.role, doing.step.now, doing.case.hashes, doing.reason, facts)
    change(doing.version, row, turned)
    arrive(doing)
    tell(doing.version, doing.case.state, turned)
    return Done(doing.version, moved=True)


def _people(doing: Doing) -> list[int]:
    """Return the accounts whose acts together made the step."""
    if doing.step.action == "approve":
        return sorted({*doing.case.approvals, doing.actor.account_id or 0})
    rows = session.scalars(
        select(PartyConsent.account_id).where(
            PartyConsent.version_id == doing.version.id,
            PartyConsent.kind == ConsentKind.AGREE_TEXT,
            PartyConsent.moves == doing.case.moves,
        )
    )
    return sorted({account for account in rows if account is not None})
