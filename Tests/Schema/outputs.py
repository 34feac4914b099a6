"""Real outputs of every command that writes JSON, in many states: what the schemas of docs/schemas are held against.

`collect(folder)` returns them by form: `verdict`, `explain` … Each is a pair of its name and the document.
"""
import concurrent.futures
import pathlib
import sqlite3
import subprocess
import sys

from project import Project, trend

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
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
WHERE = ("--environment", "perf", "--reference", "main")
HISTORY = 26


def write(project, name, text):
    path = project.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return name


def explained(project, name, *results):
    """The explanations of what a check of the same results says."""
    project.document("explain", name, "explain", *results, *WHERE)


def judged(project, name, *arguments, codes, variables=None):
    """A verdict that is not recorded."""
    return project.document("verdict", name, "check", *arguments, *WHERE, "--no-record", codes=codes, variables=variables)


def gate(folder):
    """Checks of one service: what passes, what blocks and why, on a history of unchanged builds."""
    project = Project(folder, BUDGETS)
    project.document("budgets-explain", "without-history", "budgets", "explain", "pay")
    project.document(
        "budgets-diff", "without-history", "budgets", "diff", write(project, "one.yaml", "run: { baseline: { p99: 1s } }\n"), "budgets")
    shas = []
    for number in range(HISTORY):
        shas.append(project.commit(f"change {number}"))
        arguments = ["--baseline", project.summary(f"{number}.json"), *WHERE, "--quiet"]
        if number % 2:
            arguments += ["--spike", project.summary(f"{number}-spike.json", {"*": 1.3})]
        project.slogate("check", *arguments, codes=(0, 2))
    project.git("checkout", "--quiet", "-b", "feature")
    project.commit("faster search")
    links = {
        "GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "shop/shop",
        "GITHUB_RUN_ID": "7", "GITHUB_REF": "refs/pull/12/merge", "GITHUB_REF_NAME": "12/merge", "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_HEAD_REF": "feature", "GITHUB_BASE_REF": "main",
    }
    same = project.summary("same.json")
    judged(project, "pass", "--baseline", same, "--set", "pool=40", codes=(0,), variables=links)
    judged(project, "pass-two-step", "--baseline", same, "--two-step", codes=(0,))
    states = {
        "over": {"search": 1.4}, "regression": {"cart": 1.5}, "everything-slower": {"*": 1.25}, "improved": {"cart": 0.7},
        "too-good": {"cart": 0.1}, "waived": {"home": 6.0}}
    for state, factors in states.items():
        result = project.summary(f"{state}.json", factors)
        judged(project, state, "--baseline", result, codes=(0, 1, 2))
        explained(project, state, "--baseline", result)
    for name, more in {"rules": {"spike": {"*": 9.0}}, "errors": {}}.items():
        result = project.summary(f"{name}.json", errors=0.05 if name == "errors" else 0.002)
        extra = ["--spike", project.summary(f"{name}-spike.json", more.get("spike"))]
        judged(project, name, "--baseline", result, *extra, codes=(0, 1, 2))
        explained(project, name, "--baseline", result, *extra)
    thresholds = {
        "http_req_duration{endpoint:cart}": trend(60, 3000) | {"thresholds": {"p(95)<90": True, "med<10": True, "avg<900": False}},
        "own_wait": trend(9, 3000) | {"thresholds": {"p(95)<90": False}}, "own_size": {"value": 5, "min": 5, "max": 5},
        "http_req_duration{endpoint:search}": trend(80, 3000) | {"thresholds": {"p(95)<20": True}},
        "never{endpoint:gone}": {"count": 0, "rate": 0, "thresholds": {"count<5": False}},
    }
    result = project.summary("script.json", more=thresholds, users=90)
    judged(project, "script", "--baseline", result, codes=(1,))
    explained(project, "script", "--baseline", result)
    judged(project, "near", "--baseline", project.summary("near.json", users=41), codes=(0,))
    few = project.summary("few.json", requests=60)
    judged(project, "few-samples", "--baseline", few, codes=(3,))
    explained(project, "few-samples", "--baseline", few)
    judged(project, "missing", "--baseline", few, "--profile", f"soak={same}", "--budgets", write(
        project, "strict.yaml", SIZING + "run: { soak: { own.p95: 1s } }\nmin_samples: 1000\n"), codes=(3,))
    judged(project, "bootstrap", "--baseline", same, "--profile", f"young={same}", "--bootstrap", codes=(0,))
    judged(project, "unknown-environment", "--baseline", same, "--env", "instance=other", codes=(0, 3))
    judged(project, "other-sizing", "--baseline", same, "--env", "cdn=true", "--require-history", codes=(3,))
    judged(project, "against", "--baseline", project.summary("half.json", {"search": 1.5}), "--against", same, codes=(1, 2))
    judged(project, "strict", "--baseline", "results/too-good.json", "--strict", codes=(4,))
    bases = [project.summary(f"base-{number}.json") for number in range(5)]
    heads = [project.summary(f"head-{number}.json", {"pay": 1.2}) for number in range(5)]
    judged(project, "paired", "--paired-base", *bases, "--baseline", *heads, codes=(2,))
    steps(project, same)
    budgets(project)
    reports(project, shas)
    exported(project)
    return project


def steps(project, same):
    """Checks in two steps: suspects that a second run confirms, clears or cannot decide."""
    slow = [project.summary(f"slow-{number}.json", {"cart": 1.5}) for number in range(2)]
    judged(project, "suspect", "--baseline", slow[0], "--two-step", codes=(5,))
    judged(project, "confirmed", "--baseline", slow[0], "--two-step", "--confirm", slow[1], codes=(2,))
    judged(project, "cleared", "--baseline", slow[0], "--two-step", "--confirm", same, codes=(0,))
    # Those that are recorded are known to the journal.
    project.slogate("check", "--baseline", slow[0], "--two-step", *WHERE, "--quiet", codes=(5,))
    project.slogate("check", "--two-step", "--confirm", slow[1], *WHERE, "--quiet", codes=(2,))
    all_slow = [project.summary(f"all-{number}.json", {"*": 1.15}) for number in range(2)]
    judged(project, "all-suspect", "--baseline", all_slow[0], "--two-step", codes=(5,))
    judged(project, "all-confirmed", "--baseline", all_slow[0], "--two-step", "--confirm", all_slow[1], codes=(2,))


def budgets(project):
    """The commands about budget files, and a check of a branch that changes them."""
    text = BUDGETS.replace("block: 170ms, warn: 150ms", "block: 250ms").replace("max_increase: 60%", "max_increase: 90%")
    text = text.replace("p99 <= 3 * p95", "p99 <= 1.1 * p95").replace("2999-12-31", "2998-12-31").replace("c6i.large", "c6i.xlarge")
    write(project, "budgets/slo.yaml", text + "repetitions: 2\nmin_samples: 30\n")
    project.commit("other budgets")
    result = project.summary("budgets.json")
    judged(project, "budget-changes", "--baseline", result, result, codes=(0, 1, 2, 3))
    project.document("budgets-diff", "changed", "budgets", "diff", "main", "feature", *WHERE)
    tight = write(project, "tight.yaml", BUDGETS.replace("block: 170ms", "block: 90ms").replace("p99 <= 3", "p99 <= 1").replace(
        "warn: 150ms, ", ""))
    project.document("budgets-diff", "replayed", "budgets", "diff", "budgets", tight, *WHERE)
    project.git("checkout", "--quiet", "main")
    for endpoint in ("search", "home", "*"):
        project.document("budgets-explain", endpoint, "budgets", "explain", endpoint, *WHERE)
    loose = write(project, "loose.yaml", SIZING + """\
service: shop
run: { baseline: { own.p95: { block: 1s, optional: true }, p95: 9s, p99.99: 9s }, soak: { p95: 1s } }
endpoints: { gone: { baseline: { p95: 1s } }, home: { baseline: { p95: 100ms } } }
waivers:
  - { endpoint: home, metric: p95, max: 200ms, until: 2999-12-31, owner: ops, reason: unused }
  - { endpoint: cart, metric: p95, max: 600ms, until: 2020-12-31, owner: ops, reason: over }
""")
    wrong = write(project, "wrong.yaml", "run: { baseline: { p95: 400 } }\nendpoint: {}\n")
    project.document("budgets-lint", "good", "budgets", "lint", *WHERE)
    project.document("budgets-lint", "doubtful", "budgets", "lint", loose, *WHERE, codes=(0, 78))
    project.document("budgets-lint", "wrong", "budgets", "lint", wrong, codes=(78,))
    project.document("budgets-backtest", "tight", "budgets", "backtest", tight, *WHERE)
    project.document("budgets-backtest", "usual", "budgets", "backtest", *WHERE)


def reports(project, shas):
    """What is asked of the history."""
    project.document("verdict", "recorded", "report", "--reference", "main")
    project.document("explain", "recorded", "explain", *WHERE, "--endpoint", "search")
    project.document("selftest", "required", "selftest", *WHERE, "--require", "20%", "--last", "12", codes=(0, 3))
    project.document("trend", "everything", "trend", *WHERE[:2], "--endpoint", "**")
    project.document("compare", "commits", "compare", shas[-2], shas[-1], "--environment", "perf", "--all")
    other = project.summary("other.json", {"cart": 1.5})
    project.document("compare", "files", "compare", shas[-1], other, *WHERE, codes=(0, 3))
    project.document("compare", "more-series", "compare", other, "results/script.json")
    project.document("compare", "worse", "compare", shas[-1], other, *WHERE, "--fail-on", "regression", codes=(2, 3))
    project.document("runs", "short-list", "history", "list", "--limit", "5")


def levels(folder):
    """A history whose levels change: blocked, accepted, revoked, confirmed by what came later, drifting."""
    project = Project(folder, BUDGETS)
    shas = []

    def check(factors, recorded="check", **more):
        shas.append(project.commit(f"change {len(shas)}"))
        quiet = ["--quiet"] if recorded else []
        result = project.summary(f"{len(shas)}.json", factors, **more)
        project.slogate(recorded, "--baseline", result, *WHERE, *quiet, codes=(0, 1, 2))
        return result

    for number in range(8):
        check({"mail": 1.5 if number == 6 else 1}, recorded="record" if number == 6 else "check")
    project.git("tag", "v1")
    write(project, "budgets/creep.yaml", "regression: { creep: { anchor: v1, max: 10% } }\n")
    judged(project, "creep-young", "--baseline", project.summary("young.json"), codes=(0, 2))
    # A regression that stays, which another branch inherits.
    check({"cart": 1.5})
    again = project.summary("again.json", {"cart": 1.5})
    judged(project, "blocked-before", "--baseline", again, codes=(2,))
    explained(project, "blocked-before", "--baseline", again)
    check({"cart": 1.5})
    project.git("checkout", "--quiet", "-b", "feature")
    project.commit("a feature")
    judged(project, "inherited", "--baseline", again, codes=(0, 2))
    explained(project, "inherited", "--baseline", again)
    project.git("checkout", "--quiet", "main")
    project.slogate("history", "accept", "--commit", shas[8], "--endpoint", "cart", "--reason", "a new cipher", "--by", "ann")
    accepted = judged(project, "accepted", "--baseline", again, codes=(0, 2))
    assert any((finding["regression"] or {}).get("level") for finding in accepted["findings"])
    # Steps that nobody was asked about: an improvement, and one that `record` did not judge.
    for number in range(10):
        check({"cart": 1.5, "search": 0.8 if number > 1 else 1, "pay": 1.3}, recorded="record" if number < 9 else "check")
    judged(project, "confirmed-level", "--baseline", project.summary("now.json", {"cart": 1.5, "search": 0.8, "pay": 1.3}), codes=(0, 2))
    worse = project.summary("worse.json", {"cart": 1.5, "search": 1.1, "pay": 1.3})
    judged(project, "after-a-level", "--baseline", worse, codes=(1, 2))
    explained(project, "after-a-level", "--baseline", worse)
    project.document("changes", "steps", "changes", *WHERE[:2])
    for line in project.slogate("changes", *WHERE[:2], "--format", "jsonl").splitlines():
        project.keep("changes-line", "steps", line)
    project.document("trend", "levels", "trend", *WHERE[:2], "--endpoint", "**")
    project.document("selftest", "levels", "selftest", *WHERE, codes=(0, 3))
    project.slogate("history", "accept", "--commit", shas[-1], "--metric", "p95", "--reason", "agreed", "--by", "ann")
    project.slogate("history", "revoke", shas[8], "--reason", "too early", "--by", "ann")
    run = project.document("runs", "list", "history", "list", "--limit", "50")["runs"][-1]["id"]
    project.slogate("history", "hold", run, "--reason", "audit", "--by", "ann")
    project.slogate("history", "hold", shas[1], "--reason", "audit", "--by", "ann")
    project.slogate("history", "release", shas[1], "--reason", "audited", "--by", "ann")
    project.slogate("history", "prune", "--keep-last", "9", "--yes")
    project.document("runs", "pruned", "history", "list", "--limit", "50")
    for sha in (shas[0], shas[1], shas[8], shas[-1]):
        project.document("runs", "show", "history", "show", sha)
    judged(project, "pruned", "--baseline", again, codes=(0, 1, 2))
    project.document("verification", "intact", "history", "verify")
    exported(project)
    database = sqlite3.connect(project.folder / "history/slogate.sqlite")
    database.execute("UPDATE runs SET measured = measured + 1 WHERE id = 3")
    database.commit()
    database.close()
    project.document("verification", "tampered", "history", "verify", codes=(74,))
    return project


def evidence(folder):
    """Raw samples, pages, tests, thresholds that k6 evaluated, two sizings, and names that mean harm."""
    project = Project(folder, "service: shop\ntests: { '*': { duration: 1h } }\npages: { '*': { lcp: { warn: 1s } } }\n")
    samples = ROOT / "Tests/K6Runs/runs/baseline/run-1/samples.json.gz"
    junit = write(project, "junit.xml", JUNIT)
    reports = ROOT / "Tests/SLOReadersTests/Fixtures/lighthouse/lhci"
    shas = []
    for number in range(2):
        shas.append(project.commit(f"change {number}"))
        project.slogate(
            "check", "--baseline", str(samples), "--spike", project.summary(f"{number}.json", more={
                "http_req_duration{endpoint:cart}": trend(60, 3000) | {"thresholds": {"p(95)<90": True, "count>1": False}}}),
            "--env", f"stage={number}", "--set", f"pool={number}", "--quiet", codes=(0, 1, 3))
    project.slogate("record", "--baseline", str(samples), "--env", "stage=0", "--set", "pool=2")
    shas.append(project.commit("a third"))
    project.slogate("record", "--baseline", str(samples), "--env", "stage=0", "--set", "pool=3")
    verdict = project.document(
        "verdict", "pages-and-tests", "check", "--lighthouse", str(reports), "--evidence", junit, "--env", "stage=0", codes=(1, 3))
    assert {finding["kind"] for finding in verdict["findings"]} == {"page", "test"}
    project.document("explain", "tests", "explain", "--evidence", junit, "--env", "stage=0")
    project.document("compare", "refused", "compare", shas[0], shas[1], codes=(3,))
    project.document("compare", "across", "compare", shas[0], shas[1], "--across-environments")
    project.document("compare", "distributions", "compare", shas[0], shas[2], "--all")
    runs = project.document("runs", "show", "history", "show", shas[0])["runs"]
    run = next(run["id"] for run in runs if run["profile"] == "baseline")
    project.document("compare", "run", "compare", run, str(samples), "--env", "stage=0")
    project.document("trend", "estimated", "trend", "--env", "stage=0", "--metric", "p97.5", "--endpoint", "**")
    exported(project)
    hostile(project)
    return project


JUNIT = """\
<testsuites><testsuite name="checkout" tests="3" failures="1"><testcase classname="checkout" name="pays" file="pay.spec.ts" time="0.4"/>
<testcase classname="checkout" name="&lt;script&gt;" file="pay.spec.ts" time="2"><failure message="expected 200">::error::</failure></testcase>
<testcase classname="checkout" name="skips" file="pay.spec.ts"><skipped/></testcase></testsuite></testsuites>
"""


def hostile(project):
    """Names that would be markup, commands or controls elsewhere are nothing but text in JSON."""
    folder = project.folder.parent / "hostile"  # no repository, for the commit has such a name too
    subprocess.run([sys.executable, ROOT / "Tests/Formats/hostile.py", folder], check=True)
    for release in sorted(folder.iterdir()):
        arguments = (release / "arguments").read_bytes().decode().split("\0")[:-1]
        project.folder = release
        project.document("verdict", release.name, "check", *arguments, codes=(1,))
        usable = [argument for argument in arguments if not argument.startswith("--no-record")]
        project.document("explain", release.name, "explain", *usable, codes=(0,))


def tables(folder):
    """Change points and judgements of tables."""
    project = Project(folder, "service: shop\n")
    levels = [10 + number % 3 * 0.1 + (5 if number > 15 else 0) for number in range(30)]
    rows = [f"s,{number},{value}" for number, value in enumerate(levels)] + [f"still,{number},{number % 3 + 9}" for number in range(30)]
    table = write(project, "series.csv", "\n".join(["series_id,index,value", *rows]) + "\n")
    project.document("series-changes", "levels", "changes", "--csv", table)
    for line in project.slogate("changes", "--csv", table, "--format", "jsonl").splitlines():
        project.keep("series-changes-line", "levels", line)
    rows = []
    for case, value in {"slow": 150, "same": 101, "fast": 60}.items():
        rows += [f"{case},history,{number},0,{100 + number % 4}" for number in range(9)] + [f"{case},candidate,9,0,{value}"]
    rows += ["young,history,0,0,4", "young,candidate,1,0,4"]
    cases = write(project, "cases.csv", "\n".join(["case_id,role,run,rep,value", *rows]) + "\n")
    for line in project.slogate("changes", "--gate-csv", cases).splitlines():
        project.keep("gate-case", "cases", line)
    return project


def exported(project):
    """The files of an export."""
    project.slogate("history", "export", "exported")
    for form, folder in (("run", "runs"), ("journal", "journal")):
        for path in sorted((project.folder / "exported" / folder).rglob("*.json")):
            project.keep(form, path.name[:8], path.read_text())


def collect(folder):
    """The outputs of all of these, by form."""
    projects = (gate, levels, evidence, tables)
    found = {}
    with concurrent.futures.ThreadPoolExecutor() as pool:
        for made, project in zip(projects, pool.map(lambda made: made(pathlib.Path(folder) / made.__name__), projects)):
            for form, documents in project.documents.items():
                found.setdefault(form, []).extend((f"{made.__name__} {name}", document) for name, document in documents)
    return found
