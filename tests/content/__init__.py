"""Every module in content/, held to its rules and played through."""
