"""Pages where an imported case is reviewed."""
