"""A term that ends soon reaches those who see to a successor, in their language."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.experts.queries.reminding import dues
from forum.ports.mail.models import OutboxMail
from forum.reminders import jobs
from forum.reminders.rules import Source
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.experts.panel import furnish_panel


def test_the_secretary_and_the_expert_are_told_ninety_days_before(app: Flask, cast: Cast, clock: FixedClock) -> None:
    with app.app_context():
        begin_writing()
        panel = furnish_panel(cast)
        ends_on = clock().date() + timedelta(days=90)
        panel.moved(panel.nominated(panel.own_expert(clock()), clock(), ends_on=ends_on), clock())
        cast.account("agenda").language = "zh"
        session.commit()
        session.remove()
        jobs.run((Source("experts", dues),), base_url="http://forum.test", now=clock())
        told = {
            row.recipient: row.body
            for row in session.scalars(select(OutboxMail).where(OutboxMail.kind.startswith("reminders")))
        }
        session.remove()
    assert set(told) == {"agenda@forum.test", "delegate@forum.test"}
    assert "Delegate: the term as “Registered expert” in ISO/TC 268 ends on" in told["delegate@forum.test"]
    assert "/en/desk/nominations/" in told["delegate@forum.test"]
    assert "代表" in told["agenda@forum.test"]
