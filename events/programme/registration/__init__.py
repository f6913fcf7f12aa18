"""Registering for events: seats, the waiting list, letters, tickets, the desk."""
