"""Every write of the room accounts."""
