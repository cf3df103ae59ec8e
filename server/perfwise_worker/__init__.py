"""Runs two versions of a function in the user's Python, says how they differ and which is faster.

Only the standard library is imported, from Python 3.9 on, since nothing is installed into the user's interpreter.
"""
