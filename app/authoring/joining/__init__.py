"""Two people changed one module: what goes together, and what only a person can decide."""
