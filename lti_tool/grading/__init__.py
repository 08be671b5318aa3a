"""The trainer's desk: the queue, the rubric, comments and the release of grades."""
