"""Tools that take only the arguments they declare.

A filter that is misspelt and left out without a word would give the number of another year.
"""

from collections.abc import Callable
from typing import Any, Self

from mcp.server.mcpserver.context import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp_types import ToolAnnotations
from pydantic import ValidationError
from rapidfuzz import fuzz, process

from pipeline.declared import fault

_NEAR = 60
"""From what likeness on a name is taken for a slip of another, of 100."""


class StrictTool(Tool):
    """A tool that refuses unknown arguments and names those it takes."""

    @classmethod
    def of(cls, function: Callable[..., Any], description: str) -> Self:
        """Returns the tool of a function; its arguments are those of the schema."""
        made = cls.from_function(
            function,
            description=description,
            annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False),
        )
        closed = {**made.parameters, "additionalProperties": False}
        return cls(**{**dict(made), "parameters": closed})

    async def run(
        self, arguments: dict[str, Any], context: Context[Any, Any], convert_result: bool = False
    ) -> Any:
        """Runs it.

        Raises:
            ToolError: An argument is unknown, missing or of another kind.
        """
        for name in arguments.keys() - self.parameters["properties"].keys():
            raise ToolError(f"{self.name} has no argument {name}: {self._instead_of(name)}")
        try:
            self.fn_metadata.validate_arguments(arguments)
        except ValidationError as error:
            raise ToolError(f"{self.name} cannot take this: {fault(error)}") from None
        return await super().run(arguments, context, convert_result)

    def _instead_of(self, name: str) -> str:
        known = list(self.parameters["properties"])
        found = process.extractOne(name, known, scorer=fuzz.WRatio, score_cutoff=_NEAR)
        if found:
            return f"write {found[0]}"
        return f"it takes {', '.join(known)}"
