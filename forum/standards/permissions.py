"""Who imports published data, and who reads what imports came to."""

from __future__ import annotations

from forum.committees.permissions import STANDARDS_KEEPERS, is_national_office
from forum.web.policy import Policy

IMPORTERS = STANDARDS_KEEPERS
IMPORT_READERS = Policy(
    "imports: the national office and the audit",
    lambda who, _args: is_national_office(who) or bool(who.places_of("auditor")),
    staff=True,
)
