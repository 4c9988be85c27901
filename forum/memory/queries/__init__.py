"""Reading the memory: suggestions for a text, and the list at the desk."""

from forum.memory.queries.suggesting import Suggestion, forget, suggest

__all__ = ["Suggestion", "forget", "suggest"]
