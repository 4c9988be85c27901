"""Changing a text: starting it, negotiating clauses, proposals, confirming, freezing.

Each operation locks the text's row first, so that a change and a freezing can't pass each other.
"""

from forum.agreements.operations.confirming import confirm, take_back
from forum.agreements.operations.editing import (
    Wording,
    add_clause,
    add_own_clause,
    edit_clause,
    match,
    remove_clause,
    take_variant,
)
from forum.agreements.operations.freezing import freeze, unfreeze
from forum.agreements.operations.head import Head, change_head, change_parties, head_mark, head_of
from forum.agreements.operations.ordering import move_clause
from forum.agreements.operations.proposals import accept, propose, withdraw
from forum.agreements.operations.starting import start_text, succeed

__all__ = [
    "Head",
    "Wording",
    "accept",
    "add_clause",
    "add_own_clause",
    "change_head",
    "change_parties",
    "confirm",
    "edit_clause",
    "freeze",
    "head_mark",
    "head_of",
    "match",
    "move_clause",
    "propose",
    "remove_clause",
    "start_text",
    "succeed",
    "take_back",
    "take_variant",
    "unfreeze",
    "withdraw",
]
