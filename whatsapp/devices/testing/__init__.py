"""Stand-ins for engines and gateways: used by tests, and by nothing that carries real messages."""
