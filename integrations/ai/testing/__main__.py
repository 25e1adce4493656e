"""`python -m integrations.ai.testing`: the scripted provider, on this machine only."""

import argparse
import json
from pathlib import Path

from .serving import server
from .state import State


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m integrations.ai.testing", description=__doc__)
    parser.add_argument("--port", type=int, default=8998)
    parser.add_argument(
        "--script", type=Path, help="rules to begin with: a JSON list, as PUT /_ctl/script takes"
    )
    parser.add_argument("--pace", type=float, default=0.0, help="seconds between two pieces of a stream")
    options = parser.parse_args()
    state = State(pace=options.pace)
    if options.script:
        state.write(json.loads(options.script.read_text()))
    server(state, options.port).run()


if __name__ == "__main__":
    main()
