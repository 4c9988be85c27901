"""Pages of accounts."""

from forum.accounts.views import account, people, signing
from forum.accounts.views.pages import pages

__all__ = ["account", "pages", "people", "signing"]
