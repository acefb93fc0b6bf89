"""Every write of the room companies."""
