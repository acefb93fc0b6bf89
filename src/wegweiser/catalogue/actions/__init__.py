"""Every write of the room catalogue."""
