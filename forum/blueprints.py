"""The site map: every room that has pages, in the order of the house."""

from __future__ import annotations

from forum.accounts.views import pages as accounts
from forum.agenda.views import pages as agenda
from forum.events.views import pages as events
from forum.site.health import pages as health
from forum.site.views import pages as site

BLUEPRINTS = (site, health, accounts, events, agenda)
