"""A command that takes SQL as an argument."""

import click


class SqlCommand(click.Command):
    """A command whose argument may begin with a comment, which is no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sets a line break before what looks like an option and is none."""
        return super().parse_args(ctx, [_as_sql(argument) for argument in args])


def _as_sql(argument: str) -> str:
    is_option = len(argument.partition("=")[0].split()) == 1
    return argument if is_option or not argument.startswith("--") else f"\n{argument}"
