"""What falls due in liaison work: answers that are owed, and relations to be reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from forum.committees.models import LiaisonRelation
from forum.core.bilingual import Text
from forum.core.refusals import N_, P_
from forum.liaisons.models import ActionTag
from forum.liaisons.queries import obligations, relations
from forum.liaisons.queries.mirrors import today
from forum.liaisons.rules.deadlines import due_day
from forum.offices.models import OfficeRole
from forum.offices.queries import holders
from forum.reminders.queries import offsets
from forum.reminders.rules import Due, within_reach
from forum.workdays.rules.calendars import CHINA, Region

OBLIGATION, REVIEW = "liaison_obligation", "liaison_review"
KINDS: dict[str, str] = {
    OBLIGATION: P_("liaison", "Liaison: answer that is owed"),
    REVIEW: P_("liaison", "Liaison: review of a relation"),
}
_ANSWER = N_("You owe an answer to the liaison statement %(number)s from %(groups)s by %(due)s.")
_ANSWER_STEP = N_("Write the answer, or say how it was answered.")
_REVIEW = N_("The liaison of %(committee)s with %(partner)s is to be reviewed by %(due)s.")
_REVIEW_STEP = N_("Propose whether it is renewed or ended.")


def dues(now: datetime) -> Iterator[Due]:
    """Return every date that is near or has passed and still waits for somebody."""
    terms, chosen = relations.terms_on(today(now)), offsets()
    yield from _answers(chosen.get(OBLIGATION, terms.obligation_offsets), now)
    yield from _reviews(chosen.get(REVIEW, terms.review_offsets), now)


def days_now(kind: str, now: datetime) -> tuple[int, ...]:
    """Return on which days a kind is told, as the rules of liaison work say today."""
    terms = relations.terms_on(today(now))
    return terms.obligation_offsets if kind == OBLIGATION else terms.review_offsets


def _answers(days: tuple[int, ...], now: datetime) -> Iterator[Due]:
    for row in obligations.owed():
        statement = row.statement
        on = due_day(row.due_at, row.due_zone)
        # Action that was taken owes nothing more, whatever the register still says.
        if statement.action is ActionTag.TAKEN or not within_reach(on, days, today(now)):
            continue
        yield Due(
            kind=OBLIGATION,
            object_reference=row.audit_reference,
            title=statement.text("title"),
            on=on,
            account_id=row.owner_id,
            sentence=_ANSWER,
            facts={
                "number": statement.cited_number or "–",
                "groups": ", ".join(group.name for group in statement.from_groups),
            },
            next_step=_ANSWER_STEP,
            link=f"/desk/liaisons/obligations/{row.public_id}",
            offsets=days,
            places=(Region(CHINA),),
        )


def _reviews(days: tuple[int, ...], now: datetime) -> Iterator[Due]:
    day = today(now)
    rows = [
        row
        for row in relations.due_for_review(day)
        if row.review_due_on is not None and within_reach(row.review_due_on, days, day)
    ]
    if not rows:
        return
    officers = [office.account_id for office in holders(OfficeRole.LIAISON_OFFICER, now)]
    held = relations.representatives_on([row.id for row in rows], day)
    for row in rows:
        own = held[row.id].account_id if row.id in held else None
        for account_id in dict.fromkeys([*officers, *([own] if own is not None else [])]):
            yield _review(row, account_id, days)


def _review(row: LiaisonRelation, account_id: int, days: tuple[int, ...]) -> Due:
    partner = partner_name(row)
    if row.review_due_on is None:
        raise ValueError("a relation without a date of review is never due")
    return Due(
        kind=REVIEW,
        object_reference=f"relation:{row.public_id}",
        title=Text(f"{row.committee.reference} – {partner}", f"{row.committee.reference}—{partner}"),
        on=row.review_due_on,
        account_id=account_id,
        sentence=_REVIEW,
        facts={"committee": row.committee.reference, "partner": partner},
        next_step=_REVIEW_STEP,
        link=f"/desk/liaisons/relations/{row.public_id}",
        offsets=days,
        places=(Region(CHINA),),
    )


def partner_name(row: LiaisonRelation) -> str:
    """Return how the other side is called, whoever keeps it."""
    if row.partner is not None:
        return row.partner.reference
    return row.external_name or f"#{row.external_iso_id}"
