"""How long each class of personal data is kept after a forum, and from which instant it is due.

Source: the privacy rules of the house (purpose ended, PIPL article 19 and GDPR article 5(1)(e)).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from forum.registration.models import FieldClass

FIELD_LIFE: dict[FieldClass, timedelta] = {
    FieldClass.MEDICAL: timedelta(0),
    FieldClass.HEALTH: timedelta(days=7),
    FieldClass.IDENTITY: timedelta(days=30),
    FieldClass.TRAVEL: timedelta(days=30),
    FieldClass.CONTACT: timedelta(days=365),
}
DOCUMENT_LIFE: dict[str, timedelta] = {
    "passport_copy": timedelta(days=30),
    "photo": timedelta(days=90),
}
OTHER_DOCUMENTS = timedelta(days=365)
ADDRESSES = timedelta(days=365)  # mail addresses and notes of the desk
DRAFTS = timedelta(days=30)
IMPORTS = timedelta(days=30)  # files that were uploaded and never applied


def end_of_forum(last_day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which the last day of a forum is over at the venue."""
    return datetime.combine(last_day + timedelta(days=1), time(0), zone).astimezone(UTC)


def due_classes(ended: datetime, now: datetime) -> tuple[FieldClass, ...]:
    """Return the classes of sealed fields whose time is over."""
    return tuple(kind for kind, life in FIELD_LIFE.items() if ended + life <= now)


def document_due(kind: str, ended: datetime, now: datetime) -> bool:
    """Tell whether the time of a kind of document is over."""
    return ended + DOCUMENT_LIFE.get(kind, OTHER_DOCUMENTS) <= now
