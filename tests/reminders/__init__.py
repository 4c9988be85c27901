"""Reminders: what waits for somebody, told once, on a working day, in one mail."""
