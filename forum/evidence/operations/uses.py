"""Filing how a city uses a standard, the city's consent, the national office's confirmation, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from forum.audit.operations import record
from forum.cities.models import Pilot
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence import errors
from forum.evidence.models import CityUse
from forum.evidence.operations.keeping import hold
from forum.evidence.operations.publishing import republish
from forum.evidence.states import UseConsent, UseState, UseWay
from forum.places.models import City
from forum.standards.models import Standard
from forum.translation.both_sides import write_both


@dataclass(frozen=True, slots=True)
class Case:
    """How a city uses a standard, in its own words."""

    standard: Standard | None
    title: Text
    result: Text
    way: UseWay
    starts_on: date
    ends_on: date | None = None
    clauses: str = ""
    website: str = ""
    pilot: Pilot | None = None
    consent: UseConsent = UseConsent.NONE


def _sound(case: Case, now: datetime) -> Standard:
    if case.standard is None:
        raise errors.StandardNeeded
    if not case.title:
        raise errors.TitleNeeded
    if not case.result:
        raise errors.ResultNeeded
    if case.starts_on > now.date():
        raise errors.DateAhead(field="starts_on")
    if case.ends_on is not None and case.ends_on < case.starts_on:
        raise errors.PeriodReversed
    if case.website and not case.website.startswith("https://"):
        raise errors.WebsiteUnsafe
    return case.standard


def file_use(city: City, case: Case, *, actor: Actor, now: datetime) -> CityUse:
    """File a city's case; it waits for the national office.  Raises what is wrong with it, at its field."""
    standard = _sound(case, now)
    use = CityUse(city_id=city.id, standard_id=standard.id, filed_by=actor.reference, starts_on=case.starts_on)
    _write(use, case, actor, now)
    session.add(use)
    session.flush()
    _note(use, "file", actor, now)
    return use


def reword_use(use: CityUse, case: Case, *, seen: int, actor: Actor, now: datetime) -> None:
    """Change a case that isn't confirmed; raise ``ConfirmedStays``, ``ChangedMeanwhile`` or what is wrong with it."""
    hold(use, seen)
    if use.state is not UseState.FILED:
        raise errors.ConfirmedStays
    use.standard_id = _sound(case, now).id
    _write(use, case, actor, now)
    use.filed_by = actor.reference
    session.flush()
    session.expire(use, ["standard"])
    _note(use, "reword", actor, now)


def _write(use: CityUse, case: Case, actor: Actor, now: datetime) -> None:
    write_both(use, {"title": case.title, "result": case.result}, actor=actor, now=now)
    use.way, use.clauses, use.website = case.way, case.clauses, case.website
    use.starts_on, use.ends_on = case.starts_on, case.ends_on
    use.pilot_id = case.pilot.id if case.pilot is not None else None
    _set_consent(use, case.consent, now)


def _set_consent(use: CityUse, consent: UseConsent, now: datetime) -> None:
    if use.consent is not consent or use.consented_on is None:
        use.consented_on = now.date() if consent is not UseConsent.NONE else None
    use.consent = consent


def consent(use: CityUse, wish: UseConsent, *, seen: int | None, actor: Actor, now: datetime) -> None:
    """Say anew how far the case may travel; at any time, and at once.  Raises ``WithdrawnAlready``."""
    hold(use, seen)
    if use.state is UseState.WITHDRAWN:
        raise errors.WithdrawnAlready
    _set_consent(use, wish, now)
    session.flush()
    _note(use, "consent", actor, now)
    republish(now)


def confirm_use(use: CityUse, *, seen: int | None, actor: Actor, now: datetime) -> None:
    """Stand behind a case for the national office; raise ``SomebodyElseConfirms`` or that it is settled."""
    hold(use, seen)
    if use.state is UseState.WITHDRAWN:
        raise errors.WithdrawnAlready
    if use.state is UseState.CONFIRMED:
        raise errors.ConfirmedAlready
    if use.filed_by == actor.reference:
        raise errors.SomebodyElseConfirms
    use.state, use.confirmed_by, use.confirmed_at = UseState.CONFIRMED, actor.reference, now
    session.flush()
    _note(use, "confirm", actor, now)
    republish(now)


def withdraw_use(use: CityUse, *, seen: int | None, actor: Actor, now: datetime) -> None:
    """Take a case back; it stays for the record.  Raises ``WithdrawnAlready``."""
    hold(use, seen)
    if use.state is UseState.WITHDRAWN:
        raise errors.WithdrawnAlready
    use.state, use.withdrawn_at = UseState.WITHDRAWN, now
    session.flush()
    _note(use, "withdraw", actor, now)
    republish(now)


def _note(use: CityUse, action: str, actor: Actor, now: datetime) -> None:
    record(
        actor,
        action,
        "city_use",
        use.public_id,
        now=now,
        state=str(use.state),
        consent=str(use.consent),
        way=str(use.way),
    )
