"""What the operator needs: readiness, metrics, backups, moves to another database."""
