"""How a function can be called: where its module is imported from, and the inputs it is called with."""
