"""Tests of liaison statements, obligations and relations."""
