"""Every table of the product: importing this module makes the metadata complete."""

from __future__ import annotations

import forum.accounts.models
import forum.adoptions.models
import forum.agenda.models
import forum.agreements.models
import forum.audit.models
import forum.ballots.models
import forum.cities.models
import forum.comments.models
import forum.committees.models
import forum.cooperation.models
import forum.core.facts
import forum.core.formkeys
import forum.core.revisions
import forum.drafting.models
import forum.events.models
import forum.evidence.models
import forum.experts.models
import forum.liaisons.models
import forum.matching.models
import forum.memory.models
import forum.offices.models
import forum.partnerships.models
import forum.people.models
import forum.places.models
import forum.ports.files.models
import forum.ports.mail.models
import forum.registration.models
import forum.reminders.models
import forum.standards.events
import forum.standards.models
import forum.standards.search_index
import forum.terms.models
import forum.translating.models
import forum.translation.models
import forum.watching.models
import forum.workdays.models
from forum.core.database import Base

metadata = Base.metadata

__all__ = ["forum", "metadata"]
