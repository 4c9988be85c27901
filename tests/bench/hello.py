"""The measure: the smallest Flask application there is."""

from __future__ import annotations

from flask import Flask


def create_app() -> Flask:
    """One page that says hello."""
    app = Flask("hello")

    @app.get("/")
    def hello() -> str:
        return "hello"

    return app
