"""PW7xx: NumPy and pandas used one element at a time."""
