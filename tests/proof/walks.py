"""Walks: random people take random steps with random papers, and nothing happens that the table doesn't hold.

A walk leads one arrangement from its proposal through up to thirty-six steps tried, by people who hold one office or
several.  Walks part from one another like the branches of a tree: what two of them share is walked once, then the
database goes back to where they part.  After each step the state is the table's, a refusal names what is lawful and
is answered with 409, nobody approves what they drafted or in two capacities, and the record is whole; at the end of
each walk the chains of the audit are.  The last walk of all is kept, and ``verify-audit`` reads it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product

from sqlalchemy import func, select, update

from forum.audit.queries import broken_at, chains, headless
from forum.core.actor import SYSTEM
from forum.core.bilingual import Text
from forum.core.database import begin_writing, session
from forum.core.refusals import NotFound, Refusal
from forum.core.workflow import ReasonNeeded, UnlawfulAction
from forum.partnerships.models import (
    AgreementVersion,
    AnswerKind,
    Approval,
    AttachmentKind,
    CaseReview,
    ConsentKind,
    Instrument,
    PointCategory,
    ReturnPoint,
    TransitionRecord,
)
from forum.partnerships.operations import Done, perform
from forum.partnerships.operations.governing import Handing, delegate
from forum.partnerships.operations.proposing import Proposal, propose
from forum.partnerships.operations.reviewing import answer_point, close_point, take_up
from forum.partnerships.operations.taking_part import consent
from forum.partnerships.operations.texts import confirm_text, match_text, write_text
from forum.partnerships.queries.standing import standing_of
from forum.partnerships.rules.case import Given, Point
from forum.partnerships.rules.due import DueKind
from forum.partnerships.rules.seeing import SYSTEM_STANDING
from forum.partnerships.states import APPROVING, DRAFTING, FINAL, LIFE, OPENS_SUCCESSOR, ROW_OF, VersionState
from forum.reminders.queries import told
from tests.partnerships.people import BEIJING, CORPS, ZHEJIANG, Officer, World, favour, reminded, reported, scan, world
from tests.proof.ground import ROOT, Ground

ACTIONS = tuple(dict.fromkeys(row.action for row in LIFE.rows))
TRIES = 4  # steps tried before walks part
PARTINGS = 7  # so that a walk is at most thirty-six steps long
BRANCHES = 2
# The cities of the Chinese side, each with its province: an ordinary one, a municipality, the Corps.
HOME = {"Wenzhou": ZHEJIANG, "Beijing": BEIJING, "Shihezi": CORPS}
# Ways out are taken now and then, so that most cases come far.
RARE = {
    **dict.fromkeys(("withdraw", "decline", "reject", "terminate", "close_with_final_report"), 0.06),
    **dict.fromkeys(("recall", "return", "renegotiate", "revoke", "text_mismatch", "approve_delegated"), 0.15),
}


@contextmanager
def _undone() -> Iterator[None]:
    """Go back, at the end of the block, to what the database held before."""
    place = session.begin_nested()
    try:
        yield
    finally:
        place.rollback()
        session.expire_all()


@dataclass
class Outcome:
    """What came of the walks."""

    walks: int = 0
    ended: int = 0  # walks at whose end every version was at its own
    tried: int = 0
    taken: int = 0
    cases: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    ways: set[tuple[str, str]] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    audit: str = "the audit was not read"

    @property
    def told(self) -> str:
        """The outcome in a sentence."""
        return (
            f"{self.walks:,} walks, {self.ended:,} of them to an end; {self.tried:,} steps tried, {self.taken:,} taken,"
            f" {self.refused['UnlawfulAction']:,} unlawful, each answered 409 with the lawful ones, "
            f"{self.refused['DraftedIt'] + self.refused['ActedAlready']:,} of people who had had a hand in it; "
            f"{len(self.reached)} of {len(VersionState)} states and {len(self.ways)} of {len(ROW_OF)} ways walked; "
            f"{self.audit}; {len(self.faults)} faults"
        )


class Walk:
    """Random steps from a seed; keeps its people in the database."""

    def __init__(self, seed: int, begin: datetime = datetime(2027, 3, 1, 4, tzinfo=UTC)) -> None:
        begin_writing()
        self.chance = random.Random(seed)
        self.begin = self.now = begin
        self.of: World = world()
        self.outcome = Outcome()
        self.home = "Wenzhou"
        self.cities = self._cities()
        self.people = self._people()
        self.cases: list[AgreementVersion] = []
        for number, (instrument, province) in enumerate(product(Instrument, HOME.values())):
            handing = Handing(f"W-{seed}-{number}", instrument, province, date(2027, 1, 1), date(2127, 6, 30))
            delegate(handing, actor=SYSTEM, now=self.now)
        session.commit()

    def _cities(self) -> dict[str, dict[str, Officer]]:
        """Return, for each city, who acts for it: the people of the small world, and those whom it lacks."""
        of = self.of
        made = {
            "Wenzhou": {name: of[name] for name in ("liaison", "lead", "fa", "reviewer", "province_lead")},
            "Nantes": {"liaison": of["other_liaison"], "lead": of["other_lead"]},
            "Kobe": {"liaison": of["kobe_liaison"], "lead": of.officer(("city_lead", "Kobe"))},
        }
        for city in ("Beijing", "Shihezi"):
            made[city] = {
                "liaison": of.officer(("city_liaison", city)),
                "lead": of.officer(("city_lead", city)),
                "fa": of.officer(("fa_officer", city)),
                "reviewer": of.officer(("province_reviewer", HOME[city])),
                "province_lead": of.officer(("province_lead", HOME[city])),
            }
        return made

    def _people(self) -> list[Officer]:
        """The officers, and others who hold several offices at once, of the same and of other places."""
        offices: list[tuple[str, str | None]] = [
            *((role, city) for role in ("city_liaison", "city_lead") for city in (*HOME, "Ningbo", "Nantes")),
            *((role, place) for role in ("province_reviewer", "province_lead") for place in HOME.values()),
            *((role, None) for role in ("national_reviewer", "national_approver", "national_registrar", "auditor")),
        ]
        several = [self.of.officer(*self.chance.sample(offices, self.chance.randint(3, 6))) for _ in range(6)]
        acting = [officer for people in self.cities.values() for officer in people.values()]
        return list(dict.fromkeys([*self.of.officers.values(), *acting, *several]))

    @property
    def here(self) -> dict[str, Officer]:
        """Who acts for the city of the Chinese side."""
        return self.cities[self.home]

    def go(self, walks: int) -> Outcome:
        """Take so many walks; nothing of them is left in the database."""
        while self.outcome.walks < walks:
            begin_writing()
            try:
                self._set_out()
                self._walk_on(PARTINGS, walks)
            finally:
                session.rollback()
        return self.outcome

    def go_straight(self) -> None:
        """Take one walk more, whose traces stay."""
        begin_writing()
        self._set_out()
        self._walk_on(PARTINGS, self.outcome.walks + 1, branches=1)
        session.commit()

    def _set_out(self) -> None:
        """Begin with a proposal of one side to the other, and now and then to two cities."""
        self.now, self.home = self.begin, self.chance.choice(("Wenzhou", *HOME))
        proposal = Proposal(
            self.chance.choice(list(Instrument)),
            Text("Title", "标题"),
            invitation=Text("We invite you.", "诚邀合作。"),
            areas=("A03",),
        )
        inviting, *invited = self.chance.sample([self.home, "Nantes"], 2)
        if self.chance.random() < 0.1:
            invited.append("Kobe")
        actor = self.cities[inviting]["liaison"].actor
        cities = [self.of.cities[name] for name in invited]
        made = propose(self.of.cities[inviting], cities, proposal, actor=actor, now=self.now)
        self.cases = [made]
        self.outcome.cases += 1
        self.outcome.reached.add(made.state)

    def _walk_on(self, left: int, walks: int, branches: int = BRANCHES) -> None:
        """Try some steps; then the walk is at its end, or parts."""
        for _ in range(TRIES * 2 if left == PARTINGS else TRIES):
            version = self.chance.choice([case for case in self.cases if case.state not in FINAL] or self.cases)
            self._papers(version)
            self._step(version)
        over = all(case.state in FINAL for case in self.cases)
        if over or left == 0:
            self._arrive(over=over)
            return
        if branches == 1:
            self._walk_on(left - 1, walks, branches)
            return
        for _ in range(branches):
            if self.outcome.walks >= walks:
                return
            now, cases = self.now, list(self.cases)
            with _undone():
                self._walk_on(left - 1, walks, branches)
            self.now, self.cases = now, cases

    def _arrive(self, *, over: bool) -> None:
        """The end of a walk: every version is whole, and so is the audit."""
        self.outcome.walks += 1
        self.outcome.ended += over
        for version in self.cases:
            self._whole(version)
            self._nobody_approves_their_own(version)
        for head in chains():
            self._fault(broken_at(head) is not None, f"the chain {head.chain} is broken")
        self._fault(bool(headless()), "a chain has lost its head")

    # --- Papers -------------------------------------------------------------------------------------------

    def _papers(self, version: AgreementVersion) -> None:
        """Do now and then what a condition asks for, or its opposite; a refusal is an answer as well."""
        self.now += timedelta(hours=self.chance.choice((0, 0, 1, 5)))
        if self.chance.random() < 0.02:
            self.now += timedelta(days=self.chance.choice((20, 60, 200, 400)))
        deeds = (self._texts, self._opinions, self._points, self._files, self._consents, self._reminders)
        for deed in self.chance.sample(deeds, 2):
            try:
                with session.begin_nested():
                    deed(version)
            except Refusal:
                session.expire_all()

    def _texts(self, version: AgreementVersion) -> None:
        if self.chance.random() < 0.03:  # a script goes past every door
            session.execute(
                update(AgreementVersion)
                .where(AgreementVersion.id == version.id)
                .values(text_zh=AgreementVersion.text_zh + "。")
            )
            return
        liaisons = [self.cities[city]["liaison"] for city in (self.home, "Nantes", "Kobe")]
        who = self.chance.choice([*self.people, *liaisons[:2] * 20])
        mine = standing_of(version, who)
        if version.text_en == "" or self.chance.random() < 0.2:
            words = self.chance.choice((Text("Five years.", "五年。"), Text("Six years.", "六年。")))
            write_text(version, words, standing=mine, actor=who.actor, now=self.now)
        match_text(version, standing=mine, actor=who.actor, now=self.now)
        for officer in liaisons:
            if not standing_of(version, officer).parties:
                continue
            confirm_text(version, standing=standing_of(version, officer), actor=officer.actor, now=self.now)

    def _opinions(self, version: AgreementVersion) -> None:
        today = self.now.date()
        if version.state in {VersionState.CITY_REVIEW, VersionState.LAPSED} and self.chance.random() < 0.8:
            favour(version, self.here, until=today + timedelta(days=300), on=today)

    def _points(self, version: AgreementVersion) -> None:
        liaison = self.here["liaison"]
        for point in session.scalars(select(ReturnPoint).where(ReturnPoint.version_id == version.id)):
            if point.answered_at is None and version.state is VersionState.RETURNED:
                mine = standing_of(version, liaison)
                answer_point(
                    point, AnswerKind.EXPLAINED, "As agreed.", standing=mine, actor=liaison.actor, now=self.now
                )
            elif point.answered_at is not None and point.level == 2:
                reviewer = self.here["reviewer"]
                mine = standing_of(version, reviewer)
                close_point(point, standing=mine, actor=reviewer.actor, now=self.now)

    def _files(self, version: AgreementVersion) -> None:
        if version.state is VersionState.APPROVED:
            for language in ("en", "zh"):
                scan(version, AttachmentKind.SCAN, language)
        if version.state is VersionState.RENEWAL:
            for party in version.partnership.parties:
                scan(version, AttachmentKind.RENEWAL_LETTER, party_id=party.id)
        if version.state in {VersionState.ACTIVE, VersionState.EXPIRED}:
            others = [self.cities[party.city.name_en]["liaison"] for party in version.partnership.parties]
            others = [each for each in others if each is not self.here["liaison"]]
            reported(version, self.here["liaison"], others, now=self.now)

    def _consents(self, version: AgreementVersion) -> None:
        for officer in (self.cities[city]["lead"] for city in (self.home, "Nantes", "Kobe")):
            if not standing_of(version, officer).parties:
                continue
            consent(
                version, ConsentKind.RESUME, standing=standing_of(version, officer), actor=officer.actor, now=self.now
            )
        if self.chance.random() < 0.2:
            officer = self.chance.choice(self.people)
            take_up(version, standing=standing_of(version, officer), actor=officer.actor, now=self.now)

    def _reminders(self, version: AgreementVersion) -> None:
        if version.state is not VersionState.INVITED or version.answer_by is None:
            return
        if told(version.reference, DueKind.ANSWER, version.answer_by):
            return
        if self.chance.random() < 0.15:
            reminded(version, self.here["liaison"], -7, -1, now=self.now)
            self.now += timedelta(days=40)

    def _given(self, version: AgreementVersion) -> Given:
        today = self.now.date()
        part = self.chance.choice(("clause:effect_term", "clause:costs", "attachment:scan"))
        points = (Point(part, self.chance.choice(list(PointCategory)), "Say it more clearly."),)
        ends = (version.ends_on or today) + timedelta(days=self.chance.choice((30, 150, 400)))
        return Given(
            points=points if self.chance.random() < 0.9 else (),
            signed_on=today if self.chance.random() < 0.9 else None,
            ends_on=ends,
            printed_digits=version.approved_both[:16] if self.chance.random() < 0.9 else "0000",
            stops_on=today + timedelta(days=self.chance.choice((10, 120))),
        )

    # --- Steps --------------------------------------------------------------------------------------------

    def _step(self, version: AgreementVersion) -> None:
        out, chance = self.outcome, self.chance
        source = version.state
        action, who = chance.choice(ACTIONS), chance.choice([*self.people, None])
        ways = [row.action for row in LIFE.rows if source in row.sources]
        if ways and chance.random() < 0.8:
            action = chance.choices(ways, [RARE.get(way, 1.0) for way in ways])[0]
            able = [one for one in self.people if standing_of(version, one).roles & ROW_OF[source, action].actors]
            who = chance.choice(able) if able and chance.random() < 0.95 else who
        standing = standing_of(version, who) if who else SYSTEM_STANDING
        lawful = {row.action for row in LIFE.lawful(source, standing.roles)}
        labels = {str(row.label) for row in LIFE.lawful(source, standing.roles)}
        records = self._records(version)
        given, out.tried = self._given(version), out.tried + 1
        reason = "Because" if chance.random() < 0.9 else None
        try:
            with session.begin_nested():
                done = perform(
                    version,
                    action,
                    standing=standing,
                    actor=who.actor if who else SYSTEM,
                    now=self.now,
                    reason=reason,
                    given=given,
                )
        except UnlawfulAction as unlawful:
            self._fault(action in lawful, f"{action} from {source} is lawful and was refused as unlawful")
            named = set(map(str, unlawful.lawful))
            self._fault(named != labels, f"{action} from {source} names {unlawful.lawful}")
            self._fault(unlawful.status != 409, f"{action} from {source} answers {unlawful.status}")
            said = str(unlawful)
            self._fault(not all(label in said for label in labels), f"{action} from {source} says {said}")
            self._refused(version, unlawful, records)
        except NotFound as unknown:
            self._fault(who is None or standing.sees(version.circle), f"{action} from {source} was not found")
            self._refused(version, unknown, records)
        except ReasonNeeded as needed:
            self._fault(not ROW_OF[source, action].needs_reason, f"{action} from {source} asked for a reason")
            self._refused(version, needed, records)
        except Refusal as refusal:
            self._fault(action not in lawful, f"{action} from {source} is unlawful and was answered by {refusal}")
            self._refused(version, refusal, records)
        else:
            self._accepted(done, action, source, lawful, records)

    def _fault(self, condition: bool, sentence: str) -> None:
        if condition:
            self.outcome.faults.append(sentence)

    def _refused(self, version: AgreementVersion, refusal: Refusal, records: int) -> None:
        session.expire_all()
        self.outcome.refused[type(refusal).__name__] += 1
        self._fault(self._records(version) != records, f"{type(refusal).__name__} left a record behind")

    def _accepted(self, done: Done, action: str, source: VersionState, lawful: set[str], records: int) -> None:
        out, version = self.outcome, done.version
        session.expire_all()
        if done.by_itself:
            for one in done.by_itself:
                out.ways.add((source, one))
                source = VersionState(ROW_OF[source, one].target)
            self._fault(version.state != source, f"{done.by_itself} ended in {version.state}")
            out.reached.add(version.state)
            return
        self._fault(action not in lawful, f"{action} from {source} was taken and is unlawful")
        if not done.moved:
            self._fault(version.state != source, f"{action} was counted and moved the state")
            return
        out.taken += 1
        out.ways.add((source, action))
        moved = done.successor or version
        out.reached.add(moved.state)
        self._fault(moved.state != ROW_OF[source, action].target, f"{action} from {source} ended in {moved.state}")
        if action in OPENS_SUCCESSOR:
            self._fault(version.state != source, f"{action} moved the predecessor")
            self.cases.append(moved)
        else:
            self._fault(self._records(version) != records + 1, f"{action} left no record")
        self._whole(moved)
        self._nobody_approves_their_own(moved)

    def _records(self, version: AgreementVersion) -> int:
        counting = select(func.count(TransitionRecord.id)).where(TransitionRecord.version_id == version.id)
        return session.scalar(counting) or 0

    def _whole(self, version: AgreementVersion) -> None:
        """The record has every step, in order, each beginning where the one before ended."""
        story = session.scalars(
            select(TransitionRecord).where(TransitionRecord.version_id == version.id).order_by(TransitionRecord.seq)
        ).all()
        self._fault([one.seq for one in story] != list(range(1, version.moves + 1)), "a step is missing in the record")
        self._fault(bool(story) and story[-1].target != version.state, "the record ends in another state")
        for before, after in pairwise(story):
            self._fault(before.target != after.source, "the record has a gap")
        for one in story:
            row = ROW_OF[one.source, one.action]
            complete = bool(one.actor and one.role and len(one.text_hash) == 64 and one.number_after)
            self._fault(
                not complete or (row.needs_reason and not one.reason), f"the record of {one.action} is incomplete"
            )
            self._fault(one.role not in row.actors, f"{one.role} took {one.action}")

    def _nobody_approves_their_own(self, version: AgreementVersion) -> None:
        """No person is on both the drafting and the approving side, nor in two capacities on the latter."""
        story = session.scalars(select(TransitionRecord).where(TransitionRecord.version_id == version.id)).all()
        drafted = {one.account_id for one in story if one.action in DRAFTING}
        deciding: dict[int | None, set[str]] = {}
        for one in story:
            if one.action in APPROVING:
                deciding.setdefault(one.account_id, set()).add(one.role)
        rounds = session.execute(
            select(Approval.account_id, Approval.moves).where(Approval.version_id == version.id)
        ).all()
        for account, _ in rounds:
            deciding.setdefault(account, set()).add("national_approver")
        self._fault(len(set(rounds)) != len(rounds), "somebody approved twice")
        self._fault(bool(drafted & set(deciding)), "somebody decided about what they drafted")
        self._fault(any(len(roles) > 1 for roles in deciding.values()), "somebody decided in two capacities")
        still_open = session.scalars(
            select(CaseReview.level).where(CaseReview.version_id == version.id, CaseReview.closed_at.is_(None))
        ).all()
        self._fault(len(still_open) > 1, "two reviews are open")


def trial(ground: Ground, walks: int, seed: int = 1) -> Outcome:
    """Take so many walks on a database of that engine, keep one more, and have the product's command read the audit."""
    app = ground.application()
    with app.app_context():
        try:
            walk = Walk(seed)
            walk.go(walks)
            walk.go_straight()
        finally:
            session.remove()
    walk.outcome.audit = _verified(ground)
    walk._fault(not walk.outcome.audit.endswith("chains are whole."), walk.outcome.audit)
    return walk.outcome


def _verified(ground: Ground) -> str:
    command = [sys.executable, "-m", "forum", "verify-audit"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **ground.environment()}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return f"verify-audit: {(done.stdout + done.stderr).strip()}"
