"""Makes pages in a folder: of a release that passes, one that is blocked, one with untrusted names, one of 500 endpoints,
one of raw samples in a build whose code host is known.

pages.json beside them holds the verdict each page is of.
"""

import json
import os
import pathlib
import subprocess
import sys

SLOGATE = os.environ["SLOGATE"]

BUDGETS = """\
version: 1
service: shop
owner: platform-team
defaults:
  baseline: { p95: 400ms, p99: 900ms, error_rate: 1% }
endpoints:
  search: { owner: search-team, baseline: { p95: { block: 300ms, warn: 200ms } } }
  payments: { owner: payments-team, baseline: { p95: 180ms } }
  login: { owner: identity-team, baseline: { p99.9: 2s } }
  cart: { owner: shop-team, baseline: { p95: 90ms } }
pages:
  "/": { performance: ">= 0.90", largest-contentful-paint: 2.5s }
rules:
  - http_reqs.count >= 1000000
waivers:
  - { endpoint: cart, metric: p95, max: 140ms, until: 2999-12-05, owner: shop-team, reason: SRE-812 token cache }
"""

LEVELS = {"search": 80, "payments": 70, "login": 60, "cart": 40, "GET /products/{id}": 50}

HOSTILE = [
    "<script>alert(1)</script>", "a|b", "`rm`", "::error::x", "%0A::error::", "\x1b[31mred", "\u202egpj.exe",
    "x" * 10_000, "line\nbreak", '"><img src=x onerror=alert(1)>', "</style><script>alert(2)</script>",
    "' onload=alert(3) '", "javascript:alert(4)", "&lt;b&gt;", "##[error]", "日本語", "a\u2028b",
]


def scatter(index, place):
    """A factor near 1, another for each value, the same in every run of the tests."""
    return 1 + ((index * 37 + place * 61) % 41 - 20) / 1000


def summary(levels, index=0):
    def trend(level):
        return {"avg": level, "min": level / 5, "med": level, "max": level * 9, "p(95)": level * 2, "p(99)": level * 3}

    metrics = {
        f"http_req_duration{{endpoint:{name}}}": trend(level * scatter(index, place))
        for place, (name, level) in enumerate(levels.items())
    }
    metrics["http_req_duration"] = trend(60 * scatter(index, 99))
    metrics["http_req_failed"] = {"passes": 30, "fails": 99_970, "value": 0.0003}
    metrics["http_reqs"] = {"count": 100_000, "rate": 400 * scatter(index, 98)}
    group = {"name": "", "path": "", "id": "d41d8cd98f00b204e9800998ecf8427e", "groups": {}, "checks": {}}
    return {"metrics": metrics, "root_group": group}


def samples(levels, index, slow=None):
    """Raw samples of k6 as lines, four hundred of each endpoint, the slowest far from the others."""
    lines = []
    for place, (name, level) in enumerate(levels.items()):
        for number in range(400):
            share = (number + 0.5) / 400
            value = level * scatter(index, place) * (1 + (number * 7 + index) % 11 / 500) / (1 - share) ** 0.5
            value *= 1 + (share - 0.9) * 9 if name == slow and share > 0.9 else 1
            time = f"2026-11-20T23:{index:02}:{number // 10:02}.{number % 10}00Z"
            data = {"time": time, "value": round(value, 3), "tags": {"endpoint": name}}
            lines.append({"metric": "http_req_duration", "type": "Point", "data": data})
    return lines


def lighthouse(paint, score):
    audits = {"largest-contentful-paint": {"score": 0.9, "numericValue": paint, "numericUnit": "millisecond"}}
    return {
        "lighthouseVersion": "13.0.1", "requestedUrl": "https://shop.example/", "finalUrl": "https://shop.example/",
        "fetchTime": "2026-11-25T10:00:00.000Z", "configSettings": {"formFactor": "mobile"}, "environment": {},
        "categories": {"performance": {"id": "performance", "score": score}},
        "audits": {name: {"id": name, **audit} for name, audit in audits.items()},
    }  # fmt: skip


class Material:
    """A folder with a history, in which checks are made and their pages kept; `pages` holds the verdicts."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        # No repository around the folder says what a commit is.
        self.environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(self.folder.parent)}
        (self.folder / "budgets.yaml").write_text(BUDGETS)
        self._record("shop", LEVELS, steps={"GET /products/{id}": (8, 0.8)})
        wide = {f"GET /api/v2/resources-{number}/items": 40 + number % 60 for number in range(500)}
        self._record("wide", wide, commits=6)
        slower = {name: level * (1.6 if place % 7 == 0 else 1) for place, (name, level) in enumerate(wide.items())}
        now = {**LEVELS, "GET /products/{id}": 40}
        blocked = {**now, "payments": 100, "cart": 60, "search": 104, "GET /health": 4}
        self.pages = {
            "passing": self._check("passing", now, (2_010, 0.95), "--branch", "main"),
            "blocked": self._check("blocked", blocked, (2_700, 0.86), "--branch", "feature/pay", repetitions=3),
            "hostile": self._check(
                "hostile", {name: 300 + place for place, name in enumerate(HOSTILE)}, None, "--branch", HOSTILE[0],
                "--service", HOSTILE[9], "--new-service", "--set", f"{HOSTILE[10]}={HOSTILE[6]}"),
            "wide": self._check("wide", slower, None, "--branch", "feature/wide", "--service", "wide"),
            "samples": self._check_samples("samples"),
        }  # fmt: skip

    def _record(self, service, levels, commits=14, steps=None):
        for index in range(commits):
            values = {
                name: level * (steps[name][1] if name in (steps or {}) and index >= steps[name][0] else 1)
                for name, level in levels.items()
            }
            files = ["--baseline", self._write("h.json", summary(values, index))]
            if service == "shop":
                files += ["--lighthouse", self._write("l.json", lighthouse(2_000 * scatter(index, 5), 0.95))]
            commit = ["--branch", "main", "--commit", f"41d0e77a{100 + index}"]
            self._run("record", *files, *commit, "--service", service, "--new-service")

    def _check_samples(self, name):
        """Raw samples of two endpoints; at the commit judged only the slowest tenth of the payments is slower."""
        for index in range(9):
            files = ["--baseline", self._write("s.json", samples({"payments": 60, "search": 40}, index))]
            commit = ["--branch", "main", "--commit", f"5ac0ffee{100 + index}"]
            self._run("record", *files, *commit, "--service", "samples", "--new-service")
        self.environment |= {
            "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://code.example", "GITHUB_REPOSITORY": "shop/shop"}  # fmt: skip
        result = self._write("s.json", samples({"payments": 60, "search": 40}, 9, slow="payments"))
        return self._judge(name, ["--baseline", result], "--branch", "feature/tail", "--service", "samples")

    def _check(self, name, levels, page, *arguments, repetitions=1):
        files = [self._write(f"r{number}.json", summary(levels, 50 + number)) for number in range(repetitions)]
        files = ["--baseline", *files] + (["--lighthouse", self._write("p.json", lighthouse(*page))] if page else [])
        return self._judge(name, files, *arguments)

    def _judge(self, name, files, *arguments):
        output = self._run(
            "check", *files, "--commit", "9f3c1ab04d2e77a1", *arguments, "--format", "json", "--report", f"html={name}.html", "--no-record",
            codes=(0, 1, 2, 3))  # fmt: skip
        return json.loads(output)

    def _write(self, name, value):
        lines = value if isinstance(value, list) else [value]
        (self.folder / name).write_text("\n".join(json.dumps(line) for line in lines))
        return name

    def _run(self, *arguments, codes=(0,)):
        command = [SLOGATE, *arguments, "--budgets", "budgets.yaml", "--env", "stage=perf", "--history", "h.sqlite"]
        result = subprocess.run(command, cwd=self.folder, env=self.environment, capture_output=True)
        if result.returncode not in codes:
            raise AssertionError(f"{command[1]}: exit code {result.returncode}: {result.stderr.decode()}")
        return result.stdout.decode()


if __name__ == "__main__":
    made = Material(sys.argv[1])
    (made.folder / "pages.json").write_text(json.dumps(made.pages))
