"""The technology market: offers, demands, experts, suppliers, and what came of connecting them.

An information service: it shows, relays and counts. It sells nothing and is party to no contract.
"""
