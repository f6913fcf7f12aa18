"""Co-working: spaces, what can be booked in them, and bookings that never meet."""
