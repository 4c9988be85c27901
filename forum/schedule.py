"""The schedule of the house: which room's work is done when, without anybody asking.

Hours are UTC: 18:00 is two in the morning in China, where most readers sleep then.
"""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta

import structlog
from flask import current_app
from sqlalchemy import delete, or_, select

from forum.accounts.models import MailLink, SignIn
from forum.adoptions.operations import watching as adoptions
from forum.audit import queries as audit
from forum.ballots.operations import turning as ballots_turning
from forum.ballots.queries import due as ballots
from forum.cities import dues as cities
from forum.config import Settings
from forum.cooperation.queries import reminding as cooperation
from forum.core.database import session
from forum.core.formkeys import FormKey
from forum.drafting.neighbours import neighbours as drafting
from forum.drafting.operations.claiming import Allowance
from forum.drafting.operations.performing import perform_due
from forum.events.models import Forum
from forum.experts.queries import reminding as experts
from forum.liaisons.queries import reminding as liaisons
from forum.partnerships.operations.calendar import turn_of_the_day
from forum.partnerships.queries import due as partnerships
from forum.ports.engines.choosing import engine_from
from forum.ports.files.keeping import sweep_orphans
from forum.ports.jobs.queue import DELIVERY
from forum.ports.jobs.timing import Job
from forum.ports.mail.delivery import deliver_due
from forum.registration import seats
from forum.registration.operations import retention, waiting
from forum.reminders import jobs as reminding
from forum.reminders import operations as reminders
from forum.reminders.rules import Source
from forum.standards import jobs as standards
from forum.translating.queries import reminding as translating
from forum.watching import jobs as watching

log = structlog.get_logger()
KEPT_AFTER_END = timedelta(days=30)  # signed-out devices and used links, for "was that me?"
FORM_KEYS_KEPT = timedelta(days=7)
DAY = timedelta(days=1)

# Every room with due dates; what it no longer names is settled, what it names with another date has moved.
REMINDER_SOURCES: tuple[Source, ...] = (
    Source("cities", cities.dues),
    Source("partnerships", partnerships.dues),
    Source("cooperation", cooperation.dues),
    Source("ballots", ballots.dues),
    Source("liaisons", liaisons.dues),
    Source("experts", experts.dues),
    Source("translating", translating.dues),
)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["forum.settings"]
    return settings


def deliver_mail(now: datetime) -> int:
    """Deliver what the outbox holds."""
    settings = _settings()
    return deliver_due(settings.smtp_url, settings.mail_from, now=now)


def clean_up(now: datetime) -> int:
    """Remove sign-ins, links and form keys that serve nobody any more."""
    long_ago = now - KEPT_AFTER_END
    statements = (
        delete(SignIn).where(or_(SignIn.expires_at < long_ago, SignIn.ended_at < long_ago)),
        delete(MailLink).where(MailLink.expires_at < now - DAY),
        delete(FormKey).where(FormKey.at < now - FORM_KEYS_KEPT),
    )
    removed = 0
    for statement in statements:
        removed += int(getattr(session.execute(statement), "rowcount", 0))
    return removed + reminders.forget_old(now)


def remind(now: datetime) -> int:
    """Tell those for whom it is morning of a working day what waits for them; return how many mails it made."""
    return reminding.run(REMINDER_SOURCES, base_url=_settings().base_url, now=now).mails


def tell_followers(now: datetime) -> int:
    """Tell those who follow standards and committees what has changed; return how many mails it made."""
    return watching.run(base_url=_settings().base_url, now=now).mails


def compare_seats(now: datetime) -> int:  # noqa: ARG001 - every job is handed the instant
    """Compare every seat counter with the rows behind it; a difference is an error in the log."""
    differences = 0
    for forum in session.scalars(select(Forum)):
        for found in seats.reconcile(forum):
            differences += 1
            log.error("seats", scope=found.scope, taken=found.taken, counted=found.counted)
    return differences


def anchor_audit(now: datetime) -> int:
    """Write the end of every chain to a file outside the database, where a cut tail would show."""
    path = _settings().data_dir / "anchors.log"
    heads = audit.chains()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a") as stream:
        for head in heads:
            stream.write(f"{now.isoformat()} {head.chain} {head.seq} {head.hash}\n")
        stream.flush()
        os.fsync(stream.fileno())
    return len(heads)


def sweep_files(now: datetime) -> int:
    """Remove bytes of files that no row speaks of."""
    return sweep_orphans(now=now)


def turn_partnerships(now: datetime) -> int:
    """Let happen what is due in partnerships; a day ends at another hour in each zone."""
    return turn_of_the_day(now=now)


def turn_ballots(now: datetime) -> int:
    """Let enquiries end and ballots close, and note what wasn't voted on."""
    return ballots_turning.turn_of_the_hour(now=now)


def look_at_adoptions(now: datetime) -> int:
    """Record what has moved under adoptions since the last look."""
    return adoptions.look(now)


def draft_translations(now: datetime) -> int:
    """Make the machine drafts that are due; return how many were stored.  Without an engine nothing leaves."""
    settings = _settings()
    allowance = Allowance(settings.translation_rate, settings.translation_budget)
    return perform_due(now, engine_from(settings, drafting.embedded), allowance=allowance)


JOBS: tuple[Job, ...] = (
    Job(DELIVERY, deliver_mail, timedelta(minutes=1), own_transactions=True),
    Job("expire_offers", waiting.expire_due, timedelta(minutes=1)),
    # Morning comes to some zone every quarter of an hour.
    Job("remind", remind, timedelta(minutes=10), own_transactions=True),
    Job("import_standards", standards.work, timedelta(minutes=1), own_transactions=True),
    Job("draft_translations", draft_translations, timedelta(minutes=1), own_transactions=True),
    Job("tell_followers", tell_followers, timedelta(minutes=10), own_transactions=True),
    Job("turn_partnerships", turn_partnerships, timedelta(hours=1)),
    Job("turn_ballots", turn_ballots, timedelta(hours=1)),
    Job("look_at_adoptions", look_at_adoptions, timedelta(hours=1)),
    Job("clean_up", clean_up, DAY, at=time(18, 0)),
    Job("retention", retention.purge, DAY, at=time(18, 10)),
    Job("compare_seats", compare_seats, DAY, at=time(18, 20)),
    Job("sweep_files", sweep_files, DAY, at=time(18, 30), own_transactions=True),
    Job("anchor_audit", anchor_audit, DAY, at=time(18, 40), own_transactions=True),
)
