"""One file for each part of the protocol; none knows another."""
