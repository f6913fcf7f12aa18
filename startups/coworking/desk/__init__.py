"""The front desk: how the people of a space see and run its day."""
