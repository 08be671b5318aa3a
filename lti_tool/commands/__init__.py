"""What an operator types, a module for each group of commands; `cli.py` puts them together."""
