"""Who calls us: registrations and their deployments, the tool's own keys, login attempts and launches."""
