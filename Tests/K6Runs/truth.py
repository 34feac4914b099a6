#!/usr/bin/env python3
"""Recomputes a run's figures from its raw samples, without k6, and checks k6's own summaries against them.

usage: truth.py RUN_DIR [--tag endpoint] > truth.json     (a difference from k6's summaries goes to stderr)
"""

import csv, gzip, io, json, math, os, re, sys
from pathlib import Path


def op(p):
    return (
        io.TextIOWrapper(gzip.open(p), encoding="utf-8", newline="")
        if str(p).endswith(".gz")
        else open(p, encoding="utf-8", newline="")
    )


def pct(v, q):  # k6's TrendSink: linear interpolation at q*(n-1)
    if not v:
        return 0.0
    i = q / 100 * (len(v) - 1)
    lo = math.floor(i)
    hi = math.ceil(i)
    return v[lo] + (v[hi] - v[lo]) * (i - lo)


def mean(s):
    try:
        m = math.fsum(s) / len(s)
    except OverflowError:
        return None  # k6's own sum is +Inf here; its summaries show null
    return m


def stats(kind, vals):
    if kind == "trend":
        s = sorted(vals)
        return {
            "count": len(s),
            "avg": mean(s) if s else 0.0,
            "min": s[0] if s else 0.0,
            "med": pct(s, 50),
            "max": s[-1] if s else 0.0,
            **{f"p({q:g})": pct(s, q) for q in (50, 75, 90, 95, 99, 99.5, 99.9)},
        }
    if kind == "rate":
        t = sum(1 for x in vals if x != 0)
        return {"total": len(vals), "matches": t, "rate": t / len(vals) if vals else 0.0}
    if kind == "counter":
        return {"count": math.fsum(vals), "points": len(vals)}
    return {"value": vals[-1] if vals else 0.0, "min": min(vals, default=0.0), "max": max(vals, default=0.0)}


def load(d):
    d = Path(d)
    p = next((d / n for n in ("samples.json", "samples.json.gz") if (d / n).exists()), None)
    types, subs, pts, times = {}, {}, [], []
    if p is None:
        return None
    with op(p) as f:
        for line in f:
            o = json.loads(line)
            m = o["metric"]
            x = o["data"]
            if o["type"] == "Metric":
                types[m] = (x["type"], x["contains"])
                for s in x.get("submetrics") or []:
                    subs[s["name"]] = (m, s["tags"] or {})
            else:
                pts.append((m, x["value"], x["tags"] or {}))
                times.append(x["time"])
    return types, subs, pts, times


def threshold(expr, st, n):
    for o in ("<=", "<", ">=", ">", "===", "==", "!="):
        l, _, r = expr.partition(o)
        if r:
            break
    l, r = l.strip(), float(r)
    v = {
        "count": st.get("count"),
        "rate": st.get("rate"),
        "value": st.get("value"),
        "avg": st.get("avg"),
        "min": st.get("min"),
        "max": st.get("max"),
        "med": st.get("med"),
    }.get(l)
    if l.startswith("p("):
        v = pct(n, float(l[2:-1]))
    return (
        v,
        {"<=": v <= r, "<": v < r, ">=": v >= r, ">": v > r, "===": v == r, "==": v == r, "!=": v != r}[o],
    )


def truth(d, tag="endpoint"):
    got = load(d)
    if got is None:
        return None
    types, subs, pts, times = got
    by, bt, sv = {}, {}, {k: [] for k in subs}
    subm = {}
    for name, (parent, tags) in subs.items():
        subm.setdefault(parent, []).append((name, tags))
    for m, v, t in pts:
        by.setdefault(m, []).append(v)
        if tag in t:
            bt.setdefault(t[tag], {}).setdefault(m, []).append(v)
        for name, tags in subm.get(m, ()):
            if all(t.get(k) == w for k, w in tags.items()):
                sv[name].append(v)
    out = {
        "first_time": min(times, default=None),
        "last_time": max(times, default=None),
        "points": len(pts),
        "metrics": {
            m: {"type": types[m][0], "contains": types[m][1], **stats(types[m][0], v)}
            for m, v in sorted(by.items())
        },
        "submetrics": {
            n: {"type": types[subs[n][0]][0], **stats(types[subs[n][0]][0], v)} for n, v in sorted(sv.items())
        },
        "by_"
        + tag: {e: {m: stats(types[m][0], v) for m, v in sorted(ms.items())} for e, ms in sorted(bt.items())},
    }
    hs = Path(d) / "handle-summary.json"
    se = Path(d) / "summary-export.json"
    src = None
    if hs.exists():
        src = {
            n: (x["values"], {k: t["ok"] for k, t in x.get("thresholds", {}).items()})
            for n, x in (json.load(open(hs)).get("metrics") or {}).items()
        }
    if not src and se.exists():
        src = {
            n: (x, {k: not b for k, b in x.get("thresholds", {}).items()})
            for n, x in (json.load(open(se)).get("metrics") or {}).items()
        }
    th, bad, cmp = [], [], 0
    for n, (vals, ts) in sorted((src or {}).items()):
        base = n.split("{")[0]
        mine = out["metrics"].get(n) or out["submetrics"].get(n)
        raw = by.get(n) if "{" not in n else sv.get(n)
        if mine:
            for k, w in vals.items():
                if k in ("thresholds", "passes", "fails") or (mine["type"] == "counter" and k == "rate"):
                    continue
                if k == "value" and mine["type"] == "rate":
                    k = "rate"
                u = mine.get(k) if not k.startswith("p(") else pct(sorted(raw), float(k[2:-1]))
                cmp += 1
                if w is None or u is None or abs(u - w) > 1e-9 * max(1.0, abs(w)):
                    bad.append((n, k, w, u))
            if mine["type"] == "rate" and (vals["passes"], vals["fails"]) != (
                mine["matches"],
                mine["total"] - mine["matches"],
            ):
                bad.append((n, "passes/fails", vals, mine))
        for e, ok in ts.items():
            if not mine:
                th.append({"metric": n, "expr": e, "samples": 0, "k6_ok": ok})
                continue
            v, mok = threshold(
                e,
                (
                    mine
                    if not (mine["type"] == "counter" and e.lstrip().startswith("rate"))
                    else {"rate": vals["rate"]}
                ),
                sorted(raw),
            )
            th.append({"metric": n, "expr": e, "value": v, "ok": mok, "samples": len(raw), "k6_ok": ok})
            if mok != ok:
                bad.append((n, e, ok, v))
    if th:
        out["thresholds"] = th
    # the new format
    nf = next(
        (json.load(open(p)) for p in (se, hs) if p.exists() and '"generated_at"' in p.read_text()), None
    )
    if nf:
        for m in nf["results"]["metrics"]:
            mine = out["metrics"].get(m["name"]) or out["submetrics"].get(m["name"])
            for k, w in m["values"].items():
                u = (mine or {}).get({"p90": "p(90)", "p95": "p(95)"}.get(k, k))
                cmp += 1
                if mine and w is not None and (u is None or abs(u - w) > 1e-9 * max(1.0, abs(w))):
                    bad.append((m["name"], k, w, u))
    # CSV carries the same points
    cp = next((Path(d) / n for n in ("samples.csv", "samples.csv.gz") if (Path(d) / n).exists()), None)
    if cp:
        cv = {}
        with op(cp) as f:
            for row in csv.DictReader(f):
                cv.setdefault(row["metric_name"], []).append(float(row["metric_value"]))
        out["csv_points"] = sum(map(len, cv.values()))
        for m, v in by.items():
            if len(cv.get(m, [])) != len(v):
                bad.append((m, "csv points", len(cv.get(m, [])), len(v)))
            elif any(abs(a - b) > 5.1e-7 for a, b in zip(cv[m], v)):
                bad.append((m, "csv values", None, None))
    return out, bad, cmp


if __name__ == "__main__":
    tag = sys.argv[sys.argv.index("--tag") + 1] if "--tag" in sys.argv else "endpoint"
    out, bad, cmp = truth(sys.argv[1], tag)
    json.dump(out, sys.stdout, indent=1, ensure_ascii=False)
    print()
    print(f"{sys.argv[1]}: {out['points']} points, {cmp} values compared, {len(bad)} differ", file=sys.stderr)
    for b in bad[:20]:
        print("  differs:", b, file=sys.stderr)
