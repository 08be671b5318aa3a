"""Writing: prompts, entries, their revisions and submissions."""
