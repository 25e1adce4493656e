"""What companies join to the helpdesk: AI providers and assistants, knowledge, bots of others."""
