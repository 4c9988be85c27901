"""The pages of matching: a city's suggested partners, and the rounds of the national office."""

from forum.matching.views import city, pairs, rounds, settings
from forum.matching.views.blueprint import pages

__all__ = ["city", "pages", "pairs", "rounds", "settings"]
