#!/usr/bin/env python3
"""`slogate check` on raw samples and Lighthouse reports, as a whole process, beside what else reads them.

Data, a virtual environment with the peers and, where it is missing, the release build go to .build/. The tools of
a case take turns, so that a machine that slows down slows all of them. --json writes the times relative to the
case's main peer in the shape of k6's handleSummary data: slogate reads it as a profile of its own.
"""
import argparse
import gzip
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv

import agreement

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / ".build" / "benchmarks"
SLOGATE = ROOT / ".build" / "release" / "slogate"
PYTHON = WORK / "venv" / "bin" / "python"
RUN = HERE / "run.json.gz"
PACKAGES = ["duckdb==2.0.0", "orjson==3.13.0"]
MOST_BYTES = 250e6
SLOW = 3.0  # a peer that takes more seconds than this runs SLOW_ROUNDS rounds
SLOW_ROUNDS = 3
CSV_COPIES = 2.125  # a CSV line is so much shorter than its JSON: the files become equally large


def size(data):
    return sum(file.stat().st_size for file in (data.iterdir() if data.is_dir() else [data]))


class Case:
    """Tools that read one input, slogate first. `goal` is for slogate's time over that of `peer`; speeds are of
    the text as it is `unpacked`."""

    def __init__(self, name, data, peer, goal=None, prefix=(), unpacked=None, **tools):
        self.name, self.peer, self.goal = name, peer, goal
        self.size = size(unpacked or data)
        source = ["--lighthouse" if data.is_dir() else "--baseline", str(data)]
        check = [str(SLOGATE), "check", *source, "--no-record", "--format", "json", "--commit", "benchmark"]
        commands = {"slogate": [*prefix, *check], **tools}
        self.tools = {name: command for name, command in commands.items() if shutil.which(command[0])}
        self.figures = {name: [] for name in self.tools}

    def times(self, tool):
        return [seconds for seconds, _ in self.figures[tool]]

    def ratios(self):
        """Slogate's time of each round over the peer's median, or None where there is no peer."""
        if self.peer not in self.tools:
            return None
        peer = statistics.median(self.times(self.peer))
        return [seconds / peer for seconds in self.times("slogate")]

    def peaks(self):
        return [peak for _, peak in self.figures["slogate"]]


def peer(tool, data, *threads):
    return [str(PYTHON), str(HERE / "peers.py"), tool, str(data), *threads]


def prepare(copies, report_count):
    """Makes what is missing, and returns the folder of the data."""
    if not PYTHON.exists():
        venv.create(PYTHON.parent.parent, with_pip=True)
    subprocess.run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
                   check=True, stdout=sys.stderr)
    if not SLOGATE.exists():
        subprocess.run(["swift", "build", "-c", "release", "--product", "slogate"], cwd=ROOT, check=True,
                       stdout=sys.stderr)
    data = WORK / f"{copies}-copies"
    data.mkdir(parents=True, exist_ok=True)
    plain = data / "ndjson.json"
    made(plain, lambda target: script("generate.py", RUN, copies, target))
    made(data / "ndjson.json.gz", lambda target: compress(plain, target))
    made(data / "varied.json", lambda target: script("generate.py", RUN, copies, target, "--format", "varied"))
    made(data / "samples.csv", lambda target: script(
        "generate.py", RUN, round(copies * CSV_COPIES), target, "--format", "csv"))
    made(WORK / f"{report_count}-reports", lambda target: script("reports.py", target, report_count))
    return data


def made(target, make):
    """Makes a file or folder under another name first, so that a half-made one is never taken for whole."""
    if target.exists():
        return
    print(f"making {target.relative_to(ROOT)}", file=sys.stderr)
    unfinished = target.with_name("unfinished-" + target.name)
    make(unfinished)
    unfinished.rename(target)


def script(name, *arguments):
    """Runs in a process of its own: what this one holds in memory counts as a peak of those it starts."""
    subprocess.run([sys.executable, str(HERE / name), *map(str, arguments)], check=True)


def compress(source, target):
    with open(source, "rb") as plain, gzip.open(target, "wb", compresslevel=6) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)


def all_cases(data, report_folder):
    plain, packed, varied, table = (
        data / name for name in ("ndjson.json", "ndjson.json.gz", "varied.json", "samples.csv"))
    pick = 'select(.type == "Point") | [.metric, .data.tags.endpoint, .data.value]'
    yield Case("ndjson", plain, "duckdb", 1 / 4, duckdb=peer("duckdb", plain), orjson=peer("orjson", plain),
               json=peer("json", plain), jq=["jq", "-c", pick, str(plain)], wc=["wc", "-l", str(plain)])
    yield Case("ndjson-gz", packed, "duckdb", 1 / 2, unpacked=plain, duckdb=peer("duckdb", packed),
               orjson=peer("orjson", packed), gzip=["gzip", "-dc", str(packed)])
    if shutil.which("taskset"):
        one = ["taskset", "-c", "0"]
        yield Case("ndjson-one-core", plain, "duckdb", 1 / 2, prefix=one, duckdb=peer("duckdb", plain),
                   **{"duckdb, one core": [*one, *peer("duckdb", plain, "1")]})
    yield Case("ndjson-varied", varied, "duckdb", duckdb=peer("duckdb", varied), orjson=peer("orjson", varied),
               wc=["wc", "-l", str(varied)])
    yield Case("csv", table, "duckdb", duckdb=peer("duckdb", table), python=peer("csv", table),
               wc=["wc", "-l", str(table)])
    yield Case("lighthouse", report_folder, "orjson", 1 / 2, orjson=peer("orjson", report_folder),
               json=peer("json", report_folder),
               node=["node", str(HERE / "reports.js"), str(report_folder)])


def measure(command, folder):
    """Wall seconds and peak resident bytes of one process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    # 1 to 4 are verdicts: the data is judged by the built-in limits, whatever they say of it.
    if process.returncode not in (range(5) if "check" in command else (0,)):
        sys.exit(f"{' '.join(command)} exited {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def run(case, rounds, folder):
    """Measures the tools of a case in turn. The first round warms up and tells who is slow."""
    left = {name: rounds if measure(command, folder)[0] <= SLOW else min(rounds, SLOW_ROUNDS)
            for name, command in case.tools.items()}
    for turn in range(rounds):
        for name, command in case.tools.items():
            if turn < left[name]:
                case.figures[name].append(measure(command, folder))


def print_table(cases):
    print(f"{'case':17}{'tool':18}{'median':>9}{'minimum':>9}{'MB/s':>7}{'peak':>9}{'slogate is':>12}")
    for case in cases:
        own = statistics.median(case.times("slogate"))
        for tool in case.tools:
            median = statistics.median(case.times(tool))
            peak = max(peak for _, peak in case.figures[tool]) / 1e6
            ratio = "" if tool == "slogate" else f"{median / own:10.1f} ×"
            print(f"{case.name:17}{tool:18}{median:7.3f} s{min(case.times(tool)):7.3f} s"
                  f"{case.size / median / 1e6:7.0f}{peak:6.0f} MB{ratio:>12}")
    print()
    for case in cases:
        peak, ratios = max(case.peaks()), case.ratios()
        time_goal = f"time {statistics.median(ratios):.2f} of {case.peer}'s" if ratios else "no peer"
        if ratios and case.goal:
            time_goal += f" (goal {case.goal:.2f}, {'met' if statistics.median(ratios) <= case.goal else 'missed'})"
        print(f"{case.name:17}{time_goal:42} memory {peak / 1e6:3.0f} MB"
              f" (goal {MOST_BYTES / 1e6:.0f} MB, {'met' if peak <= MOST_BYTES else 'missed'})")


def trend(values, contains):
    spread = statistics.quantiles(values, n=20, method="inclusive") if len(values) > 1 else values
    return {"type": "trend", "contains": contains, "values": {
        "min": min(values), "med": statistics.median(values), "avg": statistics.fmean(values), "max": max(values),
        "p(95)": spread[-1], "count": len(values)}}


def summary(cases, seconds):
    metrics = {"peak_memory": trend([peak for case in cases for peak in case.peaks()], "data")}
    for case in cases:
        if case.ratios():
            metrics[f"relative_time{{endpoint:{case.name}}}"] = trend(case.ratios(), "default")
        metrics[f"peak_memory{{endpoint:{case.name}}}"] = trend(case.peaks(), "data")
    return {"metrics": metrics, "state": {"testRunDurationMs": seconds * 1e3}}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--copies", type=int, default=81, help="how often the real run is repeated: 81 is 500 MB")
    parser.add_argument("--reports", type=int, default=200, help="how many Lighthouse reports: 200 is 98 MB")
    parser.add_argument("--case", action="append", help="measure only this case; repeat it for more")
    parser.add_argument("--json", help="write slogate's figures to this file")
    options = parser.parse_args()

    data = prepare(options.copies, options.reports)
    cases = [case for case in all_cases(data, WORK / f"{options.reports}-reports")
             if not options.case or case.name in options.case]
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="slogate-benchmark-") as folder:  # no budgets, no history, no git
        for case in cases:
            agreement.check(case, folder)
            run(case, options.rounds, folder)
    print_table(cases)
    if options.json:
        figures = summary(cases, time.perf_counter() - start)
        pathlib.Path(options.json).write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
