"""PW6xx: files, processes and the network."""
