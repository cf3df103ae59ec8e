"""Runs in the user's Python under `perfwise run` and notes what the project's functions are given. Standard library
only, Python 3.9 or newer. Whatever is wrong with it, the user's program goes on as if it were not there.
"""
