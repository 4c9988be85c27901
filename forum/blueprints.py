"""The site map: every room that has pages, in the order of the house."""

from __future__ import annotations

from forum.accounts.views import pages as accounts
from forum.site.health import pages as health
from forum.site.views import pages as site

BLUEPRINTS = (site, health, accounts)
