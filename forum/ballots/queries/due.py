"""What falls due in ballots, for each person who has to do something about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from forum.ballots.models import Ballot, BallotStep, CaseState, Enquired, StepKind
from forum.ballots.queries import configured
from forum.ballots.rules.backplan import HERE, day_in_beijing
from forum.ballots.rules.naming import name_of
from forum.ballots.states import RUNNING
from forum.committees.models import Post, PostRole
from forum.committees.queries import runs
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import N_, P_
from forum.offices import queries as offices
from forum.reminders.queries import offsets
from forum.reminders.rules import Due

# Of each step: who has to act, what a reminder says, and what to do next.
WORDS: dict[StepKind, tuple[tuple[str, ...], str, str]] = {
    StepKind.TRIAGE: (
        ("secretary",),
        N_("The ballot on %(reference)s is to be taken up by %(due)s."),
        N_("Begin the national enquiry."),
    ),
    StepKind.ENQUIRY: (
        ("secretary",),
        N_("The national enquiry on %(reference)s ends on %(due)s."),
        N_("Look who hasn’t answered yet, then close the enquiry."),
    ),
    StepKind.CONSOLIDATE: (
        ("secretary",),
        N_("The comments on %(reference)s are to be consolidated by %(due)s."),
        N_("Decide every comment, then begin the position."),
    ),
    StepKind.APPROVE: (
        ("chair", "office"),
        N_("The position on %(reference)s is to be approved by %(due)s."),
        N_("Read the position, then approve it or hand it back."),
    ),
    StepKind.SUBMIT: (
        ("submission", "office"),
        N_("Our vote on %(reference)s is to be submitted by %(due)s."),
        N_("Vote in the tool of the committee and attach its receipt."),
    ),
}
ANSWER = (
    N_("Your opinion on %(reference)s is asked until %(due)s."),
    N_("Read the draft and answer."),
)
KINDS: dict[str, str] = {
    "ballot_triage": P_("ballots", "Ballot: to be taken up"),
    "ballot_enquiry": P_("ballots", "Ballot: end of the national enquiry, for the secretary"),
    "ballot_answer": P_("ballots", "Ballot: answer to the national enquiry, for those who were asked"),
    "ballot_consolidate": P_("ballots", "Ballot: comments to be consolidated"),
    "ballot_approve": P_("ballots", "Ballot: position to be approved"),
    "ballot_submit": P_("ballots", "Ballot: vote to be submitted"),
}


@dataclass(frozen=True, slots=True)
class _People:
    """Who holds which post and office now: read once for all."""

    posts: Mapping[tuple[str, int], Sequence[int]]
    offices: Mapping[str, Sequence[int]]

    def of(self, ballot: Ballot, roles: Iterable[str]) -> list[int]:
        """Return the accounts with these roles towards a ballot, each once."""
        found: list[int] = []
        for role in roles:
            if role in {"secretary", "chair"} and ballot.national_id is not None:
                found += self.posts.get((role, ballot.national_id), ())
            else:
                found += self.offices.get(role, ())
        return list(dict.fromkeys(found))


def dues(now: datetime) -> Iterator[Due]:
    """Return the next step of every running case, and the answers that are awaited."""
    ballots = session.scalars(
        select(Ballot)
        .where(Ballot.state.in_([CaseState(one) for one in RUNNING]), Ballot.closes_at > now)
        .order_by(Ballot.id)
        .options(joinedload(Ballot.standard), selectinload(Ballot.steps))
    ).all()
    if not ballots:
        return
    days = days_now(now)
    set_here = offsets()
    chosen = {kind: set_here.get(f"ballot_{kind}", days) for kind in StepKind}
    people = _people(now)
    waiting = _waiting(ballots)
    for ballot in ballots:
        step = next((one for one in ballot.steps if one.done_at is None), None)
        if step is None:
            continue
        roles, sentence, next_step = WORDS[step.kind]
        for account_id in people.of(ballot, roles):
            yield _named(ballot, step, account_id, (sentence, next_step), chosen[step.kind])
        if ballot.state is CaseState.ENQUIRY and step.kind is StepKind.ENQUIRY:
            for account_id in waiting.get(ballot.id, ()):
                yield _named(ballot, step, account_id, ANSWER, chosen[step.kind], page="answer")


def days_now(now: datetime) -> tuple[int, ...]:
    """Return on which days every kind is told, as the office's terms say today."""
    return configured.terms_on(day_in_beijing(now)).reminder_days


def _people(now: datetime) -> _People:
    posts: dict[tuple[str, int], list[int]] = {}
    kept = select(Post).where(
        Post.role.in_((PostRole.MIRROR_SECRETARY, PostRole.MIRROR_CHAIR)), Post.ended_at.is_(None)
    )
    for post in (row for row in session.scalars(kept.order_by(Post.id)) if runs(row, now)):
        posts.setdefault((str(post.role).removeprefix("mirror_"), post.committee_id), []).append(post.account_id)
    names = {"standards_officer": "office", "submission_officer": "submission"}
    held: dict[str, list[int]] = {}
    for (role, _scope), rows in offices.roster(now).items():
        if role in names:
            held.setdefault(names[role], []).extend(row.account_id for row in rows)
    return _People(posts, held)


def _waiting(ballots: Sequence[Ballot]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = {}
    for ballot_id, account_id in session.execute(
        select(Enquired.ballot_id, Enquired.account_id)
        .where(Enquired.ballot_id.in_([one.id for one in ballots]), Enquired.answered_at.is_(None))
        .order_by(Enquired.id)
    ):
        found.setdefault(ballot_id, []).append(account_id)
    return found


def _named(
    ballot: Ballot,
    step: BallotStep,
    account_id: int,
    words: tuple[str, str],
    days: tuple[int, ...],
    *,
    page: str = "",
) -> Due:
    on: date = step.due_on
    return Due(
        kind=f"ballot_{page or step.kind}",
        object_reference=f"ballot:{ballot.public_id}",
        title=Text(name_of(ballot, "en"), name_of(ballot, "zh")),
        on=on,
        account_id=account_id,
        sentence=words[0],
        facts={"reference": Text(name_of(ballot, "en"), name_of(ballot, "zh"))},
        next_step=words[1],
        link=f"/ballots/{ballot.public_id}/{page}",
        offsets=days,
        places=HERE,
    )
