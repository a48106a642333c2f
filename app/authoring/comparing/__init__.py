"""What changed between two states of a module; pure."""
