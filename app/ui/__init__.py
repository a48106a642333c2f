"""What every page shares: base page, macros, widgets, filters, error pages, static files."""
