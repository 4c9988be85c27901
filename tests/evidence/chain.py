"""A small chain: a session, a city with a pilot, a partnership, a standard with stages, and who works on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from forum.accounts.models import Account
from forum.agenda.models import AgendaSession
from forum.cities.models import CityProfile, Pilot
from forum.cities.words import CityLevel, Visibility
from forum.committees.models import Body, Committee, CommitteeKind, Mirror, Post, PostRole, TitleStatus
from forum.core.actor import SYSTEM, Actor
from forum.core.database import session
from forum.evidence.queries.ends import End, end
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment, appoint
from forum.places.models import City
from forum.standards.models import Scheme, StageEvent, StageKind, Standard, Standing
from forum.standards.references import folded
from forum.web.viewer import NOBODY, Viewer
from tests.cast import Cast
from tests.conftest import START
from tests.cooperation.pair import Pair, in_force
from tests.furnishing import Said, add_session, release

HIDDEN = "CANARY-hidden"
OFFICER, SECRETARY, LIAISON, OTHER_LIAISON, ORGANISER = "neighbour", "protocol", "delegate", "other_focal", "organiser"


@dataclass
class Chain:
    """Everything that links can speak of; ids, since each request has its own session."""

    cast: Cast
    pair: Pair
    ids: dict[str, int]

    def one(self, model: type[Any], name: str) -> Any:
        """Return one of the rows in the current session."""
        return session.get_one(model, self.ids[name])

    @property
    def standard(self) -> Standard:
        found: Standard = self.one(Standard, "standard")
        return found

    @property
    def talk(self) -> str:
        return f"session:{self.one(AgendaSession, 'talk').public_id}"

    @property
    def pilot(self) -> str:
        return f"pilot:{self.one(Pilot, 'pilot').public_id}"

    @property
    def standard_reference(self) -> str:
        return f"standard:{self.standard.public_id}"

    def actor(self, who: str) -> Actor:
        return self.cast.account(who).actor()

    def viewer(self, who: str | None) -> Viewer:
        """Return somebody as they look at a page now."""
        return NOBODY if who is None else viewer_of(self.cast.account(who), START)

    def end(self, reference: str, who: str | None = "admin") -> End:
        found = end(reference, self.viewer(who), START)
        assert found is not None, reference
        return found


def viewer_of(account: Account, now: datetime) -> Viewer:
    """Return an account as a viewer with its grants."""
    grants = {grant for source in current_app.extensions["forum.grants"] for grant in source(account.id, now)}
    return Viewer(
        account_id=account.id,
        public_id=account.public_id,
        name=account.name,
        language=account.language,
        is_admin=account.is_admin,
        second_factor=True,
        grants=frozenset(grants),
    )


def committee(reference: str, slug: str, kind: CommitteeKind = CommitteeKind.TC, body: Body = Body.ISO) -> Committee:
    made = Committee(reference=reference, slug=slug, body=body, kind=kind, sort_key=slug)
    session.add(made)
    session.flush()
    return made


def standard(reference: str, slug: str, owner: Committee | None, stage: str = "60.60", **more: Any) -> Standard:
    facts: dict[str, Any] = {
        "scheme": Scheme.ISO,
        "kind": "IS",
        "title_en": "Sustainable development in communities",
        "title_zh": "CANARY-unofficial 社区可持续发展",
        "zh_status": TitleStatus.UNOFFICIAL,
        "stage": stage,
        "stage_equivalent": stage,
        "standing": Standing.PUBLISHED,
        "created_at": START - timedelta(days=400),
        **more,
    }
    made = Standard(
        reference=reference, folded_reference=folded(reference), slug=slug, sort_key=slug,
        committee_id=owner.id if owner else None, **facts,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def stage(of: Standard, code: str, on: date | None, **more: Any) -> StageEvent:
    facts: dict[str, Any] = {"created_at": START, "kind": StageKind.OBSERVED, "scheme": Scheme.ISO, **more}
    made = StageEvent(standard_id=of.id, code=code, on=on, **facts)
    session.add(made)
    session.flush()
    return made


def profile_of(name: str, visibility: Visibility = Visibility.PUBLIC) -> CityProfile:
    city = session.scalars(select(City).filter_by(name_en=name)).one()
    made = CityProfile(city_id=city.id, slug=name.lower(), level=CityLevel.SUB_PROVINCIAL, visibility=visibility)
    session.add(made)
    session.flush()
    return made


def chain(cast: Cast) -> Chain:
    """Lay everything out; call inside a write transaction."""
    pair = in_force(cast)
    pair.version.registered_title_en, pair.version.registered_title_zh = "Two cities, one standard", "两城一标"
    appoint(cast.account(OFFICER), Appointment(OfficeRole.STANDARDS_OFFICER, date(2026, 1, 1)), actor=SYSTEM, now=START)
    mirror = committee("SAC/TC 567", "sac-tc-567", CommitteeKind.NATIONAL, Body.SAC)
    owner = committee("ISO/TC 268", "iso-tc-268")
    session.add(Mirror(committee_id=owner.id, national_id=mirror.id, starts_on=date(2020, 1, 1)))
    session.add(
        Post(
            account_id=cast.accounts[SECRETARY],
            committee_id=mirror.id,
            role=PostRole.MIRROR_SECRETARY,
            starts_on=date(2026, 1, 1),
        )
    )
    forum = cast.forum
    talk = add_session(forum, Said(("From talk to standard", "从论坛到标准")), None, datetime(2027, 4, 20, 10, 0), 60)
    release(forum, START)
    secret = add_session(forum, Said((HIDDEN, f"{HIDDEN}-zh")), None, datetime(2027, 4, 21, 10, 0), 60)
    profile_of("Hangzhou")
    profile_of("Osaka", Visibility.HIDDEN)
    hangzhou = session.scalars(select(City).filter_by(name_en="Hangzhou")).one()
    osaka = session.scalars(select(City).filter_by(name_en="Osaka")).one()
    trial = Pilot(city_id=hangzhou.id, area="A01", title_en="Pilot", title_zh="试点", starts_on=date(2026, 5, 1))
    veiled = Pilot(city_id=osaka.id, area="A01", title_en=HIDDEN, title_zh=HIDDEN, starts_on=date(2026, 6, 1))
    session.add_all([trial, veiled])
    work = standard("ISO 37101:2016", "iso-37101", owner, published_on=date(2016, 7, 1))
    for code, on in (("10.99", date(2013, 2, 1)), ("40.20", date(2015, 3, 1)), ("60.60", date(2016, 7, 1))):
        stage(work, code, on, created_at=START - timedelta(days=300))
    session.flush()
    ids = {
        "talk": talk.id,
        "secret": secret.id,
        "pilot": trial.id,
        "veiled": veiled.id,
        "standard": work.id,
        "committee": owner.id,
        "mirror": mirror.id,
        "hangzhou": hangzhou.id,
        "osaka": osaka.id,
    }
    return Chain(cast, pair, ids)
