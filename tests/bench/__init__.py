"""The bench: what the pages cost, against a bare Flask hello under the same server in the same run."""
