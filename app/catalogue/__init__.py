"""The module document, its file, the place in a source, modules and their versions."""
