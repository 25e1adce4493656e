"""What libraries load and no process of ours uses: kept from them, so that nobody carries it.

`web`, `sockets` and the workers would have it in memory for as long as they run, fifteen megabytes in each.
Whoever else asks for one of these modules gets it. `tests/operation/test_memory.py` says what stays away.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import MappingProxyType, ModuleType
from typing import Any

# The module that looks for others, and does without → what it is not to find.
OPTIONAL: dict[str, tuple[str, ...]] = {
    "celery.bootsteps": ("greenlet",),
    "celery.utils.debug": ("psutil",),
    "celery.utils.threads": ("greenlet",),
    "granian._imports": ("anyio",),
    "httpcore": ("httpcore._backends.anyio",),  # for clients that wait in a loop
    "httpcore._synchronization": ("anyio",),
    "httpx": ("httpx._main",),  # its command line, with rich, click and pygments
    "kombu.serialization": ("yaml",),  # jobs travel as JSON
    "rest_framework.compat": ("pygments", "requests", "yaml"),  # for its browsable pages and test client
}
# The same for a process that only reads our own tokens, which are HS256: `sockets`.
CIPHERS = {"jwt.algorithms": ("cryptography.x509",), "jwt.utils": ("cryptography.hazmat",)}
# The module that needs one part of a package → the package, of which nothing else is to be loaded.
IN_PART = {
    "rest_framework.schemas.generators": "django.contrib.admin",
    "rest_framework_simplejwt.settings": "django.test",
}
# The module that hardly ever needs others → these, and which of their names it takes along.
LATER: dict[str, dict[str, tuple[str, ...]]] = {
    "celery.fixups.django": {"celery.worker": ("WorkController",)},  # a word in its annotations
    "django.db.backends.base.operations": {"sqlparse": ()},  # for migrations
    "drf_spectacular.plumbing": {"rest_framework.test": ("APIRequestFactory",)},  # for the schema's page
    # Of clusters, while we speak to one server; the names are also for what these load in turn.
    "redis": {"redis.cluster": ("RedisCluster",)},
    "redis.asyncio": {"redis.asyncio.cluster": ("RedisCluster", "ClusterNode", "_ClusterNodePoolAdapter")},
    "uvicorn.main": {"uvicorn.supervisors": ("ChangeReload", "Multiprocess")},
}


def begin(more: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> None:
    """Before any of the libraries is imported. `more`: what only this process can do without."""
    OPTIONAL.update(more)
    sys.meta_path.insert(0, Door)


class Door:
    """Asked first for every import; has an opinion about those above only."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        if name not in OPTIONAL and name not in IN_PART and name not in LATER:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = partial(_load, spec.loader.exec_module)  # type: ignore[method-assign]
        return spec


def _load(load: Any, module: ModuleType) -> None:
    name = module.__name__
    with ExitStack() as meanwhile:
        for hidden in OPTIONAL.get(name, ()):
            meanwhile.enter_context(_instead(hidden, None))
        if name in IN_PART:
            meanwhile.enter_context(_instead(IN_PART[name], _bare(IN_PART[name])))
        for later, names in LATER.get(name, {}).items():
            meanwhile.enter_context(_instead(later, _later(later, names)))
        load(module)


@contextmanager
def _instead(name: str, other: ModuleType | None) -> Iterator[None]:
    """What is found under this name meanwhile (None: nothing), unless somebody has loaded it already."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = other  # type: ignore[assignment]
    try:
        yield
    finally:
        for one in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
            del sys.modules[one]


def _bare(package: str) -> ModuleType:
    """A package whose modules can be loaded, while its own code is not run."""
    bare = ModuleType(package)
    parent = import_module(package.rpartition(".")[0])
    spec = PathFinder.find_spec(package, parent.__path__)
    bare.__path__ = list(spec.submodule_search_locations or ()) if spec else []
    return bare


def _later(name: str, names: tuple[str, ...]) -> ModuleType:
    """Loads the real module when something of it is asked for, or one of the classes it names is called."""
    other = ModuleType(name)
    for one in names:
        setattr(other, one, type(one, (), {"__new__": partial(_made, name, one)}))
    other.__getattr__ = partial(_of, name)  # type: ignore[method-assign]
    return other


def _made(module: str, name: str, _: type, *args: Any, **kwargs: Any) -> Any:
    return getattr(import_module(module), name)(*args, **kwargs)


def _of(module: str, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)  # the import itself asks
    return getattr(import_module(module), name)
