"""Terms that end within ninety days, for those who have to see to a successor or to an extension."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from forum.committees import queries as committees
from forum.committees.models import PostRole
from forum.core.bilingual import Text
from forum.core.refusals import N_, P_, Word
from forum.experts.models import EXPERT_ROLES, Nomination
from forum.experts.queries import reading
from forum.experts.rules.terms import TELLING_DAYS, today
from forum.reminders.rules import Due
from forum.workdays.rules.calendars import CHINA, Region

KIND = "expert_term"
KINDS: dict[str, tuple[str, tuple[int, ...]]] = {KIND: (P_("experts", "End of an expert’s term"), TELLING_DAYS)}
SENTENCE = N_("%(name)s: the term as “%(role)s” in %(target)s ends on %(due)s.")
NEXT_STEP = N_("Nominate a replacement, or end the role with a reason.")


def dues(now: datetime) -> Iterator[Due]:
    """Return every term of a registered role that ends soon, for the secretaries and for the expert."""
    secretaries: dict[int, list[int]] = {}
    for row in reading.every_ending(today(now)):
        if row.ends_on is None:
            continue
        if row.national_id not in secretaries:
            holders = committees.post_holders(row.national_id, [PostRole.MIRROR_SECRETARY], now)
            secretaries[row.national_id] = [post.account_id for post in holders]
        people = [*secretaries[row.national_id], row.expert.account_id]
        for person in dict.fromkeys(people):
            if person is not None:
                yield _due(row, person)


def _due(row: Nomination, person: int) -> Due:
    assert row.ends_on is not None  # noqa: S101 - the caller has looked
    return Due(
        kind=KIND,
        object_reference=row.audit_reference,
        title=Text(row.target, row.target),
        on=row.ends_on,
        account_id=person,
        sentence=SENTENCE,
        facts={"name": row.expert.text("name"), "role": Word(EXPERT_ROLES[row.role]), "target": row.target},
        next_step=NEXT_STEP,
        link=f"/desk/nominations/{row.public_id}",
        offsets=TELLING_DAYS,
        places=(Region(CHINA),),
    )
