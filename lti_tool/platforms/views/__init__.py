"""What platforms see, the endpoints of logins and launches; and what their administrators see, the connection."""
