"""PW2xx: the same worked out again and again."""
