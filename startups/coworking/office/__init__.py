"""The back office of co-working: what officers set up, and the bookings as a list."""
