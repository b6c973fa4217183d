"""What the tests of collecting share: a web server on this machine that behaves as told, and its pages."""

import contextlib
import dataclasses
import gzip
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme

from compare.corpus.collect.client import Limits
from compare.corpus.collect.guard import Gate

QUICK = Limits(
    connect=1.0, read=0.4, total=0.8, largest=200_000, delay=0.0, tries=3, first_wait=0.01, longest_wait=0.2
)
CALM = dataclasses.replace(QUICK, connect=10.0, read=10.0, total=20.0)
OPEN = Gate(allow_private=True)
Say = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the site says; bodies are written as they are, headers only where told."""

    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_GET(self) -> None:
        site = self.server.site
        with site.counted(self.path):
            site.headers.append((self.path, dict(self.headers.items())))
            answer = site.pages.get(self.path)
            with contextlib.suppress(OSError):
                if callable(answer):
                    answer(self)
                elif answer is not None:
                    self.give(answer)
                elif site.default is not None:
                    site.default(self)
                else:
                    self.give(b"nothing here", 404)

    def give(self, body: bytes, status: int = 200, **headers: str) -> None:
        """A whole answer; ``Content_Type`` stands for Content-Type."""
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@dataclass
class Site:
    """A site's pages by path: bytes, or what to do. Counts who asked for what, and how many at once."""

    pages: dict[str, bytes | Say] = field(default_factory=dict)
    default: Say | None = None
    asked: Counter[str] = field(default_factory=Counter)
    headers: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    most_at_once: int = 0
    host: str = ""
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        """The address of a page."""
        return f"http://{self.host}{path}"

    def article(self, path: str, title: str, *paragraphs: str) -> str:
        """Put up an article; returns its address."""
        self.pages[path] = page(title, *paragraphs)
        return self.url(path)

    @contextlib.contextmanager
    def counted(self, path: str) -> Iterator[None]:
        with self._lock:
            self.asked[path] += 1
            self.times.append(time.monotonic())
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._lock:
                self._now -= 1


class Server(ThreadingHTTPServer):
    """A server of one site."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, site: Site) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.site = site

    def handle_error(self, *_: object) -> None:
        """A client that hung up is no news."""


@contextlib.contextmanager
def serving(site: Site | None = None, certificate: trustme.LeafCert | None = None) -> Iterator[Site]:
    """The site on a free port of this machine, encrypted where it has a certificate."""
    site = site or Site()
    server = Server(site)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(title: str, *paragraphs: str) -> bytes:
    """An article as a site shows it."""
    text = "".join(f"<p>{one.format(title)}</p>" for one in paragraphs or TEXT)
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>"
        '<meta property="article:published_time" content="2025-05-14"></head>'
        f"<body><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


TEXT = (
    "The harbour council voted late on Tuesday to close the northern quay for repairs, item {}, and said "
    "that the work would take at least eight months because the piles below the water line had rotted.",
    "Fishermen who land their catch there were told to move to the southern basin, where berths are fewer "
    "and the fees are higher. Several of them said that they had not been asked at all.",
    "The council's engineer put the cost at four million crowns. She said that a survey in spring had found "
    "the damage, and that waiting for another winter would have been a risk to everybody on the quay.",
)


def feed(*urls: str, title: str = "The Quay") -> bytes:
    """An RSS feed of these addresses."""
    items = "".join(f"<item><title>Item {n}</title><link>{url}</link></item>" for n, url in enumerate(urls))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{title}</title><link>https://quay.example/</link>{items}</channel></rss>"
    ).encode()


def opml(*urls: str) -> bytes:
    """A list of these feeds."""
    rows = "".join(f'<outline type="rss" text="feed" xmlUrl="{url}"/>' for url in urls)
    return f'<?xml version="1.0"?><opml version="2.0"><head/><body>{rows}</body></opml>'.encode()


def redirect(to: str, status: int = 302) -> Say:
    """Send on."""
    return lambda asked: asked.give(b"", status, Location=to)


def once(first: Say, then: bytes) -> Say:
    """Something else the first time."""
    times: list[int] = []

    def answer(asked: Handler) -> None:
        times.append(1)
        if len(times) == 1:
            first(asked)
        else:
            asked.give(then)

    return answer


def dripping(asked: Handler) -> None:
    """A byte now and then, each within every single wait."""
    asked.send_response(200)
    asked.send_header("Content-Length", "1000")
    asked.end_headers()
    for _ in range(60):
        asked.wfile.write(b"x")
        asked.wfile.flush()
        time.sleep(0.05)


def dripping_headers(asked: Handler) -> None:
    """A header that never ends, a byte now and then."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(60):
        asked.wfile.write(b"x")
        asked.wfile.flush()
        time.sleep(0.05)


def dripping_to_the_close(asked: Handler) -> None:
    """The same without a length: where the line is cut, the page might seem to end."""
    asked.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<p>")
    for _ in range(60):
        asked.wfile.write(b"x")
        asked.wfile.flush()
        time.sleep(0.05)


def endless(asked: Handler) -> None:
    """A body without end."""
    asked.send_response(200)
    asked.send_header("Connection", "close")
    asked.end_headers()
    while True:
        asked.wfile.write(b"<p>and so on</p>" * 1000)


def truncated(asked: Handler) -> None:
    """Less than was promised."""
    asked.send_response(200)
    asked.send_header("Content-Length", "5000")
    asked.end_headers()
    asked.wfile.write(page("Cut"))
    asked.close_connection = True


def packed(body: bytes, coding: str = "gzip") -> Say:
    """A body as gzip, whole."""
    return lambda asked: asked.give(gzip.compress(body), Content_Encoding=coding)


def raw(data: bytes) -> Say:
    """Bytes on the line, and nothing else."""

    def answer(asked: Handler) -> None:
        asked.wfile.write(data)
        asked.close_connection = True

    return answer
