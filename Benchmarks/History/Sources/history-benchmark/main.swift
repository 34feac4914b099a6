// history-benchmark fill FILE BASELINE SPIKE COMMITS        fills a history
// history-benchmark record FILE BASELINE SPIKE FIRST ROUNDS prints the milliseconds of each recording
// history-benchmark trend FILE BASELINE SPIKE ROUNDS        prints those of each query

struct Usage: Error {}

let arguments = Array(CommandLine.arguments.dropFirst())
let numbers = arguments.dropFirst(4).compactMap { Int($0) }
guard arguments.count >= 5, numbers.count == arguments.count - 4 else { throw Usage() }
let workload = Workload(path: arguments[1], baseline: arguments[2], spike: arguments[3])

switch (arguments[0], numbers.count) {
case ("fill", 1): try workload.fill(commits: numbers[0])
case ("record", 2):
  for round in 0..<numbers[1] { print(try workload.record(number: numbers[0] + round) / .milliseconds(1)) }
case ("trend", 1):
  for _ in 0..<numbers[0] { print(try workload.trend() / .milliseconds(1)) }
default: throw Usage()
}
