"""Seven comments on the draft that is in national enquiry: two of them nearly the same, three in Chinese."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from forum.accounts.models import Account
from forum.ballots.models import Ballot, BallotKind, CaseState, Enquired
from forum.comments.models import CommentKind
from forum.comments.operations import deciding, writing
from forum.comments.operations.writing import Wording
from forum.comments.states import DECIDER
from forum.committees.models import PostRole
from forum.committees.queries import post_holders
from forum.core.database import session

_WRITERS = (PostRole.MIRROR_MEMBER, PostRole.UNIT_CONTACT, PostRole.MIRROR_CHAIR)
_DECIDERS = (PostRole.MIRROR_SECRETARY, PostRole.MIRROR_CHAIR)
SAID = (
    Wording(
        CommentKind.TECHNICAL,
        "3.1",
        text_en="The definition does not say whether the villages around a city belong to the community.",
        change_en="Add at the end: “including the villages that it administers”.",
    ),
    Wording(
        CommentKind.TECHNICAL,
        "3.1",
        text_en="The definition doesn't say whether the villages around the city belong to the community.",
        change_en="Say that the villages are included where the city administers them.",
    ),
    Wording(
        CommentKind.TECHNICAL,
        "4",
        text_zh="定义仅涉及建成环境，未体现治理和居民参与。",
        change_zh="在定义末尾补充“以及治理安排和居民参与”。",
        must_change=True,
    ),
    Wording(
        CommentKind.EDITORIAL,
        "Introduction",
        text_zh="引言中“智慧城市”与正文用语不一致，建议统一。",
        change_zh="全文统一使用同一术语。",
    ),
    Wording(
        CommentKind.GENERAL,
        "",
        text_zh="建议增加各语言对应词索引，便于各国采用。",
    ),
    Wording(
        CommentKind.TECHNICAL,
        "Annex A",
        "Table A.1",
        text_en="The terms of the second column are given without a source.",
        change_en="Name the source of each term in a note to the table.",
    ),
    Wording(
        CommentKind.EDITORIAL,
        "Bibliography",
        text_en="The year of the fourth reference is missing.",
        change_en="Add the year of publication.",
    ),
)


def write(*, now: datetime) -> int:
    """Write the comments where a draft of the demonstration is in enquiry; return how many there are."""
    ballot = session.scalar(
        select(Ballot)
        .where(Ballot.kind == BallotKind.DIS, Ballot.state == CaseState.ENQUIRY, Ballot.national_id.is_not(None))
        .order_by(Ballot.id)
        .limit(1)
    )
    if ballot is None or ballot.national_id is None:
        return 0
    asked = list(
        session.scalars(
            select(Account).join(Enquired, Enquired.account_id == Account.id).where(Enquired.ballot_id == ballot.id)
        )
    )
    posted = [post.account for post in post_holders(ballot.national_id, _WRITERS, now)]
    writers = list({account.id: account for account in (*asked, *posted)}.values())
    if not writers:
        return 0
    rows = []
    for place, wording in enumerate(SAID):
        actor = writers[place % len(writers)].actor()
        row = writing.write(ballot, wording, actor=actor, now=now)
        writing.hand_in(row, actor=actor, now=now)
        rows.append(row)
    if len(writers) > 1:
        writing.support(rows[2], actor=writers[3 % len(writers)].actor(), now=now)
    deciders = post_holders(ballot.national_id, _DECIDERS, now)
    if deciders:
        secretary = deciders[0].account.actor(DECIDER)
        deciding.keep(rows[5], actor=secretary, now=now)
        deciding.translate(
            rows[2],
            "The definition covers the built environment only; governance and the part of residents are missing.",
            "Add at the end: “and the arrangements for governance and the part of residents”.",
            reviewed=False,
            actor=secretary,
            now=now,
        )
    return len(rows)
