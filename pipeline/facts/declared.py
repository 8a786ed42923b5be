"""What checks go by, as data: the files of ``data``, validated when they are loaded."""

from importlib.resources import files
from typing import TypeVar

import yaml
from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)


def declared(name: str, model: type[Model]) -> Model:
    """Returns a file of the room's data.

    Args:
        name: The file, without its ending.
        model: What it has to say.

    Raises:
        pydantic.ValidationError: It says something else.
    """
    text = (files("pipeline.facts") / "data" / f"{name}.yml").read_text("utf-8")
    return model.model_validate(yaml.load(text, yaml.CSafeLoader))
