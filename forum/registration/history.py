"""The audit of a participation or a delegation, in words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.audit.models import AuditEntry
from forum.core.refusals import N_
from forum.registration.notices import NOTICES
from forum.registration.operations.decisions import REASONS
from forum.registration.rules.fields import DOCUMENT_KINDS, SEALED_FIELDS

DEEDS: dict[str, str] = {
    "start": N_("The registration was begun."),
    "change": N_("Entries were changed."),
    "consent": N_("Consents were given or withdrawn."),
    "move": N_("The category or the delegation was changed."),
    "hand_in": N_("A document was handed in."),
    "check_document": N_("A document was found in order."),
    "open_document": N_("A sealed document was opened."),
    "note": N_("A note was written."),
    "reveal": N_("A sealed value was opened."),
    "reason": N_("A reason was chosen."),
    "book": N_("A seat in a session was booked."),
    "release": N_("A seat in a session was given back."),
    "link": N_("A new personal link was made."),
    "invite": N_("The delegation was invited."),
    "name_focal_point": N_("A focal point was named."),
    "dismiss_focal_point": N_("A focal point was taken off."),
    "load": N_("The record came with the demonstration."),
    "erase": N_("Personal data were erased."),
}
STEP = N_("The state became “%(state)s”.")
OTHERWISE = N_("Something was changed.")
SYSTEM, BY_LINK, SOMEBODY = N_("by the system"), N_("by the person"), N_("by a closed account")

Say = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Event:
    """One entry in words: when, what, by whom, and what more there is to say."""

    at: datetime
    sentence: str
    who: str
    note: str

    def __iter__(self) -> Any:
        """Give the four parts in the order in which a timeline takes them."""
        return iter((self.at, self.sentence, self.who, self.note))


def in_words(
    entries: Iterable[AuditEntry], names: Mapping[str, str], states: Mapping[str, str], say: Say
) -> list[Event]:
    """Return the entries in the reader's language; ``names`` are those of the accounts that acted."""
    found = []
    for entry in entries:
        facts: dict[str, Any] = json.loads(entry.body)["facts"]
        target = str(facts.get("to") or "")
        known = say(DEEDS.get(entry.action, OTHERWISE))
        sentence = say(STEP, state=say(states[target])) if target in states else known
        found.append(Event(entry.at, sentence, _who(entry.actor, names, say), _note(facts, say)))
    return found


def _who(reference: str, names: Mapping[str, str], say: Say) -> str:
    if reference == "system":
        return say(SYSTEM)
    if not reference.startswith("account:"):
        return say(BY_LINK)
    return names.get(reference) or say(SOMEBODY)


def _note(facts: Mapping[str, Any], say: Say) -> str:
    """Return the fact that explains an entry: the document, the field, the reason."""
    if facts.get("document") in DOCUMENT_KINDS:
        subject = say(DOCUMENT_KINDS[facts["document"]])
    elif facts.get("field") in SEALED_FIELDS:
        subject = say(SEALED_FIELDS[facts["field"]].label)
    elif facts.get("code") in REASONS:
        subject = say(REASONS[facts["code"]].label)
    else:
        purposes = [*facts.get("given", ()), *facts.get("withdrawn", ())]
        subject = " ".join(say(NOTICES[purpose].tick) for purpose in purposes if purpose in NOTICES)
    reason = str(facts.get("reason") or "")
    if subject and reason:
        return say(N_("%(subject)s: %(reason)s"), subject=subject, reason=reason)
    return subject or reason
