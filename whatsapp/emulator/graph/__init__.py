"""Meta's side of the wire: the Graph endpoints that a business calls."""
