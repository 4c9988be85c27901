"""Invent the participants of the demonstration forum: the same people for the same seed.

Nobody here exists.  Names follow the order and script of the country that a delegation comes from.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from forum.agenda.programme import Visibility
from forum.core.bilingual import Text
from forum.places.reference import place
from forum.registration.models import Attendance, DelegationKind
from forum.registration.rules.fields import ACCESS_NEEDS, DIETS
from forum.registration.states import DelegationState, ParticipationState
from forum.site.demonstration.content import load_content
from forum.site.demonstration.facts import (
    DelegationSeed,
    DemonstrationForum,
    NameSeed,
    Participant,
    SpeakerSeed,
)
from forum.site.demonstration.journeys import journey
from forum.site.demonstration.names import Names, pools

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from forum.core.bilingual import Language

SEED = 2027
ALONE = {"EXPERT": 60, "MEDIA": 24, "INTERPRETER": 12, "STAFF": 24}
MAIL_DOMAIN = "delegates.forum.example"
ORGANISATION_CATEGORY = {
    "national_body": "NSB",
    "research": "NSB",
    "committee": "SDO",
    "un_body": "IGO",
}
# Members of bodies without a country come from everywhere.
WIDE_WORLD = ("KE", "FR", "CN", "JP", "BR", "DE", "IN", "ZA", "KR", "CA", "ES", "EG", "SE", "TH", "MX")
_S = ParticipationState
# What may have become of the members of a delegation, by how far the delegation has come; weights.
MEMBER_STATES: dict[DelegationState, tuple[tuple[ParticipationState, int], ...]] = {
    DelegationState.COMPOSING: ((_S.DRAFT, 4), (_S.NOMINATED, 5), (_S.SUBMITTED, 3)),
    DelegationState.SUBMITTED: (
        (_S.SUBMITTED, 5),
        (_S.FOCAL_APPROVED, 5),
        (_S.RETURNED, 2),
        (_S.SCREENING, 4),
        (_S.WITHDRAWN, 1),
    ),
    DelegationState.CREDENTIALED: (
        (_S.CONFIRMED, 22),
        (_S.APPROVED, 10),
        (_S.SCREENING, 3),
        (_S.WITHDRAWN, 1),
        (_S.REPLACED, 3),
        (_S.REVOKED, 2),
        (_S.ARRIVED, 3),
        (_S.LEFT, 2),
        (_S.NO_SHOW, 2),
        (_S.REFUSED, 1),
    ),
    DelegationState.WITHDRAWN: ((_S.WITHDRAWN, 1),),
}
ALONE_STATES = (
    (_S.CONFIRMED, 8),
    (_S.APPROVED, 5),
    (_S.SUBMITTED, 4),
    (_S.SCREENING, 4),
    (_S.WAITLISTED, 4),
    (_S.REFUSED, 3),
    (_S.RETURNED, 2),
    (_S.DRAFT, 2),
    (_S.WITHDRAWN, 1),
)
SPEAKER_STATES = ((_S.CONFIRMED, 12), (_S.APPROVED, 4), (_S.SCREENING, 1))
REASONS = {
    _S.RETURNED: Text(
        "The photograph is too small. Please upload one of at least 600 by 800 pixels.",
        "照片尺寸过小，请上传不小于600×800像素的照片。",
    ),
    _S.REFUSED: Text(
        "The category is full and the request arrived after the nomination deadline.",
        "该类别名额已满，且申请于提名截止时间之后提交。",
    ),
    _S.WITHDRAWN: Text("Unable to travel on these dates.", "因日程原因无法成行。"),
    _S.REVOKED: Text(
        "The nominating authority has withdrawn the nomination.",
        "提名单位已撤回提名。",
    ),
}
# Segments that anybody may wish for; closed ones are by invitation.
WISHES = (
    "opening",
    "plenary",
    "parallel-1",
    "parallel-2",
    "parallel-3",
    "dialogues",
    "side-events",
    "banquet",
    "site-visits",
)
PERSONAL = frozenset({_S.APPROVED, _S.CONFIRMED, _S.ARRIVED, _S.LEFT, _S.NO_SHOW})


def participants(seed: int = SEED) -> list[Participant]:
    """Return all participants: the speakers, the members of the delegations, and those who come alone."""
    content = load_content()
    chance = random.Random(seed)  # noqa: S311 - inventing people needs repetition, not secrecy
    names = Names(chance)
    found = [_speaker(content, speaker, chance) for speaker in content.speakers]
    for delegation in content.delegations:
        found.extend(_delegation(content, delegation, chance, names))
    for category, number in ALONE.items():
        found.extend(_alone(content, category, order, chance, names) for order in range(1, number + 1))
    return found


def _pick(chance: random.Random, weighted: Sequence[tuple[ParticipationState, int]]) -> ParticipationState:
    states, weights = zip(*weighted, strict=True)
    chosen: ParticipationState = chance.choices(states, weights)[0]
    return chosen


def _address(name: NameSeed, key: str) -> str:
    words = f"{name.passport_given} {name.passport_surname}".split()
    return f"{'.'.join(words).lower()}.{key.replace('_', '-')}@{MAIL_DOMAIN}"


def _function(category: str, chance: random.Random) -> Text:
    chosen = chance.choice(pools().functions[category])
    return Text(chosen["en"], chosen["zh"])


@dataclass(frozen=True, slots=True)
class _Place:
    """What is settled about a participant before chance decides the rest."""

    key: str
    name: NameSeed
    country: str
    category: str
    state: ParticipationState
    function: Text
    organisation: Text


def _participant(content: DemonstrationForum, chance: random.Random, settled: _Place) -> Participant:
    """Return a participant with everything that chance decides; the caller adds the delegation."""
    chinese = settled.country in {"CN", "HK"}
    language: Language = "zh" if chinese and chance.random() < 0.95 else "en"
    attendance = chance.choices(tuple(Attendance), (88, 6, 6))[0]
    working = settled.category in {"INTERPRETER", "STAFF"}
    comes = settled.state in PERSONAL and attendance is Attendance.ONSITE
    stars = _starred(content, chance)
    return Participant(
        key=settled.key,
        speaker_key="",
        name=settled.name,
        email=_address(settled.name, settled.key),
        country=settled.country,
        category=settled.category,
        delegation_key="",
        is_head=False,
        is_focal_point=False,
        is_alternate=False,
        order=0,
        function=settled.function,
        organisation=settled.organisation,
        language=language,
        state=settled.state,
        reason=REASONS.get(settled.state, Text()),
        replaces="",
        attendance=attendance,
        segments=() if working else tuple(wish for wish in WISHES if chance.random() < 0.7),
        starred=stars,
        diet=_diet(chance),
        access=(chance.choice(tuple(ACCESS_NEEDS)),) if chance.random() < 0.08 else (),
        needs_letter=not chinese and chance.random() < 0.55,
        journey=journey(chance, chinese=chinese) if comes and not working else (),
        first_time=chance.random() < 0.4,
        registered_at=content.registration_opens + timedelta(minutes=chance.randint(600, 60 * 24 * 55)),
        in_list_of_participants=chance.random() < 0.86,
    )


def _diet(chance: random.Random) -> tuple[str, ...]:
    """Return what about a quarter of the people ask of the kitchen: one thing, sometimes two."""
    if chance.random() >= 0.24:
        return ()
    return tuple(sorted(chance.sample(tuple(DIETS), chance.choice((1, 1, 2)))))


def _starred(content: DemonstrationForum, chance: random.Random) -> tuple[str, ...]:
    """Return the sessions that somebody has marked: for most people none, never a break."""
    if chance.random() >= 0.3:
        return ()
    open_sessions = [
        session.key
        for session in content.sessions
        if session.visibility is Visibility.PUBLIC
        and session.embargo_until is None
        and session.segment_code != "service"
    ]
    return tuple(sorted(chance.sample(open_sessions, chance.randint(1, 6))))


def _speaker(content: DemonstrationForum, speaker: SpeakerSeed, chance: random.Random) -> Participant:
    person = _participant(
        content,
        chance,
        _Place(
            key=speaker.key,
            name=speaker.name,
            country=speaker.country,
            category="SPEAKER",
            state=_pick(chance, SPEAKER_STATES),
            function=speaker.function,
            organisation=speaker.organisation,
        ),
    )
    return replace(person, speaker_key=speaker.key)


def _delegation(
    content: DemonstrationForum, delegation: DelegationSeed, chance: random.Random, names: Names
) -> Iterator[Participant]:
    """Yield the members: first the head, then the focal point, then the others in order."""
    category, country, wide = _category(delegation)
    replaced = ""
    accompanying = 1 if delegation.size >= 7 else 0
    for order in range(1, delegation.size + 1):
        home = chance.choice(WIDE_WORLD) if wide else country
        accompanies = accompanying > 0 and order == delegation.size
        kind = "ACCOMPANYING" if accompanies else category
        pool = f"{category}_HEAD" if order == 1 and f"{category}_HEAD" in pools().functions else kind
        state = _state(delegation, order, replaced, chance)
        name = names.one(home)
        if order == 1 and category in {"CITY", "GOV"}:
            name = replace(name, honorific="Hon." if category == "CITY" else "H.E.")
        person = _participant(
            content,
            chance,
            _Place(
                key=f"{delegation.key}-{order:02d}",
                name=name,
                country=home,
                category=kind,
                state=state,
                function=_function(pool, chance),
                organisation=_organisation(delegation),
            ),
        )
        yield replace(
            person,
            delegation_key=delegation.key,
            is_head=order == 1,
            is_focal_point=order == 2,
            is_alternate=order == 3 and delegation.size >= 6,
            order=order,
            replaces=replaced,
            **_account(content, person.key),
        )
        replaced = person.key if state is _S.REPLACED else ""


def _state(delegation: DelegationSeed, order: int, replaced: str, chance: random.Random) -> ParticipationState:
    """Return the member's state; whoever stands for a delegation or for somebody else is further along."""
    drawn = _pick(chance, MEMBER_STATES[delegation.state])
    if replaced:
        return _S.APPROVED
    if delegation.state is DelegationState.CREDENTIALED and (
        order <= 3 or (drawn is _S.REPLACED and order == delegation.size)
    ):
        return _S.CONFIRMED
    if delegation.state is DelegationState.SUBMITTED and order == 1:
        return _S.FOCAL_APPROVED
    return drawn


def _account(content: DemonstrationForum, key: str) -> dict[str, Any]:
    """Return what a demonstration account fixes about its participant."""
    for account in content.accounts:
        if account.participant_key == key:
            return {"email": account.email, "language": account.language}
    return {}


def _category(delegation: DelegationSeed) -> tuple[str, str, bool]:
    """Return the members' category, their country, and whether they come from everywhere."""
    if delegation.kind is DelegationKind.COUNTRY:
        return "GOV", delegation.place_code, False
    if delegation.kind is DelegationKind.CITY:
        return "CITY", place("city", delegation.place_code).iso2, False
    body = place("organisation", delegation.place_code)
    return ORGANISATION_CATEGORY[body.kind], body.iso2, not body.iso2


def _organisation(delegation: DelegationSeed) -> Text:
    if delegation.kind is DelegationKind.COUNTRY:
        return Text(f"Government of {delegation.name.en}", f"{delegation.name.zh}政府")
    return delegation.name


def _alone(content: DemonstrationForum, category: str, order: int, chance: random.Random, names: Names) -> Participant:
    country = "CN" if category == "STAFF" else chance.choice((*WIDE_WORLD, "CN", "CN", "GB"))
    organisation = chance.choice(pools().organisations[category])
    straight = category in {"INTERPRETER", "STAFF"}
    return _participant(
        content,
        chance,
        _Place(
            key=f"{category.lower()}-{order:02d}",
            name=names.one(country),
            country=country,
            category=category,
            state=_S.CONFIRMED if straight else _pick(chance, ALONE_STATES),
            function=_function(category, chance),
            organisation=Text(organisation["en"], organisation["zh"]),
        ),
    )
