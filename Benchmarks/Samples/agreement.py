"""What is measured must be the same work: slogate's figures are held against those of the case's main peer."""
import json
import math
import subprocess
import sys

TOLERANCE = 1e-9
STATISTICS = ["count", "avg", "p50", "p95", "p99"]


def output(command, folder):
    text = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE).stdout
    try:
        return json.loads(text)
    except ValueError:
        sys.exit(f"{' '.join(command)} printed no figures")


def check(case, folder):
    """Ends the benchmark where slogate and the peer differ in any figure both have."""
    if case.peer not in case.tools:
        return
    verdict, theirs = (output(case.tools[name], folder) for name in ("slogate", case.peer))
    ours = {}
    for finding in verdict["findings"]:
        place = ours.setdefault(f"{finding['metric']}|{finding['endpoint']}", {})
        place[finding["statistic"]] = finding["value"]
        if finding["statistic"] == "avg":
            # Of a metric whose kind CSV does not tell, slogate tells no count, but how many samples there were.
            place.setdefault("count", finding["samples"])
    differences, compared = [], 0
    for name, figures in theirs.items():
        for statistic, expected in comparable(ours.get(name, {}), figures):
            found, compared = ours[name][statistic], compared + 1
            if not math.isclose(found, expected, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
                differences.append(f"{name} {statistic}: slogate {found!r}, {case.peer} {expected!r}")
    missing = [name for name in theirs if name not in ours]
    if differences or missing or not compared:
        sys.exit("\n".join([f"{case.name}: slogate and {case.peer} do not agree", *differences,
                            *(f"{name} is missing in slogate's" for name in missing)]))
    print(f"{case.name}: {compared} figures of {len(theirs)} groups agree with {case.peer}'s", file=sys.stderr)


def comparable(ours, figures):
    """The statistics a series has with slogate, with the peer's values: a rate is an average, a counter a sum;
    of a gauge (the last value) the peer knows nothing."""
    if not isinstance(figures, list):
        return [("value", figures)]
    count, average = figures[:2]
    if "p95" in ours:
        return list(zip(STATISTICS, figures))
    if "count" in ours:
        return [("count", count * average)]
    return [("rate", average)] if "rate" in ours else []
