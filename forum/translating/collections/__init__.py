"""What texts are worked on together at the desk, and who may: by default nobody."""

from forum.translating.collections import cases, cities, forums, partnerships, standards
from forum.translating.collections.kinds import Collection

COLLECTIONS: dict[str, Collection] = {
    each.name: each
    for each in (forums.FORUMS, cities.CITIES, partnerships.PARTNERSHIPS, standards.STANDARDS, cases.CASES)
}

__all__ = ["COLLECTIONS", "Collection"]
