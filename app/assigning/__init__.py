"""Who is asked to complete what by when."""
