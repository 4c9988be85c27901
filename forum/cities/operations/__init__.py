"""Keeping profiles: opening, editing and confirming them, their entries, and what became of a city."""

from forum.cities.operations.changes import merge, rename
from forum.cities.operations.entries import close_entry, remove_entry, save_entry
from forum.cities.operations.keeping import today_in
from forum.cities.operations.profiles import confirm, edit_profile, open_profile

__all__ = [
    "close_entry",
    "confirm",
    "edit_profile",
    "merge",
    "open_profile",
    "remove_entry",
    "rename",
    "save_entry",
    "today_in",
]
