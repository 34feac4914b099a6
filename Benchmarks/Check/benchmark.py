#!/usr/bin/env python3
"""`slogate check` as a whole process beside a gate script in Python, as ratios of medians.

Cold process start, two k6 summaries, a budget file, a history of 100,000 runs, with and without recording.
The commands take turns, so that a machine that slows down slows all of them.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SAMPLES = ROOT / "Tests" / "Samples" / "passing"
SUMMARIES = [str(SAMPLES / "baseline-summary.json"), str(SAMPLES / "spike-summary.json")]
STATIC = ["--static-swift-stdlib", "-Xswiftc", "-static-executable", "-Xlinker", "-s"]


def build(scratch, *flags):
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "slogate", "--scratch-path", scratch, *flags],
        cwd=ROOT, check=True, stdout=sys.stderr)
    return pathlib.Path(scratch) / "release" / "slogate"


def make_history(path, runs, scratch):
    subprocess.run(
        ["swift", "run", "-c", "release", "--scratch-path", scratch, "make-history", path, str(runs), *SUMMARIES],
        cwd=HERE, check=True, stdout=sys.stderr)


def measure(command, cwd):
    """Wall seconds and peak resident bytes of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss * 1024, process.returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--history-runs", type=int, default=100_000)
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()

    folder = pathlib.Path(tempfile.mkdtemp(prefix="slogate-benchmark-"))
    plain = build(str(ROOT / ".build"))
    static = build(str(ROOT / ".build" / "static"), *STATIC)
    history = folder / "history.sqlite"
    make_history(str(history), options.history_runs, str(ROOT / ".build" / "benchmark"))

    check = ["check", "--baseline", SUMMARIES[0], "--spike", SUMMARIES[1], "--history", str(history),
             "--budgets", str(ROOT / "budgets" / "examples"), "--environment", "perf", "--branch", "main",
             "--reference", "main"]
    turn = iter(range(10**9))

    def recording(program):
        return lambda: [str(program), *check, "--commit", f"benchmark-{next(turn)}"]

    def judging(program):
        return lambda: [str(program), *check, "--commit", "benchmark", "--no-record"]

    contestants = {
        "python gate script": lambda: [sys.executable, str(HERE / "gate.py"), *SUMMARIES],
        "slogate check, plain release": recording(plain),
        "slogate check, plain release, --no-record": judging(plain),
        "slogate check, static release": recording(static),
        "slogate check, static release, --no-record": judging(static),
    }
    figures = {name: [] for name in contestants}
    for turn_number in range(options.rounds + 3):
        for name, command in contestants.items():
            figure = measure(command(), folder)
            if figure[2] != 0:
                sys.exit(f"{name} exited {figure[2]}")
            if turn_number >= 3:
                figures[name].append(figure)
    peer = statistics.median(seconds for seconds, _, _ in figures["python gate script"])
    rows = {}
    print(f"{'':46}{'median':>10}{'minimum':>10}{'peak':>10}{'ratio':>8}")
    for name, runs in figures.items():
        median = statistics.median(seconds for seconds, _, _ in runs)
        rows[name] = {
            "median_ms": median * 1e3, "minimum_ms": min(runs)[0] * 1e3,
            "peak_MB": max(peak for _, peak, _ in runs) / 1e6, "times_faster": peer / median}
        row = rows[name]
        print(f"{name:46}{row['median_ms']:7.2f} ms{row['minimum_ms']:7.2f} ms{row['peak_MB']:7.1f} MB"
              f"{row['times_faster']:7.1f}×")
    print(f"history: {options.history_runs} runs, {history.stat().st_size / 1e6:.0f} MB; {options.rounds} rounds in turn")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(rows, indent=2) + "\n")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
