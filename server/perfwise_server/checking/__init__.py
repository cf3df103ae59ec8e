"""Checking of many files: which they are, what is in them, what is found, kept and shared among processes."""
