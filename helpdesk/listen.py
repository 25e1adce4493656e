"""`python -m helpdesk.listen`: uvicorn and its options, for the consoles' sockets."""

from helpdesk import spared

if __name__ == "__main__":
    spared.begin(spared.CIPHERS)
    from uvicorn.main import main

    main()
