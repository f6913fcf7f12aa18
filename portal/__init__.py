"""The site: settings, URLs, and what every wing shares."""
