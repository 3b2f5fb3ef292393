"""The declared mix of a stance training: a YAML file that names sets, caps, stages and seeds."""

from pathlib import Path
from typing import Self

import yaml
from pydantic import ConfigDict, Field, ValidationError

from onrecord.corpus.article import Frozen
from onrecord.corpus.errors import DataError

RECIPES = Path(__file__).parents[1] / "recipes"


class Stage(Frozen):
    """One stage of the training.

    Attributes:
        name: For the log.
        epochs: How often rows are drawn.
        rows: Most rows of each set in one epoch; a set that is not named takes no part.
        repeat: How often a set's rows stand in an epoch, once where not named.
    """

    name: str
    epochs: int
    rows: dict[str, int]
    repeat: dict[str, int] = Field(default_factory=dict)


class StanceRecipe(Frozen):
    """All that decides a stance model, besides the data. See the shipped recipe for what each entry means."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: str
    stages: tuple[Stage, ...]
    seed: int = 1
    frozen_layers: int = 0
    max_pieces: int = 160
    tokens_per_batch: int = 2048
    learning_rate: float = 2e-4
    head_learning_rate_factor: float = 5.0
    warmup_steps: int = 200
    weight_decay: float = 0.01
    label_smoothing: float = 0.05
    teacher: str | None = None
    taught: tuple[str, ...] = ()
    teacher_share: float = 0.0
    unsure_weight: float = 1.0
    opposed_weight: float = 1.0
    average_decay: float = 0.998
    start_share: float = 0.0
    speaker_share: float = 0.8
    context_share: float = 0.9
    swapped_target_share: float = 0.04
    held_out_share: float = 0.06
    in_domain: tuple[str, ...] = ()
    calibrated_on: tuple[str, ...] = ()
    label_bias: tuple[float, ...] = ()
    no_neutral: tuple[str, ...] = ()

    @property
    def sets(self) -> list[str]:
        """Names of all sets that take part, sorted."""
        return sorted({name for stage in self.stages for name in stage.rows})

    @classmethod
    def read(cls, recipe: str | Path) -> Self:
        """Reads a shipped recipe by name, or a YAML file.

        Raises:
            DataError: There is none, or it is not a recipe.
        """
        path = Path(recipe) if str(recipe).endswith((".yaml", ".yml")) else RECIPES / f"{recipe}.yaml"
        if not path.is_file():
            shipped = ", ".join(sorted(file.stem for file in RECIPES.glob("*.yaml")))
            raise DataError(f"no recipe {str(recipe)!r}; shipped: {shipped}; or the path of a .yaml file")
        try:
            return cls.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (yaml.YAMLError, ValidationError) as error:
            raise DataError(f"{path}: not a stance recipe: {error}") from error
