"""How fixes are written: drafts of edits, the imports they need, several fixes in one file."""
