"""The module document, the place in a source, modules and their versions."""
