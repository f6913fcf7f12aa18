"""The register of official documents: laws, decrees, decisions and how they touch one another."""
