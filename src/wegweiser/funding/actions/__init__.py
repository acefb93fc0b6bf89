"""Every write of the room funding."""
