"""Changing registrations: one function for each deed, with its audit and its mail.

``life`` is the single door for the states of a participation, ``registering`` begins and fills one in,
``queue`` and ``waiting`` keep the waiting lists, ``booking`` the seats of sessions, ``sealed`` the
personal values, ``composing`` and ``importing`` the work of focal points.
"""
