"""PW5xx: strings and bytes."""
