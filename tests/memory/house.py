"""What the tests of the memory begin with: a translator, and reviews that teach it."""

from __future__ import annotations

from datetime import date

from forum.core.actor import Actor
from forum.core.database import session
from forum.memory.operations import Learnt, learn
from forum.offices.models import Office, OfficeRole
from forum.translation.neighbours import Reviewed
from tests.cast import Cast
from tests.conftest import START

REVIEWER = Actor("account:reviewer")


def appoint_translator(cast: Cast, who: str = "stranger") -> None:
    """Give somebody the office of translator."""
    session.add(Office(account_id=cast.accounts[who], role=OfficeRole.TRANSLATOR, starts_on=date(2027, 1, 1)))
    session.flush()


def taught(
    source: str,
    target: str,
    *,
    record: str = "a",
    entity: str = "agenda_session",
    field: str = "title",
    machine: bool = False,
    languages: tuple[str, str] = ("en", "zh"),
) -> Learnt:
    """Learn one reviewed text."""
    reviewed = Reviewed(entity, record, field, *languages, source, target, by_machine=machine)
    return learn(reviewed, actor=REVIEWER, now=START)
