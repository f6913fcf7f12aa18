"""The connection desk: how officers see and move needs, requests and outcomes."""
