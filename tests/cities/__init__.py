"""Tests of the cities."""
