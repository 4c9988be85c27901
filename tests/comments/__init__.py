"""Tests of the comment desk."""
