"""Recipients of alerts: ``data/alerts.yml``. Without the file nobody gets any."""

from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl

from pipeline.declared import Declaration, stated
from pipeline.warehouse.runs.health import Bounds


class Mail(Declaration):
    """A mail server and who gets the letters.

    Attributes:
        host: The server.
        port: Its port.
        security: ``none`` for a server on this machine, else ``starttls`` or ``tls``.
        sender: Whose address the letters bear.
        to: Who gets them.
        user: Who logs in, if anybody has to.
        password_from: Environment variable with the password; it never stands in a file.
    """

    host: str
    port: int = Field(default=25, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "none"
    sender: str
    to: tuple[str, ...] = Field(min_length=1)
    user: str | None = None
    password_from: str = "GONGKAI_SMTP_PASSWORD"


class Webhook(Declaration):
    """An address that takes JSON.

    Attributes:
        address: Where it is posted to; redirects are not followed.
        token_from: Environment variable with a bearer token, if it wants one.
    """

    address: HttpUrl
    token_from: str | None = None


class Alerts(Declaration):
    """The file.

    Attributes:
        bounds: From where on something is worth an alert.
        mail: Letters.
        webhook: Posts.
    """

    bounds: Bounds = Bounds()
    mail: Mail | None = None
    webhook: Webhook | None = None


def load(path: Path) -> Alerts:
    """Returns the file; without one nobody is told, and the usual bounds hold.

    Raises:
        StatedError: It says something else than who is told of what.
    """
    return stated(path, Alerts, "nobody is told of anything")
