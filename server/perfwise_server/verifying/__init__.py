"""The laboratory: whether two versions of a function behave alike, which is faster, and how their cost grows."""
