"""Where the replies of a language model come from."""
