"""Registration: delegations and their focal points, participations and their states, seats and waiting lists."""
