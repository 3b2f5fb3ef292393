"""The benchmark's models: what they are, known before anything is loaded, and what they were trained on."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from onrecord.corpus.errors import ModelError
from onrecord.corpus.stance_data import StanceRow
from onrecord.evaluation.baselines import Baseline, baselines
from onrecord.evaluation.benchmark_data import BenchmarkSet
from onrecord.evaluation.benchmark_schema import Exposure, ModelInfo
from onrecord.evaluation.stance import StanceEntry, normal_target
from onrecord.models.hub import SAFE_FILES, resolve_model
from onrecord.models.stance.backends import CHAT, chat_url
from onrecord.models.stance.baselines import MajorityBaseline, TargetOnlyBaseline, TextOnlyBaseline
from onrecord.models.stance.chat import INSTRUCTIONS
from onrecord.models.stance.options import BackendOptions
from onrecord.models.stance.protocol import StanceClassifier

BASELINES = ("majority", "target-only", "text-only")
_FITS: dict[str, Callable[[Sequence[StanceRow]], StanceClassifier]] = {
    "majority": MajorityBaseline.fit,
    "target-only": TargetOnlyBaseline.fit,
    "text-only": TextOnlyBaseline.fit,
}
_CHUNK = 1 << 20
_NOTHING_TOLD = "[null, false, null]"


@dataclass(frozen=True)
class Model:
    """A model that is no baseline.

    Attributes:
        name: As it was asked for.
        identity: Changes with whatever may change its answers.
        trained_on: Names of the sets in its config.json; None where it declares none.
    """

    name: str
    identity: str
    trained_on: tuple[str, ...] | None

    def info(self) -> ModelInfo:
        """Returns what the result says of the model."""
        return ModelInfo(name=self.name, identity=self.identity, trained_on=self.trained_on)

    def exposure(self, data: BenchmarkSet) -> Exposure:
        """Says whether the model was trained on a set of that name, be it the file's or the rows' own."""
        if self.trained_on is None:
            return Exposure.UNKNOWN
        seen = {name.casefold() for name in self.trained_on}
        names = {data.name.casefold(), *(row.dataset.casefold() for row in data.rows)}
        return Exposure.TRAINED if names & seen else Exposure.NOT_TRAINED


def identify(name: str, options: BackendOptions | None = None) -> Model:
    """Finds a model and what it was trained on, without loading it.

    Args:
        name: A shipped model's name, a folder, a hub name, or `chat:MODEL`.
        options: What it is told: label names, hypotheses and the endpoint decide its answers as well.

    Raises:
        UnknownModelError: There is none of that name.
        ModelError: Its config.json cannot be read.
    """
    given = options or BackendOptions()
    if name.startswith(CHAT):
        return Model(name, _digest([name, chat_url(given) or "", INSTRUCTIONS]), None)
    folder = resolve_model(name, offline=given.offline)
    try:
        config: Any = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder / 'config.json'}: cannot be read as JSON: {error}") from error
    declared = config.get("trained_on") if isinstance(config, dict) else None
    trained_on = tuple(map(str, declared)) if isinstance(declared, list) else None
    files = sorted({path for pattern in SAFE_FILES for path in folder.glob(pattern) if path.name != "README.md"})
    told = json.dumps([given.label_map, given.with_speaker, given.hypotheses and asdict(given.hypotheses)])
    parts = [installed_version(), *(part for path in files for part in (path.name, _hash(path)))]
    if told != _NOTHING_TOLD:
        parts.append(told)
    return Model(name, _digest(parts), trained_on)


def fit_baseline(name: str, rows: Sequence[StanceRow]) -> StanceClassifier:
    """Fits a baseline on training rows.

    Raises:
        DataError: There are too few of them.
        MissingExtraError: `text-only` needs scikit-learn.
    """
    return _FITS[name](rows)


def left_out_baseline(name: str, data: BenchmarkSet) -> Baseline:
    """Labels a set's rows by a baseline that is fitted on the set's other documents."""
    entries = [
        StanceEntry(row.article or row.text, normal_target(row.target), row.text, row.label) for row in data.rows
    ]
    wanted = name.replace("-", "_")
    return next(baseline for baseline in baselines(entries) if baseline.name == wanted)


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def installed_version() -> str:
    """Returns onrecord's version."""
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "unknown"
