"""Reading jobs, the state of the engine, and the texts that they speak of."""
