"""Outputs about a history whose levels change, and about what is kept of it."""

import sqlite3

from project import BUDGETS, WHERE, Project


def levels(folder):
    """A history whose levels change: blocked, accepted, revoked, confirmed by what came later, drifting."""
    project = Project(folder, BUDGETS)
    shas = []

    def check(factors, recorded="check", **more):
        shas.append(project.commit(f"change {len(shas)}"))
        result = project.summary(f"{len(shas)}.json", factors, **more)
        project.slogate(recorded, "--baseline", result, *WHERE, "--quiet", codes=(0, 1, 2))

    for number in range(8):
        check({"mail": 1.5 if number == 6 else 1}, recorded="record" if number == 6 else "check")
    project.git("tag", "v1")
    project.write("budgets/creep.yaml", "regression: { creep: { anchor: v1, max: 10% } }\n")
    project.judge("creep-young", "--baseline", project.summary("young.json"), codes=(0, 2))
    # A regression that stays, which another branch inherits.
    check({"cart": 1.5})
    again = project.summary("again.json", {"cart": 1.5})
    project.judge("blocked-before", "--baseline", again, codes=(2,))
    project.explain("blocked-before", "--baseline", again)
    check({"cart": 1.5})
    project.git("checkout", "--quiet", "-b", "feature")
    project.commit("a feature")
    project.judge("inherited", "--baseline", again, codes=(0, 2))
    project.explain("inherited", "--baseline", again)
    project.git("checkout", "--quiet", "main")
    project.slogate(
        "history", "accept", "--commit", shas[8], "--endpoint", "cart", "--reason", "a new cipher", "--by", "ann"
    )
    accepted = project.judge("accepted", "--baseline", again, codes=(0, 2))
    assert any((finding["regression"] or {}).get("level") for finding in accepted["findings"])
    # Steps that nobody was asked about: an improvement, and one that `record` did not judge.
    for number in range(10):
        check(
            {"cart": 1.5, "search": 0.8 if number > 1 else 1, "pay": 1.3}, recorded="record" if number < 9 else "check"
        )
    project.judge(
        "confirmed-level",
        "--baseline",
        project.summary("now.json", {"cart": 1.5, "search": 0.8, "pay": 1.3}),
        codes=(0, 2),
    )
    worse = project.summary("worse.json", {"cart": 1.5, "search": 1.1, "pay": 1.3})
    project.judge("after-a-level", "--baseline", worse, codes=(1, 2))
    project.explain("after-a-level", "--baseline", worse)
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
    project.judge("pruned", "--baseline", again, codes=(0, 1, 2))
    project.document("verification", "intact", "history", "verify")
    project.keep_exported()
    database = sqlite3.connect(project.folder / "history/slogate.sqlite")
    database.execute("UPDATE runs SET measured = measured + 1 WHERE id = 3")
    database.commit()
    database.close()
    project.document("verification", "tampered", "history", "verify", codes=(74,))
    return project
