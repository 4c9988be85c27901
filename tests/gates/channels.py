"""The two channels: a word of its own in every internal text of a side, and everything that the others can open."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import count

from flask import Flask
from pypdf.errors import PdfReadError
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.cities.models import CityContact
from forum.cooperation.models import Assessment, AssessmentAnswer, AssessmentMark, HandoverNote, Principle
from forum.core.database import begin_writing, session
from forum.core.identifiers import secret_token
from forum.matching.models import MatchProposal
from forum.offices.models import Office, OfficeRole
from forum.partnerships.models import (
    AgreementVersion,
    AnswerKind,
    Approval,
    CaseComment,
    CaseOpinion,
    CaseReview,
    Channel,
    Level,
    OpinionKind,
    PointCategory,
    ReturnPoint,
    SettingChange,
    Side,
    TransitionRecord,
    Verdict,
)
from forum.partnerships.states import VersionState
from forum.places.models import City
from tests.gates.embargo import as_text, words
from tests.gates.hostile import nothing_kept
from tests.gates.matrix import room_of, rows
from tests.gates.world import ROOMS_OF_FORUMS, World

# Where the words of the domestic line stand, by table and column; the other side and the public read none of them.
INTERNAL = frozenset(
    {
        "partnership_comment.text",
        "partnership_review.conditions",
        "partnership_review.new_points_reason",
        "partnership_setting_change.reason",
        "partnership_opinion.reference",
        "partnership_opinion.conditions",
        "partnership_opinion.question",
        "partnership_opinion.text",
        "partnership_return_point.text",
        "partnership_return_point.rule_reference",
        "partnership_return_point.answer",
        "partnership_transition.reason",
        "partnership_approval.conditions",
        "handover_note.note_en",
        "handover_note.note_zh",
        "assessment_mark.reason_en",
        "assessment_mark.reason_zh",
        "city_contact.handover_note",
        "match_proposal.reason",
    }
)
# Further long texts of these rooms, which both sides write and read.
SHARED = frozenset(
    {
        "partnership.objectives_en",
        "partnership.objectives_zh",
        "partnership.invitation_en",
        "partnership.invitation_zh",
        "agreement_version.text_en",
        "agreement_version.text_zh",
        "agreement_version.registered_objectives_en",
        "agreement_version.registered_objectives_zh",
    }
)
# Those who review, each with what is theirs alone: together they read every word.
INSIDE = ("delegate", "province_lead", "viewer", "registrar")
ROOMS_OF_CASES = frozenset({"cities", "agreements", "partnerships", "cooperation", "matching", "registry", "reminders"})
OUTSIDE = ("visitor", "stranger", "organiser", "focal", "counterpart_lead", "other_focal")


def _made(dice: random.Random) -> Iterator[str]:
    yield from words(dice, 200)


class Canary:
    """Words by the field that holds them; call within a write transaction."""

    def __init__(self, world: World, now: datetime, seed: int = 1) -> None:
        self.world, self.now = world, now
        self.fresh = _made(random.Random(seed))
        self.domestic: dict[str, str] = {}
        self.foreign: dict[str, str] = {}
        self.of: dict[str, int] = world.cast.accounts
        self.seq = count(101)
        for side in ("own", "province"):
            named = world.values[side]["case_id"]
            self._case(session.scalars(select(AgreementVersion).filter_by(public_id=named)).one(), side)
        self._cities()
        reason = self._word("partnership_setting_change.reason")
        session.add(SettingChange(number=1, at=now, account_id=self.of["viewer"], reason=reason))
        match = session.scalars(select(MatchProposal)).one()
        match.reason = self._word("match_proposal.reason")
        session.flush()

    def _word(self, field: str, place: str = "", *, foreign: bool = False) -> str:
        word = next(self.fresh)
        (self.foreign if foreign else self.domestic)[f"{field} {place}".strip()] = word
        return word

    def _case(self, version: AgreementVersion, side: str) -> None:
        now = self.now
        for level in (Level.CITY, Level.PROVINCE, Level.NATION):
            place = f"{side} {level.name}"
            session.add(
                CaseComment(
                    version_id=version.id,
                    channel=Channel.INTERNAL,
                    side=Side.DOMESTIC,
                    level=int(level),
                    author_id=self.of["delegate"],
                    author_role="city_liaison",
                    text=self._word("partnership_comment.text", place),
                )
            )
            session.add(
                CaseReview(
                    version_id=version.id,
                    level=int(level),
                    asked_at=now - timedelta(days=9),
                    due_on=now.date(),
                    opened_at=now - timedelta(days=8),
                    closed_at=now - timedelta(days=7),
                    verdict=Verdict.ENDORSED,
                    conditions=self._word("partnership_review.conditions", place),
                    new_points_allowed_at=now,
                    new_points_reason=self._word("partnership_review.new_points_reason", place),
                )
            )
            session.add(
                ReturnPoint(
                    version_id=version.id,
                    level=int(level),
                    moves=0,
                    part="text",
                    category=PointCategory.UNCLEAR,
                    text=self._word("partnership_return_point.text", place),
                    rule_reference=self._word("partnership_return_point.rule_reference", place),
                    raised_at=now,
                    answer_kind=AnswerKind.EXPLAINED,
                    answer=self._word("partnership_return_point.answer", place),
                    answered_at=now,
                )
            )
        session.add(
            CaseComment(
                version_id=version.id,
                channel=Channel.INTERNAL,
                side=Side.FOREIGN,
                level=int(Level.CITY),
                author_id=self.of["focal"],
                author_role="counterpart_liaison",
                text=self._word("partnership_comment.text", side, foreign=True),
            )
        )
        for kind in OpinionKind:
            place = f"{side} {kind}"
            session.add(
                CaseOpinion(
                    version_id=version.id,
                    kind=kind,
                    author_id=self.of["expert"],
                    asked_at=now,
                    given_on=now.date(),
                    valid_until=now.date() + timedelta(days=300),
                    reference=self._word("partnership_opinion.reference", place),
                    conditions=self._word("partnership_opinion.conditions", place),
                    text=self._word("partnership_opinion.text", place),
                    question=self._word("partnership_opinion.question", place),
                )
            )
        session.add(
            Approval(
                version_id=version.id,
                account_id=self.of["protocol"],
                moves=0,
                at=now,
                conditions=self._word("partnership_approval.conditions", side),
                text_hash="0" * 64,
            )
        )
        self._steps(version, side)

    def _steps(self, version: AgreementVersion, side: str) -> None:
        """Steps of each level with their reasons; none of them is one that both sides read."""
        state = VersionState
        for source, action, target, role, level in (
            (state.CITY_REVIEW, "endorse", state.PROVINCE_REVIEW, "city_lead", Level.CITY),
            (state.CITY_REVIEW, "return", state.RETURNED, "city_lead", Level.CITY),
            (state.PROVINCE_REVIEW, "return", state.RETURNED, "province_reviewer", Level.PROVINCE),
            (state.NATIONAL_REVIEW, "return", state.RETURNED, "national_reviewer", Level.NATION),
            (state.APPROVED, "revoke", state.LAPSED, "national_approver", Level.NATION),
        ):
            session.add(
                TransitionRecord(
                    version_id=version.id,
                    seq=next(self.seq),
                    at=self.now - timedelta(days=5),
                    action=action,
                    source=source,
                    target=target,
                    account_id=self.of["viewer"],
                    actor="account:tests",
                    role=role,
                    level=int(level),
                    reason=self._word("partnership_transition.reason", f"{side} {source} {action}"),
                    number_before=1,
                    number_after=1,
                    text_hash="0" * 64,
                )
            )

    def _cities(self) -> None:
        """Hand-over notes of Hangzhou and its half of the blind assessment."""
        hangzhou = session.scalars(select(City).filter_by(name_en="Hangzhou")).one()
        held = {"account_id": self.of["delegate"], "role": OfficeRole.CITY_LIAISON}
        office = session.scalars(select(Office).filter_by(**held)).first()
        assert office is not None
        note = HandoverNote(office_id=office.id, written_at=self.now)
        note.note_en = self._word("handover_note.note_en")
        note.note_zh = self._word("handover_note.note_zh")
        contact = CityContact(city_id=hangzhou.id, person="Li Na", starts_on=self.now.date())
        contact.handover_note = self._word("city_contact.handover_note")
        session.add_all([note, contact])
        assessment = session.scalars(select(Assessment)).one()
        answer = AssessmentAnswer(assessment_id=assessment.id, side=Side.DOMESTIC, given_at=self.now)
        for principle in Principle:
            mark = AssessmentMark(principle=principle, mark=4)
            mark.reason_en = self._word("assessment_mark.reason_en", principle)
            mark.reason_zh = self._word("assessment_mark.reason_zh", principle)
            answer.marks.append(mark)
        session.add(answer)


def released(app: Flask, world: World, now: datetime, seed: int = 1) -> Canary:
    """Put the words into the world; commits."""
    with app.app_context():
        begin_writing()
        made = Canary(world, now, seed)
        session.commit()
        session.remove()
    return made


def opened(
    app: Flask, world: World, role: str, language: str, rooms: frozenset[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Every address that somebody can ask for, of all rooms or of these, with all that its answer holds.

    In the rooms of forums, which have no cases, one address of each kind is enough.
    """
    client = world.client(role)
    cookies = dict(client._cookies or {})
    lists = [f"/{language}/desk/partnerships?show=all", f"/{language}/desk/partnerships", f"/{language}/partnerships"]
    addresses = dict.fromkeys(lists)
    for row, rule in rows(app, world):
        room = room_of(row)
        asked = room in rooms if rooms is not None else room not in ROOMS_OF_FORUMS or row[2] == "own"
        if asked and row[1] == "GET" and row[0] != "static":
            addresses[world.address(rule, row[2], language)] = None
    with nothing_kept():
        for address in addresses:
            client._cookies = dict(cookies)
            yield address, legible(client.get(address))


def legible(answer: Response) -> str:
    """What somebody can read in an answer."""
    try:
        return as_text(answer)
    except PdfReadError:  # a scan of this small world is no real document
        return answer.get_data().decode("latin-1")


def told(texts: Iterable[tuple[str, str]], secrets: dict[str, str]) -> dict[str, str]:
    """Which of the words an answer holds: field → address."""
    found: dict[str, str] = {}
    for address, text in texts:
        for field, word in secrets.items():
            if word in text:
                found.setdefault(field, address)
    return found


def searched(app: Flask, world: World, role: str, secrets: dict[str, str]) -> Iterator[str]:
    """Every search that answers a secret word otherwise than a word that stands nowhere."""
    client = world.client(role)
    for field, word in secrets.items():
        for path in ("partnerships?q=", "desk/partnerships?show=all&q=", "cities/?q=", "places/cities?q="):
            answers = []
            for asked in (word, secret_token()[:12].lower()):
                answer = client.get(f"/en/{path}{asked}")
                if answer.status_code != 200:
                    break
                answers.append(re.sub(rf'{asked}|(?:nonce|value)="[\w.-]{{20,}}"', "", answer.text))
            if answers and answers[0] != answers[1]:
                yield f"{path}: {field}"
