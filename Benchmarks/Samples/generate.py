#!/usr/bin/env python3
"""Multiplies a real run's raw samples into a large file: every copy follows the last in time, and every
duration is scattered by some percent, so that no value and no timestamp repeats more than k6's own do."""
import argparse
import csv
import datetime
import gzip
import io
import json
import random
import re

POINT = re.compile(rb'(.*"type":"Point".*"time":")([^"]+)Z(","value":)([^,]+)(,"tags":.*)', re.S)
COLUMNS = ("check error error_code expected_response group method name proto scenario service status subproto"
           " tls_version url").split()


class Plain:
    """k6's NDJSON as it is."""

    header = b""

    def fixed(self, line, chance):
        """What stands before the time, between time and value, and behind the value."""
        match = POINT.match(line)
        return match[1], b"Z" + match[3], match[5].replace(b"%", b"%%")

    def time(self, nanoseconds):
        seconds, rest = divmod(nanoseconds, 10**9)
        stamp = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        return (stamp + f".{rest:09}".rstrip("0").rstrip(".")).encode()

    def value(self, number):
        return (b"%.6f" % number).rstrip(b"0").rstrip(b".")

    def tail(self, text, request):
        return text % ()


class Varied(Plain):
    """NDJSON in which no request's tags repeat: each has an iteration and a URL of its own."""

    def fixed(self, line, chance):
        before, between, after = super().fixed(line, chance)
        if b'"group":' in after:
            after = re.sub(rb'("group":"[^"]*")', rb'\1,"iter":"%(request)d"', after)
            after = re.sub(rb'("url":")([^"]*)', rb'\1https://shop.example/\2/%(request)d', after)
            after = after.replace(b"}}", b',"vu":"%(user)d"}}', 1)
        return before, between, after

    def tail(self, text, request):
        return text % {b"request": request, b"user": request % 997 + 1}


class Table(Plain):
    """The CSV that k6 writes of the same samples: seconds, six places, own tags in any order."""

    header = ",".join(["metric_name,timestamp,metric_value", *COLUMNS, "extra_tags,metadata\n"]).encode()

    def fixed(self, line, chance):
        point = json.loads(line)
        tags = point["data"]["tags"]
        columns = [tags.pop(column, "") for column in COLUMNS]
        own = [f"{key}={value}" for key, value in tags.items()]
        chance.shuffle(own)
        row = io.StringIO()
        csv.writer(row, lineterminator="\n").writerow(["", *columns, "&".join(own), ""])
        return point["metric"].encode() + b",", b",", row.getvalue().encode().replace(b"%", b"%%")

    def time(self, nanoseconds):
        return b"%d" % (nanoseconds // 10**9)

    def value(self, number):
        return b"%f" % number


FORMATS = {"ndjson": Plain, "varied": Varied, "csv": Table}


def nanoseconds(stamp):
    second, _, fraction = stamp.partition(b".")
    moment = datetime.datetime.fromisoformat(second.decode()).replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp()) * 10**9 + int((fraction + b"0" * 9)[:9])


def generate(source, copies, target, form="ndjson", seed=1):
    """Writes `copies` of the NDJSON `source` (gzipped, times in UTC) to `target`."""
    chance, form = random.Random(seed), FORMATS[form]()
    lines = []
    for line in gzip.open(source):
        match = POINT.match(line)
        lines.append((nanoseconds(match[2]), match[4], *form.fixed(line, chance)) if match else (line,))
    times = [line[0] for line in lines if len(line) > 1]
    length = max(times) - min(times) + 10**9
    request = 0
    with open(target, "wb", buffering=1 << 20) as out:
        out.write(form.header)
        for copy in range(copies):
            moment = stamp = None
            for line in lines:
                if len(line) == 1:
                    if copy == 0 and not form.header:
                        out.write(line[0])
                    continue
                time, value, before, between, after = line
                if time != moment:
                    moment, stamp, request = time, form.time(time + copy * length), request + 1
                number = float(value)
                if copy and b"." in value:
                    number *= chance.uniform(0.93, 1.07)
                out.write(before + stamp + between + form.value(number) + form.tail(after, request))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", metavar="RUN.json.gz")
    parser.add_argument("copies", type=int)
    parser.add_argument("target", metavar="OUT")
    parser.add_argument("--format", choices=FORMATS, default="ndjson")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generate(options.source, options.copies, options.target, options.format, options.seed)
