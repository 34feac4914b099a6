#!/usr/bin/env python3
"""The cost of `slogate` with a history of a million and one of twenty million measurements.

500 endpoints under two profiles, eight statistics each. The commands are whole processes and take turns, so that
a machine that slows down slows all of them; recording and the query of a trend are also timed within a process.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STATIC = ["--static-swift-stdlib", "-Xswiftc", "-static-executable", "-Xlinker", "-s"]
ENDPOINTS = 500
ENVIRONMENT = ["--env", "stage=perf", "--env", "instance=c6i.large", "--env", "memory=1024MB", "--env", "cdn=false"]


def build(scratch, *flags):
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "slogate", "--scratch-path", scratch, *flags],
        cwd=ROOT, check=True, stdout=sys.stderr)
    return pathlib.Path(scratch) / "release" / "slogate"


def build_library(scratch):
    subprocess.run(
        ["swift", "build", "-c", "release", "--scratch-path", scratch], cwd=HERE, check=True, stdout=sys.stderr)
    return pathlib.Path(scratch) / "release" / "history-benchmark"


def summary(path, endpoints, seed):
    """A summary of k6 as its script wrote it: eight statistics for each endpoint, and for the whole run."""
    chance = random.Random(seed)
    metrics = {}
    for tag in [""] + [f"{{endpoint:GET /v1/resource-{number:03}}}" for number in endpoints]:
        low, shape = 5 + 100 * chance.random(), 1.2 + chance.random() / 4
        durations = sorted(low * shape ** chance.gauss(0, 1) for _ in range(200))
        metrics["http_req_duration" + tag] = {
            "avg": statistics.fmean(durations), "min": durations[0], "med": durations[100],
            "max": durations[199], "p(95)": durations[190], "p(99)": durations[198]}
        metrics["http_req_failed" + tag] = {"passes": 2, "fails": 998, "value": 0.002}
    path.write_text(json.dumps({"metrics": metrics}))
    return str(path)


def measure(command, folder):
    """Wall seconds of one process."""
    start = time.perf_counter()
    code = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    seconds = time.perf_counter() - start
    if code not in (0, 1, 2):
        sys.exit(f"{command} exited {code}")
    return seconds * 1e3


def within(*command):
    """Milliseconds of each repetition within one process."""
    output = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True).stdout
    return [float(line) for line in output.split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000_000, 20_000_000], help="measurements")
    parser.add_argument("--static", action="store_true", help="time a static release instead of a plain one")
    parser.add_argument("--slogate", type=pathlib.Path, help="time this program instead of building one")
    parser.add_argument("--library", type=pathlib.Path, help="its history-benchmark")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()

    slogate = options.slogate or (
        build(str(ROOT / ".build" / "static"), *STATIC) if options.static else build(str(ROOT / ".build")))
    library = options.library or build_library(str(ROOT / ".build" / "benchmark"))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="slogate-benchmark-"))
    try:
        rows = compare(options, slogate.resolve(), library.resolve(), folder)
    finally:
        shutil.rmtree(folder)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")


def compare(options, slogate, library, folder):
    wide = [summary(folder / f"{profile}.json", range(ENDPOINTS), profile) for profile in ("baseline", "spike")]
    small = [summary(folder / f"small-{profile}.json", range(248, 251), profile) for profile in ("baseline", "spike")]
    histories = {}
    for size in options.sizes:
        path = folder / f"{size}.sqlite"
        commits = size // (ENDPOINTS * 8 * 2)
        start = time.perf_counter()
        subprocess.run([library, "fill", path, *wide, str(commits)], check=True)
        print(f"{size} measurements of {commits} commits: {path.stat().st_size / 1e6:.0f} MB, "
              f"filled in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        histories[size] = (path, commits)

    turn = iter(range(10**9))

    def check(path, summaries, *flags):
        return [str(slogate), "check", "--baseline", summaries[0], "--spike", summaries[1], "--history", str(path),
                *ENVIRONMENT, "--branch", "topic", "--reference", "main", "--commit", f"benchmark-{next(turn)}", *flags]

    def trend(path):
        return [str(slogate), "trend", "--endpoint", "GET /v1/resource-250", "--metric", "p95", "--profile", "baseline",
                "--last", "100000", "--branch", "main", "--format", "csv", "--history", str(path)]

    processes = {
        "start alone (`slogate --version`)": lambda path: [str(slogate), "--version"],
        "`check` of 3 endpoints": lambda path: check(path, small),
        "`check --no-record` of 500 endpoints": lambda path: check(path, wide, "--no-record"),
        "`check` of 500 endpoints": lambda path: check(path, wide),
        "`trend` of a series over all commits": trend,
        "`trend` of its last 50": lambda path: [word if word != "100000" else "50" for word in trend(path)],
    }
    figures = {(name, size): [] for name in processes for size in histories}
    for number in range(options.rounds + 2):
        for name, command in processes.items():
            for size, (path, _) in histories.items():
                milliseconds = measure(command(path), folder)
                if number >= 2:
                    figures[name, size].append(milliseconds)
    for size, (path, commits) in histories.items():
        figures["recording 500 endpoints, within a process", size] = within(
            library, "record", path, *wide, commits + 10**6, options.rounds)
        figures["the query behind `trend`, within a process", size] = within(
            library, "trend", path, *wide, options.rounds)

    rows = {}
    print("| |" + "".join(f" {size:,} |" for size in histories) + "\n|---|" + "---|" * len(histories))
    for name in dict.fromkeys(name for name, _ in figures):
        rows[name] = {size: statistics.median(figures[name, size]) for size in histories}
        print(f"| {name} |" + "".join(f" {milliseconds:.1f} ms |" for milliseconds in rows[name].values()))
    return rows


if __name__ == "__main__":
    main()
