"""Reminders: of what waits for somebody, in one mail a day, never twice."""
