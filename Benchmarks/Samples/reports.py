#!/usr/bin/env python3
"""Writes Lighthouse reports of the shape and size of real ones (about 490 kB): long descriptions, hundreds of
requests, base64 screenshots. All is made up; the figures of a page scatter from report to report."""
import argparse
import base64
import json
import pathlib
import random

PAGES = ["/", "/search", "/cart", "/checkout", "/account", "/help", "/orders", "/deals", "/stores", "/jobs"]
METRICS = {  # what is usual on a phone, in ms unless it says otherwise
    "first-contentful-paint": 1800, "largest-contentful-paint": 2900, "speed-index": 3400, "interactive": 4700,
    "total-blocking-time": 260, "server-response-time": 310, "max-potential-fid": 190,
    "mainthread-work-breakdown": 4200, "bootup-time": 1700,
}
WORDS = ('the page loads resources before it paints and "blocks" its main thread — reduce unused code, serve images'
         ' in next-gen formats, [learn more](https://web.example/docs/guide?topic=a&b=c) about caching').split()


def text(chance, words):
    return " ".join(chance.choices(WORDS, k=words))


def image(chance, size):
    return "data:image/webp;base64," + base64.b64encode(chance.randbytes(size)).decode()


def audit(chance, name, value=None, unit=None, details=None):
    audit = {"id": name, "title": text(chance, 6), "description": text(chance, 40),
             "score": round(chance.random(), 2), "scoreDisplayMode": "numeric" if unit else "informative"}
    if unit:
        audit |= {"numericValue": value, "numericUnit": unit, "displayValue": f"{value / 1000:.1f}\u00a0s"}
    if details:
        audit["details"] = details
    return audit


def requests(chance):
    for number in range(190):
        start = chance.uniform(0, 6000)
        yield {
            "url": f"https://shop.example/static/{chance.randbytes(12).hex()}/chunk-{number}.js?v={chance.random()}",
            "sessionTargetType": "page", "protocol": "h2", "rendererStartTime": start,
            "networkRequestTime": start + 1.25, "networkEndTime": start + chance.uniform(10, 900), "finished": True,
            "transferSize": chance.randrange(90_000), "resourceSize": chance.randrange(300_000), "statusCode": 200,
            "mimeType": "application/javascript", "resourceType": "Script", "priority": "High",
            "experimentalFromMainFrame": True, "entity": "shop.example"}


def report(page, number):
    """One report: the page's own figures, scattered by the report's number."""
    chance = random.Random(f"{page} {number}")
    audits = [audit(chance, name, usual * chance.lognormvariate(0, 0.1), "millisecond")
              for name, usual in METRICS.items()]
    audits.append(audit(chance, "cumulative-layout-shift", chance.uniform(0, 0.2), "unitless"))
    audits.append(audit(chance, "total-byte-weight", chance.randrange(900_000, 1_300_000), "byte"))
    audits += [audit(chance, f"rule-{index}") for index in range(130)]
    audits.append(audit(chance, "network-requests", details={"type": "table", "items": list(requests(chance))}))
    audits.append(audit(chance, "screenshot-thumbnails", details={
        "type": "filmstrip", "items": [{"timing": 375 * index, "data": image(chance, 4500)} for index in range(8)]}))
    audits.append(audit(chance, "main-thread-tasks", details={"type": "table", "items": [
        {"duration": chance.uniform(5, 90), "startTime": chance.uniform(0, 9000)} for _ in range(400)]}))
    scores = {name: {"id": name, "title": name, "score": round(chance.uniform(0.6, 1), 2), "auditRefs": [
        {"id": item["id"], "weight": 1, "group": "diagnostics"} for item in audits]}
        for name in ("performance", "accessibility", "best-practices", "seo")}
    return {
        "lighthouseVersion": "12.8.2", "requestedUrl": f"https://shop.example{page}",
        "finalDisplayedUrl": f"https://shop.example{page}", "gatherMode": "navigation", "runWarnings": [],
        "fetchTime": f"2026-11-{1 + number // 24 % 30:02}T{number % 24:02}:00:00.000Z",
        "userAgent": text(chance, 12),
        "environment": {"benchmarkIndex": chance.randrange(1500, 1700)},
        "configSettings": {"formFactor": "mobile", "throttlingMethod": "simulate", "output": ["json"]},
        "audits": {item["id"]: item for item in audits}, "categories": scores,
        "i18n": {"rendererFormattedStrings": {f"text{index}": text(chance, 9) for index in range(150)}},
        "timing": {"total": 9001.5, "entries": [
            {"startTime": chance.uniform(0, 9000), "name": f"lh:step:{index}", "entryType": "measure",
             "duration": chance.uniform(0, 50)} for index in range(200)]},
        "fullPageScreenshot": {"screenshot": {"data": image(chance, 61_000), "width": 412, "height": 4000}}}


def generate(folder, count):
    """Writes `count` reports into `folder`, which it makes, over the pages in turn."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        text = json.dumps(report(PAGES[number % len(PAGES)], number // len(PAGES)), indent=2, ensure_ascii=False)
        (folder / f"report-{number:04}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    generate(options.folder, options.count)
