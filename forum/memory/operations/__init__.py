"""Changing the memory: learning from reviews, importing files, taking a segment out."""

from forum.memory.operations.keeping import delete, note_use
from forum.memory.operations.learning import Learnt, learn

__all__ = ["Learnt", "delete", "learn", "note_use"]
