"""What the cities hold about somebody: the contacts that carry their mail address, and how these are forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from forum.accounts.models import Account
from forum.audit.operations import record
from forum.cities import queries
from forum.cities.words import CONSENTS, Consent
from forum.core import revisions
from forum.core.actor import Actor
from forum.core.database import session
from forum.core.refusals import N_, Word
from forum.places.models import City

Section = dict[str, Any]


def sections(account_id: int, now: datetime) -> list[Section]:  # noqa: ARG001 - what every room is asked
    """Return the contacts that carry this account's address; a note for the successor is about the work, and shown."""
    account = session.get_one(Account, account_id)
    found = []
    for contact in queries.contacts_of_address(account.email) if account.email else ():
        city = session.get_one(City, contact.city_id)
        entries = [
            (N_("City"), city.text("name").joined()),
            (N_("Name"), contact.person),
            (N_("Organisation"), contact.text("organisation").joined()),
            (N_("Position"), contact.text("position").joined()),
            (N_("Mail address"), contact.email),
            (N_("From"), contact.starts_on.isoformat()),
            (N_("Until"), contact.ends_on.isoformat() if contact.ends_on else ""),
            (N_("Hand-over note"), contact.handover_note),
            (N_("Consent"), Word(CONSENTS[contact.consent])),
            (N_("Consent given on"), contact.consented_on.isoformat() if contact.consented_on else ""),
        ]
        found.append({"title": N_("Contact of a city"), "entries": [entry for entry in entries if entry[1]]})
    return found


def erase_for(account_id: int, now: datetime) -> None:
    """Take name, address and consent off the contacts of an account; that the city had a contact is kept."""
    account = session.get_one(Account, account_id)
    for contact in queries.contacts_of_address(account.email) if account.email else ():
        contact.person, contact.email, contact.handover_note = "", "", ""
        contact.consent, contact.consented_on = Consent.NONE, None
        if contact.ends_on is None or contact.ends_on > now.date():
            contact.ends_on = max(now.date(), contact.starts_on)
        session.flush()
        record(Actor("system"), "erase", "city_contact", contact.public_id, now=now)
        revisions.bump(revisions.CITIES, now=now)
