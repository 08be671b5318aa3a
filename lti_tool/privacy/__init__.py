"""What is kept about people, and for how long: told, given out, ended and erased."""
