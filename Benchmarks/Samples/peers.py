"""What slogate is measured beside: the same figures, each as the peer gets them fastest.

usage: peers.py TOOL FILE [THREADS]

prints for samples a JSON object of `metric|endpoint` to [count, average, p50, p95, p99], for a folder of
Lighthouse reports one of `page|audit` to the median.
"""
import array
import collections
import gzip
import json
import math
import pathlib
import sys
import urllib.parse

COLUMNS = ("metric_name timestamp metric_value check error error_code expected_response group method name proto"
           " scenario service status subproto tls_version url extra_tags metadata").split()


def key(metric, endpoint):
    return f"{metric}|{endpoint or '*'}"


def quantile(values, share):
    """Of sorted values, linear between neighbours (type 7 of Hyndman and Fan), as k6 and DuckDB compute it."""
    below = math.floor(share * (len(values) - 1))
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (share * (len(values) - 1) - below)


def figures(groups):
    for name, values in groups.items():
        values = sorted(values)
        quantiles = (quantile(values, share) for share in (0.5, 0.95, 0.99))
        yield name, [len(values), sum(values) / len(values), *quantiles]


def duckdb(file, threads=None):
    """Columns and their types are given, so that it need not look for them."""
    import duckdb

    if ".csv" in file:
        types = {"timestamp": "BIGINT", "metric_value": "DOUBLE"}
        columns = ", ".join(f"'{name}': '{types.get(name, 'VARCHAR')}'" for name in COLUMNS)
        rows = f"read_csv('{file}', columns={{{columns}}}, header=true, delim=',', auto_detect=false)"
        metric, value, condition = "metric_name", "metric_value", "true"
        endpoint = "split_part(split_part(extra_tags, 'endpoint=', 2), '&', 1)"
    else:
        columns = "{metric: 'VARCHAR', type: 'VARCHAR', data: 'STRUCT(value DOUBLE, tags STRUCT(endpoint VARCHAR))'}"
        rows = f"read_json('{file}', format='newline_delimited', columns={columns})"
        metric, value, endpoint, condition = "metric", "data.value", "data.tags.endpoint", "type = 'Point'"
    connection = duckdb.connect(config={"threads": int(threads)} if threads else {})
    result = connection.execute(
        f"SELECT {metric}, {endpoint}, count(*), avg({value}), quantile_cont({value}, [0.5, 0.95, 0.99])"
        f" FROM {rows} WHERE {condition} GROUP BY ALL")
    return {key(metric, endpoint): [count, average, *quantiles]
            for metric, endpoint, count, average, quantiles in result.fetchall()}


def points(file, loads):
    groups = collections.defaultdict(lambda: array.array("d"))
    with (gzip.open if file.endswith(".gz") else open)(file, "rb") as lines:
        for line in lines:
            point = loads(line)
            if point["type"] == "Point":
                data = point["data"]
                groups[point["metric"], data["tags"].get("endpoint")].append(data["value"])
    return dict(figures({key(*names): values for names, values in groups.items()}))


def table(file):
    import csv

    groups = collections.defaultdict(lambda: array.array("d"))
    with open(file, newline="", encoding="utf-8") as lines:
        rows = csv.reader(lines)
        metric, value, tags = map(next(rows).index, ("metric_name", "metric_value", "extra_tags"))
        for row in rows:
            groups[row[metric], row[tags]].append(float(row[value]))
    merged = collections.defaultdict(list)
    for (metric, tags), values in groups.items():
        merged[key(metric, dict(tag.split("=", 1) for tag in tags.split("&")).get("endpoint"))] += values
    return dict(figures(merged))


def reports(folder, loads):
    groups = collections.defaultdict(list)
    for file in sorted(pathlib.Path(folder).iterdir()):
        report = loads(file.read_bytes())
        page = urllib.parse.urlsplit(report["requestedUrl"]).path
        for name, audit in report["audits"].items():
            if "numericValue" in audit:
                groups[key(name, page)].append(audit["numericValue"])
    return {name: quantile(sorted(values), 0.5) for name, values in groups.items()}


def main(tool, file, *threads):
    if tool == "duckdb":
        result = duckdb(file, *threads)
    elif tool == "csv":
        result = table(file)
    else:
        loads = __import__(tool).loads
        result = reports(file, loads) if pathlib.Path(file).is_dir() else points(file, loads)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
