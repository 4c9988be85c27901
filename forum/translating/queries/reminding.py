"""Days by which somebody has texts to translate or to review: one line for each task and day, whatever the number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import N_, P_
from forum.drafting.neighbours import neighbours
from forum.drafting.queries.texts import records_of
from forum.reminders.rules import Due
from forum.translating.models import Task, TextAssignment
from forum.translating.rules.dues import Standing, standing
from forum.translation import queries as translation

KIND = "texts_due"
OFFSETS = (-3, 0, 7)
KINDS: dict[str, tuple[str, tuple[int, ...]]] = {KIND: (P_("assignment", "Texts to translate or to review"), OFFSETS)}
SENTENCES = {
    Task.TRANSLATE: N_("Texts to translate by %(due)s: %(count)s."),
    Task.REVIEW: N_("Texts to review by %(due)s: %(count)s."),
}
TITLE = Text("Translations", "译文")
_FROM, _UNTIL = timedelta(days=60), timedelta(days=60)  # what is long over, or far ahead, isn't named


def dues(now: datetime) -> Iterator[Due]:
    """Return who has texts that are still to be done; two statements for each kind of record."""
    today = now.date()
    rows = session.scalars(
        select(TextAssignment)
        .where(TextAssignment.due_on.between(today - _FROM, today + _UNTIL))
        .order_by(TextAssignment.id)
    ).all()
    counted = Counter((row.account_id, row.task, row.due_on) for row in _open(rows))
    for (account_id, task, due_on), count in counted.items():
        yield Due(
            kind=KIND,
            object_reference=f"texts:{task}",
            title=TITLE,
            on=due_on,
            account_id=account_id,
            sentence=SENTENCES[task],
            facts={"count": count},
            link="/desk/translation/mine",
            offsets=OFFSETS,
        )


def _open(rows: Sequence[TextAssignment]) -> Iterator[TextAssignment]:
    """Yield the assignments whose texts still wait for what somebody has to do with them."""
    for entity in dict.fromkeys(row.entity for row in rows):
        source, mine = neighbours.sources.get(entity), [row for row in rows if row.entity == entity]
        if source is None:
            continue
        records = records_of(source, (row.entity_id for row in mine))
        known = translation.states_of(list(records.values()))
        for row in mine:
            record = records.get(row.entity_id)
            if record is None or not record.side(row.field, record.source_lang) or record.source_lang == row.lang:
                continue
            if standing(row.task, translation.state(record, row.field, row.lang, known)) is Standing.OPEN:
                yield row
