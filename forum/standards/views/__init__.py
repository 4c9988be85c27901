"""The pages of the standards."""

from forum.web.policy import Pages

pages = Pages("standards", __name__)
