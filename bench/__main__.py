"""`python -m bench [NAME …]`: measure all claims, or some of them. `python -m bench --list` names them."""

import sys
from collections.abc import Callable


def benches() -> dict[str, Callable[[], None]]:
    from bench import (
        addressbook,
        console,
        consoles,
        copilot,
        finding,
        flow,
        handlers,
        lists,
        memory,
        pipeline,
        pools,
        retrieval,
        sessions,
    )

    return {
        "webhook": pipeline.webhook,
        "latency": pipeline.latency,
        "send": pipeline.send,
        "inbound": handlers.run,
        "drain": flow.drain,
        "outbound": flow.outbound,
        "lists": lists.run,
        "finding": finding.run,
        "addressbook": addressbook.run,
        "consoles": consoles.run,
        "console": console.run,
        "memory": memory.run,
        "copilot": copilot.run,
        "pools": pools.run,
        "retrieval": retrieval.run,
        "sessions": sessions.run,
    }


def main() -> None:
    known = benches()
    if "--list" in sys.argv:
        print("\n".join(known))
        return
    for name in sys.argv[1:] or list(known):
        print(f"\n== {name}: {(known[name].__doc__ or '').strip()}", flush=True)
        known[name]()


if __name__ == "__main__":
    main()
