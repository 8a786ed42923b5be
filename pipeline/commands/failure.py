"""A failure the user can act on."""

import click


class Failure(click.ClickException):
    """Printed as one line on stderr; the command ends with exit code 1."""

    def show(self, file: object = None) -> None:
        """Prints the message, whatever line breaks it has, as one line."""
        click.echo(f"gongkai: {' '.join(self.format_message().split())}", err=True)
