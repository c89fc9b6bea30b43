"""Measures `quickback mcp` beside two servers from npm, in the same run and taking turns: how long a client waits for
`initialize` and `tools/list` and for a first call, processor time and memory for that, and how long the end takes;
then a thousand calls of one tool, ten at a time.

    python tests/bench/mcp_start.py [--runs 7]

Prints medians. The peers run without network, as everything here; their documentation tools are not called.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lanes.packages import NODE, install
from mcp_peers.wire import INITIALIZED, OURS, Process, initialize, request

PEERS = {
    "context7-mcp": "@upstash/context7-mcp/dist/index.js",
    "next-devtools-mcp": "next-devtools-mcp/dist/index.js",
}
LOAD, SIDE_BY_SIDE = 1_000, 10


@dataclass(frozen=True)
class Start:
    """Milliseconds, milliseconds of processor time, and megabytes."""

    initialize: float
    tools_list: float
    cpu: float
    rss: float
    end: float


def commands() -> dict[str, Sequence[str]]:
    modules = install(Path(__file__).parent / "peers")
    return {"quickback mcp": OURS, **{name: (str(NODE), str(modules / path)) for name, path in PEERS.items()}}


def children_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def peak_rss(process: Process) -> float:
    status = Path(f"/proc/{process.popen.pid}/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def start(command: Sequence[str], folder: Path) -> Start:
    cpu, began = children_cpu(), time.perf_counter()
    process = Process(cwd=folder, command=command)
    process.ask(initialize())
    opened = time.perf_counter()
    process.send(INITIALIZED)
    process.ask(request(1, "tools/list"))
    listed = time.perf_counter()
    rss = peak_rss(process)
    process.hang_up()
    _, end = process.ended_within(5)
    process.close()
    return Start((opened - began) * 1000, (listed - began) * 1000, children_cpu() - cpu, rss, end * 1000)


def first_call(folder: Path) -> tuple[float, float]:
    """From the start of ours to the answer of a first `get_doc`, and the memory then."""
    began = time.perf_counter()
    process = Process(cwd=folder)
    process.ask(initialize())
    process.send(INITIALIZED)
    process.ask(request(1, "tools/call", name="get_doc", arguments={"topic": "firewall"}))
    took, rss = (time.perf_counter() - began) * 1000, peak_rss(process)
    process.close()
    return took, rss


def load(folder: Path) -> tuple[float, float, float]:
    """Calls a second, and the 50th and 99th percentile in milliseconds, of `get_doc` in a server that is warm."""
    process = Process(cwd=folder)
    process.ask(initialize())
    process.send(INITIALIZED)
    call = {"name": "get_doc", "arguments": {"topic": "firewall"}}
    process.ask(request("warm", "tools/call", **call))
    sent: dict[object, float] = {}
    times: list[float] = []
    began = time.perf_counter()
    while len(times) < LOAD:
        while len(sent) < SIDE_BY_SIDE and len(times) + len(sent) < LOAD:
            number = len(times) + len(sent)
            sent[number] = time.perf_counter()
            process.send(request(number, "tools/call", **call))
        answer = process.receive()
        assert "result" in answer, answer
        times.append((time.perf_counter() - sent.pop(answer["id"])) * 1000)
    rate = LOAD / (time.perf_counter() - began)
    process.close()
    return rate, statistics.median(times), statistics.quantiles(times, n=100)[98]


def print_starts(runs: int, folder: Path) -> None:
    servers = commands()
    found: dict[str, list[Start]] = {name: [] for name in servers}
    for _ in range(runs + 1):
        for name, command in servers.items():
            found[name].append(start(command, folder))
    print(f"{'':<20}{'initialize':>12}{'tools/list':>12}{'cpu':>10}{'rss':>10}{'end':>10}")
    for name, starts in found.items():
        columns = zip(*((s.initialize, s.tools_list, s.cpu, s.rss, s.end) for s in starts[1:]), strict=True)
        one, two, cpu, rss, end = (statistics.median(column) for column in columns)
        print(f"{name:<20}{one:>9.0f} ms{two:>9.0f} ms{cpu:>7.0f} ms{rss:>7.0f} MB{end:>7.0f} ms")


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its bytecode
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print_starts(runs, folder)
        took, rss = zip(*(first_call(folder) for _ in range(runs)), strict=True)
        print(f"\nquickback, start to a first get_doc: {statistics.median(took):.0f} ms, {max(rss):.0f} MB")
        rate, middle, worst = load(folder)
        print(
            f"{LOAD} x get_doc, {SIDE_BY_SIDE} at a time: {rate:.0f} a second, p50 {middle:.1f} ms, p99 {worst:.1f} ms"
        )
    print(f"(load average before the last minute: {os.getloadavg()[0]:.1f})")


if __name__ == "__main__":
    main()
