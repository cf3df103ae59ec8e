"""PW3xx: data structures asked the dear way."""
