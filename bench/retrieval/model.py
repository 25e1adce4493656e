"""The embedding model that the wheel `wordllama` ships: averaged token vectors of 256, on the CPU, without a download.

Read by itself with the libraries that it is made for: the package's own loader looks for its tokenizer elsewhere.
"""

import importlib.util
from pathlib import Path
from typing import Any

NAME = "wordllama-l2-supercat-256"


class Model:
    """`embed(texts)`: unit vectors."""

    def __init__(self) -> None:
        from safetensors.numpy import load_file  # bench/requirements.txt
        from tokenizers import Tokenizer

        found = importlib.util.find_spec("wordllama")
        if found is None or not found.submodule_search_locations:
            raise SystemExit("pip install -r bench/requirements.txt")
        home = Path(next(iter(found.submodule_search_locations)))
        self.tokens = Tokenizer.from_file(str(home / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        self.tokens.no_padding()
        (self.table,) = load_file(str(home / "weights" / "l2_supercat_256.safetensors")).values()

    def embed(self, texts: list[str]) -> list[list[float]]:
        return [self._one(ids.ids) for ids in self.tokens.encode_batch(texts, add_special_tokens=False)]

    def _one(self, ids: list[int]) -> list[float]:
        mean: Any = self.table[ids].astype("float32").mean(axis=0)
        vector: list[float] = (mean / ((mean**2).sum() ** 0.5)).tolist()
        return vector
