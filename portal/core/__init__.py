"""What every wing shares: base page, Vietnamese text, states, private files, notices, the clock."""
