"""`onrecord train stance`."""

from pathlib import Path

from onrecord.models.hub import resolve_model
from onrecord.models.stance.recipe import StanceRecipe
from onrecord.models.stance.release import release_stance
from onrecord.models.stance.training import train_stance


def run_train_stance(
    recipe: str,
    data: Path,
    out: Path,
    *,
    base: str | None = None,
    teacher: str | None = None,
    seed: int | None = None,
    start_from: str | None = None,
    resume: bool = False,
) -> int:
    """Trains a stance classifier by a recipe and writes a model folder; returns the exit status.

    Args:
        recipe: A shipped recipe's name, or a YAML file.
        data: Folder of the sets that it names.
        out: The model folder.
        base: In place of the recipe's, where given.
        teacher: In place of the recipe's, where given.
        seed: In place of the recipe's, where given.
        start_from: Model to go on from: a shipped one's name, a folder; None begins with the base.
        resume: Go on behind the last epoch that a stopped run to the same folder finished.

    Raises:
        OnrecordError: The recipe or the data is malformed, or the base is unknown.
    """
    changes = {
        name: value for name, value in (("base", base), ("teacher", teacher), ("seed", seed)) if value is not None
    }
    start = resolve_model(start_from) if start_from else None
    train_stance(StanceRecipe.read(recipe).model_copy(update=changes), data, out, start_from=start, resume=resume)
    release_stance(out, out)
    return 0
