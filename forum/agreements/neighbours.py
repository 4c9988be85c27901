"""What this room asks of the one above: whether a frozen text stands approved for signature, as everybody may know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forum.agreements.models import AgreementText


def _whenever_frozen(text: AgreementText) -> bool:
    return text.is_frozen


@dataclass(slots=True)
class Neighbours:
    """Those in place now; without a room that runs cases, what is frozen is there to be signed."""

    for_signature: Callable[[AgreementText], bool] = _whenever_frozen


neighbours = Neighbours()
