"""The site as a whole: its front page, its notices, its health, and the demonstration."""
