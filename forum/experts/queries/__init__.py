"""Reading experts and nominations: always through what the reader may see."""

from forum.experts.queries.confirmed import confirmed_for, may_vote, named_for, registered_in

__all__ = ["confirmed_for", "may_vote", "named_for", "registered_in"]
