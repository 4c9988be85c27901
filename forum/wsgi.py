"""The application as a WSGI server looks for it: ``forum.wsgi:app``."""

from __future__ import annotations

from forum.application import create_app

app = create_app()
