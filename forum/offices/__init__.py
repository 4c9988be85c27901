"""Offices: who acts for a city, a province or the national office, in which role, from when to when."""
