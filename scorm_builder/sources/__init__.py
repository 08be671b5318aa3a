"""Reads a folder of course sources; every mistake has its file and line."""
