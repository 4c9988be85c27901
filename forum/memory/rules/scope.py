"""From which records the memory learns: those that are written for the public.

Whoever translates reads what the memory suggests.  What a case, a ballot, a registration or a person's record holds
would be shown to people who may not open it, so only what is named here is learnt.
"""

from __future__ import annotations

LEARNT = frozenset(
    {
        "agenda_release", "agenda_session", "category", "city", "city_certificate", "city_need", "city_offer",
        "city_pilot", "city_profile", "committee_succession", "contribution", "country", "forum",
        "material", "organisation", "practical_section", "province", "published_outcome", "room", "segment",
        "special_day", "topic", "track", "venue",
    }
)  # fmt: skip


def is_learnt(entity: str) -> bool:
    """Tell whether reviewed texts of this kind of record enter the memory."""
    return entity in LEARNT
