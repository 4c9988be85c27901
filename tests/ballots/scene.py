"""What the routes of ballots speak of in the matrix: a case of one mirror committee, and one of another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

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


SIDES = (
    ("own", "ISO/TC 268", "SAC/TC 567", ("member", "delegate")),
    ("other", "ISO/IEC JTC 1", "SAC/TC 28", ("other_member", "other_focal")),
)


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Create a case on each side and return the arguments of the routes; call inside a write transaction.

    Who holds a post of SAC/TC 567 or an office of the nation is on the own side; the case is in its enquiry.  The
    member who is asked is the one of the small world, where it is furnished.
    """
    configuring.seed_rules(now=now)
    made = {
        side: _side(cast, abroad, home, next(who for who in people if who in cast.accounts), now)
        for side, abroad, home, people in SIDES
    }
    session.flush()
    return made


def _side(cast: Cast, abroad_reference: str, home_reference: str, asked: str, now: datetime) -> dict[str, str]:
    abroad = _committee(Body.ISO, CommitteeKind.TC, abroad_reference)
    national = _committee(Body.SAC, CommitteeKind.NATIONAL, home_reference)
    if session.scalar(select(Mirror.id).filter_by(committee_id=abroad.id, national_id=national.id)) is None:
        session.add(Mirror(committee_id=abroad.id, national_id=national.id, starts_on=BEGAN))
    account = cast.accounts[asked]
    if session.scalar(select(Post.id).filter_by(account_id=account, committee_id=national.id)) is None:
        session.add(Post(account_id=account, committee_id=national.id, role=PostRole.MIRROR_MEMBER, starts_on=BEGAN))
    session.flush()
    ballot = opening.open_ballot(
        opening.Opening(
            kind=BallotKind.CIB,
            committee=abroad,
            national=national,
            opens_on=now.date() - timedelta(days=7),
            closes_on=now.date() + timedelta(days=77),
            title=Text(f"Question to {home_reference}", f"{home_reference}问题"),
            summary=Text("", "摘要"),
        ),
        actor=SYSTEM.with_roles("secretary"),
        now=now,
    )
    enquiring.begin(
        ballot, enquiring.Enquiry((account,), draft=upload()), actor=SYSTEM.with_roles("secretary"), now=now
    )
    document = cases.documents(ballot.id)[0]
    assert ballot.state is CaseState.ENQUIRY
    return {
        "ballot_id": ballot.public_id,
        "file_id": document.public_id,
        "action": "close_enquiry",
        "code": "VG-02",
        "kind": "dis",
        "secret": feeds.subscribe(account, actor=SYSTEM, now=now),
    }


def _committee(body: Body, kind: CommitteeKind, reference: str) -> Committee:
    """Return the committee of that reference, made where no other scene has made it."""
    found = session.scalar(select(Committee).where(Committee.reference == reference))
    if found is None:
        slug = reference.lower().replace("/", "-").replace(" ", "-")
        found = Committee(reference=reference, slug=slug, body=body, kind=kind, sort_key=reference)
        found.names.append(CommitteeName(title_en=f"Subject of {reference}", title_zh=f"{reference}主题"))
        session.add(found)
        session.flush()
    return found
