"""A server that speaks as n8n, Typebot and Google do. It knows nothing of the product."""
