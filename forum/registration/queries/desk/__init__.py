"""What the desk reads; every reader takes the forum, so that nothing of another one is ever found."""

from forum.registration.queries.desk.delegations import DelegationLine, delegation, delegation_lines
from forum.registration.queries.desk.listing import (
    SORTS,
    STATE_GROUPS,
    WITHOUT,
    Filters,
    chosen,
    count,
    countries_present,
    in_list_of_participants,
    matching,
    participation,
    states_named,
)
from forum.registration.queries.desk.overview import Overview, overview, waiting_numbers
from forum.registration.queries.desk.person import (
    by_ids,
    consents,
    document,
    documents,
    namesakes,
    notes,
)
from forum.registration.queries.desk.scopes import Scope, entry, line, quotas, scopes

__all__ = [
    "SORTS",
    "STATE_GROUPS",
    "WITHOUT",
    "DelegationLine",
    "Filters",
    "Overview",
    "Scope",
    "by_ids",
    "chosen",
    "consents",
    "count",
    "countries_present",
    "delegation",
    "delegation_lines",
    "document",
    "documents",
    "entry",
    "in_list_of_participants",
    "line",
    "matching",
    "namesakes",
    "notes",
    "overview",
    "participation",
    "quotas",
    "scopes",
    "states_named",
    "waiting_numbers",
]
