"""Every write of the room events."""
