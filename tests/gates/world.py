"""A world in which every route has something to speak of: on one's own side, on the other, and across."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO

from flask import Flask
from PIL import Image
from werkzeug.routing import Rule

from forum.accounts.models import Account, SignIn
from forum.agenda.models import CalendarSubscription, Material
from forum.cities import operations as cities
from forum.cities.models import Certificate
from forum.cities.words import Visibility
from forum.core.actor import SYSTEM, Actor
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.core.identifiers import digest, secret_token
from forum.events.models import Forum, ForumRole, PracticalSection, Room, Segment, Track
from forum.offices.models import Office, OfficeRole
from forum.partnerships.operations.governing import block
from forum.people.models import Person
from forum.places.models import City
from forum.ports.files.keeping import store
from forum.ports.files.kinds import kind_named
from forum.ports.files.models import StoredFile
from forum.ports.mail.models import OutboxMail
from forum.registration.models import (
    Category,
    Chain,
    Delegation,
    DelegationKind,
    FocalPoint,
    Participation,
    RequiredDocument,
    SeatCounter,
    WaitingEntry,
)
from forum.registration.operations.importing import Candidate, keep
from forum.registration.operations.links import offer_secret, open_link
from forum.registration.states import DelegationState, ParticipationState, WaitingState
from forum.workdays import operations as workdays
from forum.workdays.models import DayKind
from forum.workdays.operations import Special
from forum.workdays.rules.calendars import Region
from tests.cast import EVERYBODY, Cast, Client
from tests.furnishing import Said, add_person, add_session, release
from tests.gates.partnering import OFFICERS, furnish_partnerships
from tests.gates.standing import OWNED, STANDARDS_PEOPLE, furnish_standards

ROLES = (
    "visitor",
    "expired",
    "stranger",
    "delegate",
    "focal",
    "other_focal",
    "viewer",
    "door",
    "protocol",
    "registration",
    "agenda",
    "organiser",
    "neighbour",
    "admin",
    *OFFICERS,
    *STANDARDS_PEOPLE,
)
# Whose forum, whose delegation: "own" is Hangzhou with Lyon's delegation and the delegate's participation;
# "colleague" is Hangzhou with Osaka's; "other" is the forum elsewhere; "crossed" asks Hangzhou for its things.
# Of cities and cases there are two more: "province" is Hangzhou, and its case before Zhejiang; "elsewhere" is
# Beijing, and its case before the municipality.
SIDES = ("own", "colleague", "province", "elsewhere", "other", "crossed")
REVIEWED = frozenset({"case_id", "city_slug"})
# An office gives nothing in the rooms of forums; that is tried at once for somebody who holds them all.
ROOMS_OF_FORUMS = frozenset({"events", "agenda", "registration", "people", "translation"})
PERSONAL = frozenset(
    {
        "participation_id",
        "delegation_id",
        "entry_id",
        "document_id",
        "account_id",
        "device_id",
        "secret",
        "city_slug",
        "office_id",
        "case_id",
        "point_id",
    }
)


def outer(rule: Rule) -> set[str]:
    """What names a forum in an address, or its texts: what a crossed address goes on with belongs to another."""
    return rule.arguments & ({"slug", "key"} if "collection" in rule.arguments else {"slug"})


@dataclass
class World:
    """The cast with everything that addresses name."""

    cast: Cast
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    """By side: what to put into an address, by the name of its part or by ``endpoint.part``."""

    def client(self, role: str) -> Client:
        """A browser of somebody."""
        return self.cast.client(None if role == "visitor" else role)

    def sides(self, rule: Rule) -> tuple[str, ...]:
        """The sides from which an address can be asked."""
        arguments = rule.arguments - {"lang", "kind", "action", "number", "collection"}
        if not arguments:
            return ("own",)
        if arguments <= outer(rule):
            return ("own", "other")
        colleague: tuple[str, ...] = ("colleague",) if arguments & PERSONAL else ()
        if arguments & OWNED:
            return ("own", "other")
        if arguments & REVIEWED:
            colleague = ("colleague", "province", "elsewhere")
        return ("own", *colleague, "other", "crossed") if outer(rule) else ("own", *colleague)

    def address(self, rule: Rule, side: str, language: str = "en") -> str:
        """The address of a route from one side."""
        values: dict[str, object] = {}
        for name in rule.arguments:
            if name == "lang":
                values[name] = language
            else:
                crossed = "own" if name in outer(rule) else "other"
                values[name] = self._value(rule, name, crossed if side == "crossed" else side)
        built = rule.build(values, append_unknown=False)
        assert built is not None, f"{rule.rule} can't be built from {values}"
        return built[1]

    def body(self, rule: Rule, side: str) -> dict[str, str]:
        """What a form must say for the route to know what it speaks of."""
        known = self.values["other" if side == "crossed" else side]
        return {
            "registration.sessions": {"session": known["session_id"]},
            "registration.desk_seats": {"scope": f"category:{known['category_id']}", "cap": "500"},
            "registration.desk_invite": {"kind": "countries", "place": "JP"},
        }.get(rule.endpoint, {})

    def _value(self, rule: Rule, name: str, side: str) -> object:
        known = self.values[side]
        for key in (f"{rule.endpoint}.{name}", f"{rule.endpoint.partition('.')[0]}.{name}", name):
            if key in known:
                return int(known[key]) if name == "number" and known[key].isdecimal() else known[key]
        choices = getattr(rule._converters[name], "items", None)
        if choices:
            return min(choices)
        message = f"{rule.endpoint}: say in tests/gates/world.py what stands for <{name}>"
        raise LookupError(message)


def furnish(app: Flask, cast: Cast, now: datetime) -> World:
    """Put into both forums what addresses name; commits. Call inside an application context."""
    begin_writing()
    world = World(cast)
    own, other = cast.forum, session.get_one(Forum, cast.other_forum_id)
    _furnish_other(cast, other)
    world.values = {side: {} for side in ("own", "colleague", "other")}
    osaka = session.get_one(Delegation, cast.delegations["other_focal"])
    lyon = session.get_one(Delegation, cast.delegations["focal"])
    elsewhere = session.query(Delegation).filter_by(forum_id=other.id).one()
    for side, forum, delegation, registrant in (
        ("own", own, lyon, "delegate"),
        ("colleague", own, osaka, "agenda"),
        ("other", other, elsewhere, "neighbour"),
    ):
        known = world.values[side]
        known["slug"] = forum.slug
        if side != "colleague":
            _agenda(known, forum, now)
        else:
            known |= {k: v for k, v in world.values["own"].items() if k not in PERSONAL}
        _registration(known, cast, forum, delegation, registrant, now)
        _account(known, cast, registrant, now)
    world.values["own"]["special_id"] = _special_day(now)
    furnish_partnerships(world.values, cast, now)
    _cities(world, cast, now)
    furnish_standards(world.values, cast, now)
    expired = secret_token()
    session.add(
        SignIn(
            account_id=cast.accounts["organiser"],
            token_hash=digest(expired),
            last_seen_at=now - timedelta(days=2),
            expires_at=now - timedelta(days=1),
            second_factor_at=now - timedelta(days=2),
            device="test",
        )
    )
    cast.tokens["expired"] = expired
    session.commit()
    assert set(ROLES) - {"visitor", "expired"} == {*EVERYBODY, *OFFICERS, *STANDARDS_PEOPLE}
    return world


def _special_day(now: datetime) -> str:
    day = date(2027, 9, 23)
    special = Special(Region("CN"), day, day, DayKind.CLOSED, Text("Games", "运动会"))
    return workdays.enter(special, actor=SYSTEM, now=now)[0].public_id


def _cities(world: World, cast: Cast, now: datetime) -> None:
    """Give each side a city with a profile, an entry and an office; Lyon's is shown, the others are hidden."""
    for side, name, liaison in (
        ("own", "Lyon", "focal"),
        ("colleague", "Osaka", "other_focal"),
        ("province", "Hangzhou", "neighbour"),
        ("elsewhere", "Beijing", "municipal_lead"),
    ):
        city = session.query(City).filter(City.__table__.c.name_en == name).one()
        profile = cities.open_profile(city, actor=SYSTEM, now=now)
        profile.summary_en, profile.summary_zh = f"About {name}", f"{city.name_zh}简介"
        profile.visibility = Visibility.PUBLIC if side == "own" else Visibility.HIDDEN
        certificate = Certificate(
            city_id=city.id,
            standard="ISO 37101",
            body_en="A body",
            body_zh="机构",
            issued_on=now.date(),
            valid_until=now.date(),
        )
        held = {"account_id": cast.accounts[liaison], "role": OfficeRole.CITY_LIAISON, "city_id": city.id}
        office = session.query(Office).filter_by(**held).first() or Office(**held, starts_on=now.date())
        session.add_all([certificate, office])
        session.flush()
        world.values[side] |= {
            "city_slug": profile.slug,
            "office_id": office.public_id,
            "cities.entry.entry_id": certificate.public_id,
            "cities.end_entry.entry_id": certificate.public_id,
            "cities.settle_entry.entry_id": certificate.public_id,
        }
    kobe = City(name_en="Kobe", name_zh="神户", country_iso2="JP", zone_name="Asia/Tokyo", search="kobe | 神户")
    session.add(kobe)
    session.flush()
    asking = cities.open_profile(kobe, actor=SYSTEM, now=now)
    asking.visibility = Visibility.PUBLIC
    for side in ("own", "colleague", "province", "elsewhere", "other"):
        world.values[side]["blocked_slug"] = asking.slug
    lyon, osaka = (session.query(City).filter(City.__table__.c.name_en == name).one() for name in ("Lyon", "Osaka"))
    block(lyon, osaka, actor=SYSTEM, now=now)


def _furnish_other(cast: Cast, other: Forum) -> None:
    """Give the forum elsewhere a room, a category and a delegation of its own."""
    city = session.query(City).first()
    assert city is not None
    session.add(Room(forum_id=other.id, code="far", name_en="Far Hall", name_zh="远厅", layouts={"theatre": 100}))
    session.add(Track(forum_id=other.id, slug="far-track", name_en="Far theme", name_zh="远题"))
    session.add(Segment(forum_id=other.id, code="far", name_en="Far part", name_zh="远段"))
    category = Category(
        forum_id=other.id, code="CITY", name_en="City delegate", name_zh="城市代表", chain=Chain.SECRETARIAT
    )
    session.add(category)
    session.add(
        Delegation(
            forum_id=other.id,
            kind=DelegationKind.CITY,
            represents=city.public_id,
            city_id=city.id,
            country_iso2=city.country_iso2,
            name_en=city.name_en,
            name_zh=city.name_zh,
            state=DelegationState.COMPOSING,
        )
    )
    session.flush()
    session.add(SeatCounter(scope=f"category:{category.public_id}", forum_id=other.id, cap=None))
    session.add(SeatCounter(scope=f"forum:{other.public_id}", forum_id=other.id, cap=None))
    session.flush()


def _agenda(known: dict[str, str], forum: Forum, now: datetime) -> None:
    room = session.query(Room).filter_by(forum_id=forum.id).order_by(Room.order).first()
    track = session.query(Track).filter_by(forum_id=forum.id).order_by(Track.order).first()
    part = session.query(Segment).filter_by(forum_id=forum.id).first()
    assert room is not None
    assert track is not None
    assert part is not None
    practical = PracticalSection(
        forum_id=forum.id, title_en="Visas", title_zh="签证", body_en="Text.", body_zh="正文。"
    )
    session.add(practical)
    start = datetime.combine(forum.first_day, datetime.min.time()) + timedelta(hours=10)
    said = Said(("Opening of the forum", "论坛开幕式"), ("About it.", "简介。"), material=("Paper", "论文"))
    person = add_person("Keller", "Anna", "安娜·凯勒")
    made = add_session(forum, said, room, start, 60, person=person, track_id=track.id, segment_id=part.id)
    made.bookable, made.capacity = True, 50
    slides = Material(session_id=made.id, title_en="Slides", title_zh="演示文稿")
    session.add(slides)
    session.flush()
    slides.file_id = _stored("slides.pdf", b"%PDF-1.7\n%%EOF\n", f"material:{slides.guid}").id
    release(forum, now)
    slot = made.slots[0]
    known |= {
        "session_id": made.public_id,
        "number": "1",
        "guid": slot.guid,
        "slot_guid": slot.guid,
        "slot_id": slot.public_id,
        "agenda.person.guid": person.guid,
        "person_guid": person.guid,
        "person_id": person.public_id,
        "agenda.material.guid": slides.guid,
        "agenda.remove_document.guid": slides.guid,
        "events.part.part_id": room.public_id,
        "events.delete_part.part_id": room.public_id,
        "events.settle_part.part_id": room.public_id,
        "material_id": made.materials[0].public_id,
        "part_id": made.contributions[0].public_id,
        "room_id": room.public_id,
        "track_id": track.public_id,
        "segment_id": part.public_id,
        "section_id": practical.public_id,
        "code": room.code,
        "role_id": _first_role(forum),
        "track_slug": track.slug,
    }


def _first_role(forum: Forum) -> str:
    role = session.query(ForumRole).filter_by(forum_id=forum.id).order_by(ForumRole.id).first()
    assert role is not None
    return role.public_id


def _registration(
    known: dict[str, str], cast: Cast, forum: Forum, delegation: Delegation, registrant: str, now: datetime
) -> None:
    category = session.query(Category).filter_by(forum_id=forum.id).order_by(Category.order).first()
    assert category is not None
    person = Person(
        family_latin="Martin",
        given_latin=registrant.title(),
        email=f"{registrant}-person@forum.test",
        account_id=cast.accounts[registrant],
        sort_key="martin",
        search="martin",
    )
    session.add(person)
    session.flush()
    made = Participation(
        forum_id=forum.id,
        person_id=person.id,
        category_id=category.id,
        delegation_id=delegation.id,
        registrant_id=cast.accounts[registrant],
        number=forum.next_participation,
        state=ParticipationState.SUBMITTED,
        state_since=now,
        mail_language="en",
        sort_key="martin",
        search="martin",
        function_en="Engineer",
    )
    forum.next_participation += 1
    session.add(made)
    session.flush()
    open_link(made)
    entry = WaitingEntry(
        forum_id=forum.id,
        scope=f"category:{category.public_id}",
        scopes=[f"category:{category.public_id}"],
        participation_id=made.id,
        state=WaitingState.WAITING,
        joined_at=now,
    )
    session.add(entry)
    session.flush()
    known |= {
        "participation_id": made.public_id,
        "delegation_id": delegation.public_id,
        "entry_id": entry.public_id,
        "category_id": category.public_id,
        "secret": secret_token(),
        "field": "phone",
        "registration.participation.participation_id": made.public_id,
    }
    actor = Actor("account:tests", cast.accounts[registrant], "en", frozenset({"focal"}))
    empty = ("name_zh", "function_zh", "organisation_name_en", "organisation_name_zh")
    person_facts: dict[str, object] = {
        **dict.fromkeys(empty, ""),
        "family_latin": "Ito",
        "given_latin": "Ken",
        "email": "ito@forum.test",
        "function_en": "Engineer",
    }
    member = Candidate(category.code, person_facts, {}, alternate=False, language="en")
    known["import_id"] = keep(delegation, "members.csv", [member], actor=actor, now=now).public_id
    mail = OutboxMail(
        kind="registration_submitted",
        forum_id=forum.id,
        recipient=person.email,
        language="en",
        subject="Received",
        body="Your registration has arrived.",
        message_id=f"<{secret_token()}@forum.invalid>",
        next_at=now,
    )
    session.add(mail)
    file = _stored("programme.json", b'{"sessions": []}', f"import:{forum.public_id}:")
    photo = BytesIO()
    Image.new("RGB", (120, 160), "grey").save(photo, "JPEG")
    paper = RequiredDocument(
        participation_id=made.id,
        kind="press_card",
        file_id=_stored("card.jpg", photo.getvalue(), made.reference).id,
    )
    session.add(paper)
    offer = WaitingEntry(
        forum_id=forum.id,
        scope=f"forum:{forum.public_id}",
        scopes=[],
        participation_id=made.id,
        joined_at=now,
        state=WaitingState.OFFERED,
        offer_until=now + timedelta(hours=24),
    )
    session.add(offer)
    session.flush()
    offer.offer_hash = digest(offer_secret(offer))
    known |= {
        "mail_id": mail.public_id,
        "file_id": file.public_id,
        "registration.offer.secret": offer_secret(offer),
        "document_id": paper.public_id,
        "focal_id": _focal_point(delegation, registrant, cast),
    }


def _focal_point(delegation: Delegation, registrant: str, cast: Cast) -> str:
    """The focal point of a delegation; the delegation elsewhere gets one here."""
    found = session.query(FocalPoint).filter_by(delegation_id=delegation.id).first()
    if found is None:
        found = FocalPoint(delegation_id=delegation.id, account_id=cast.accounts[registrant])
        session.add(found)
        session.flush()
    return found.public_id


def _stored(name: str, content: bytes, owner: str) -> StoredFile:
    kind = kind_named(name)
    assert kind is not None
    return store(BytesIO(content), name, owner, [kind])


def _account(known: dict[str, str], cast: Cast, who: str, now: datetime) -> None:
    account = session.get_one(Account, cast.accounts[who])
    device = session.query(SignIn).filter_by(account_id=account.id).first()
    assert device is not None
    calendar = secret_token()
    session.add(CalendarSubscription(forum_id=cast.forum_id, account_id=account.id, token_hash=digest(calendar)))
    known |= {
        "device_id": device.public_id,
        "account_id": account.public_id,
        "token": secret_token(),
        "agenda.calendar.secret": calendar,
        "filename": "css/base.css",
        "key": "FR",
        "places.place.kind": "countries",
    }
