"""Signing in and out."""

from __future__ import annotations

from forum.web.policy import Pages

pages = Pages("accounts", __name__)
