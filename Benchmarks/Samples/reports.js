// The medians of a folder of Lighthouse reports, as peers.py prints them.
const fs = require("fs");
const [folder] = process.argv.slice(2);
const groups = new Map();
for (const file of fs.readdirSync(folder)) {
  const report = JSON.parse(fs.readFileSync(`${folder}/${file}`, "utf8"));
  const page = new URL(report.requestedUrl).pathname;
  for (const [name, audit] of Object.entries(report.audits)) {
    if (audit.numericValue === undefined) continue;
    const key = `${name}|${page}`;
    groups.set(key, [...(groups.get(key) ?? []), audit.numericValue]);
  }
}
const median = (values) => {
  const sorted = values.sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
console.log(JSON.stringify(Object.fromEntries([...groups].map(([key, values]) => [key, median(values)]))));
