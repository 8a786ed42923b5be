"""A failure the user can act on."""

import click


class Failure(click.ClickException):
    """Printed on stderr; the command ends with exit code 1."""

    def show(self, file: object = None) -> None:
        """Prints the message as one line; a line of SQL keeps the caret below it."""
        said, mark, pointing = self.format_message().partition("\n\nLINE ")
        if not mark or "^" not in pointing:
            said, pointing = said + mark + pointing, ""
        click.echo(f"gongkai: {' '.join(said.split())}", err=True)
        if pointing:
            click.echo(f"LINE {pointing.rstrip()}", err=True)
