"""Lists as files: which formats there are, how each is written, and files that a worker makes."""
