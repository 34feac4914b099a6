"""Figures of the results in this folder, computed without slogate: python3 truth.py > expected.json

Of raw results every request is looked at: percentiles are those of k6, linear between the order statistics next to
q (n - 1). Of Locust's JSON they follow from its counts as in its own source, locust/stats.py.
"""

import csv
import json
import math
import re
import xml.etree.ElementTree as ElementTree

PERCENTILES = [75, 90, 95, 99, 99.9]


def quantile(values, percentile):
    values = sorted(values)
    rank = percentile / 100 * (len(values) - 1)
    below = math.floor(rank)
    share = rank - below
    if share <= 0 or below + 1 >= len(values):
        return values[below]
    return values[below] + (values[below + 1] - values[below]) * share


def durations(values):
    figures = {
        "avg": math.fsum(values) / len(values), "min": min(values), "max": max(values),
        "med": quantile(values, 50), "p50": quantile(values, 50), "count": len(values),
    }
    figures.update({f"p{p:g}": quantile(values, p) for p in PERCENTILES})
    return figures


class Figures(dict):
    def add(self, endpoint, metric, statistics):
        for statistic, value in statistics.items():
            self[f"{endpoint}|{metric}|{statistic}"] = value

    def add_requests(self, endpoint, requests, seconds):
        """requests: (milliseconds, failed)."""
        self.add(endpoint, "http_req_duration", durations([r[0] for r in requests]))
        self.add(endpoint, "http_req_failed", {"rate": sum(r[1] for r in requests) / len(requests)})
        self.add(endpoint, "http_reqs", {"count": len(requests), "rate": len(requests) / seconds})


def name(label):
    path = re.sub(r"^https?://[^/]+", "", label)
    if not path.startswith("/"):
        return label
    return re.sub(r"/\d+", "/{id}", path.split("?")[0])


def jmeter(samples):
    """samples: (label, start, elapsed, failed, is a transaction)."""
    figures = Figures()
    requests = [s for s in samples if not s[4]]
    seconds = (max(s[1] + s[2] for s in requests) - min(s[1] for s in requests)) / 1000
    figures.add_requests("*", [(s[2], s[3]) for s in requests], seconds)
    for label in {name(s[0]) for s in requests}:
        figures.add_requests(label, [(s[2], s[3]) for s in requests if name(s[0]) == label], seconds)
    for label in {s[0] for s in samples if s[4]}:
        figures.add(label, "group_duration", durations([s[2] for s in samples if s[4] and s[0] == label]))
    return figures


def jmeter_csv(path):
    return jmeter([
        (row["label"], int(row["timeStamp"]), int(row["elapsed"]), row["success"] == "false",
         row["responseMessage"].startswith("Number of samples in transaction"))
        for row in csv.DictReader(open(path, newline=""))
    ])


def jmeter_xml(path):
    samples = []

    def walk(parent):
        for child in parent:
            if child.tag in ("httpSample", "sample"):
                is_transaction = child.get("rm").startswith("Number of samples in transaction")
                samples.append((child.get("lb"), int(child.get("ts")), int(child.get("t")),
                                child.get("s") != "true", is_transaction))
                if is_transaction:
                    walk(child)

    walk(ElementTree.parse(path).getroot())
    return jmeter(samples)


def locust_endpoint(method, label):
    return f"{method} {label}" if label in ("/orders", "checkout") else name(label)


def locust_csv(path):
    columns = {"avg": "Average Response Time", "min": "Min Response Time", "max": "Max Response Time",
               "med": "Median Response Time"}
    columns.update({f"p{p}": f"{p}%" for p in ["50", "66", "75", "80", "90", "95", "98", "99", "99.9", "99.99"]})
    parts = {}
    for row in csv.DictReader(open(path)):
        endpoint = locust_endpoint(row["Type"], row["Name"]) if row["Type"] else "*"
        parts.setdefault(endpoint, []).append(row)
    figures = Figures()
    for endpoint, rows in parts.items():
        counts = [int(row["Request Count"]) for row in rows]
        values = {key: [float(row[column]) for row in rows] for key, column in columns.items()}
        statistics = {key: max(given) for key, given in values.items()}
        statistics["min"] = min(values["min"])
        statistics["avg"] = sum(a * n for a, n in zip(values["avg"], counts)) / sum(counts)
        statistics["count"] = sum(counts)
        figures.add(endpoint, "http_req_duration", statistics)
        failed = sum(int(row["Failure Count"]) for row in rows)
        figures.add(endpoint, "http_req_failed", {"rate": failed / sum(counts)})
        rate = sum(float(row["Requests/s"]) for row in rows)
        figures.add(endpoint, "http_reqs", {"count": sum(counts), "rate": rate})
    return figures


def locust_json(path):
    entries = json.load(open(path))
    seconds = max(e["last_request_timestamp"] for e in entries) - min(e["start_time"] for e in entries)
    parts = {"*": entries}
    for entry in entries:
        parts.setdefault(locust_endpoint(entry["method"], entry["name"]), []).append(entry)
    figures = Figures()
    for endpoint, group in parts.items():
        count = sum(e["num_requests"] for e in group)
        times = {}
        for entry in group:
            for time, number in entry["response_times"].items():
                times[float(time)] = times.get(float(time), 0) + number

        def percentile(share):
            below, seen = int(count * share), 0
            for time in sorted(times, reverse=True):
                seen += times[time]
                if count - seen <= below:
                    return time

        statistics = {f"p{p:g}": percentile(p / 100) for p in [50] + PERCENTILES}
        least, most = min(e["min_response_time"] for e in group), max(e["max_response_time"] for e in group)
        statistics.update({
            "med": min(max(statistics["p50"], least), most), "min": least, "max": most, "count": count,
            "avg": sum(e["total_response_time"] for e in group) / count,
        })
        statistics["p50"] = statistics["med"]
        figures.add(endpoint, "http_req_duration", statistics)
        figures.add(endpoint, "http_req_failed", {"rate": sum(e["num_failures"] for e in group) / count})
        figures.add(endpoint, "http_reqs", {"count": count, "rate": count / seconds})
    return figures


def hey_csv(path):
    rows = [(float(r["response-time"]) * 1000, int(r["status-code"]) >= 400, float(r["offset"]))
            for r in csv.DictReader(open(path))]
    figures = Figures()
    seconds = max(r[2] + r[0] / 1000 for r in rows) - min(r[2] for r in rows)
    figures.add_requests("*", [(r[0], r[1]) for r in rows], seconds)
    return figures


if __name__ == "__main__":
    print(json.dumps({
        "jmeter.csv": jmeter_csv("jmeter.csv"), "jmeter.xml": jmeter_xml("jmeter.xml"),
        "locust_stats.csv": locust_csv("locust_stats.csv"), "locust.json": locust_json("locust.json"),
        "hey.csv": hey_csv("hey.csv"),
    }, indent=0, sort_keys=True))
