"""Every write of the room consortium."""
