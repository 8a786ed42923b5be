"""Sends a message over every channel there is; what cannot be sent is said and costs nothing."""

import json
import logging
import os
import smtplib
import socket
import ssl
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

import urllib3

from pipeline.alerts.channels import Alerts, Mail, Webhook, load
from pipeline.declared import StatedError

_PATIENCE = 20.0
_SUBJECT_WIDTH = 120
"""Letters of a subject; what mail programs show of one is less."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody is told.

    Attributes:
        event: ``failed``, ``quarantine`` or ``stale``, for programs.
        subject: One sentence; a long one is cut between two words where it is sent.
        text: The whole, as Markdown.
    """

    event: str
    subject: str
    text: str


def tell(file: Path, message: Message) -> list[str]:
    """Sends a message to whom ``alerts.yml`` names; returns why it could not be sent."""
    try:
        faults = list(send(load(file), message))
    except StatedError as error:
        faults = [str(error)]
    for fault in faults:
        _log.error("%s", fault)
    return faults


def send(
    alerts: Alerts, message: Message, environment: Mapping[str, str] = os.environ
) -> Iterator[str]:
    """Sends a message and yields a sentence for each channel that failed."""
    if alerts.mail:
        try:
            _mail(alerts.mail, message, environment)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            yield f"no mail could be sent by {alerts.mail.host}: {_said(error)}"
    if alerts.webhook:
        try:
            _post(alerts.webhook, message, environment)
        except (OSError, urllib3.exceptions.HTTPError, ValueError) as error:
            yield f"the webhook {alerts.webhook.address.host} was not reached: {_said(error)}"


def _mail(mail: Mail, message: Message, environment: Mapping[str, str]) -> None:
    letter = EmailMessage()
    letter["Subject"] = _subject_line(message)
    letter["From"] = mail.sender
    letter["To"] = ", ".join(mail.to)
    letter["Date"] = formatdate(localtime=True)
    letter["Message-ID"] = make_msgid(domain=socket.gethostname())
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text, cte="base64")
    context = ssl.create_default_context()
    if mail.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.port, timeout=_PATIENCE, context=context
        )
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_PATIENCE)
    with server:
        if mail.security == "starttls":
            server.starttls(context=context)
        if mail.user:
            server.login(mail.user, environment.get(mail.password_from, ""))
        server.send_message(letter)


def _post(webhook: Webhook, message: Message, environment: Mapping[str, str]) -> None:
    headers = {"Content-Type": "application/json"}
    if webhook.token_from:
        headers["Authorization"] = f"Bearer {environment.get(webhook.token_from, '')}"
    body = {
        "event": message.event,
        "subject": _subject_line(message),
        "text": f"{message.subject}\n\n{message.text}",
        "host": socket.gethostname(),
    }
    answer = urllib3.request(
        "POST",
        str(webhook.address),
        body=json.dumps(body, ensure_ascii=False).encode(),
        headers=headers,
        timeout=_PATIENCE,
        retries=False,
        redirect=False,
    )
    if answer.status >= 300:
        raise ValueError(f"it answers {answer.status}")


def _subject_line(message: Message) -> str:
    return textwrap.shorten(message.subject, _SUBJECT_WIDTH, placeholder=" …")


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:160]}"
