"""The registration desk, page by page."""

from forum.registration.views.desk import categories, delegations, listing, numbers, person, seats

__all__ = ["categories", "delegations", "listing", "numbers", "person", "seats"]
