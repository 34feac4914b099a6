"""The gate a team would write itself: two k6 summaries, six comparisons. The peer of benchmark.py."""
import json
import sys

LIMITS = {"baseline": (400, 900, 0.01), "spike": (500, 1200, 0.02)}
failed = False
for (profile, limits), path in zip(LIMITS.items(), sys.argv[1:]):
    with open(path) as file:
        metrics = json.load(file)["metrics"]
    duration = metrics["http_req_duration"]
    values = (duration["p(95)"], duration["p(99)"], metrics["http_req_failed"]["value"])
    for name, value, limit in zip(("p95", "p99", "error rate"), values, limits):
        if not value < limit:
            failed = True
            print(f"FAIL {profile} {name}: {value} is not below {limit}")
sys.exit(1 if failed else 0)
