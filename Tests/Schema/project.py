"""A project under git whose load tests are written as k6 summaries, and slogate run in it."""

import json
import os
import pathlib
import random
import subprocess

SLOGATE = os.environ["SLOGATE"]
# What a build server or a person's settings would add to the outputs.
FOREIGN = ("CI", "GITHUB_", "GITLAB_", "BUILDKITE", "CIRCLE", "JENKINS", "TF_BUILD", "GIT_")
ENDPOINTS = {
    "search": 80.0,
    "pay": 100.0,
    "home": 40.0,
    "cart": 60.0,
    "auth.login": 90.0,
    "stock": 50.0,
    "mail": 30.0,
    "user": 70.0,
}

SIZING = "environments: { perf: { stage: perf, instance: c6i.large } }\n"
BUDGETS = SIZING + """\
version: 1
service: shop
owner: platform-team
metrics: { queue_depth: { better: lower } }
profiles: { spike: { optional: true } }
defaults:
  baseline: { p95: 400ms, error_rate: 1%, p99: { max_increase: { block: 150%, warn: 100% } } }
run:
  baseline: { checks: ">= 99%", vus_max: ">= 40" }
endpoints:
  search: { owner: search-team, baseline: { p95: { block: 170ms, warn: 150ms, max_increase: 60% } } }
  pay: { owner: payments-team, min_samples: 100, "*": { p95: 1s } }
rules: [p99 <= 3 * p95, { rule: spike.p95 <= 4 * baseline.p95, severity: warn, optional: true, owner: sre }]
waivers:
  - { endpoint: home, metric: p95, max: 900ms, until: 2999-12-31, owner: ops, reason: SRE-812 }
"""
# How the environment and the reference are told.
WHERE = ("--environment", "perf", "--reference", "main")


class Project:
    """A git repository with budgets, results and a history."""

    def __init__(self, folder, budgets):
        self.folder = pathlib.Path(folder)
        self.documents = {}
        self.scatter = random.Random(7)
        self.day = 0
        (self.folder / "budgets").mkdir(parents=True)
        (self.folder / "budgets/slo.yaml").write_text(budgets)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Ann")
        self.git("config", "user.email", "ann@example.com")
        self.git("add", "budgets")

    def environment(self):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        date = f"2026-03-{1 + self.day // 24:02}T{self.day % 24:02}:00:00Z"
        return kept | {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}

    def git(self, *arguments):
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.environment(), check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def commit(self, subject):
        """Makes a commit and returns its SHA."""
        self.day += 1
        self.git("commit", "--quiet", "--allow-empty", "--all", "--message", subject)
        return self.git("rev-parse", "HEAD")

    def slogate(self, *arguments, codes=(0,), variables=None):
        """Runs slogate, which has to end with one of the codes, and returns what it printed."""
        done = subprocess.run(
            [SLOGATE, *arguments],
            cwd=self.folder,
            env=self.environment() | (variables or {}),
            capture_output=True,
            text=True,
        )
        if done.returncode not in codes:
            raise AssertionError(
                f"slogate {' '.join(arguments)}: exit code {done.returncode}\n{done.stderr}{done.stdout[-1500:]}"
            )
        return done.stdout

    def keep(self, form, name, text):
        """Keeps an output as a document of a form; of JSON Lines each line is one."""
        self.documents.setdefault(form, []).append((name, json.loads(text)))

    def document(self, form, name, *arguments, codes=(0,), variables=None):
        """Keeps what a command prints as JSON."""
        text = self.slogate(*arguments, "--format", "json", codes=codes, variables=variables)
        self.keep(form, name, text)
        return self.documents[form][-1][1]

    def judge(self, name, *arguments, codes, variables=None):
        """Keeps a verdict, which is not recorded."""
        return self.document(
            "verdict", name, "check", *arguments, *WHERE, "--no-record", codes=codes, variables=variables
        )

    def explain(self, name, *results):
        """Keeps the explanations of what a check of the same results says."""
        self.document("explain", name, "explain", *results, *WHERE)

    def keep_exported(self):
        """Keeps the files of an export."""
        self.slogate("history", "export", "exported")
        for form, folder in (("run", "runs"), ("journal", "journal")):
            for path in sorted((self.folder / "exported" / folder).rglob("*.json")):
                self.keep(form, path.name[:8], path.read_text())

    def write(self, name, text):
        """Writes a file of the project and returns its name."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return name

    def summary(self, name, factors=None, more=None, users=50, errors=0.002, scatter=0.01, requests=3000):
        """Writes a k6 summary whose latencies scatter about the usual ones.

        `factors` multiply those of single endpoints; `more` are further metrics.
        """
        count = len(ENDPOINTS) * requests
        metrics = {
            "http_reqs": {"count": count, "rate": count / 600},
            "vus_max": {"value": users, "min": users, "max": users},
            "iterations": {"count": count, "rate": count / 600},
            "checks": {"value": 1 - errors, "passes": 999, "fails": 1},
        }
        for endpoint, usual in ENDPOINTS.items():
            factor = (factors or {}).get(endpoint, 1) * (factors or {}).get("*", 1)
            median = usual * factor * (1 + self.scatter.gauss(0, scatter))
            metrics[f"http_req_duration{{endpoint:{endpoint}}}"] = trend(median, requests)
            failed = round(requests * errors)
            metrics[f"http_req_failed{{endpoint:{endpoint}}}"] = {
                "value": failed / requests,
                "passes": failed,
                "fails": requests - failed,
            }
        metrics["http_req_duration"] = trend(
            70 * (factors or {}).get("*", 1) * (1 + self.scatter.gauss(0, scatter)), count
        )
        metrics["http_req_failed"] = {
            "value": errors,
            "passes": round(count * errors),
            "fails": round(count * (1 - errors)),
        }
        for part, share in (("waiting", 0.9), ("sending", 0.02), ("receiving", 0.08)):
            for endpoint in ENDPOINTS:
                whole = metrics[f"http_req_duration{{endpoint:{endpoint}}}"]
                metrics[f"http_req_{part}{{endpoint:{endpoint}}}"] = {
                    statistic: value if statistic == "count" else value * share for statistic, value in whole.items()
                }
        path = self.folder / "results" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"metrics": metrics | (more or {})}))
        return f"results/{name}"


def trend(median, count):
    """The statistics of a distribution about a median."""
    shape = {"avg": 1.1, "min": 0.4, "med": 1, "max": 4, "p(90)": 1.5, "p(95)": 1.8, "p(99)": 2.5}
    return {statistic: median * factor for statistic, factor in shape.items()} | {"count": count}
