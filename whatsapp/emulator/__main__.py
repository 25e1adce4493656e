"""`python -m whatsapp.emulator`: the local WhatsApp, on this machine only."""

import argparse
import logging
from pathlib import Path

from .serving import server


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m whatsapp.emulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address")
    parser.add_argument("--port", type=int, default=8999)
    parser.add_argument(
        "--data", type=Path, default=Path(".data/emulator"), help="folder that survives restarts"
    )
    parser.add_argument("--seed", type=int, default=1, help="makes delays, ids and faults repeatable")
    parser.add_argument("--allow", action="append", default=[], metavar="HOST", help="a further webhook host")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    # httpx would write one line per webhook.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        running = server(
            options.data,
            host=options.host,
            port=options.port,
            seed=options.seed,
            allow=frozenset(options.allow),
        )
    except ValueError as refusal:
        parser.error(str(refusal))
    logging.getLogger("emulator").info("phone page: http://%s:%s/phone/", options.host, options.port)
    running.run()


if __name__ == "__main__":
    main()
