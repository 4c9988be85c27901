"""The catalogue, for the tests of committees too."""

from __future__ import annotations

from tests.standards.conftest import catalogue, the_catalogue

__all__ = ["catalogue", "the_catalogue"]
