import SLOCheck
import SLOReaders
import SLOReports

let gate = try Gate(
  history: .file("history/slogate.sqlite"), budgets: .folder("budgets"), repository: .git("."))
let results = try Readers.read(paths: ["baseline.json"], as: .profile("baseline")).readings
let verdict = try gate.check(results, of: CheckRequest(service: "shop", sizing: ["stage": "perf"]))
try gate.record(verdict)
print(verdict.report(.text))
