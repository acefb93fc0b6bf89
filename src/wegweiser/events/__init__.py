"""Dates and who comes to them: places, registrations, the waiting list, the door, and what remains afterwards."""
