"""Writes results and budgets with untrusted names into FOLDER: a release each of a few of them, with the
arguments of `slogate check` in its file `arguments`, each ended by NUL."""
import json
import pathlib
import re
import sys

NAMES = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=x>", "</details>", "</code><b>",
    "<!-- x", "-->", "<!-- slogate:sticky -->", "]]>", "<![CDATA[x", "<?xml?>", "&amp;", "&#64;a",
    "a|b", "\\|", "`rm`", "``` x ```", "~~s~~", "**b**", "__b__", "# h", "- l", "1. x", "> q", "- [ ] x", "***",
    "[a](http://b.example)", "![i](http://b.example/i)", "[x](javascript:alert(1))", "javascript:alert(1)",
    "http://evil.example/x", "<http://evil.example>", "www.evil.example", "mailto:a@b.example", "a@b.example",
    "@everyone", "@org/team", "#123", "o/r#1", "GH-12", "!12", ":smile:", ":+1:", "$x$", "{0}",
    "::error::x", "::stop-commands::t", "##[error]x", "%0A::error::x", "${{ github.token }}", "$(id)", "# EOF",
    "\u001b[2J\u001b[31mred", "\u001b]8;;http://evil.example\u001b\\x", "\u009b31m", "\u0001", "\u007f", "nul\u0000l",
    "line\nPASS", "line\r\nPASS", "\rPASS", "a\u2028b", "\u0085", "\u202egpj.exe", "\u2066x\u2069", "\u200f",
    "sea\u200drch", "\ufeffbom", "\ufffe", "z\u0300\u0301\u0334", "👩‍💻🚀", "x\" onload=\"y", "' or '", "\\", "=1+1",
    "x" * 10_000,
]
AT_ONCE = 8


def summary(names, milliseconds):
    """A k6 summary in which each endpoint has a latency and a count of its own."""
    metrics = {"http_req_duration": trend(milliseconds), "http_reqs": {"count": 1000, "rate": 100}}
    for name in names:
        metrics[f"http_req_duration{{endpoint:{name}}}"] = trend(milliseconds)
        metrics[f"http_req_duration{{endpoint:plain,kind:{name}}}"] = trend(milliseconds)
    return {"metrics": metrics}


def trend(value):
    return {"avg": value, "min": value, "med": value, "p(90)": value, "p(95)": value, "max": value}


def budgets(names):
    """Limits on every endpoint, waivers of every second."""
    # YAML knows nothing of the one, and takes no key of the length of the other.
    names = [name for name in names if "\ufffe" not in name and len(name) < 1_000]
    waivers = [
        {"endpoint": literal(name), "metric": "p95", "max": "2s", "until": "2999-01-01", "owner": name, "reason": name}
        for name in names[1::2]
    ]
    return {
        "version": 1, "service": names[0][:100], "owner": names[-1],
        "defaults": {"baseline": {"p95": "200ms", "p99": "1s"}},
        "endpoints": {literal(name): {"owner": name, "baseline": {"p95": "100ms"}} for name in names},
        "rules": [{"rule": "p95 <= 50ms", "severity": "block"}], "waivers": waivers,
    }


def yaml(value):
    """JSON is YAML where it escapes what YAML calls unprintable, and nothing beyond sixteen bits."""
    unprintable = "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
    return re.sub(unprintable, lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def literal(name):
    """A pattern that is the name."""
    return "".join(f"[{letter}]" if letter in "*?[{" else letter for letter in name)


def release(folder, names):
    folder.mkdir(parents=True)
    # What a file or an argument cannot be called.
    word = names[0].replace("\0", "").replace("/", "-")[:60].strip() or "x"
    results, limits = folder / f"{word} results.json", folder / f"{word} budget.yaml"
    results.write_text(json.dumps(summary(names, 400)), encoding="utf-8")
    limits.write_text(yaml(budgets(names)), encoding="utf-8")
    arguments = [
        f"--baseline=./{results.name}", f"--budgets=./{limits.name}", "--no-record", "--history", "none.sqlite",
        f"--branch={word}", f"--reference={word}", f"--commit={word}", f"--env=stage={word}", f"--set=tuning={word}",
    ]
    (folder / "arguments").write_bytes(b"".join(word.encode() + b"\0" for word in arguments))


if __name__ == "__main__":
    for start in range(0, len(NAMES), AT_ONCE):
        release(pathlib.Path(sys.argv[1]) / f"hostile-{start // AT_ONCE}", NAMES[start : start + AT_ONCE])
