"""Kill the sender at random moments, again and again, and count what each recipient got.

    python -m benchmarks.outbox [RECIPIENTS [KILLS [SEED]]]

A sender process works through the outbox against a mail server in this process, and is killed
(SIGKILL) after a random time; a new one is started, until at least KILLS were killed and nothing is
left to send. Rounds of RECIPIENTS are repeated until there were enough kills. What the server took is
compared with what the ledger says. Copies in doubt are then sent again, as a person would with
--resend, to see how many of them arrive twice.
"""

import contextlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from compare.delivery import outbox, run
from compare.delivery.address import Mailbox
from compare.delivery.client import Server
from compare.delivery.digest import Addressing, Key
from compare.delivery.run import Route

KEY = Key("weekly.example.org", "2025-W20")
ADDRESSING = Addressing(Mailbox("Parallax", "digest@example.org"), KEY.list_id)
RAW = b"Subject: digest\r\n\r\n" + b"x" * 70 + b"\r\n"
SLOWEST = 0.004


@dataclass
class Taken:
    """What the server answered 250 to, or would have, had the sender lived to hear it."""

    copies: Counter[str] = field(default_factory=Counter)


def main(recipients: int = 500, kills: int = 200, seed: int = 1) -> None:
    """Run the experiment and print its figures."""
    chance = random.Random(seed)
    totals: Counter[str] = Counter()
    while totals["kills"] < kills:
        totals += _round(recipients, max(kills - totals["kills"], 1), chance)
        totals["rounds"] += 1
    for name in (
        "rounds", "recipients", "kills", "killed while a copy was sending", "skipped", "twice without asking",
        "in doubt", "in doubt and had arrived", "in doubt and had not arrived", "twice after --resend",
        "ledger says sent, server has none",
    ):  # fmt: skip
        print(f"{name}: {totals[name]}")


def _round(recipients: int, kills: int, chance: random.Random) -> Counter[str]:
    taken = Taken()
    totals: Counter[str] = Counter(recipients=recipients)
    with tempfile.TemporaryDirectory() as folder, _server(taken, chance) as port:
        path = Path(folder) / "outbox.db"
        with outbox.opened(path) as box:
            box.keep(str(KEY), ADDRESSING.sender.address, RAW, RAW, time.time())
            run.queue(
                box, ADDRESSING, KEY, [Mailbox("", f"r{n}@example.org") for n in range(recipients)], 0.0
            )
        while totals["kills"] < kills and _queued(path):
            totals["kills"] += _killed(path, port, chance.uniform(0.0, 0.35))
            totals["killed while a copy was sending"] += _states(path)["sending"]
        _finished(path, port)
        _compare(path, taken, totals)
        with outbox.opened(path) as box:
            issue = box.issue(str(KEY))
            assert issue
            box.again(issue, "in doubt", 0.0)
        _finished(path, port)
        totals["twice after --resend"] = sum(count > 1 for count in taken.copies.values())
        totals["skipped"] += recipients - len(taken.copies)
    return totals


def _compare(path: Path, taken: Taken, totals: Counter[str]) -> None:
    with outbox.opened(path) as box:
        for copy in box.copies():
            got = taken.copies[copy.address]
            totals["twice without asking"] += got > 1
            totals["ledger says sent, server has none"] += copy.state == "sent" and not got
            totals["in doubt"] += copy.state == "in doubt"
            totals["in doubt and had arrived"] += copy.state == "in doubt" and got > 0
            totals["in doubt and had not arrived"] += copy.state == "in doubt" and not got
            totals["skipped"] += copy.state not in {"sent", "in doubt"}
    taken.copies += Counter()  # the look-ups above must not count as copies


def _killed(path: Path, port: int, seconds: float) -> int:
    """Start a sender and kill it so long after it says that it is about to begin; 1 if it was alive."""
    with _sender(path, port) as sender:
        assert sender.stdout
        sender.stdout.readline()
        time.sleep(seconds)
        sender.send_signal(signal.SIGKILL)
        return int(sender.wait() == -signal.SIGKILL)


def _finished(path: Path, port: int) -> None:
    with _sender(path, port) as sender:
        sender.communicate()
        assert sender.returncode == 0, sender.returncode


def _sender(path: Path, port: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "benchmarks.outbox", "send", str(path), str(port)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def _send(path: Path, port: int) -> None:
    """The sender process: what `parallax digest` does once the issue is in the outbox."""
    with outbox.locked(path), outbox.opened(path) as box:
        print("ready", flush=True)
        issue = box.issue(str(KEY))
        assert issue
        run.send(box, issue, Route(Server("127.0.0.1", port, "none"), wait=0.0))


def _queued(path: Path) -> int:
    return _states(path)["queued"] + _states(path)["claimed"]


def _states(path: Path) -> Counter[str]:
    with outbox.opened(path) as box:
        return Counter(copy.state for copy in box.copies())


@contextlib.contextmanager
def _server(taken: Taken, chance: random.Random) -> Iterator[int]:
    """A mail server of plain sockets that takes up to some milliseconds before and after it keeps a mail."""
    delays = random.Random(chance.random())
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.settimeout(0.2)
        stop = threading.Event()

        def accept() -> None:
            while not stop.is_set():
                with contextlib.suppress(TimeoutError):
                    line, _ = listener.accept()
                    threading.Thread(target=_talk, args=(line, taken, delays), daemon=True).start()

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


def _talk(line: socket.socket, taken: Taken, delays: random.Random) -> None:
    recipient = ""
    with contextlib.suppress(OSError), line, line.makefile("rb") as lines:
        line.sendall(b"220 here\r\n")
        while said := lines.readline():
            if said.upper().startswith(b"RCPT"):
                recipient = said.decode().partition("<")[2].partition(">")[0]
            if not said.upper().startswith(b"DATA"):
                line.sendall(b"250 fine\r\n")
                continue
            line.sendall(b"354 go on\r\n")
            while (said := lines.readline()) not in {b".\r\n", b""}:
                pass
            if not said:
                return
            time.sleep(delays.uniform(0, SLOWEST))
            taken.copies[recipient] += 1
            time.sleep(delays.uniform(0, SLOWEST))
            line.sendall(b"250 taken\r\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["send"]:
        _send(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(*map(int, sys.argv[1:]))
