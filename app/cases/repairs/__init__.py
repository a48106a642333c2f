"""What extraction broke and how it is mended: signs, running headers and footers, lines."""
