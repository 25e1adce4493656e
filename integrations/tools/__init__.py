"""What an assistant may use, one file per tool and one line each in the registry."""
