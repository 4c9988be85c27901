"""Ballots 投票: what is voted on until when, what must happen here before, and how this country voted."""
