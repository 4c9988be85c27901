"""Personal links: who holds one may see and correct one participation, without an account.

The secret is derived from the master key, the participation and a serial number: so each mail can carry
the same link, the database keeps only its hash, and a new serial revokes the old link.
"""

from __future__ import annotations

from forum.core.database import session
from forum.core.identifiers import digest
from forum.core.premises import premises
from forum.registration.models import Participation, WaitingEntry


def secret_of(participation: Participation) -> str:
    """Return the secret of the present link."""
    return premises().keyring.blind("participation link", f"{participation.public_id}:{participation.link_serial}")


def open_link(participation: Participation) -> str:
    """Make the personal link valid and return its secret."""
    secret = secret_of(participation)
    participation.link_hash = digest(secret)
    return secret


def renew_link(participation: Participation) -> str:
    """Revoke the present link and return the secret of a new one."""
    participation.link_serial += 1
    return open_link(participation)


def revoke_link(participation: Participation) -> None:
    """Revoke the present link."""
    participation.link_serial += 1
    participation.link_hash = None
    session.flush()


def link_to(participation: Participation, page: str = "") -> str:
    """Return the absolute address of a participation's page, in the person's language."""
    forum, language = participation.forum, participation.mail_language
    key = secret_of(participation) if participation.link_hash else participation.public_id
    return f"{premises().base_url}/{language}/forums/{forum.slug}/my/{key}/{page}"


def offer_secret(entry: WaitingEntry) -> str:
    """Return the secret of an offer; another end makes another secret."""
    until = entry.offer_until.isoformat() if entry.offer_until else ""
    return premises().keyring.blind("offer", f"{entry.public_id}:{until}")


def offer_link(entry: WaitingEntry, language: str) -> str:
    """Return the absolute address of the page that shows an offer."""
    slug = entry.participation.forum.slug
    return f"{premises().base_url}/{language}/forums/{slug}/offers/{offer_secret(entry)}"
