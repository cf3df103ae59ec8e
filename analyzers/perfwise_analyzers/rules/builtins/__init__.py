"""PW4xx: built-in functions and what they do better than code by hand."""
