"""The desk of a ballot: every comment in compiled order, what is nearly the same, what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import request
from flask.typing import ResponseReturnValue

from forum.comments.forms import words
from forum.comments.models import COMMENT_KINDS, Comment, Translation
from forum.comments.operations.writing import takes_comments
from forum.comments.permissions import DESK, current_ballot, me, my_standing
from forum.comments.queries import desk as reading
from forum.comments.queries.following import to_raise_again
from forum.comments.queries.settings import terms_on
from forum.comments.rules.likeness import Said, near_duplicates
from forum.comments.states import COMMENT_STATES, LEAVING, OPEN
from forum.comments.views.blueprint import HERE, pages, show
from forum.web.viewer import now, viewer

_MOST_PAIRS = 12


@pages.page(HERE, policy=DESK)
def desk(ballot_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The comments on a draft."""
    ballot, mine = current_ballot(), my_standing()
    wanted = reading.Wanted(
        state=_one_of(request.args.get("state", ""), COMMENT_STATES),
        kind=_one_of(request.args.get("kind", ""), COMMENT_KINDS),
        mine=bool(request.args.get("mine")),
    )
    number = min(max(1, request.args.get("page", default=1, type=int) or 1), 10_000)
    handed_in = reading.handed_in(ballot.id)
    return show(
        "desk",
        listed=reading.page_of(ballot.id, viewer().account_id, wanted, number),
        wanted=wanted,
        choices={"state": words(COMMENT_STATES), "kind": words(COMMENT_KINDS)},
        counts=Counter(str(row.state) for row in handed_in),
        pairs=_alike(handed_in) if mine.decides else [],
        left=_left(handed_in),
        takes=takes_comments(ballot, me()) and mine.writes,
        again=to_raise_again(ballot) if mine.writes else (),
        numbering=reading.numbering(ballot.id),
    )


def _one_of(text: str, known: dict[str, str]) -> str:
    return text if text in known else ""


def _alike(rows: Sequence[Comment]) -> list[tuple[Comment, Comment, int]]:
    """Return the pairs of open comments that say nearly the same, with their likeness in hundredths."""
    still = {row.id: row for row in rows if row.state in OPEN or (row.state in LEAVING and row.number is None)}
    said = [Said(row.id, row.clause, str(row.kind), (row.text_en, row.text_zh)) for row in still.values()]
    found = near_duplicates(said, terms_on(now().date()).similarity)
    return [(still[pair.first], still[pair.second], pair.percent) for pair in found[:_MOST_PAIRS]]


def _left(rows: Sequence[Comment]) -> dict[str, int]:
    """Return what is left to do before the table can leave."""
    leaving = [row for row in rows if row.state in LEAVING]
    return {
        "undecided": sum(row.state in OPEN for row in rows),
        "unreviewed": sum(row.translation is not Translation.REVIEWED for row in leaving),
        "unnumbered": sum(row.number is None for row in leaving),
        "leaving": len(leaving),
    }
