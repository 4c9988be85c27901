"""The catalogue as tests need it: the seeds, and people of the cast with offices and posts.

registration  national standards officer    viewer   auditor
protocol      secretary of SAC/TC 567       agenda   its chair
delegate      its expert                    door     a contact of a unit of SAC/TC 426
organiser     submission officer            stranger nobody
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import Flask
from sqlalchemy import select

from forum.committees.models import Committee, Post, PostRole
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.offices.models import Office, OfficeRole
from forum.standards import operations
from forum.standards.models import Standard
from tests.cast import Cast

SINCE = date(2027, 1, 1)
OFFICES = (
    ("registration", OfficeRole.STANDARDS_OFFICER),
    ("viewer", OfficeRole.AUDITOR),
    ("organiser", OfficeRole.SUBMISSION_OFFICER),
)
POSTS = (
    ("protocol", PostRole.MIRROR_SECRETARY, "SAC/TC 567"),
    ("agenda", PostRole.MIRROR_CHAIR, "SAC/TC 567"),
    ("delegate", PostRole.MIRROR_MEMBER, "SAC/TC 567"),
    ("door", PostRole.UNIT_CONTACT, "SAC/TC 426"),
)


def committee(reference: str) -> Committee:
    """The committee of that reference."""
    return session.scalars(select(Committee).where(Committee.reference == reference)).one()


def standard(reference: str) -> Standard:
    """The deliverable of that reference."""
    return session.scalars(select(Standard).where(Standard.reference == reference)).one()


def furnish(cast: Cast, now: datetime) -> None:
    """Load the seeds and give the cast their offices and posts; commits."""
    begin_writing()
    operations.seed(actor=SYSTEM, now=now)
    for who, role in OFFICES:
        session.add(Office(account_id=cast.accounts[who], role=role, starts_on=SINCE))
    for who, post, place in POSTS:
        session.add(Post(account_id=cast.accounts[who], committee_id=committee(place).id, role=post, starts_on=SINCE))
    session.commit()
    session.remove()


def changed(app: Flask, deed: Any) -> Any:
    """Do something to the catalogue in a transaction of its own, and return what it gave."""
    with app.app_context():
        begin_writing()
        given = deed()
        session.commit()
        session.remove()
    return given
