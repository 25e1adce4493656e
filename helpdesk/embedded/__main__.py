"""`python -m helpdesk.embedded start|stop|reset|env`: the embedded servers by hand."""

from __future__ import annotations

import os
import shlex
import sys

from helpdesk import embedded


def main(arguments: list[str]) -> int:
    """Do one thing with the servers of DATA_DIR."""
    data_dir = os.environ.get("DATA_DIR", ".data")
    match arguments:
        case ["start"] | ["env"]:
            services = embedded.ensure(data_dir)
            for name, value in services.environment().items():
                print(f"export {name}={shlex.quote(value)}")
        case ["stop"]:
            embedded.stop(data_dir)
        case ["reset"]:
            embedded.reset(data_dir)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except embedded.EmbeddedError as error:
        sys.exit(f"{error}")
