"""Running a profiler on a function, a file or a test, in the user's Python."""
