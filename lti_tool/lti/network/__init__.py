"""The tool's calls to other hosts: only to public addresses, and with deadlines."""
