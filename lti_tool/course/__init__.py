"""What is taught: the built course bundle, unit pages and each person's progress."""
