"""Delivering the outbox: after the commit, at least once, with the same Message-ID each time."""

from __future__ import annotations

import smtplib
import ssl
import time
from contextlib import suppress
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

import structlog
from sqlalchemy import or_, select, update

from forum.core.database import begin_writing, session
from forum.core.identifiers import without_secrets
from forum.ports.mail.models import MailState, OutboxMail

log = structlog.get_logger()
TIMEOUT = 20  # seconds for each word with the server
LEASE = timedelta(seconds=4 * TIMEOUT)
MOST_TRIES = 8


def _claim(now: datetime) -> OutboxMail | None:
    """Take the next due mail under a lease, in a short transaction of its own."""
    begin_writing()
    due = (
        select(OutboxMail.id)
        .where(
            or_(
                (OutboxMail.state == MailState.QUEUED) & (OutboxMail.next_at <= now),
                (OutboxMail.state == MailState.SENDING) & (OutboxMail.lease_until < now),
            )
        )
        .order_by(OutboxMail.lane, OutboxMail.id)
        .limit(1)
    )
    if session.get_bind().dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    found = session.scalar(due)
    if found is None:
        session.rollback()
        return None
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == found)
        .values(state=MailState.SENDING, lease_until=now + LEASE, tries=OutboxMail.tries + 1)
    )
    mail = session.get_one(OutboxMail, found, populate_existing=True)
    session.expunge(mail)
    session.commit()
    return mail


def _settle(mail: OutboxMail, **values: object) -> None:
    begin_writing()
    session.execute(update(OutboxMail).where(OutboxMail.id == mail.id).values(**values))
    session.commit()


def as_message(mail: OutboxMail, sender: str, now: datetime) -> EmailMessage:
    """Return the mail as RFC 5322 text, marked as automatic (RFC 3834), without any markup."""
    message = EmailMessage()
    message["From"] = Address("Forum", addr_spec=sender)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if mail.unsubscribe:  # RFC 8058: one POST, without a question
        message["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.body)
    message["Content-Language"] = "zh-Hans" if mail.language == "zh" else "en"  # set_content clears Content-*
    return message


class _Server:
    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.connection: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        if self.connection is None:
            self.connection = self._connect()
        self.connection.send_message(message)

    def _connect(self) -> smtplib.SMTP:
        host, parts = self.parts.hostname or "localhost", self.parts
        if parts.scheme == "smtps":
            made: smtplib.SMTP = smtplib.SMTP_SSL(
                host, parts.port or 465, timeout=TIMEOUT, context=ssl.create_default_context()
            )
        else:
            made = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
            if made.has_extn("starttls") or parts.username:
                made.starttls(context=ssl.create_default_context())
        if parts.username:
            made.login(unquote(parts.username), unquote(parts.password or ""))
        return made

    def close(self) -> None:
        if self.connection is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.connection.quit()
            self.connection = None


def deliver_due(smtp_url: str | None, sender: str, *, now: datetime, most: int = 200) -> int:
    """Deliver what is due; return how many mails left.  Without a server they are kept for staff to read."""
    server = _Server(smtp_url) if smtp_url else None
    done, begun = 0, time.monotonic()
    try:
        for _ in range(most):
            # A slow server makes a round long: a lease counts from now, not from the round's beginning.
            at = now + timedelta(seconds=time.monotonic() - begun)
            mail = _claim(at)
            if mail is None:
                break
            if server is None:
                _settle(mail, state=MailState.KEPT, sent_at=at, lease_until=None)
                done += 1
                continue
            done += _send(server, mail, sender, at)
    finally:
        if server is not None:
            server.close()
    return done


def _send(server: _Server, mail: OutboxMail, sender: str, now: datetime) -> int:
    try:
        server.send(as_message(mail, sender, now))
    except smtplib.SMTPRecipientsRefused as refused:
        code, said = next(iter(refused.recipients.values()))
        _after_failure(mail, now, code, _words(said))
    except smtplib.SMTPResponseException as answer:
        _after_failure(mail, now, answer.smtp_code, _words(answer.smtp_error))
        server.close()
    except (OSError, smtplib.SMTPException, ValueError) as broken:
        permanent = isinstance(broken, ValueError)
        _after_failure(mail, now, 550 if permanent else 421, type(broken).__name__)
        server.close()
    else:
        # Whoever may read what was sent, here or in a copy of the database, must not be able to use its links.
        body, link = without_secrets(mail.body), without_secrets(mail.unsubscribe)
        _settle(mail, state=MailState.SENT, sent_at=now, lease_until=None, error="", body=body, unsubscribe=link)
        return 1
    return 0


def _words(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _after_failure(mail: OutboxMail, now: datetime, code: int, words: str) -> None:
    """Try again later after a 4xx, give up after a 5xx or too many tries; staff see both."""
    dead = code >= 500 or mail.tries >= MOST_TRIES
    delay = timedelta(seconds=min(3600, 15 * 2**mail.tries))
    log.warning("mail", kind=mail.kind, code=code, tries=mail.tries, dead=dead)
    _settle(
        mail,
        state=MailState.DEAD if dead else MailState.QUEUED,
        next_at=now + delay,
        lease_until=None,
        error=f"{code} {words}"[:300],
    )


def send_again(mail: OutboxMail, now: datetime) -> None:
    """Put a refused mail back into the queue."""
    mail.state = MailState.QUEUED
    mail.next_at = now
    mail.tries = 0
    mail.error = ""
