"""The demonstration forum: its content and the pure builders that read it.

People, offices and the venue are invented; cities, committees and standards are real.
"""
