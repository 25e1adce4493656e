"""Stand-ins for gateways: tests only."""
