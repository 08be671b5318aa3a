"""What platforms see, the doors for logins and launches; and what their administrators see, the connection."""
