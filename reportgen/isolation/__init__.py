"""Worker processes with limits on time and memory, for work on data that nobody has vetted."""
