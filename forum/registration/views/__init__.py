"""The pages of this room, by module; importing the package registers them all."""

from forum.registration.views import delegate, delegate_mine, desk, focal
from forum.registration.views.blueprint import pages

__all__ = ["delegate", "delegate_mine", "desk", "focal", "pages"]
