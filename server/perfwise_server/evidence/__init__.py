"""What the user's own runs showed of functions, kept on this machine (docs/evidence.md)."""
