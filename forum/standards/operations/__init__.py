"""What changes the standards: one function for each verb."""

from forum.standards.operations.editing import ChineseTitle, plan, set_chinese_title, set_topics
from forum.standards.operations.seeds import seed
from forum.standards.operations.stages import Declared, declare, lawful
from forum.standards.operations.transfer import Transfer, transfer

__all__ = [
    "ChineseTitle",
    "Declared",
    "Transfer",
    "declare",
    "lawful",
    "plan",
    "seed",
    "set_chinese_title",
    "set_topics",
    "transfer",
]
