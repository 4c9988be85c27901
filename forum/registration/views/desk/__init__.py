"""The registration desk, page by page."""

from forum.registration.views.desk import categories, correcting, delegations, listing, moving, numbers, person, seats

__all__ = ["categories", "correcting", "delegations", "listing", "moving", "numbers", "person", "seats"]
