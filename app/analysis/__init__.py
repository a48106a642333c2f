"""How questions work: counts, facility, discrimination; never who answered."""
