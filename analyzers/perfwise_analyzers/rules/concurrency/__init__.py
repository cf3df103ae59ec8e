"""PW8xx: waiting one after the other, and asking a database too often."""
