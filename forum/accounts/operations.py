"""Everything that changes an account or a signed-in device."""

from __future__ import annotations

from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, or_, select, update

from forum.accounts import queries
from forum.accounts.closing import BEFORE_CLOSING
from forum.accounts.errors import LastAdministrator, LinkSpent, WeakPassword, WrongCode
from forum.accounts.models import Account, AccountState, LinkPurpose, MailLink, SignIn
from forum.accounts.rules import DEVICE_LIFE, DEVICE_LIFE_STAFF, LINK_LIFE, step_of_code, weak
from forum.audit.operations import record
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.identifiers import digest, secret_token
from forum.core.sealing import Keyring
from forum.core.text import clean_line
from forum.ports.mail.models import Lane
from forum.ports.mail.outbox import post

# OWASP: Argon2id with 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_nobody = _hasher.hash("nobody's password, hashed so that an unknown address takes as long as a known one")


def password_fits(account: Account | None, password: str) -> bool:
    """Check a password; unknown addresses cost the same time.  Slow by design: call before writing."""
    stored = account.password_hash if account is not None and account.password_hash else _nobody
    try:
        _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
    return account is not None and bool(account.password_hash)


def hash_password(password: str, *, email: str = "") -> str:
    """Return the hash of a new password, or refuse a weak one.  Slow by design: call before writing."""
    if weak(password, email=email):
        raise WeakPassword
    return _hasher.hash(password)


def open_account(email: str, name: str, language: str, *, actor: Actor, now: datetime) -> Account:
    """Return the account of an address, made now if there was none."""
    found = session.scalar(select(Account).where(Account.email == email.casefold()))
    if found is not None:
        return found
    account = Account(email=email.casefold(), name=clean_line(name), language=language)
    session.add(account)
    session.flush()
    record(actor, "open", "account", account.public_id, now=now)
    return account


def open_device(account: Account, *, device: str, network: str, staff: bool, second_factor: bool, now: datetime) -> str:
    """Sign a device in and return its token; only the hash stays here."""
    token = secret_token()
    session.add(
        SignIn(
            account_id=account.id,
            token_hash=digest(token),
            last_seen_at=now,
            expires_at=now + (DEVICE_LIFE_STAFF if staff else DEVICE_LIFE),
            second_factor_at=now if second_factor else None,
            device=clean_line(device)[:200],
            network=network[:64],
        )
    )
    session.flush()
    record(account.actor(), "sign_in", "account", account.public_id, now=now, second_factor=second_factor)
    return token


def end_device(device: SignIn, *, actor: Actor, now: datetime) -> None:
    """Sign one device out."""
    if device.ended_at is None:
        device.ended_at = now
        record(actor, "sign_out", "account", device.account.public_id, now=now)


def end_other_devices(account: Account, keep: int | None, *, actor: Actor, now: datetime) -> None:
    """Sign every device out but one."""
    session.execute(
        update(SignIn)
        .where(
            SignIn.account_id == account.id,
            SignIn.ended_at.is_(None),
            or_(SignIn.id != keep) if keep is not None else SignIn.id.is_not(None),
        )
        .values(ended_at=now)
    )
    record(actor, "sign_out_others", "account", account.public_id, now=now)


def send_link(email: str, language: str, base_url: str, *, purpose: LinkPurpose, now: datetime) -> None:
    """Mail a one-time link if the address has an account; the caller answers the same either way."""
    account = queries.by_email(email)
    if account is None:
        return
    token = secret_token()
    session.add(MailLink(account_id=account.id, purpose=purpose, token_hash=digest(token), expires_at=now + LINK_LIFE))
    own = account.language or language
    post(
        f"account_{purpose}",
        account.email,
        own,
        now=now,
        key=digest(token),
        lane=Lane.URGENT,
        name=account.name,
        link=f"{base_url}/{own}/link/{token}",
        minutes=int(LINK_LIFE.total_seconds() // 60),
    )


def use_link(token: str, *, now: datetime) -> MailLink:
    """Spend a one-time link, once and in time."""
    found = queries.link(token)
    if found is None or found.expires_at <= now or found.account.state is not AccountState.ACTIVE:
        raise LinkSpent
    spent = session.execute(
        update(MailLink).where(MailLink.id == found.id, MailLink.used_at.is_(None)).values(used_at=now)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkSpent
    return found


def set_password(account: Account, password_hash: str, keep: int | None, *, now: datetime) -> None:
    """Set a new password; every other device is signed out."""
    account.password_hash = password_hash
    end_other_devices(account, keep, actor=account.actor(), now=now)
    record(account.actor(), "set_password", "account", account.public_id, now=now)


def new_second_factor(account: Account, keyring: Keyring) -> str:
    """Return the secret that is being set up, making one if there is none."""
    if account.totp_secret and account.totp_confirmed_at is None:
        return second_factor_secret(account, keyring)
    secret = pyotp.random_base32()
    account.totp_secret = keyring.seal_with_master(f"account:{account.public_id}:totp", secret.encode())
    account.totp_confirmed_at = None
    account.totp_last_step = None
    return secret


def second_factor_secret(account: Account, keyring: Keyring) -> str:
    """Open the sealed secret."""
    return keyring.open_with_master(f"account:{account.public_id}:totp", account.totp_secret or "").decode()


def give_second_factor(account: Account, code: str, keyring: Keyring, *, now: datetime) -> None:
    """Check a code, once; the first right one confirms the set-up."""
    if not account.totp_secret:
        raise WrongCode
    step = step_of_code(second_factor_secret(account, keyring), code, now, account.totp_last_step)
    if step is None:
        raise WrongCode
    # Two requests may have read the same last step: only the first of them writes the new one.
    spent = session.execute(
        update(Account)
        .where(Account.id == account.id, or_(Account.totp_last_step.is_(None), Account.totp_last_step < step))
        .values(totp_last_step=step)
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise WrongCode
    if account.totp_confirmed_at is None:
        account.totp_confirmed_at = now
        record(account.actor(), "set_up_second_factor", "account", account.public_id, now=now)


def reset_second_factor(account: Account, *, actor: Actor, now: datetime) -> None:
    """Take the second factor away, for somebody who lost their device; every device is signed out."""
    account.totp_secret = None
    account.totp_confirmed_at = None
    account.totp_last_step = None
    end_other_devices(account, None, actor=actor, now=now)
    record(actor, "reset_second_factor", "account", account.public_id, now=now)


def change_account(account: Account, *, name: str, language: str, zone_name: str, now: datetime) -> None:
    """Correct one's own name, language and time zone."""
    account.name = clean_line(name)
    account.language = language
    account.zone_name = zone_name
    record(account.actor(), "change", "account", account.public_id, now=now, language=language)


def close_account(account: Account, *, actor: Actor, now: datetime) -> None:
    """Close an account: nobody can sign in, and the address and name are gone.  Raises what isn't settled yet."""
    if account.is_admin and queries.administrators() <= 1:
        raise LastAdministrator
    for question in BEFORE_CLOSING:
        question(account, now)
    end_other_devices(account, None, actor=actor, now=now)
    session.execute(delete(MailLink).where(MailLink.account_id == account.id))
    account.email = f"closed-{account.public_id}@closed.invalid"
    account.name = ""
    account.password_hash = None
    account.totp_secret = None
    account.totp_confirmed_at = None
    account.is_admin = False
    account.state = AccountState.CLOSED
    account.closed_at = now
    record(actor, "close", "account", account.public_id, now=now)
