"""What waits for me."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from forum.reminders import queries
from forum.reminders.wording import line
from forum.web.language import current_language
from forum.web.policy import Pages, Policy
from forum.web.viewer import now, viewer

pages = Pages("reminders", __name__)
PAGE = 50
# What waits for an office is an office's business: it is seen with the second factor alone.
OFFICE_HOLDERS = Policy("whoever works here", lambda who, _args: who.is_staff, staff=True)


@pages.page("/reminders", policy=OFFICE_HOLDERS)
def mine() -> ResponseReturnValue:
    """Everything with a date that waits for the reader, the nearest first."""
    account_id = viewer().account_id or 0
    number = min(max(1, request.args.get("page", default=1, type=int) or 1), 10_000)
    count = queries.count_open(account_id)
    person = queries.recipients([account_id], now()).get(account_id)
    today = person.today(now()) if person is not None else now().date()
    found = queries.open_for(account_id, skip=(number - 1) * PAGE, most=PAGE)
    return render_template(
        "reminders/mine.html",
        lines=[line(one, current_language(), today=today) for one in found],
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
    )
