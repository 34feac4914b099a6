import SLOModel
import Testing

@testable import SLOReaders

/// Expected values are worked out by hand unless a comment says otherwise.
@Suite("Figures of the snapshots of a run")
struct SnapshotFiguresTests {
  private func counters(_ values: [String: Double]) -> String {
    "# TYPE jobs_total counter\n"
      + values.sorted { $0.key < $1.key }.map { "jobs_total{queue=\"\($0.key)\"} \($0.value)\n" }.joined()
  }

  private func gauges(_ name: String, _ values: [Double]) -> [String] {
    values.map { "# TYPE \(name) gauge\n\(name) \($0)\n" }
  }

  // MARK: Counters

  @Test("A counter counts what it grew by; one that fell was reset, and one that is new began at 0")
  func counter() throws {
    let result = try Snapshots.read([
      counters(["a": 100, "b": 5]), counters(["a": 130, "b": 2]), counters(["a": 150, "b": 7, "c": 4]),
    ])
    // 30 + 20 of a, 2 + 5 of b, 4 of c.
    #expect(result.value("jobs_total", .count) == 61)
    #expect(result.value("jobs_total", .value) == 161)
    #expect(result.value("jobs_total", .rate) == nil, "the files do not say when they were taken")
  }

  @Test("Of one snapshot a counter has its total since the start, and no count of a run")
  func oneSnapshot() throws {
    let result = try Snapshots.read([counters(["a": 100])])
    #expect(result.value("jobs_total", .value) == 100 && result.value("jobs_total", .count) == nil)
    #expect(result.usable.first?.notices.first?.hasPrefix("one snapshot: ") == true)
  }

  @Test("Times in the text, or a clock of the system's own, give a rate per second in the counter's own unit")
  func rate() throws {
    let timed = [(1_760_000_000_000, 3.0), (1_760_000_010_000, 8.0)].map {
      "# TYPE cpu_seconds_total counter\ncpu_seconds_total \($0.1) \($0.0)\n"
    }
    let result = try Snapshots.read(timed)
    #expect(result.value("cpu_seconds_total", .rate) == 0.5, "seconds a second, as PromQL has it")
    #expect(result.measured("cpu_seconds_total", .count)?.value == 5_000)
    let clocked = [(1_760_000_000, 3.0), (1_760_000_010, 8.0)].map {
      "# TYPE node_time_seconds gauge\nnode_time_seconds \($0.0)\n# TYPE cpu_seconds_total counter\ncpu_seconds_total \($0.1)\n"
    }
    #expect(try Snapshots.read(clocked).value("cpu_seconds_total", .rate) == 0.5)
  }

  @Test("A snapshot without times has no place between those of a file that has several")
  func mixedTimes() throws {
    let timeline = "r_total 2000 1700000000000\nr_total 2001 1700000060000\n"
    for texts in [["r_total 1000\n", timeline], [timeline, "r_total 5000\n"]] {
      let result = try Snapshots.read(texts.map { "# TYPE r_total counter\n" + $0 })
      #expect(result.usable == [])
      #expect(
        result.errors.first?.description.hasSuffix(
          ": found a snapshot without times, beside a file of several times; expected times in all files of a run, or in"
            + " none; give the file of several times a name of its own, as in --evidence NAME=FILE") == true)
    }
  }

  @Test(
    "A value that is infinite, or a total that is NaN, is not passed over: there is no figure, and a warning")
  func numberless() throws {
    let good = "# TYPE g gauge\ng 5\n# TYPE c_total counter\nc_total 1\n# TYPE other gauge\nother 1\n"
    for value in ["+Inf", "-Inf"] {
      let result = try Snapshots.read([good, good.replacing("g 5", with: "g \(value)")])
      #expect(result.value("g", .maximum) == nil && result.value("c_total", .count) == 0)
      #expect(
        result.usable.first?.warnings == [
          "values of g are infinite or no number: no figure is made of what is left"
        ])
    }
    let result = try Snapshots.read([good, good.replacing("c_total 1", with: "c_total NaN")])
    #expect(result.value("c_total", .count) == nil && result.value("g", .maximum) == 5)
  }

  @Test("A histogram whose sum is NaN has percentiles, and no mean")
  func numberlessSum() throws {
    let text = { (sum: String) in
      "# TYPE h histogram\nh_bucket{le=\"1\"} 10\nh_bucket{le=\"+Inf\"} 10\nh_sum \(sum)\nh_count 10\n"
    }
    let result = try Snapshots.read([text("NaN")])
    #expect(result.value("h", .median) == 0.5 && result.value("h", .average) == nil)
    #expect(try Snapshots.read([text("5")]).value("h", .average) == 0.5)
  }

  // MARK: Gauges

  @Test("A gauge has its last value, its extremes and its mean")
  func gauge() throws {
    let result = try Snapshots.read(gauges("open_connections", [4, 10, 1, 5]))
    for (statistic, value) in [
      (Statistic.value, 5.0), (.minimum, 1), (.maximum, 10), (.average, 5), (.growth, 0),
    ] {
      #expect(result.value("open_connections", statistic) == value, "\(statistic)")
    }
  }

  @Test(
    "Gauges of several series are added up; their extremes are those of single ones; shares are not added up")
  func severalGauges() throws {
    let text = "# TYPE heap_bytes gauge\nheap_bytes{pod=\"a\"} 100\nheap_bytes{pod=\"b\"} 300\n"
    let result = try Snapshots.read([text])
    #expect(result.value("heap_bytes", .value) == 400 && result.value("heap_bytes", .maximum) == 300)
    let shares = "# TYPE hit_ratio gauge\nhit_ratio{pod=\"a\"} 0.9\nhit_ratio{pod=\"b\"} 0.5\n"
    let mixed = try Snapshots.read([shares])
    #expect(mixed.value("hit_ratio", .value) == nil && mixed.value("hit_ratio", .average) == 0.7)
  }

  @Test("A metric whose values cannot be in the unit of its name has none")
  func impossibleUnit() throws {
    let result = try Snapshots.read([
      "# TYPE a_ratio gauge\na_ratio 3\n# TYPE limit_bytes gauge\nlimit_bytes -1\n"
    ])
    #expect(result.measured("a_ratio", .value)?.unit == .unitless)
    #expect(result.measured("limit_bytes", .value).map { [$0.value] } == [-1])
    #expect(result.measured("limit_bytes", .value)?.unit == .unitless)
  }

  @Test("What keeps rising has a growth, in its unit and over the whole run")
  func growth() throws {
    let result = try Snapshots.read(gauges("process_resident_memory_bytes", [100, 110, 130, 140, 150]))
    // A slope of 12.9 a step (scipy.stats.theilslopes) over four steps, and no more than lies between 100 and 150.
    #expect(result.measured("process_resident_memory_bytes", .growth)?.value == 50)
    #expect(result.measured("process_resident_memory_bytes", .growth)?.unit == .bytes)
    #expect(result.measured("process_resident_memory_bytes", .growth)?.better == .lower)
    let few = try Snapshots.read(gauges("process_resident_memory_bytes", [100, 110, 130]))
    #expect(few.value("process_resident_memory_bytes", .growth) == nil)
    let same = try Snapshots.read(gauges("process_resident_memory_bytes", [100, 100, 100]))
    #expect(
      same.value("process_resident_memory_bytes", .growth) == 0,
      "files of the same bytes are snapshots as well")
  }

  // MARK: Label sets

  @Test("Label sets are read where an entry names them and a limit their metric")
  func labelSets() throws {
    let texts = [counters(["a": 1, "b": 1]), counters(["a": 4, "b": 9])]
    let result = try Snapshots.read(texts, wanted: ["jobs_total"], subjects: ["queue=\"b\"*"])
    #expect(result.subjects == ["queue=\"b\""] && result.value("jobs_total", .count, of: "queue=\"b\"") == 8)
    #expect(try Snapshots.read(texts, subjects: ["queue=*"]).subjects == [])
    #expect(try Snapshots.read(texts, wanted: ["jobs_total"], subjects: ["*"]).subjects == [])
  }

  @Test("Labels in braces add up the series that have them")
  func selections() throws {
    let text = { (scale: Double) in
      "# TYPE r_total counter\nr_total{code=\"500\",pod=\"a\"} \(scale)\nr_total{code=\"503\",pod=\"a\"} \(2 * scale)\n"
        + "r_total{code=\"500\",pod=\"b\"} \(3 * scale)\nr_total{code=\"200\",pod=\"b\"} \(9 * scale)\n"
    }
    let result = try Snapshots.read([text(1), text(2)], wanted: ["r_total{code:5*}"])
    // 1 + 2 + 3 of the codes that begin with 5.
    #expect(result.value("r_total{code:5*}", .count) == 6)
    let exact = try Snapshots.read([text(1), text(2)], wanted: ["r_total{code:500,pod:b}"])
    #expect(exact.value("r_total{code:500,pod:b}", .count) == 3)
    let none = try Snapshots.read([text(1), text(2)], wanted: ["r_total{code:404}"])
    #expect(none.value("r_total{code:404}", .count) == nil)
  }

  @Test("What gives access in a label is not in the name of a subject")
  func secrets() throws {
    let text = "# TYPE g gauge\ng{url=\"https://user:secret@a.example/x?token=secret\"} 1\n"
    let result = try Snapshots.read([text], wanted: ["g"], subjects: ["url=*"])
    #expect(result.subjects.count == 1 && !result.subjects.joined().contains("secret"))
    let named = "# TYPE g gauge\ng{api_key=\"hunter2\",key=\"orders\"} 1\n"
    #expect(
      try Snapshots.read([named], wanted: ["g"], subjects: ["*orders*"]).subjects
        == ["api_key=\"{token}\",key=\"orders\""])
  }

  // MARK: Order and origin

  @Test("A restart, another system and the wrong order are said")
  func doubts() throws {
    let start = { (time: Int, jobs: Int) in
      "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds \(time)\n# TYPE jobs_total counter\njobs_total \(jobs)\n"
    }
    let restarted = try Snapshots.read([start(1_760_000_000, 50), start(1_760_000_900, 7)])
    #expect(restarted.value("jobs_total", .count) == 7)
    #expect(restarted.usable.first?.warnings.first?.hasPrefix("a process was restarted between ") == true)
    let turned = try Snapshots.read([start(1_760_000_900, 7), start(1_760_000_000, 50)])
    #expect(turned.usable == [] && turned.errors.first?.found.contains("started before that of") == true)
    let others = try Snapshots.read([start(1_760_000_000, 50), counters(["a": 1]), gauges("x_y", [1])[0]])
    #expect(others.usable.first?.warnings.last?.contains("is it of the same system?") == true)
    let falling = try Snapshots.read([counters(["a": 9, "b": 9]), counters(["a": 1, "b": 1])])
    #expect(falling.usable.first?.warnings.first?.hasPrefix("most counters count less between ") == true)
  }
}
