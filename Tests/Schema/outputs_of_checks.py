"""Outputs about one service on a history of unchanged builds: checks, budgets, and what is asked of the history."""

from project import BUDGETS, SIZING, WHERE, Project, trend

HISTORY = 26


def gate(folder):
    """Checks of one service: what passes, what blocks and why, on a history of unchanged builds."""
    project = Project(folder, BUDGETS)
    project.document("budgets-explain", "without-history", "budgets", "explain", "pay")
    project.document(
        "budgets-diff",
        "without-history",
        "budgets",
        "diff",
        project.write("one.yaml", "run: { baseline: { p99: 1s } }\n"),
        "budgets",
    )
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
        "GITHUB_ACTIONS": "true",
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "shop/shop",
        "GITHUB_RUN_ID": "7",
        "GITHUB_REF": "refs/pull/12/merge",
        "GITHUB_REF_NAME": "12/merge",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_HEAD_REF": "feature",
        "GITHUB_BASE_REF": "main",
    }
    same = project.summary("same.json")
    project.judge("pass", "--baseline", same, "--set", "pool=40", codes=(0,), variables=links)
    project.judge("pass-two-step", "--baseline", same, "--two-step", codes=(0,))
    states = {
        "over": {"search": 1.4},
        "regression": {"cart": 1.5},
        "everything-slower": {"*": 1.25},
        "improved": {"cart": 0.7},
        "too-good": {"cart": 0.1},
        "waived": {"home": 6.0},
    }
    for state, factors in states.items():
        result = project.summary(f"{state}.json", factors)
        project.judge(state, "--baseline", result, codes=(0, 1, 2))
        project.explain(state, "--baseline", result)
    for name, more in {"rules": {"spike": {"*": 9.0}}, "errors": {}}.items():
        result = project.summary(f"{name}.json", errors=0.05 if name == "errors" else 0.002)
        extra = ["--spike", project.summary(f"{name}-spike.json", more.get("spike"))]
        project.judge(name, "--baseline", result, *extra, codes=(0, 1, 2))
        project.explain(name, "--baseline", result, *extra)
    thresholds = {
        "http_req_duration{endpoint:cart}": trend(60, 3000)
        | {"thresholds": {"p(95)<90": True, "med<10": True, "avg<900": False}},
        "own_wait": trend(9, 3000) | {"thresholds": {"p(95)<90": False}},
        "own_size": {"value": 5, "min": 5, "max": 5},
        "http_req_duration{endpoint:search}": trend(80, 3000) | {"thresholds": {"p(95)<20": True}},
        "never{endpoint:gone}": {"count": 0, "rate": 0, "thresholds": {"count<5": False}},
    }
    result = project.summary("script.json", more=thresholds, users=90)
    project.judge("script", "--baseline", result, codes=(1,))
    project.explain("script", "--baseline", result)
    capacity = '"throughput": ">= capacity(3e6/d, headroom 10%)"'
    near = project.write(
        "near.yaml", SIZING + f'service: shop\nrun: {{ baseline: {{ vus_max: ">= 49", {capacity} }} }}\n'
    )
    project.document("budgets-explain", "capacity", "budgets", "explain", "*", *WHERE, "--budgets", near)
    project.document("capacity", "all", "capacity", "--per-day", "1e6", "--burst", "20", "--headroom", "20%")
    project.document("capacity", "average", "capacity", "--per-hour", "5")
    project.judge("near", "--baseline", same, "--budgets", near, codes=(0,))
    few = project.summary("few.json", requests=60)
    project.judge("few-samples", "--baseline", few, codes=(3,))
    project.explain("few-samples", "--baseline", few)
    project.judge(
        "missing",
        "--baseline",
        few,
        "--profile",
        f"soak={same}",
        "--budgets",
        project.write("strict.yaml", SIZING + "run: { soak: { own.p95: 1s } }\nmin_samples: 1000\n"),
        codes=(3,),
    )
    project.judge("bootstrap", "--baseline", same, "--profile", f"young={same}", "--bootstrap", codes=(0,))
    project.judge("unknown-environment", "--baseline", same, "--env", "instance=other", codes=(0, 3))
    project.judge("other-sizing", "--baseline", same, "--env", "cdn=true", "--require-history", codes=(3,))
    project.judge(
        "against", "--baseline", project.summary("half.json", {"search": 1.5}), "--against", same, codes=(1, 2)
    )
    project.judge("strict", "--baseline", "results/too-good.json", "--strict", codes=(4,))
    bases = [project.summary(f"base-{number}.json") for number in range(5)]
    heads = [project.summary(f"head-{number}.json", {"pay": 1.2}) for number in range(5)]
    project.judge("paired", "--paired-base", *bases, "--baseline", *heads, codes=(2,))
    steps(project, same)
    budgets(project)
    reports(project, shas)
    project.keep_exported()
    return project


def steps(project, same):
    """Checks in two steps: suspects that a second run confirms, clears or cannot decide."""
    slow = [project.summary(f"slow-{number}.json", {"cart": 1.5}) for number in range(2)]
    project.judge("suspect", "--baseline", slow[0], "--two-step", codes=(5,))
    project.judge("confirmed", "--baseline", slow[0], "--two-step", "--confirm", slow[1], codes=(2,))
    project.judge("cleared", "--baseline", slow[0], "--two-step", "--confirm", same, codes=(0,))
    # Those that are recorded are known to the journal.
    project.slogate("check", "--baseline", slow[0], "--two-step", *WHERE, "--quiet", codes=(5,))
    project.slogate("check", "--two-step", "--confirm", slow[1], *WHERE, "--quiet", codes=(2,))
    all_slow = [project.summary(f"all-{number}.json", {"*": 1.15}) for number in range(2)]
    project.judge("all-suspect", "--baseline", all_slow[0], "--two-step", codes=(5,))
    project.judge("all-confirmed", "--baseline", all_slow[0], "--two-step", "--confirm", all_slow[1], codes=(2,))


def budgets(project):
    """The commands about budget files, and a check of a branch that changes them."""
    text = BUDGETS.replace("block: 170ms, warn: 150ms", "block: 250ms").replace(
        "max_increase: 60%", "max_increase: 90%"
    )
    text = (
        text.replace("p99 <= 3 * p95", "p99 <= 1.1 * p95")
        .replace("2999-12-31", "2998-12-31")
        .replace("c6i.large", "c6i.xlarge")
    )
    project.write("budgets/slo.yaml", text + "repetitions: 2\nmin_samples: 30\n")
    project.commit("other budgets")
    result = project.summary("budgets.json")
    project.judge("budget-changes", "--baseline", result, result, codes=(0, 1, 2, 3))
    project.document("budgets-diff", "changed", "budgets", "diff", "main", "feature", *WHERE)
    tight = project.write(
        "tight.yaml",
        BUDGETS.replace("block: 170ms", "block: 90ms").replace("p99 <= 3", "p99 <= 1").replace("warn: 150ms, ", ""),
    )
    project.document("budgets-diff", "replayed", "budgets", "diff", "budgets", tight, *WHERE)
    project.git("checkout", "--quiet", "main")
    for endpoint in ("search", "home", "*"):
        project.document("budgets-explain", endpoint, "budgets", "explain", endpoint, *WHERE)
    loose = project.write(
        "loose.yaml",
        SIZING + """\
service: shop
run: { baseline: { own.p95: { block: 1s, optional: true }, p95: 9s, p99.99: 9s }, soak: { p95: 1s } }
endpoints: { gone: { baseline: { p95: 1s } }, home: { baseline: { p95: 100ms } } }
waivers:
  - { endpoint: home, metric: p95, max: 200ms, until: 2999-12-31, owner: ops, reason: unused }
  - { endpoint: cart, metric: p95, max: 600ms, until: 2020-12-31, owner: ops, reason: over }
""",
    )
    wrong = project.write("wrong.yaml", "run: { baseline: { p95: 400 } }\nendpoint: {}\n")
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
