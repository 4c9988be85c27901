"""What addresses of partnerships and of matching rounds name: cases of all sides, and a round with a pair.

Beside the people of the forum stand those whom only a review has: of the case's own province and of another one, of
a municipality, of the foreign-affairs office, of the committee.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

from forum.accounts.models import Account, SignIn
from forum.agreements.operations import proposals
from forum.agreements.operations.editing import Wording, add_own_clause
from forum.cooperation.models import ActivityKind, ConditionKind, DeliverableKind
from forum.cooperation.operations import comparing, linking, planning, publishing, reporting
from forum.cooperation.rules.milestones import Condition
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.identifiers import digest, secret_token
from forum.matching.operations import rounds
from forum.matching.operations.rounds import Call
from forum.matching.operations.settings import list_country
from forum.matching.rules.facts import Grounds
from forum.offices.models import Office, OfficeRole
from forum.partnerships.library_text import start
from forum.partnerships.models import (
    AgreementVersion,
    AnswerKind,
    AttachmentKind,
    CaseAttachment,
    CaseOpinion,
    CaseReview,
    Instrument,
    Level,
    OpinionKind,
    ReturnPoint,
    Side,
)
from forum.partnerships.models.review import PointCategory
from forum.partnerships.operations.governing import Handing, delegate
from forum.partnerships.operations.proposing import Proposal, propose
from forum.partnerships.rules.seeing import entered
from forum.partnerships.states import VersionState
from forum.places.models import City, Province
from forum.ports.files.keeping import store
from forum.ports.files.kinds import kind_named
from tests.cast import Cast
from tests.cooperation.pair import Pair, accepted, handed, held, in_force, planned
from tests.cooperation.test_publishing import WORDS
from tests.cooperation.test_reporting import opened, written
from tests.matching.cities import HANGZHOU, LYON

INDICATOR = reporting.Indicator(
    Text("Roofs", "屋顶"), Text("ha", "公顷"), Text("Yearbook", "年鉴"), "1", 2026, "2", 2030
)
ZHEJIANG, GUANGDONG, BEIJING = "330000", "440000", "110000"
OFFICERS: dict[str, tuple[OfficeRole, str]] = {
    "province": (OfficeRole.PROVINCE_REVIEWER, ZHEJIANG),
    "province_lead": (OfficeRole.PROVINCE_LEAD, ZHEJIANG),
    "other_province": (OfficeRole.PROVINCE_REVIEWER, GUANGDONG),
    "other_province_lead": (OfficeRole.PROVINCE_LEAD, GUANGDONG),
    "municipality": (OfficeRole.PROVINCE_REVIEWER, BEIJING),
    "municipal_lead": (OfficeRole.CITY_LEAD, "Beijing"),
    "counterpart_lead": (OfficeRole.CITY_LEAD, "Lyon"),
    "city_fa": (OfficeRole.FA_OFFICER, "Hangzhou"),
    "province_fa": (OfficeRole.FA_OFFICER, ZHEJIANG),
    "expert": (OfficeRole.TC_EXPERT, ""),
    "other_expert": (OfficeRole.TC_EXPERT, ""),
    "registrar": (OfficeRole.NATIONAL_REGISTRAR, ""),
}
NATION = Actor("account:nation", roles=frozenset({"national_registrar"}))


def case_of(
    inviting: City, counterpart: City, account: int, now: datetime, instrument: Instrument = Instrument.MEMORANDUM
) -> dict[str, str]:
    """An invitation with a point of a return; what addresses call them."""
    proposal = Proposal(
        instrument,
        title=Text("Water indicators", "水务指标"),
        objectives=Text("Compare results.", "比较结果。"),
        invitation=Text("We invite you.", "诚邀贵市。"),
        areas=("A09",),
    )
    drafter = Actor("account:drafter", account, "en", frozenset({"city_liaison"}))
    version: AgreementVersion = propose(inviting, [counterpart], proposal, actor=drafter, now=now)
    version.state = VersionState.INVITED
    version.circle = version.reached = entered(version.state)
    return {"case_id": version.public_id, "point_id": _point_of(version, now)}


def _running(pair: Pair) -> dict[str, str]:
    """Something of each kind that a partnership in force holds."""
    output = planning.Output(DeliverableKind.CASE, Text("A joint case", "联合案例"), Side.DOMESTIC, date(2027, 12, 1))
    deliverable = planning.plan_deliverable(pair.partnership, output, **pair.as_("delegate"))  # type: ignore[arg-type]
    activity = held(pair)
    both = planned(pair, kind=ActivityKind.PARALLEL, title=Text("One standard", "同一标准"))
    title = Text("Governance", "治理")
    clause = comparing.add_clause(both, "4.6.2", title, **pair.as_("delegate"))  # type: ignore[arg-type]
    board = ("board", "board_csv", "new_clause", "clause_result", "clause_difference", "remove_clause")
    evidence = accepted(pair, target=activity.reference)
    words = replace(WORDS, evidence=evidence)
    outcome = publishing.propose_outcome(pair.partnership, words, **pair.as_("delegate"))  # type: ignore[arg-type]
    doing = pair.as_("delegate")
    link = linking.link_standard(pair.partnership, "ISO 37101:2016", **doing)  # type: ignore[arg-type]
    aim = planning.Aim(
        Text("First course", "首期培训"),
        date(2027, 12, 1),
        [Condition(ConditionKind.ACTIVITY, activity_id=activity.id)],
    )
    milestone = planning.set_milestone(pair.partnership, aim, **doing)  # type: ignore[arg-type]
    indicator = reporting.set_outcome(pair.partnership, INDICATOR, **doing)  # type: ignore[arg-type]
    return {
        **{f"cooperation.{endpoint}.activity_id": both.public_id for endpoint in board},
        "clause_id": clause.public_id,
        "link_id": link.public_id,
        "milestone_id": milestone.public_id,
        "indicator_id": indicator.public_id,
        "activity_id": activity.public_id,
        "evidence_id": evidence.public_id,
        "outcome_id": outcome.public_id,
        "report_id": written(pair).public_id,
        "assessment_id": opened(pair).public_id,
        "deliverable_id": deliverable.public_id,
        "cooperation.evidence.evidence_id": handed(pair, content="name\nLyon\n").evidence.public_id,
        "cooperation.activity_step.action": "cancel",
        "cooperation.deliverable_step.action": "begin",
        "cooperation.report_step.action": "submit",
    }


def hand_in_scan(version: AgreementVersion, account: int) -> str:
    """A signed copy of a case; what addresses call it."""
    kind = kind_named("copy.pdf")
    assert kind is not None
    stored = store(BytesIO(b"%PDF-1.7\n%%EOF\n"), "copy.pdf", f"agreement:{version.public_id}", [kind])
    copy = CaseAttachment(
        version_id=version.id,
        kind=AttachmentKind.SCAN,
        language="en",
        file_id=stored.id,
        sha256=stored.sha256,
        added_by=account,
    )
    session.add(copy)
    session.flush()
    return copy.public_id


def _point_of(version: AgreementVersion, now: datetime) -> str:
    point = ReturnPoint(
        version_id=version.id,
        level=1,
        moves=0,
        part="text",
        category=PointCategory.UNCLEAR,
        text="Say which indicators.",
        raised_at=now,
    )
    session.add(point)
    session.flush()
    return point.public_id


def sign_in(cast: Cast, who: str, now: datetime) -> int:
    """Make an account and sign it in; return its id."""
    account = Account(email=f"{who}@forum.test", name=who.replace("_", " ").title(), language="en")
    session.add(account)
    session.flush()
    cast.accounts[who], cast.tokens[who] = account.id, secret_token()
    session.add(
        SignIn(
            account_id=account.id,
            token_hash=digest(cast.tokens[who]),
            last_seen_at=now,
            expires_at=now + timedelta(days=400),
            second_factor_at=now,
            device="test",
        )
    )
    return account.id


def appoint_officers(cast: Cast, now: datetime) -> None:
    """Give Hangzhou its province, make Beijing, and appoint those who review."""
    for code, english, chinese, kind in (
        (ZHEJIANG, "Zhejiang", "浙江省", "province"),
        (GUANGDONG, "Guangdong", "广东省", "province"),
        (BEIJING, "Beijing", "北京市", "municipality"),
    ):
        session.add(Province(code=code, name_en=english, name_zh=chinese, kind=kind))
    session.flush()
    session.query(City).filter_by(name_en="Hangzhou").one().province_code = ZHEJIANG
    zone = "Asia/Shanghai"
    session.add(City(name_en="Beijing", name_zh="北京", country_iso2="CN", province_code=BEIJING, zone_name=zone))
    session.flush()
    for who, (role, place) in OFFICERS.items():
        account = sign_in(cast, who, now)
        office = Office(account_id=account, role=role, starts_on=now.date())
        if place.isdecimal():
            office.province_code = place
        elif place:
            office.city_id = session.query(City).filter_by(name_en=place).one().id
        session.add(office)
    session.flush()


def reviewed(inviting: City, counterpart: City, cast: Cast, now: datetime) -> dict[str, str]:
    """A case before its province, with the question to the committee's expert; what addresses call it."""
    named = case_of(inviting, counterpart, cast.accounts["neighbour"], now, Instrument.INTENT)
    version = session.query(AgreementVersion).filter_by(public_id=named["case_id"]).one()
    version.state = VersionState.PROVINCE_REVIEW
    version.circle = version.reached = entered(version.state)
    session.add(CaseReview(version_id=version.id, level=int(Level.PROVINCE), asked_at=now, due_on=now.date()))
    raised = session.query(ReturnPoint).filter_by(public_id=named["point_id"]).one()
    raised.level, raised.answer_kind = int(Level.PROVINCE), AnswerKind.EXPLAINED
    raised.answer, raised.answered_at = "Those of the annex.", now
    if inviting.name_en == "Hangzhou":
        author = cast.accounts["expert"]
        session.add(CaseOpinion(version_id=version.id, kind=OpinionKind.EXPERT, author_id=author, asked_at=now))
    session.flush()
    return named


def negotiated(inviting: City, cast: Cast, named: dict[str, str], now: datetime) -> dict[str, str]:
    """Bring an invited case into negotiation, with a wording that each side has proposed."""
    version = session.query(AgreementVersion).filter_by(public_id=named["case_id"]).one()
    version.state = VersionState.NEGOTIATING
    mine, theirs = sorted(version.partnership.parties, key=lambda party: party.city_id != inviting.id)
    drafter, other = cast.account("delegate").actor(), cast.account("other_focal").actor()
    text = start(version, mine.public_id, actor=drafter, now=now)
    made: list[str] = []
    for clause, party, actor in zip(text.clauses, (theirs, mine), (other, drafter), strict=False):
        wording = Wording("Another wording.", "另一种措辞。")
        seen = clause.version
        made.append(
            proposals.propose(
                clause, wording, seen_version=seen, party_key=party.public_id, actor=actor, now=now
            ).public_id
        )
    own = Wording("Each side plants a tree.", "双方各植一棵树。", "Trees", "植树")
    added = add_own_clause(text, own, party_key=mine.public_id, actor=drafter, now=now)
    added.matched_hash = ""
    return {
        "partnerships.accept_wording.key": made[0],
        "partnerships.withdraw_wording.key": made[1],
        "key": added.key,
    }


def returned(inviting: City, counterpart: City, cast: Cast, now: datetime) -> dict[str, str]:
    """A case that was returned with a point, and one that is negotiated without a text; what addresses call them."""
    named = case_of(inviting, counterpart, cast.accounts["neighbour"], now, Instrument.INTENT)
    version = session.query(AgreementVersion).filter_by(public_id=named["case_id"]).one()
    version.state, version.returned_from = VersionState.RETURNED, VersionState.PROVINCE_REVIEW
    version.circle = version.reached = entered(VersionState.PROVINCE_REVIEW)
    bare = case_of(inviting, counterpart, cast.accounts["neighbour"], now, Instrument.JOINT_PLAN)
    begun = session.query(AgreementVersion).filter_by(public_id=bare["case_id"]).one()
    begun.state, begun.circle = VersionState.NEGOTIATING, entered(VersionState.NEGOTIATING)
    session.flush()
    return {
        "partnerships.point.case_id": named["case_id"],
        "partnerships.point.point_id": named["point_id"],
        "partnerships.begin_text.case_id": bare["case_id"],
    }


def furnish_partnerships(values: dict[str, dict[str, str]], cast: Cast, now: datetime) -> None:
    """Give each side a case, and the nation a round with one pair."""
    city = {name: session.query(City).filter_by(name_en=name).one() for name in ("Hangzhou", "Lyon", "Osaka")}
    drafter = cast.accounts["neighbour"]
    appoint_officers(cast, now)
    pair = in_force(cast)
    values["own"] |= {"case_id": pair.version.public_id, "point_id": _point_of(pair.version, now)}
    running = _running(pair)
    for side in ("own", "colleague", "other"):
        values[side] |= running  # asked below another case, these aren't there
        values[side] |= {"key": "purpose", "registry.partnership.number": pair.version.registry_number or ""}
    scan = hand_in_scan(pair.version, cast.accounts["registration"])
    for side in ("own", "colleague", "other"):
        values[side]["partnerships.read_file.file_id"] = scan
    start(pair.version, pair.partnership.parties[0].public_id, actor=cast.account("delegate").actor(), now=now)
    values["colleague"] |= case_of(city["Hangzhou"], city["Osaka"], drafter, now)
    values["colleague"] |= negotiated(city["Hangzhou"], cast, values["colleague"], now)
    values["own"] |= returned(city["Hangzhou"], city["Lyon"], cast, now)
    values["other"] |= case_of(city["Lyon"], city["Osaka"], cast.accounts["focal"], now)
    beijing = session.query(City).filter_by(name_en="Beijing").one()
    for side, inviting in (("province", city["Hangzhou"]), ("elsewhere", beijing)):
        values[side] = {**values["colleague"], **reviewed(inviting, city["Osaka"], cast, now)}
    day = now.date()
    call = Call("round-1", Text("Round 1", "第一轮"), Text("Call", "征集"), day, day + timedelta(days=30))
    opened = rounds.open_round(call, actor=NATION, now=now)
    facts = [replace(HANGZHOU, id=city["Hangzhou"].id), replace(LYON, id=city["Lyon"].id)]
    rounds.freeze(opened, [replace(each, confirmed_on=day) for each in facts], Grounds(day), actor=NATION, now=now)
    (match,) = rounds.propose(opened, actor=NATION, now=now)
    list_country("JP", actor=NATION, now=now)
    session.flush()
    handing = Handing("D-2027-1", Instrument.MEMORANDUM, "330000", day, day + timedelta(days=30))
    handed_on = delegate(handing, actor=NATION, now=now).public_id
    for side in ("own", "colleague", "other", "province", "elsewhere"):
        values[side] |= {
            "round_slug": opened.slug,
            "pair_id": match.public_id,
            "iso2": "JP",
            "code": "0" * 16,
            "partnerships.step.action": "express_interest",
            "opinion_id": "0" * 16,
            "delegation_id": handed_on,
        }
