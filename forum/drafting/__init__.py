"""Machine drafts 机器初译: what is asked for, what may leave the house, the calls, and what became of them."""
