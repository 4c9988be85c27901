"""The pages of this room, by module; importing the package registers them all."""

from forum.registration import joining
from forum.registration.views import delegate, delegate_mine, delegate_needs, delegate_person, desk, focal
from forum.registration.views.blueprint import pages

# Joining is done by importing: whoever has these pages also has what registration lends to the rooms below.
__all__ = ["delegate", "delegate_mine", "delegate_needs", "delegate_person", "desk", "focal", "joining", "pages"]
