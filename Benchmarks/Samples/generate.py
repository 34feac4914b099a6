#!/usr/bin/env python3
"""Multiplies a real run's raw samples into a large file: every copy follows the last in time, and every
duration is scattered by some percent, so that no value and no timestamp repeats more than k6's own do.

usage: generate.py RUN.json.gz COPIES OUT.json [SEED]
"""
import datetime
import gzip
import random
import re
import sys

POINT = re.compile(rb'(.*"time":")([^"]+)(","value":)([^,]+)(,"tags":.*)', re.S)


def parts(line):
    match = POINT.match(line)
    if match is None or b'"type":"Point"' not in match[1]:
        return line, None, None, None, None
    stamp, zone = re.match(rb"([^Z+]+)(.*)", match[2]).groups()
    second, _, fraction = stamp.partition(b".")
    moment = datetime.datetime.fromisoformat(second.decode()).replace(tzinfo=datetime.timezone.utc)
    nanoseconds = int(moment.timestamp()) * 10**9 + int((fraction + b"0" * 9)[:9])
    return match[1], (nanoseconds, zone), match[3], match[4], match[5]


def main(source, copies, target, seed=1):
    scatter = random.Random(seed)
    lines = [parts(line) for line in gzip.open(source)]
    times = [time[0] for _, time, _, _, _ in lines if time]
    length = max(times) - min(times) + 10**9
    with open(target, "wb", buffering=1 << 20) as out:
        for copy in range(copies):
            shift, moment = copy * length, (None, None)
            for head, time, name, value, tail in lines:
                if time is None:
                    if copy == 0:
                        out.write(head)
                    continue
                if moment[0] is not time[0]:
                    seconds, nanoseconds = divmod(time[0] + shift, 10**9)
                    stamp = datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
                    fraction = b".%09d" % nanoseconds
                    moment = time[0], stamp.strftime("%Y-%m-%dT%H:%M:%S").encode() + fraction.rstrip(b"0").rstrip(b".")
                if copy and b"." in value:
                    value = b"%.6f" % (float(value) * scatter.uniform(0.93, 1.07))
                    value = value.rstrip(b"0").rstrip(b".")
                out.write(head + moment[1] + time[1] + name + value + tail)


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:]))
