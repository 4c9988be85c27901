"""What changes committees: names, mirrors, succession and posts; what is over ends, and nothing is overwritten."""

from forum.committees.operations.keeping import add_group, edit, retitle
from forum.committees.operations.links import add_mirror, add_succession, end_mirror
from forum.committees.operations.posts import Appointment, appoint, end_post
from forum.committees.operations.seeds import seed

__all__ = [
    "Appointment",
    "add_group",
    "add_mirror",
    "add_succession",
    "appoint",
    "edit",
    "end_mirror",
    "end_post",
    "retitle",
    "seed",
]
