"""Forum: the bilingual platform through which city-standardization offices work with the world."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


def create_app(*args: Any, **options: Any) -> Any:
    """Put the application together; see ``forum.application.create_app``."""
    from forum.application import create_app as build  # noqa: PLC0415 - who asks for the version loads no application

    return build(*args, **options)
