"""Committees 技术委员会: international ones and their national mirrors, with names, posts and succession by date."""
