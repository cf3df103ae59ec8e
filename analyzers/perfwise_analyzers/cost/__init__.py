"""What a function costs, as a term over the sizes of what it is given.

It depends on the facts of one segment and on the costs of the module's functions that are called. Nothing here is for
a keystroke.
"""
