"""The layouts of published cases: their headings, their header, what stands below each heading."""
