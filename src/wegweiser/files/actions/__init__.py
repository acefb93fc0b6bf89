"""Every write of the room files."""
