"""The pages of the standards."""

from forum.web.policy import Pages

pages = Pages("standards", __name__)

# Naming the modules here brings their pages into the site; they need the blueprint above.
from forum.standards.views import catalogue, desk, imports, public  # noqa: E402

__all__ = ["catalogue", "desk", "imports", "pages", "public"]
