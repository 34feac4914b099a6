import ArgumentParser
import SLOBudgets
import SLOReports

/// Which rate a load test has to reach for a demand that is known per day.
struct CapacityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "capacity",
    abstract: "The rate to test for: an average demand, its burst, and headroom above it.",
    discussion: """
      As in slogate capacity --per-day 1e6 --burst 20 --headroom 20%: a million requests a day are 11.6/s on average, \
      231.5/s at twenty times that, and 277.8/s with a fifth kept free. The last line is a limit for a budget file, \
      which computes the same.
      """)

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Requests a day, as in 1e6 or 1000000.", valueName: "number"))
  var perDay: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests an hour.", valueName: "number"))
  var perHour: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests a minute.", valueName: "number"))
  var perMinute: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests a second.", valueName: "number"))
  var perSecond: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many times the average arrives at the busiest (default: 1).", valueName: "number"))
  var burst: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What is kept free above the burst: 20% or 0.2 (default: 0%).", valueName: "share"))
  var headroom: String?

  @OptionGroup var output: PrintOptions

  func validate() throws { _ = try capacity() }

  func run() throws {
    let capacity = try capacity()
    try output.print(
      text: { textReport(of: capacity, style: $0) }, json: { jsonReport(of: capacity) })
  }

  private func capacity() throws -> Capacity {
    let demands = [("d", perDay), ("h", perHour), ("min", perMinute), ("s", perSecond)]
      .compactMap { span, number in number.map { "\($0)/\(span)" } }
    guard let demand = demands.first, demands.count == 1 else {
      throw ValidationError(
        (demands.isEmpty ? "Give the demand" : "Give one demand")
          + ": --per-day, --per-hour, --per-minute or --per-second, as in --per-day 1e6.")
    }
    do throws(Quantity.Malformed) {
      return try Capacity(demand: demand, burst: burst, headroom: headroom)
    } catch {
      throw ValidationError(error.message + (error.hint.map { "; \($0)" } ?? ""))
    }
  }
}
