"""What texts are worked on together at the desk, and who may: by default nobody."""

from forum.translating.collections import cities, forums
from forum.translating.collections.kinds import Collection

COLLECTIONS: dict[str, Collection] = {each.name: each for each in (forums.FORUMS, cities.CITIES)}

__all__ = ["COLLECTIONS", "Collection"]
