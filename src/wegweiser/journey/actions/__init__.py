"""Every write of the room journey."""
