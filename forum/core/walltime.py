"""Wall time at a venue and the instants behind it.

A slot is stored as wall time + IANA zone + fold; UTC is derived.  Two aware times of the *same* zone
subtract as if the clock had never changed, so every length and gap is taken in UTC.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from forum.core.refusals import N_, Refusal

DAY_CHANGE = time(4, 0)


class NonexistentTime(Refusal):
    """The clocks jump over this wall time."""

    message = N_("%(local)s does not exist in the time zone %(zone)s: the clocks go forward over it.")
    status = 422


class UnknownZone(Refusal):
    """The name is not in the IANA time zone database."""

    message = N_("%(zone)s is not a known time zone. Use a name such as Asia/Shanghai.")
    status = 422


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone of that name.

    Abbreviations are never accepted: CST is both China and the central United States.
    Raises ``UnknownZone``.
    """
    if "/" not in name and name != "UTC":
        raise UnknownZone(zone=name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise UnknownZone(zone=name) from fault


def _instant(local: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return local.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def is_nonexistent(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clocks of the zone jump over this naive wall time."""
    return all(_instant(local, zone, fold).astimezone(zone).replace(tzinfo=None) != local for fold in (0, 1))


def is_ambiguous(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether this naive wall time occurs twice in the zone."""
    first = local.replace(tzinfo=zone, fold=0).utcoffset()
    second = local.replace(tzinfo=zone, fold=1).utcoffset()
    return first != second and not is_nonexistent(local, zone)


def to_utc(local: datetime, zone: ZoneInfo, fold: int = 0) -> datetime:
    """Return the instant of a naive wall time; ``fold=1`` is its second occurrence.

    Raises ``NonexistentTime`` for a wall time that the clocks jump over, and ``ValueError`` for an aware one.
    """
    if local.tzinfo is not None:
        raise ValueError("wall time has no zone of its own")
    local = local.replace(fold=0)
    if is_nonexistent(local, zone):
        raise NonexistentTime(local=f"{local:%Y-%m-%d %H:%M}", zone=zone.key)
    return _instant(local, zone, fold)


def to_wall(moment: datetime, zone: ZoneInfo) -> tuple[datetime, int]:
    """Return the naive wall time of an instant in the zone, and its fold."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a zone")
    local = moment.astimezone(zone)
    return local.replace(tzinfo=None, fold=0), local.fold


def difference(zone_a: ZoneInfo, zone_b: ZoneInfo, at: datetime) -> timedelta:
    """Return by how much the clocks of ``zone_a`` are ahead of those of ``zone_b`` at that instant.

    Negative: behind.  The offset is that of the instant, never today's.
    """
    ahead = at.astimezone(zone_a).utcoffset() or timedelta()
    return ahead - (at.astimezone(zone_b).utcoffset() or timedelta())


def clock_change(begin: datetime, end: datetime, zone: ZoneInfo) -> timedelta:
    """Return by how much the clocks of the zone are moved between two instants; zero when they are not."""
    before = begin.astimezone(zone).utcoffset() or timedelta()
    return (end.astimezone(zone).utcoffset() or timedelta()) - before


def day_of(local: datetime, day_change: time = DAY_CHANGE) -> date:
    """Return the programme day of a wall time: 00:30 belongs to the evening before."""
    if local.time() < day_change:
        return local.date() - timedelta(days=1)
    return local.date()


def days_later(local: datetime, day: date) -> int:
    """Return how many calendar dates a wall time lies after its programme day: the "+1" beside 00:30."""
    return (local.date() - day).days


def minute_of_day(moment: datetime, zone: ZoneInfo, day: date, day_change: time = DAY_CHANGE) -> int:
    """Return the minutes from the beginning of the programme day to an instant.

    Counted in elapsed time, so that the order of a day with a clock change is the true one.
    """
    opening = _instant(datetime.combine(day, day_change), zone, 0)
    return int((moment.astimezone(UTC) - opening).total_seconds() // 60)
