"""Two changes of one module, brought together."""
