"""What the readers of files share: kinds, refusals, and the inside of each kind of file."""
