"""The agenda: sessions and their slots, the people on them, conflicts, releases, exports and imports."""
