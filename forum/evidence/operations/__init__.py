"""Ideas, links and uses: every change of them, each with its audit entry."""
