"""The pages of the cities: the public list and profiles, and the desk on which cities keep them."""

from forum.cities.views import desk, entries, public
from forum.cities.views.blueprint import pages

__all__ = ["desk", "entries", "pages", "public"]
