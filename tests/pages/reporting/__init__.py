"""Pages of the reporting room, through the client."""
