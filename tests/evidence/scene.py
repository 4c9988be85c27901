"""What the pages of this room speak of, for the matrix: one's own forum, city and committee, and another's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from forum.cities.models import Pilot
from forum.committees.models import Body, Committee, CommitteeKind, Confidence
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.identifiers import digest
from forum.evidence.models import CityUse, EvidenceLink, Idea
from forum.evidence.operations import uses
from forum.evidence.operations.uses import Case
from forum.evidence.states import Capacity, Relation, UseConsent, UseWay
from forum.places.models import City
from forum.standards.models import Scheme, Standard
from forum.standards.references import folded
from forum.watching.models import Frequency, Watch, WatchDigest, WatchKind
from tests.cast import Cast

SECRETS = {"own": "watching-link-own", "other": "watching-link-other"}


def furnish(cast: Cast, now: datetime) -> dict[str, dict[str, str]]:
    """Give each side a standard, an idea, a link, a case, and something that is followed."""
    made = {}
    for side, place, holder in (("own", "Hangzhou", "delegate"), ("other", "Osaka", "other_focal")):
        city = session.scalars(select(City).filter_by(name_en=place)).first()
        city = city or session.scalars(select(City).order_by(City.id)).first()
        made[side] = _side(cast, side, city, holder, now)
    return made


def _side(cast: Cast, side: str, city: City | None, holder: str, now: datetime) -> dict[str, str]:
    if city is None:
        message = "the cast has cities"
        raise RuntimeError(message)
    committee = Committee(
        reference=f"ISO/TC 9{len(side)}", slug=f"evidence-{side}", body=Body.ISO, kind=CommitteeKind.TC
    )
    session.add(committee)
    session.flush()
    reference = f"ISO 9{len(side)}101:2020"
    standard = Standard(
        slug=f"evidence-{side}",
        scheme=Scheme.ISO,
        reference=reference,
        folded_reference=folded(reference),
        kind="IS",
        title_en="Communities",
        committee_id=committee.id,
        stage="60.60",
        stage_equivalent="60.60",
        created_at=now - timedelta(days=100),
    )
    pilot = Pilot(city_id=city.id, area="A01", title_en="Trial", title_zh="试行", starts_on=date(2026, 1, 1))
    session.add_all([standard, pilot])
    session.flush()
    idea = Idea(
        raised_on=now.date(),
        raised_as=Capacity.CITY,
        account_id=cast.accounts[holder],
        city_id=city.id,
        committee_id=committee.id,
        title_en="An idea",
        title_zh="建议",
        problem_en="A problem",
        problem_zh="问题",
    )
    link = EvidenceLink(
        subject=f"pilot:{pilot.public_id}",
        relation=Relation.TRIED,
        target=f"standard:{standard.public_id}",
        happened_on=date(2026, 1, 1),
        account_id=cast.accounts[holder],
        asserted_by=cast.account(holder).actor().reference,
        asserted_as=Capacity.CITY,
        asserted_at=now,
        confidence=Confidence.VERIFIED,
    )
    session.add_all([idea, link])
    said = Case(
        standard,
        Text("Case", "案例"),
        Text("Result", "成效"),
        UseWay.APPLIED,
        date(2026, 1, 1),
        consent=UseConsent.PACK,
    )
    use: CityUse = uses.file_use(city, said, actor=SYSTEM, now=now)
    watch = Watch(
        account_id=cast.accounts[holder],
        kind=WatchKind.STANDARD,
        key=f"standard:{standard.id}",
        standard_id=standard.id,
        frequency=Frequency.DAILY,
        since=now,
    )
    secret = SECRETS[side]
    session.add_all([watch, WatchDigest(account_id=cast.accounts[holder], at=now, lines=1, token_hash=digest(secret))])
    session.flush()
    return {
        "idea_id": idea.public_id,
        "link_id": link.public_id,
        "use_id": use.public_id,
        "standard_slug": standard.slug,
        "ending": "docx",
        "watch_id": watch.public_id,
        "token": secret,
    }
