"""What the routes of ballots speak of in the matrix: a case of one mirror committee, and one of another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from forum.ballots.models import BallotKind, CaseState
from forum.ballots.operations import configuring, enquiring, feeds, opening
from forum.ballots.queries import cases
from forum.committees.models import Body, Committee, CommitteeKind, CommitteeName, Mirror, Post, PostRole
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import session
from tests.ballots.house import upload
from tests.cast import Cast

BEGAN = date(2026, 1, 1)


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Create a case on each side and return the arguments of the routes; call inside a write transaction.

    Who holds a post of SAC/TC 911 or an office of the nation is on the own side; the case is in its enquiry.
    """
    configuring.seed_rules(now=now)
    made = {
        "own": _side(cast, "911", ("delegate",), now),
        "other": _side(cast, "912", ("other_focal",), now),
    }
    session.flush()
    return made


def _side(cast: Cast, number: str, asked: tuple[str, ...], now: datetime) -> dict[str, str]:
    abroad, national = _pair(number)
    for who in asked:
        session.add(
            Post(
                account_id=cast.accounts[who],
                committee_id=national.id,
                role=PostRole.MIRROR_MEMBER,
                starts_on=BEGAN,
            )
        )
    session.flush()
    ballot = opening.open_ballot(
        opening.Opening(
            kind=BallotKind.CIB,
            committee=abroad,
            national=national,
            opens_on=now.date() - timedelta(days=7),
            closes_on=now.date() + timedelta(days=77),
            title=Text(f"Question {number}", f"问题{number}"),
            summary=Text("", "摘要"),
        ),
        actor=SYSTEM.with_roles("secretary"),
        now=now,
    )
    ids = tuple(cast.accounts[who] for who in asked)
    enquiring.begin(ballot, enquiring.Enquiry(ids, draft=upload()), actor=SYSTEM.with_roles("secretary"), now=now)
    document = cases.documents(ballot.id)[0]
    assert ballot.state is CaseState.ENQUIRY
    return {
        "ballot_id": ballot.public_id,
        "file_id": document.public_id,
        "action": "close_enquiry",
        "code": "VG-02",
        "kind": "dis",
        "secret": feeds.subscribe(cast.accounts[asked[0]], actor=SYSTEM, now=now),
    }


def _pair(number: str) -> tuple[Committee, Committee]:
    """Return a committee abroad and its mirror committee."""
    made = []
    for body, kind, reference in (
        (Body.ISO, CommitteeKind.TC, f"ISO/TC {number}"),
        (Body.SAC, CommitteeKind.NATIONAL, f"SAC/TC {number}"),
    ):
        slug = reference.lower().replace("/", "-").replace(" ", "-")
        one = Committee(reference=reference, slug=slug, body=body, kind=kind, sort_key=reference)
        one.names.append(CommitteeName(title_en=f"Subject {number}", title_zh=f"主题{number}"))
        session.add(one)
        made.append(one)
    session.flush()
    session.add(Mirror(committee_id=made[0].id, national_id=made[1].id, starts_on=BEGAN))
    return made[0], made[1]
