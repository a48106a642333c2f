"""The demo organisation, built by the rooms' own verbs."""
