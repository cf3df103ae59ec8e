"""PW1xx: algorithms that cost more than their problem."""
