"""Whether the tool does what LTI 1.3 says, seen from outside: over HTTP, against the running tool."""
