"""Texts of partnerships, standards and cases, public ones and others, and the people around them.

delegate      liaison of Hangzhou, a party       focal     liaison of Lyon, the other party
other_focal   liaison of Osaka, no party         protocol  secretary of SAC/TC 567
neighbour     the national standardization office
stranger      translator                         viewer    national reviewer
agenda        auditor                            organiser reviewer of a province
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from forum.adoptions.models import Adoption, AdoptionDifference, DifferenceKind
from forum.adoptions.operations import differences, entering
from forum.adoptions.operations.differences import Departure
from forum.adoptions.operations.entering import Facts, Hand
from forum.cooperation.models import ContactOffice, DeliverableKind, OutcomeKind
from forum.cooperation.operations import planning, publishing, reporting
from forum.cooperation.operations.publishing import OfficeWords, Wording
from forum.cooperation.queries import publishing as reading
from forum.cooperation.rules.milestones import Condition
from forum.cooperation.rules.publishing import CONTACT
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence.models import CityUse, Idea
from forum.evidence.operations import ideas, uses
from forum.evidence.operations.uses import Case
from forum.evidence.states import NATION, Capacity, UseConsent, UseWay
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment, appoint
from forum.partnerships.models import Side
from forum.places.models import City, Province
from forum.standards.models import Scheme, Topic
from tests.cast import Cast
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, held, planned
from tests.evidence.chain import LIAISON, OFFICER, Chain, chain, standard

OFFICE = Hand(frozenset({"office"}))
INNER = "CANARY of the inner circle:"
OPEN = "Everybody reads"


@dataclass
class House:
    """Public ids by short names; ids, since each request has its own session."""

    cast: Cast
    chain: Chain
    names: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.names[name]


def furnish_house(cast: Cast) -> House:
    """Lay everything out; call inside a write transaction."""
    laid = chain(cast)
    house = House(cast, laid)
    day = date(2026, 1, 1)
    appoint(cast.account("stranger"), Appointment(OfficeRole.TRANSLATOR, day), actor=SYSTEM, now=START)
    zhejiang = Province(code="330000", name_en="Zhejiang", name_zh="浙江")
    session.add(zhejiang)
    session.flush()
    laid.one(City, "hangzhou").province_code = zhejiang.code
    reviewer = Appointment(OfficeRole.PROVINCE_REVIEWER, day, province=zhejiang)
    appoint(cast.account("organiser"), reviewer, actor=SYSTEM, now=START)
    _partnership(house, laid.pair)
    _standards(house)
    _cases(house)
    session.flush()
    return house


def marks(pair: Pair, key: str) -> list[str]:
    """What somebody has read who consents."""
    thing = next(one for one in reading.things_of(pair.partnership) if one.key == key)
    return list(thing.fingerprints.values())


def consent(pair: Pair, key: str, who: str) -> None:
    """Consent to show a thing, for the city of somebody."""
    later: Any = pair.as_(who, START + timedelta(hours=1))
    publishing.consent(pair.partnership, key, marks(pair, key), **later)


def _partnership(house: House, pair: Pair) -> None:
    delegate: Any = pair.as_("delegate")
    focal: Any = pair.as_("focal")
    one = pair.partnership
    house.names["partnership"] = one.public_id
    plan = planned(pair, title=Text(f"{INNER} plan"), agenda=Text(f"{INNER} agenda"))
    house.names["activity"] = plan.public_id
    shown = held(pair, title=Text(f"{OPEN} of a webinar"), agenda=Text(f"{INNER} agenda of the webinar"))
    house.names["shown_activity"] = shown.public_id
    for who in ("delegate", "focal"):
        consent(pair, shown.reference, who)
    output = planning.Output(DeliverableKind.COMPARISON, Text(f"{INNER} table"), Side.FOREIGN, date(2027, 6, 1))
    house.names["deliverable"] = planning.plan_deliverable(one, output, **focal).public_id
    by_plan = Condition(kind="activity", activity_id=plan.id)  # type: ignore[arg-type]
    aim = planning.Aim(Text("", f"{INNER} 里程碑"), date(2027, 7, 1), [by_plan])
    house.names["milestone"] = planning.set_milestone(one, aim, **delegate).public_id
    measured = reporting.Indicator(Text(f"{INNER} index"), Text("index"), Text("survey"), "1", 2026, "2", 2027)
    house.names["indicator"] = reporting.set_outcome(one, measured, **delegate).public_id
    words = Wording(
        OutcomeKind.STANDARD,
        Text(f"{OPEN} of a table", "联合指标表"),
        Text("One method.", "同一方法。"),
        date(2027, 2, 1),
        accepted(pair),
    )
    outcome = publishing.propose_outcome(one, words, **delegate)
    consent(pair, outcome.reference, "focal")
    house.names["outcome"] = outcome.public_id
    offices: dict[str, ContactOffice] = {}
    for who, said in (("delegate", delegate), ("focal", focal)):
        offices[who] = publishing.name_office(one, OfficeWords(Text(f"{INNER} office of {who}")), **said)
        house.names[f"office_{who}"] = offices[who].public_id


def show_offices(house: House) -> None:
    """Let both cities consent to their contact offices."""
    for who in ("delegate", "focal"):
        consent(house.chain.pair, CONTACT, who)


def _standards(house: House) -> None:
    base = house.chain.standard
    mirror = house.chain.ids["mirror"]
    secretary = Hand(frozenset({"secretary"}), frozenset({mirror}))
    for name, reference, hand, note in (
        ("entered", "GB/T 40759-2021", OFFICE, f"{OPEN} of an entry"),
        ("proposed", "GB/T 40760-2021", secretary, f"{INNER} proposal"),
        ("silent", "GB/T 40761-2021", OFFICE, ""),
    ):
        made = standard(reference, name, None, scheme=Scheme.SAC, title_en=f"CANARY-official {name}", title_zh="")
        facts = Facts(made.reference, base.reference, mirror_id=mirror, note=Text(note))
        row: Adoption = entering.propose(facts, hand=hand, actor=SYSTEM, now=START)
        house.names[name], house.names[f"{name}_entry"] = made.slug, row.public_id
        if note:
            what = Departure(DifferenceKind.EDITORIAL, "4.2", Text(f"{note}, difference"))
            found: AdoptionDifference = differences.write_difference(
                row, None, what, hand=hand, actor=SYSTEM, now=START
            )
            house.names[f"{name}_difference"] = found.public_id
    topic = Topic(slug="quiet", name_en=f"{OPEN} of a topic")
    session.add(topic)
    session.flush()
    house.names["topic"] = topic.public_id


def case(house: House, name: str, consented: UseConsent, *, confirmed: bool = True, said: str = INNER) -> CityUse:
    """File a case of Hangzhou, and confirm it."""
    laid = house.chain
    words = Case(
        laid.standard,
        Text(f"{said} case {name}"),
        Text(f"{said} result {name}"),
        UseWay.APPLIED,
        date(2025, 1, 1),
        consent=consented,
    )
    use = uses.file_use(laid.one(City, "hangzhou"), words, actor=laid.actor(LIAISON), now=START)
    if confirmed:
        uses.confirm_use(use, seen=None, actor=laid.actor(OFFICER), now=START)
    house.names[name] = use.public_id
    return use


def _cases(house: House) -> None:
    case(house, "filed", UseConsent.PUBLIC, confirmed=False)
    case(house, "for_pack", UseConsent.PACK)
    case(house, "public", UseConsent.PUBLIC, said=OPEN)
    for name, said in (("raised", INNER), ("screened", OPEN)):
        words = ideas.Wording(Text(f"{said} idea {name}"), Text(f"{said} problem {name}"), Text(f"{said} proposer"))
        laid = house.chain
        idea: Idea = ideas.raise_idea(words, Capacity.CITY, actor=laid.actor(LIAISON), now=START)
        if name == "screened":
            step = ideas.Decision("screen")
            ideas.decide(idea, step, {NATION}, seen=None, actor=laid.actor(OFFICER), now=START)
        house.names[name] = idea.public_id
