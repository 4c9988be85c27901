"""Reading the memory: suggestions for a text, and the list at the desk."""

from forum.memory.queries.suggesting import Suggestion, forget, is_reading, suggest

__all__ = ["Suggestion", "forget", "is_reading", "suggest"]
