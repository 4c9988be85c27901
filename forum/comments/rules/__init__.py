"""What is true of comments whoever writes them: order, likeness, the template, the checks, the figures."""
