"""What a profiler measured, and where that is in the text as it is now."""
