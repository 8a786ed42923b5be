"""The explorer as a server: an address comes in, a page or a file to take away goes out."""

import contextlib
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs

import duckdb
import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.explorer.context import Answers, Context
from pipeline.explorer.downloads import XLSX, as_csv, as_png, as_xlsx
from pipeline.explorer.links import ServerLinks, file_name
from pipeline.explorer.opening import Descriptor, Opened, Published
from pipeline.explorer.rendering import PageContent, html, picture, static, style
from pipeline.explorer.review_form import NotTakenError, ReviewInbox
from pipeline.explorer.screens.agency_page import agency_page, facts_of
from pipeline.explorer.screens.compare_page import compare_page
from pipeline.explorer.screens.evidence_page import evidence_page
from pipeline.explorer.screens.find_page import find_page, suggestions
from pipeline.explorer.screens.overview_page import overview_page
from pipeline.explorer.screens.quality_page import quality_page
from pipeline.explorer.screens.review_page import review_page
from pipeline.explorer.screens.sql_page import sql_page
from pipeline.explorer.static_site import standalone
from pipeline.explorer.texts import Translator
from pipeline.settings import Language, NoWarehouseError, Settings
from pipeline.warehouse.queries.name_lookup import NotFoundError

LOCAL = ("127.0.0.1", "::1", "localhost")
"""Hosts that nobody else reaches."""

_LOG = logging.getLogger("gongkai.explorer")
_LONGEST_BODY = 64 << 10

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What a browser is told with everything: no script but ours, nothing from elsewhere."""

Screen = Callable[[Context], PageContent]
_PAGES: dict[str, Screen] = {
    "": overview_page,
    "compare": compare_page,
    "agency": agency_page,
    "evidence": evidence_page,
    "quality": quality_page,
    "sql": sql_page,
    "find": find_page,
}
_TAKEN: dict[str, Screen] = {
    "compare": compare_page,
    "agency": facts_of,
    "quality": lambda context: quality_page(context, everything=True),
}
_FILES: dict[str, tuple[str, Callable[[], str]]] = {
    "explorer.css": ("text/css", style),
    "explorer.js": ("text/javascript", lambda: static("explorer.js")),
    "icon.svg": ("image/svg+xml", lambda: static("icon.svg")),
}


class Explorer:
    """Answers requests from one warehouse."""

    def __init__(self, settings: Settings, inbox: ReviewInbox | None = None) -> None:
        self._settings = settings
        self._inbox = inbox
        self._published = Published(settings.database)
        self._answers = Answers()
        self._nothing = Opened("", duckdb.connect(), Descriptor(Path(os.devnull)))

    def warm(self) -> None:
        """Makes the pages asked for most often, so that the first visitor need not wait."""
        with contextlib.suppress(NoWarehouseError, duckdb.Error):
            opened = self._published.current()
            context = Context(
                self._settings, opened, Translator("zh"), ServerLinks(), answers=self._answers
            )
            for screen in (overview_page, compare_page):
                screen(context)

    def page(self, request: Request) -> Response:
        """Returns the page that the address names."""
        name = request.url.path.rpartition("/")[2]
        return self._shown(request, _PAGES[name])

    def taken(self, request: Request) -> Response:
        """Returns what a page shows as a file."""
        name, kind = request.path_params["name"], request.path_params["kind"]
        if name not in _TAKEN:
            raise HTTPException(404)
        context = self._context(request, self._published.current())
        return _file(_TAKEN[name](context), name, kind)

    async def asked(self, request: Request) -> Response:
        """Runs the SQL that is sent; only from a page of the explorer itself."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise HTTPException(403)
        body = await _body(request)
        sql = (parse_qs(body.decode("utf-8", "replace")).get("sql") or [""])[-1]
        kind = request.path_params.get("kind")

        def run() -> Response:
            if kind is None:
                return self._shown(request, lambda context: sql_page(context, sql))
            context = self._context(request, self._published.current())
            return _file(sql_page(context, sql), "gongkai_sql", kind)

        return await run_in_threadpool(run)

    def waiting(self, request: Request) -> Response:
        """Returns what a person could settle."""
        return self._shown(request, self._queue)

    async def settled(self, request: Request) -> Response:
        """Takes an answer; only from a page of this server, with its token."""
        inbox = self._inbox
        form = parse_qs((await _body(request)).decode("utf-8", "replace"), keep_blank_values=True)
        headers = request.headers
        if inbox is None or not inbox.is_own(
            headers.get("origin"), headers.get("host"), request.url.scheme, form
        ):
            raise HTTPException(403)

        def take() -> Response:
            try:
                inbox.take(form, date.today())
            except NotTakenError as error:
                fault = str(error)
                return self._shown(request, lambda context: self._queue(context, fault))
            context = self._context(request, self._published.current())
            kept = {"from": context.stated("from"), "reviewer": (form.get("reviewer") or [""])[-1]}
            return RedirectResponse(context.link("review", **kept) or "review", 303)

        return await run_in_threadpool(take)

    def _queue(self, context: Context, fault: str = "") -> PageContent:
        if self._inbox is None:
            raise HTTPException(404)
        try:
            return review_page(context, self._inbox.decisions(), self._inbox.token, fault)
        except NotTakenError as error:
            return review_page(context, (), self._inbox.token, str(error))

    def report(self, request: Request) -> Response:
        """Returns an agency's page as a file that stands alone."""
        context = self._context(request, self._published.current())
        try:
            text = standalone(context, context.stated("id"))
        except NotFoundError as error:
            raise HTTPException(404) from error
        return _attached(text.encode(), "text/html", f"{file_name(context.stated('id'))}.html")

    def suggest(self, request: Request) -> Response:
        """Returns names that go on from what has been typed."""
        return JSONResponse(suggestions(self._context(request, self._published.current())))

    def search(self, request: Request) -> Response:
        """Leads to the page of the search, by the name in its heading."""
        return RedirectResponse(f"find?{request.url.query}", 308)

    def publication(self, _request: Request) -> Response:
        """Returns the key of the current publication, by which a page notices a new one."""
        return PlainTextResponse(self._published.key() or "", headers={"Cache-Control": "no-store"})

    def not_there(self, request: Request, _error: Exception) -> Response:
        """Says in a sentence that there is no such page."""

        def no_page(context: Context) -> PageContent:
            why, remedy = context.say("trouble.no_page"), context.say("trouble.no_page_remedy")
            given = {
                "why": why,
                "remedy": remedy,
                "found": [(context.say("page.overview"), context.link(""))],
            }
            return PageContent("message.html", context.say("trouble.title"), given, status=404)

        return self._shown(request, no_page)

    def _shown(self, request: Request, screen: Screen) -> Response:
        """Returns a page; what goes wrong is said in a sentence."""
        nowhere = self._context(request, self._nothing)
        say = nowhere.say
        try:
            context = self._context(request, self._published.current())
            page = screen(context)
            text = html(context, page, **self._around(context, request))
            return Response(text, page.status, media_type="text/html")
        except NoWarehouseError as error:
            message, status = ("trouble.no_warehouse", "trouble.build_first"), 503
            gaps = {"path": str(error.path)}
        except (duckdb.CatalogException, duckdb.BinderException):
            _LOG.exception("the page %s could not be shown", request.url.path)
            message, status = ("trouble.other_version", "trouble.build_first"), 503
            gaps = {"path": str(self._settings.database)}
        except duckdb.OutOfMemoryException:
            message, status, gaps = ("trouble.memory", "trouble.narrow"), 503, {}
        except Exception:
            _LOG.exception("the page %s could not be shown", request.url.path)
            message, status, gaps = ("trouble.page", "trouble.page_remedy"), 500, {}
        why, remedy = say(message[0], **gaps), say(message[1])
        page = PageContent("message.html", say("trouble.title"), {"why": why, "remedy": remedy})
        return Response(html(nowhere, page, is_live=True), status, media_type="text/html")

    def _context(self, request: Request, opened: Opened) -> Context:
        query = parse_qs(request.url.query)
        is_english = (query.get("lang") or [""])[-1].startswith("en")
        return Context(
            settings=self._settings,
            opened=opened,
            say=Translator("en" if is_english else "zh"),
            links=ServerLinks(max(request.url.path.count("/") - 1, 0)),
            query=query,
            answers=self._answers,
        )

    def _around(self, context: Context, request: Request) -> dict[str, object]:
        name = request.url.path.strip("/")
        kept = {one: list(values) for one, values in context.query.items() if one != "lang"}
        turned: Language = "en" if context.say.language == "zh" else "zh"
        can_take = name in _TAKEN
        return {
            "is_live": True,
            "has_review": self._inbox is not None,
            "run": context.run(),
            "other": context.links.to(name if name in (*_PAGES, "review") else "", turned, kept),
            "take_away": (lambda kind: context.same(f"{name}.{kind}")) if can_take else None,
        }


def application(
    settings: Settings, hosts: Sequence[str] = (), inbox: ReviewInbox | None = None
) -> Starlette:
    """Returns the explorer as an ASGI application.

    Args:
        settings: Which warehouse and raw files.
        hosts: Names it may be called by; any where there are none.
        inbox: Where answers of the page of review go; without one there is no such page.
    """
    made = Explorer(settings, inbox)

    @contextlib.asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        threading.Thread(target=made.warm, daemon=True).start()
        yield

    around = [
        Middleware(GZipMiddleware, minimum_size=1_000),
        Middleware(BaseHTTPMiddleware, dispatch=_with_headers),
    ]
    if hosts:
        around.insert(0, Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)))
    pages = [Route(f"/{name}", made.page) for name in _PAGES]
    if inbox is not None:
        pages += [
            Route("/review", made.waiting),
            Route("/review", made.settled, methods=["POST"]),
        ]
    return Starlette(
        routes=[
            *pages,
            Route("/sql", made.asked, methods=["POST"]),
            Route("/sql.{kind}", made.asked, methods=["POST"]),
            Route("/search", made.search),
            Route("/suggest", made.suggest),
            Route("/publication", made.publication),
            Route("/report", made.report),
            Route("/static/{name}", _static),
            Route("/{name}.{kind}", made.taken),
        ],
        middleware=around,
        exception_handlers={404: made.not_there},
        lifespan=running,
    )


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    media_type, content = _FILES[name]
    return Response(content(), media_type=media_type, headers={"Cache-Control": "max-age=600"})


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            raise HTTPException(403)
    return body


def _file(page: PageContent, name: str, kind: str) -> Response:
    """Returns what a page shows as a file of that kind."""
    if kind == "csv":
        return _attached(as_csv(page.rows), "text/csv", f"{name}.csv")
    if kind == "xlsx":
        return _attached(as_xlsx(page.rows, page.notes), XLSX, f"{name}.xlsx")
    if kind not in ("svg", "png") or page.picture is None:
        raise HTTPException(404)
    svg = picture(page.picture, page.notes)
    if kind == "png":
        return _attached(as_png(svg), "image/png", f"{name}.png")
    headers = {"Content-Disposition": f'inline; filename="{name}.svg"'}
    return Response(svg, media_type="image/svg+xml", headers=headers)


def _attached(content: bytes, media_type: str, name: str) -> Response:
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
    headers = {"Content-Disposition": f'attachment; filename="{ascii_name}"'}
    return Response(content, media_type=media_type, headers=headers)


async def _with_headers(request: Request, answered: RequestResponseEndpoint) -> Response:
    """Sends ``HEADERS`` with every answer that says nothing else."""
    response = await answered(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def serve(settings: Settings, host: str, port: int, *, review: bool = False) -> None:
    """Serves until it is stopped.

    Args:
        settings: Which warehouse and raw files.
        host: Address to listen on. On a local one, requests for other host names are
            refused, so that no page elsewhere can reach the server under its own name.
        port: Port to listen on.
        review: Whether answers of the page of review are taken; on a local host only.
    """
    inbox = ReviewInbox(settings.decisions) if review and host in LOCAL else None
    hosts = [*LOCAL, "[::1]"] if host in LOCAL else []
    uvicorn.run(
        application(settings, hosts, inbox),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        access_log=False,
    )
