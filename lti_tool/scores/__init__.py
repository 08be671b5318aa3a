"""Line items and score deliveries: the outbox to the platform's gradebook (AGS 2.0)."""
