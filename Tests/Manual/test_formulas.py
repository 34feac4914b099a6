"""The formulas of docs/verdict.md are those of the program: a check is computed by them here, in plain Python, and held
against the p values, limits and minimum detectable effects of its JSON."""
import json
import math
import os
import pathlib
import subprocess
import tempfile
import unittest
from math import exp, lgamma, log, sqrt
from statistics import median


def summary(folder, name, metrics):
    file = pathlib.Path(folder) / f"{name}.json"
    file.write_text(json.dumps({"metrics": {"http_reqs": {"count": 6000, "rate": 100}} | metrics}))
    return file


def check(folder, commit, files, *options):
    """What slogate says of results, and records."""
    result = subprocess.run(
        [os.environ["SLOGATE"], "check", "--env", "stage=perf", "--reference", "main", "--commit", commit,
         "--format", "json", "--baseline", *files, *options],
        cwd=folder, env={"PATH": os.environ["PATH"], "HOME": folder}, capture_output=True, text=True)
    findings = json.loads(result.stdout)["findings"]
    return {(one["metric"], one["statistic"]): one["regression"] for one in findings if one["regression"]}


def upper_tail(t, freedom):
    """P(T > t) of Student's t, by Simpson's rule over the angle."""
    steps, low = 2000, math.atan(t / sqrt(freedom))
    width = (math.pi / 2 - low) / steps
    weights = [1] + [4, 2] * (steps // 2 - 1) + [4, 1]
    whole = sum(weight * math.cos(low + step * width) ** (freedom - 1) for step, weight in enumerate(weights))
    return whole * width / 3 * exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / sqrt(math.pi)


def quantile(tail, freedom):
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if upper_tail(middle, freedom) > tail else (low, middle)
    return low


class Level:
    """Location and scale of logarithms that are of one level, with s₀ = 3.5 % and w = 2."""

    def __init__(self, values):
        z = sorted(map(log, values))
        count, half = len(z), len(z) // 2 + 1
        first = min(range(count - half + 1), key=lambda at: z[at + half - 1] - z[at])
        s = self.mean(count * ((z[first + half - 1] - z[first]) / 1.35) ** 2, count)
        b = median(z[first:first + half])
        for _ in range(4):
            members = [value for value in z if abs(value - b) <= 4 * s]
            centre = median(members)
            b = centre + sum(min(max(value - centre, -1.5 * s), 1.5 * s) for value in members) / len(members)
            squares = sum(min(abs(value - b), 3 * s) ** 2 for value in members)
            squares += (count - len(members)) * (1.5 * s) ** 2
            before, s = s, self.mean(squares, count - 1)
            if abs(s - before) < 1e-3 * before:
                break
        v = squares / (count - 1)
        self.location, self.count = b, count
        self.freedom = count - 1 + self.weight(v)
        self.scale = s if v >= 0.035 ** 2 else exp((2 * log(0.035 ** 2) + (count - 1) * log(v)) / (count + 1) / 2)

    @staticmethod
    def weight(v):
        return 2 if v <= 0.035 ** 2 else 2 / (1 + (log(v / 0.035 ** 2) / 1.2) ** 2)

    def mean(self, squares, freedom):
        w = self.weight(squares / freedom)
        return sqrt((w * 0.035 ** 2 + squares) / (w + freedom))


def failures_p(runs, failures, requests):
    """The chance of as many failures or more, of one rate in the check."""
    bursts = [0.0125, 0.05, 0.25, 0.5, 0.8, 1.2, 1.8, 2.7, 4]
    usual = [0.11, 0.11, 0.18, 0.18, 0.15, 0.12, 0.08, 0.05, 0.02]

    def log_p(f, n, p, shape):
        return (lgamma(f + shape) - lgamma(shape) - lgamma(f + 1) + f * log(p * n / shape)
                - (f + shape) * log(1 + p * n / shape))

    total = sum(f for f, _ in runs) + 0.5
    centre = total / (sum(n for _, n in runs) + 1)
    likelihoods = []
    for burst in bursts:
        reach = min(4, 4 * sqrt(min(1.5, burst ** 2) / len(runs) + 1 / total))
        rates = [centre * exp(reach * (2 * at / 23 - 1)) for at in range(24)]
        likelihoods.append([
            (rate, log(reach) + log(rate) / 2 + sum(log_p(f, n, rate, burst ** -2) for f, n in runs))
            for rate in rates])
    highest = max(one for row in likelihoods for _, one in row)
    likelihoods = [[(rate, exp(one - highest)) for rate, one in row] for row in likelihoods]
    of_bursts = [sum(one for _, one in row) for row in likelihoods]
    shares = usual
    for _ in range(30):
        whole = sum(map(float.__mul__, of_bursts, shares))
        shares = [(4 * before + one * share / whole) / 5 for before, one, share in zip(usual, of_bursts, shares)]
    whole = sum(map(float.__mul__, of_bursts, shares))
    return sum(
        one * share / whole * (1 - sum(exp(log_p(f, requests, rate, burst ** -2)) for f in range(failures)))
        for burst, share, row in zip(bursts, shares, likelihoods) for rate, one in row if one * share / whole > 1e-12)


class Formulas(unittest.TestCase):
    medians = [60.3, 62.1, 59.4, 61.2, 60.9, 58.8]
    failures = [3, 5, 2, 9, 4, 6]

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            for number, (value, failed) in enumerate(zip(cls.medians, cls.failures)):
                file = summary(folder, f"main-{number}", cls.metrics(value, failed))
                check(folder, f"main-{number}", [file], "--branch", "main")
            change = summary(folder, "change", cls.metrics(70.2, 25))
            cls.found = check(folder, "change", [change], "--branch", "change")

    @staticmethod
    def metrics(value, failed):
        return {"http_req_duration": {"count": 6000, "med": value},
                "http_req_failed": {"value": failed / 6000, "passes": failed, "fails": 6000 - failed}}

    def test_score_limit_and_minimum_detectable_effect(self):
        found, level = self.found["http_req_duration", "med"], Level(self.medians)
        error = sqrt(level.scale ** 2 * (1 + 1.1 / level.count) + 0.015 ** 2)
        p = upper_tail((log(70.2) - level.location) / error, level.freedom)
        self.assertAlmostEqual(1, found["p_value"] / p, 6)
        family = sum(one["p_value"] is not None for one in self.found.values())
        alpha = min(0.01, max(0.05 / family, min(0.02, 0.2 / family)))
        margin = max(quantile(alpha, level.freedom) * error, log(median(self.medians) * 1.03) - level.location)
        self.assertAlmostEqual(1, found["limit"] / exp(level.location + margin), 6)
        beyond = margin + quantile(0.2, level.freedom) * level.scale * sqrt(1 + 1.1 / level.count)
        effect = exp(level.location + beyond) / median(self.medians) - 1
        self.assertAlmostEqual(1, found["detectable"] / effect, 6)

    def test_failure_rates(self):
        p = failures_p([(failed, 6000) for failed in self.failures], 25, 6000)
        self.assertAlmostEqual(1, self.found["http_req_failed", "rate"]["p_value"] / p, 6)

    def test_pairs_with_a_base_in_the_same_job(self):
        base, head = [60.3, 62.1, 59.4, 61.2], [65.1, 66.4, 64.9, 65.2]
        with tempfile.TemporaryDirectory() as folder:
            files = [[summary(folder, f"{side}-{at}", self.metrics(value, 3)) for at, value in enumerate(values)]
                     for side, values in (("base", base), ("head", head))]
            found = check(folder, "change", files[1], "--paired-base", *files[0])["http_req_duration", "med"]
        differences = [log(after / before) for before, after in zip(base, head)]
        mean = sum(differences) / 4
        squares = sum((one - mean) ** 2 for one in differences)
        w = 2 if squares / 3 <= 0.02 ** 2 else 2 / (1 + (log(squares / 3 / 0.02 ** 2) / 1.2) ** 2)
        s = sqrt((w * 0.02 ** 2 + squares) / (w + 3))
        self.assertAlmostEqual(1, found["p_value"] / upper_tail(mean / (s / 2), 3 + w), 6)

    def test_the_family(self):
        ranked = sorted((one["p_value"], one["q_value"], one["blocks"]) for one in self.found.values())
        self.assertEqual(3, len(ranked))
        adjusted = [min(ranked[rank][0] * 3 / (rank + 1) for rank in range(first, 3)) for first in range(3)]
        holm = [all(ranked[i][0] <= 0.05 / (3 - i) for i in range(at + 1)) and ranked[at][0] < 0.01 for at in range(3)]
        for (_, q, blocks), expected, rejected in zip(ranked, adjusted, holm):
            self.assertAlmostEqual(expected, q, 9)
            self.assertEqual(rejected, blocks)
        self.assertIn(True, holm)


if __name__ == "__main__":
    unittest.main()
