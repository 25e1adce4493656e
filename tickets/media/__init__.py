"""Files of messages: recognising, keeping, previewing and converting them. No database in here."""
