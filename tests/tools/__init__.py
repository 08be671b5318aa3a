"""The tools that set the repository up, run it, check it and pack it."""
