"""What is internal to international work: a word of its own in every internal text of a case, and in every state.

The national committee is SAC/TC 567, which answers for ISO/TC 268; who reads what is told by its people's rooms.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from forum.accounts.models import Account
from forum.adoptions.models import Adoption
from forum.ballots.models import (
    Ballot,
    BallotDocument,
    BallotEvent,
    BallotIncident,
    BallotKind,
    BallotResult,
    BallotRule,
    CaseState,
    Enquired,
    GuardSignature,
    Position,
    Vote,
)
from forum.ballots.rules.acceptance import Tallies, Tally
from forum.cities.models import CityProfile
from forum.comments.models import (
    Comment,
    CommentKind,
    CompiledRow,
    Numbering,
    SentTable,
    Support,
    TablePurpose,
    Translation,
)
from forum.comments.states import CommentState
from forum.committees.models import Committee, LiaisonRelation
from forum.core.database import begin_writing, session
from forum.evidence.models import CityUse, EvidenceLink, Idea, IdeaStep
from forum.evidence.states import Capacity as EvidenceCapacity
from forum.evidence.states import IdeaState, LinkState, Relation, UseConsent, UseState
from forum.experts.models import Capacity, ExpertProfile, ExpertRole, Nomination, NominationStep
from forum.experts.states import NominationState
from forum.liaisons.models import (
    Addressee,
    Attachment,
    Confidentiality,
    Contact,
    ContactRole,
    Direction,
    Obligation,
    Purpose,
    RelationReview,
    Side,
    Statement,
)
from forum.liaisons.states import StatementState
from forum.ports.files.keeping import store
from forum.ports.files.kinds import kind_named
from forum.ports.files.models import StoredFile
from forum.standards.models import Standard
from tests.gates.channels import legible
from tests.gates.embargo import words
from tests.gates.hostile import nothing_kept
from tests.gates.matrix import room_of, rows
from tests.gates.standing import HOME, ROOMS_OF_STANDARDS
from tests.gates.world import World

ABROAD, PROJECT = "ISO/TC 268", "iso-37187"
WORKED_ON = (  # states in which the position was written
    CaseState.POSITION_DRAFT,
    CaseState.POSITION_APPROVED,
    CaseState.SUBMITTED,
    CaseState.CLOSED,
    CaseState.DISPOSITIONED,
)
VOTED = (CaseState.SUBMITTED, CaseState.CLOSED, CaseState.DISPOSITIONED)
NUMBERED = frozenset({CommentState.EXPORTED, CommentState.ANSWERED, CommentState.VERIFIED, CommentState.DONE})
PDF = b"%PDF-1.7\n%%EOF\n"


class Inside:
    """The words by the field that holds them; call within a write transaction."""

    def __init__(self, world: World, now: datetime, seed: int = 1) -> None:
        self.world, self.now = world, now
        self.fresh: Iterator[str] = iter(words(random.Random(seed), 900))
        self.secrets: dict[str, str] = {}
        self.national = session.scalars(select(Committee).where(Committee.reference == HOME)).one()
        self.abroad = session.scalars(select(Committee).where(Committee.reference == ABROAD)).one()
        self.standard = session.scalars(select(Standard).where(Standard.slug == PROJECT)).one()
        self.author = Account(email="author@unit.test", name=self.word("comment.author"), language="en")
        session.add(self.author)
        session.flush()
        self.cases = {state: self._ballot(state) for state in CaseState}
        self._results()
        self._comments()
        self._liaisons()
        self._experts()
        self._evidence()
        self._adoption()
        session.flush()
        self.pages = self._pages()

    def _pages(self) -> list[str]:
        """What no address of the small world names: each case, its desk, and each comment."""
        found = []
        for ballot in self.cases.values():
            here = f"ballots/{ballot.public_id}/"
            found += [here, f"{here}position.pdf", f"{here}comments"]
            found += [f"{here}comments/{page}" for page in ("check", "answers", "table.csv", "table.docx")]
            comments = session.scalars(select(Comment.public_id).where(Comment.ballot_id == ballot.id))
            found += [f"{here}comments/{public_id}" for public_id in comments]
        for model, page in (
            (Statement, "liaisons/{}/"),
            (Obligation, "desk/liaisons/obligations/{}"),
            (ExpertProfile, "desk/experts/{}"),
            (Nomination, "desk/nominations/{}"),
            (LiaisonRelation, "desk/liaisons/relations/{}"),
            (Idea, "ideas/{}/"),
            (Idea, "desk/ideas/{}/change"),
            (CityUse, "desk/evidence/uses/{}/change"),
        ):
            newest = session.scalars(select(model.public_id).order_by(model.id.desc()).limit(8))
            found += [page.format(each) for each in newest]
        return found

    def addresses(self, language: str) -> list[str]:
        """Those pages in a language."""
        return [f"/{language}/{page}" for page in self.pages]

    def word(self, field: str, place: str = "") -> str:
        """A word that stands nowhere else."""
        made = next(self.fresh)
        self.secrets[f"{field} {place}".strip()] = made
        return made

    def of(self, who: str) -> int:
        """Somebody's account."""
        return self.world.cast.accounts[who]

    def _file(self, name: str, owner: str) -> StoredFile:
        kind = kind_named(name)
        assert kind is not None
        return store(io.BytesIO(PDF), name, owner, [kind])

    def _ballot(self, state: CaseState) -> Ballot:
        now, said = self.now, state.value
        over = state in {CaseState.CLOSED, CaseState.DISPOSITIONED, CaseState.MISSED}
        rule = session.scalars(
            select(BallotRule).where(BallotRule.kind == BallotKind.DIS, BallotRule.number == 1)
        ).one()
        made = Ballot(
            kind=BallotKind.DIS,
            rule_id=rule.id,
            standard_id=self.standard.id,
            committee_id=self.abroad.id,
            national_id=self.national.id,
            summary_zh=self.word("ballot.summary_zh", said),
            summary_en=self.word("ballot.summary_en", said),
            outline=["1", "2", "3", "3.1"],
            opens_at=now - timedelta(days=84 if over else 14),
            closes_at=now - timedelta(days=2) if over else now + timedelta(days=70),
            state=state,
            state_since=now - timedelta(days=1),
            secretary_id=self.of("secretary"),
            compressed=state in {CaseState.OPEN, CaseState.CONSOLIDATING},
        )
        session.add(made)
        session.flush()
        session.add(
            Enquired(
                ballot_id=made.id,
                account_id=self.of("member"),
                unit=self.word("ballot_enquired.unit", said),
                asked_at=now,
                answered_at=now,
                answer="approve",
                remark=self.word("ballot_enquired.remark", said),
            )
        )
        draft = BallotDocument(
            ballot_id=made.id,
            kind="draft",
            file_id=self._file("draft.pdf", f"ballot:{made.public_id}").id,
            title=self.word("ballot_document.title", said),
        )
        step = BallotEvent(
            ballot_id=made.id,
            at=now,
            action="hand_back",
            before="position_draft",
            after="position_draft",
            account_id=self.of("chair"),
            role="chair",
            reason=self.word("ballot_event.reason", said),
        )
        session.add_all([draft, step])
        session.flush()
        if state in WORKED_ON:
            self._position(made, draft)
        if state is CaseState.MISSED:
            report = self.word("ballot_incident.report")
            session.add(
                BallotIncident(
                    ballot_id=made.id,
                    raised_at=now,
                    state_before="open",
                    report=report,
                    reported_at=now,
                    reported_by_id=self.of("secretary"),
                )
            )
        return made

    def _position(self, ballot: Ballot, receipt: BallotDocument) -> None:
        said = ballot.state.value
        written = Position(
            ballot_id=ballot.id, number=1, answer="approve", author_id=self.of("secretary"), digest="0" * 64
        )
        written.reason_en = self.word("ballot_position.reason_en", said)
        written.reason_zh = self.word("ballot_position.reason_zh", said)
        session.add(written)
        session.flush()
        if ballot.state is not CaseState.POSITION_DRAFT:  # there the warnings wait for an answer
            session.add(
                GuardSignature(
                    position_id=written.id,
                    code="VG-02",
                    reason=self.word("ballot_guard_signature.reason", said),
                    account_id=self.of("chair"),
                    at=self.now,
                )
            )
        if ballot.state in VOTED:
            session.add(
                Vote(
                    ballot_id=ballot.id,
                    number=1,
                    position_id=written.id,
                    answer="approve",
                    at=ballot.opens_at + timedelta(days=10),
                    account_id=self.of("submission"),
                    receipt_id=receipt.id,
                    digest="0" * 64,
                )
            )

    def _results(self) -> None:
        """A ballot whose result was entered, and whose next stage nobody has declared yet."""
        closed = self.cases[CaseState.CLOSED]
        tallies = asdict(Tallies(p=Tally({"approve": 20, "disapprove": 4}), o=Tally({"approve": 2})))
        session.add(
            BallotResult(
                ballot_id=closed.id,
                number=1,
                at=self.now,
                account_id=self.of("secretary"),
                tallies=tallies,
                outcome="approved",
            )
        )

    def _comments(self) -> None:
        """A comment in every state on the case that is being consolidated, and those that came back on a closed one."""
        for ballot in (self.cases[CaseState.CONSOLIDATING], self.cases[CaseState.DISPOSITIONED]):
            for place, state in enumerate(CommentState, start=1):
                numbered = ballot.state is CaseState.DISPOSITIONED and state in NUMBERED
                if ballot.state is not CaseState.DISPOSITIONED and state in NUMBERED:
                    continue
                self._comment(ballot, state, number=place if numbered else None)
        for worked in WORKED_ON:  # the guard warns of approving against a comment that must be heeded
            number = 99 if worked is CaseState.POSITION_DRAFT else None
            self._comment(self.cases[worked], CommentState.KEPT, number)
        waiting = self.cases[CaseState.POSITION_DRAFT]
        session.add(Numbering(ballot_id=waiting.id, next_number=100, frozen_at=self.now))
        table = SentTable(
            ballot_id=self.cases[CaseState.DISPOSITIONED].id,
            purpose=TablePurpose.COMPILED,
            file_id=self._file("compiled.pdf", "ballot:compiled").id,
            taken_in_at=self.now,
        )
        session.add(table)
        session.flush()
        row = {name: self.word(f"comment_compiled_row.{name}") for name in ("clause", "comment", "observation")}
        session.add(CompiledRow(table_id=table.id, position=1, code="FR-001", member_body="FR", kind="te", **row))

    def _comment(self, ballot: Ballot, state: CommentState, number: int | None = None) -> Comment:
        place = f"{ballot.state} {state}"
        said = {
            name: self.word(f"comment.{name}", place)
            for name in ("text_zh", "text_en", "change_zh", "change_en", "unit")
        }
        if state is CommentState.DROPPED:
            said["reason"] = self.word("comment.reason", place)
        if state in NUMBERED or state is CommentState.RE_RAISED:
            said |= {"observation": self.word("comment.observation", place), "disposition": "rejected"}
            said["argument"] = self.word("comment.argument", place)
        made = Comment(
            ballot_id=ballot.id,
            number=number,
            state=state,
            state_since=self.now,
            author_id=self.of("member") if state in {CommentState.DRAFT, CommentState.WITHDRAWN} else self.author.id,
            clause="3.1",
            kind=CommentKind.TECHNICAL,
            translation=Translation.REVIEWED,
            must_change=True,
            exported_at=self.now if state in NUMBERED else None,
            answered_at=self.now if state in NUMBERED else None,
            **said,
        )
        session.add(made)
        session.flush()
        session.add(
            Support(comment_id=made.id, account_id=self.of("secretary"), unit=self.word("comment_support.unit", place))
        )
        return made

    def _liaisons(self) -> None:
        """Drafts and internal or confidential statements, in both directions; the public reads none of them."""
        for direction, state, how in (
            (Direction.OUT, StatementState.DRAFT, Confidentiality.PUBLIC),
            (Direction.OUT, StatementState.PENDING, Confidentiality.INTERNAL),
            (Direction.OUT, StatementState.POSTED, Confidentiality.INTERNAL),
            (Direction.IN, StatementState.RECEIVED, Confidentiality.INTERNAL),
            (Direction.IN, StatementState.POSTED, Confidentiality.CONFIDENTIAL),
            (Direction.OUT, StatementState.DEAD, Confidentiality.PUBLIC),
        ):
            self._statement(direction, state, how)
        relation = session.scalars(
            select(LiaisonRelation).filter_by(committee_id=self.abroad.id).order_by(LiaisonRelation.id.desc()).limit(1)
        ).one()
        reason = self.word("liaison_relation_review.reason")
        session.add(
            RelationReview(
                relation_id=relation.id,
                action="open_review",
                at=self.now,
                by="account:x",
                after="active",
                reason=reason,
            )
        )

    def _statement(self, direction: Direction, state: StatementState, how: Confidentiality) -> None:
        place = f"{direction} {state} {how}"
        made = Statement(
            direction=direction,
            state=StatementState.DRAFT,
            state_since=self.now,
            confidentiality=how,
            dated_on=self.now.date(),
            drafted_by_id=self.of("liaison_officer"),
            from_name=self.word("liaison_statement.from_name", place),
            reason=self.word("liaison_statement.reason", place) if state is StatementState.DEAD else "",
        )
        made.title_en = self.word("liaison_statement.title_en", place)
        made.title_zh = self.word("liaison_statement.title_zh", place)
        made.body_en = self.word("liaison_statement.body_en", place)
        made.body_zh = self.word("liaison_statement.body_zh", place)
        ours, theirs = (Side.FROM, Side.TO) if direction is Direction.OUT else (Side.TO, Side.FROM)
        purpose = {Side.TO: Purpose.INFORMATION, Side.FROM: None}
        made.addressees = [
            Addressee(side=ours, position=1, committee_id=self.abroad.id, purpose=purpose[ours]),
            Addressee(
                side=theirs,
                position=1,
                external_name=self.word("liaison_addressee.external_name", place),
                purpose=purpose[theirs],
            ),
        ]
        named = {
            "name": self.word("liaison_contact.name", place),
            "organisation": self.word("liaison_contact.organisation", place),
        }
        made.contacts = [Contact(role=ContactRole.FROM, position=1, **named)]
        session.add(made)
        session.flush()
        file = self._file("terms.pdf", made.audit_reference)
        title = self.word("liaison_attachment.title", place)
        session.add(Attachment(statement_id=made.id, file_id=file.id, title=title))
        session.flush()
        if state is StatementState.POSTED:
            made.posted_at = self.now
            made.register_number = f"LS-X-{made.id}"
        made.state = state
        session.flush()
        if direction is Direction.IN:
            session.add(
                Obligation(
                    statement_id=made.id,
                    owner_id=self.of("liaison_officer"),
                    state="waived",
                    state_since=self.now,
                    opened_at=self.now,
                    due_at=self.now + timedelta(days=20),
                    due_zone="Europe/Zurich",
                    internal_due_at=self.now + timedelta(days=10),
                    reason=self.word("liaison_obligation.reason", place),
                )
            )

    def _experts(self) -> None:
        """Somebody who hasn't consented to be shown, and somebody who has, whose qualification stays inside as well."""
        for place in ("unshown", "shown"):
            made = ExpertProfile(
                qualification=self.word("expert.qualification", place),
                consented_on=self.now.date() if place == "shown" else None,
                entered_for_id=self.national.id,
            )
            shown = place == "shown"
            made.name_en = "Shown Person" if shown else self.word("expert.name_en", place)
            made.name_zh = "公开的人" if shown else self.word("expert.name_zh", place)
            made.unit_en = "Shown Unit" if shown else self.word("expert.unit_en", place)
            made.unit_zh = "公开单位" if shown else self.word("expert.unit_zh", place)
            session.add(made)
            session.flush()
            nomination = Nomination(
                expert_id=made.id,
                national_id=self.national.id,
                committee_id=self.abroad.id,
                role=ExpertRole.EXPERT,
                capacity=Capacity.PERSONAL,
                qualification=self.word("nomination.qualification", place),
                interests=self.word("nomination.interests", place),
                interests_declared_on=self.now.date(),
                starts_on=self.now.date() - timedelta(days=100),
                evidence=self.word("nomination.evidence", place),
                state=NominationState.REGISTERED,
                state_since=self.now,
            )
            session.add(nomination)
            session.flush()
            session.add(
                NominationStep(
                    nomination_id=nomination.id,
                    number=1,
                    at=self.now,
                    action="register",
                    after="registered",
                    account_id=self.of("standards"),
                    held="office",
                    reason=self.word("nomination_step.reason", place),
                )
            )

    def _evidence(self) -> None:
        """An idea that nobody has screened, and cases of a city that aren't confirmed or that it keeps to itself."""
        idea = Idea(
            raised_on=self.now.date(), raised_as=EvidenceCapacity.NATION, committee_id=self.abroad.id, account_id=None
        )
        idea.title_en, idea.title_zh = self.word("idea.title_en"), self.word("idea.title_zh")
        idea.problem_en, idea.problem_zh = self.word("idea.problem_en"), self.word("idea.problem_zh")
        idea.proposer_en, idea.proposer_zh = self.word("idea.proposer_en"), self.word("idea.proposer_zh")
        session.add(idea)
        session.flush()
        session.add(
            IdeaStep(
                idea_id=idea.id,
                action="reopen",
                source=IdeaState.DECLINED,
                target=IdeaState.RAISED,
                at=self.now,
                by="account:x",
                capacity=EvidenceCapacity.NATION,
                reason=self.word("idea_step.reason"),
            )
        )
        profile = session.scalars(select(CityProfile).where(CityProfile.slug == "hangzhou")).one()
        for state, consent in (
            (UseState.FILED, UseConsent.PUBLIC),
            (UseState.FILED, UseConsent.NONE),
            (UseState.CONFIRMED, UseConsent.NONE),
        ):
            place = f"{state} {consent}"
            use = CityUse(
                city_id=profile.city_id,
                standard_id=self.standard.id,
                clauses=self.word("city_use.clauses", place),
                starts_on=self.now.date(),
                consent=consent,
                consented_on=self.now.date(),
                state=state,
                confirmed_at=self.now if state is UseState.CONFIRMED else None,
            )
            use.title_en, use.title_zh = self.word("city_use.title_en", place), self.word("city_use.title_zh", place)
            use.result_en, use.result_zh = (
                self.word("city_use.result_en", place),
                self.word("city_use.result_zh", place),
            )
            session.add(use)
        session.add(
            EvidenceLink(
                subject=f"idea:{idea.public_id}",
                relation=Relation.BECAME,
                target=f"standard:{self.standard.public_id}",
                happened_on=self.now.date(),
                state=LinkState.ASSERTED,
                asserted_by="account:x",
                asserted_as=EvidenceCapacity.NATION,
                asserted_at=self.now,
            )
        )

    def _adoption(self) -> None:
        named = self.world.values["own"]["adoption_id"]
        adoption = session.scalars(select(Adoption).filter_by(public_id=named)).one()
        adoption.returned_because = self.word("adoption.returned_because")


def released(app: Flask, world: World, now: datetime, seed: int = 1) -> Inside:
    """Put all of it into the world; commits."""
    with app.app_context():
        begin_writing()
        made = Inside(world, now, seed)
        session.commit()
        session.remove()
    return made


def opened(app: Flask, world: World, inside: Inside, role: str, language: str) -> Iterator[tuple[str, str]]:
    """Every address of these rooms that somebody can ask for, with all that its answer holds."""
    client = world.client(role)
    cookies = dict(client._cookies or {})
    addresses = dict.fromkeys(inside.addresses(language))
    for row, rule in rows(app, world):
        if row[1] == "GET" and room_of(row) in ROOMS_OF_STANDARDS:
            addresses[world.address(rule, row[2], language)] = None
    with nothing_kept():
        for address in addresses:
            client._cookies = dict(cookies)
            answer = client.get(address)
            assert answer.status_code < 500, f"{address} answers {answer.status_code} to {role}"
            yield address, legible(answer)
