"""The pages of partnerships for those who hold an office."""

from forum.partnerships.views import (
    adding,
    agreeing,
    blocking,
    cases,
    consulting,
    drafting,
    governing,
    proposing,
    reminding,
    text,
)
from forum.partnerships.views.blueprint import pages

__all__ = [
    "adding",
    "agreeing",
    "blocking",
    "cases",
    "consulting",
    "drafting",
    "governing",
    "pages",
    "proposing",
    "reminding",
    "text",
]
