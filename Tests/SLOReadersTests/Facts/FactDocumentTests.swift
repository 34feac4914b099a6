import SLOModel
import SLOStatistics
import Testing

@testable import SLOReaders

@Suite("Facts in JSON")
struct FactDocumentTests {
  @Test(
    "A fact is a figure of its subject in the canonical unit, and of the run as a whole where it has none")
  func figures() throws {
    let result = try FactFiles.read(
      FactFiles.document(
        """
        {"name":"cdn_hit_rate","subject":"cdn","value":93,"unit":"percent","better":"higher","samples":1200},
        {"name":"queue_depth","value":-3.5},
        {"name":"requests","subject":"cdn","value":120,"unit":"/min"},
        {"name":"latency.p95","value":0.4,"unit":"s","better":"lower"},
        {"name":"orders.count","value":3}
        """))
    #expect(result.errors.isEmpty && result.usable.map(\.profile) == ["facts"])
    #expect(result.line("cdn_hit_rate", of: "cdn") == "0.93 ratio higher 1200")
    #expect(result.line("queue_depth") == "-3.5 unitless - -")
    #expect(result.line("requests", of: "cdn") == "2.0 /s - -")
    #expect(result.line("latency", .p95) == "400.0 ms lower -")
    #expect(result.line("orders", .count) == "3.0 count - -")
    #expect(result.usable.first?.measurements.count == 5)
  }

  @Test("Observations give the statistics that raw samples have, and their distribution")
  func observations() throws {
    var options = ReadOptions()
    options.demand = { SampleDemand(percentiles: [Statistic(rawValue: "p75")]) }
    let result = try FactFiles.read(
      FactFiles.document(
        "{\"name\":\"render\",\"samples\":[40,10,30,20],\"unit\":\"ms\",\"better\":\"lower\"}"),
      options: options)
    // numpy.percentile([10, 20, 30, 40], [50, 75, 90, 95]) = 25, 32.5, 37, 38.5
    #expect(result.line("render", .count) == "4.0 count - -")
    for (statistic, value) in [
      (Statistic.average, 25.0), (.minimum, 10), (.median, 25), (.maximum, 40), (.p90, 37), (.p95, 38.5),
      (Statistic(rawValue: "p75"), 32.5),
    ] {
      #expect(result.line("render", statistic) == "\(value) ms lower 4", "\(statistic)")
    }
    #expect(result.line("render") == nil)
    #expect(result.usable.first?.distributions.map(\.sketch.count) == [4])
    let both = try FactFiles.read(FactFiles.document("{\"name\":\"render\",\"value\":7,\"samples\":[1,2]}"))
    #expect(both.line("render") == "7.0 unitless - 2" && both.line("render", .maximum) == "2.0 unitless - 2")
  }

  @Test("What has no value is left out, and named; a file that states nothing failed")
  func absent() throws {
    let result = try FactFiles.read(
      FactFiles.document(
        """
        {"name":"a","value":null},{"name":"b","subject":"cdn","samples":[]},{"name":"c","value":1,"samples":0}
        """))
    #expect(result.errors.isEmpty && result.usable.first?.measurements.isEmpty == true)
    #expect(result.usable.first?.notices == ["left out what has no value: \"a\", \"b\" of \"cdn\", \"c\""])
    #expect(result.usable.first?.failure == nil)
    #expect(try FactFiles.read(FactFiles.document("")).usable.first?.failure == "no fact is stated")
  }

  @Test("When, how long and how they were measured stands around them")
  func head() throws {
    let around = """
      ,"started_at":"2026-01-31T12:00:00+01:00","duration":30,"tool":"cdn-report 1.4",
      "conditions":{"region":"eu","pops":3,"cold":true,"none":null}
      """
    let result = try FactFiles.read(FactFiles.document("{\"name\":\"a\",\"value\":1}", around: around))
    let reading = try #require(result.usable.first)
    #expect(reading.startedAt == Timestamp(rfc3339: "2026-01-31T11:00:00Z") && reading.duration == 30)
    #expect(reading.toolVersion == "cdn-report 1.4")
    #expect(reading.conditions == ["region": "eu", "pops": "3", "cold": "true"])
  }

  @Test("A list alone is one of facts where its entries have a name and a value, and nothing else is")
  func recognition() throws {
    let list = try FactFiles.read("[{\"name\":\"a\",\"value\":1,\"range\":\"±2\"}]")
    #expect(list.line("a") == "1.0 unitless - -")
    #expect(
      list.usable.first?.notices == [
        "left out \"range\": of a fact there are name, subject, value, unit, better, samples"
      ])
    #expect(try FactFiles.read("{\"facts\":[{\"name\":\"a\",\"value\":1}]}").line("a") != nil)
    let word = try FactFiles.read("[{\"name\":\"a\",\"value\":true}]")
    #expect(word.errors.map { $0.description.contains("$[0].value") } == [true])
    #expect(try FactFiles.read("{\n\"name\":\"a\",\n\"value\":1\n}").line("a") != nil)
    for other in [
      "[{\"name\":\"a\",\"value\":\"text/html\"}]", "[]", "[1]",
      "{\"facts\":[]}", "{\"facts\":{}}", "{\"name\":\"a\"}", "[{\"value\":1}]",
    ] {
      #expect(try FactFiles.read(other).errors.first?.expected == "a result that slogate reads", "\(other)")
    }
  }

  @Test(
    "What is no fact is an error at its place",
    arguments: [
      (
        "{\"name\":\"a\",\"value\":1},\n{\"name\":\"a\",\"value\":1}",
        "2:9 ($.facts[1].name): found \"a\" a second time, first in line 1; expected every fact once; remove one of the"
          + " two, or give each a subject of its own"
      ),
      (
        "{\"name\":\"a\",\"value\":1,\"bettr\":\"lower\"}",
        "1:61 ($.facts[0].bettr): found the key \"bettr\"; expected one of better, name, samples, subject, unit, value;"
          + " correct the key, or leave it out"
      ),
      (
        "{\"name\":\"a\",\"value\":true}",
        "1:59 ($.facts[0].value): found true; expected a number; write how many checks failed: 0 or 1"
      ),
      (
        "{\"name\":\"a\",\"value\":\"93%\"}",
        "1:59 ($.facts[0].value): found the string \"93%\"; expected a number; write the number alone, without quotes"
          + " or unit"
      ),
      (
        "{\"name\":\"a\",\"value\":93,\"unit\":\"ratio\"}",
        "1:59 ($.facts[0].value): found 93 in ratio; expected a share from 0 to 1; write it as a share of 1, or state"
          + " the unit percent"
      ),
      (
        "{\"name\":\"a\",\"value\":250,\"unit\":\"percent\"}",
        "1:59 ($.facts[0].value): found 250 in percent; expected a share from 0 to 1; correct the script, or state no"
          + " unit where it can be more than 100 %"
      ),
      (
        "{\"name\":\"a\",\"value\":-1,\"unit\":\"ms\"}",
        "1:59 ($.facts[0].value): found -1 in ms; expected a time from 0 up; correct the script, or the unit it states"
      ),
      (
        "{\"name\":\"a\",\"value\":1,\"unit\":\"Kb\"}",
        "1:68 ($.facts[0].unit): found the unit \"Kb\"; expected one of ns, us, ms, s, min, h, B, KB, MB, GB, KiB, MiB,"
          + " GiB, percent, ratio, /s, /min, /h, count, none; write KB"
      ),
      (
        "{\"name\":\"a\",\"value\":1,\"better\":\"up\"}",
        "1:70 ($.facts[0].better): found \"up\"; expected lower or higher; say which way the figure is better, or leave"
          + " it out"
      ),
      (
        "{\"name\":\"a\",\"value\":1,\"samples\":1.5}",
        "1:71 ($.facts[0].samples): found 1.5; expected a whole number from 0 up; write how many observations the value"
          + " rests on, or leave it out"
      ),
      (
        "{\"name\":\"a.p95\",\"samples\":[1]}",
        "1:65 ($.facts[0].samples): found a list of observations of one statistic, p95; expected their number, or the"
          + " metric without a statistic; leave p95 out of the name: all statistics are computed from the list"
      ),
      (
        "{\"name\":\"a\",\"samples\":[1,null]}",
        "1:64 ($.facts[0].samples[1]): found null; expected a number; write the number alone, without quotes or unit"
      ),
      (
        "{\"name\":\"wait_ms\",\"value\":1,\"unit\":\"B\"}",
        "1:74 ($.facts[0].unit): found the unit B of \"wait_ms\", of which its name or a budget file says ms; expected"
          + " one of the two; correct one of them, or declare it: metrics: { NAME: { unit: B } } in a budget file"
      ),
      (
        "{\"name\":\"a\"}",
        "1:39 ($.facts[0]): found no value of \"a\"; expected a value, or a list of samples; write null where there is"
          + " none"
      ),
    ])
  func broken(facts: String, message: String) throws {
    let result = try FactFiles.read(FactFiles.document(facts))
    #expect(result.usable.isEmpty && result.errors.map(\.description) == ["facts.json:" + message])
  }

  @Test("Another version of the form, and a document without facts, are refused")
  func versions() throws {
    #expect(
      try FactFiles.read("{\"schema\":\"slogate.facts/v2\",\"facts\":[]}").errors.map(\.description) == [
        "facts.json:1:11 ($.schema): found the string \"slogate.facts/v2\"; expected \"slogate.facts/v1\"; write the"
          + " facts in that form"
      ])
    #expect(
      try FactFiles.read("{\"schema\":\"slogate.facts/v1\"}").errors.map(\.description) == [
        "facts.json:1:1 ($): found no \"facts\"; expected the list of facts under that key; write \"facts\": [], with"
          + " an object for each fact"
      ])
  }
}

@Suite("Names and units of facts")
struct FactNameTests {
  @Test("The unit is the stated one, else the declared one, else the one that the name ends in")
  func units() throws {
    var options = ReadOptions()
    options.metrics = [
      "pool": DeclaredMetric(unit: SourceUnit(named: "percent"), better: .lower),
      "wait_s": DeclaredMetric(unit: SourceUnit(named: "B")),
    ]
    let result = try FactFiles.read(
      FactFiles.document(
        """
        {"name":"pool","value":70},{"name":"render_ms","value":3},{"name":"render_ms.max","value":2,"unit":"s"},
        {"name":"wait_s","value":4,"unit":"KB"},{"name":"pool","subject":"x","value":0.5,"unit":"ratio","better":"higher"}
        """), options: options)
    #expect(result.errors.isEmpty)
    #expect(
      result.line("pool") == "0.7 ratio lower -" && result.line("pool", of: "x") == "0.5 ratio higher -")
    #expect(result.line("render_ms") == "3.0 ms - -" && result.line("render_ms", .maximum) == "2000.0 ms - -")
    #expect(result.line("wait_s") == "4000.0 B - -")
  }

  @Test("Names are composed, and hold nothing that gives access")
  func names() throws {
    let result = try FactFiles.read(
      FactFiles.document(
        """
        {"name":"e\u{301}tat","subject":"https://u:p@x.example/a?token=abc","value":1},
        {"name":"depth{queue:b, host:a}","value":2}
        """))
    #expect(
      result.usable.first?.measurements.map { [$0.series.endpoint, $0.series.metric] } == [
        ["https://x.example/a", "\u{E9}tat"], ["*", "depth{host:a,queue:b}"],
      ])
    let long = String(repeating: "x", count: 201)
    for name in [long, "a\\u001b[31m", ""] {
      let error = try FactFiles.read(FactFiles.document("{\"name\":\"\(name)\",\"value\":1}")).errors.first
      #expect(error?.place?.description == ":1:47 ($.facts[0].name)")
      #expect(error?.description.contains("\u{1B}") == false)
    }
  }

  @Test("A condition that looks like a secret is refused, and not shown")
  func secrets() throws {
    let around = ",\"conditions\":{\"api_key\":\"hunter2hunter2\"}"
    let error = try #require(
      try FactFiles.read(FactFiles.document("{\"name\":\"a\",\"value\":1}", around: around)).errors.first)
    #expect(error.found == "a condition that looks like a secret" && !error.description.contains("hunter2"))
  }

  @Test("Files of one profile are parts of one run, and two that contradict each other are none")
  func parts() throws {
    let files = ["a", "b"].map { FactFiles.document("{\"name\":\"\($0)\",\"value\":1}") }
    let result = try FactFiles.read(files, as: .named("shop"))
    #expect(result.usable.map(\.profile) == ["facts-shop"])
    #expect(result.line("a") != nil && result.line("b") != nil)
    let twice = try FactFiles.read([files[0], FactFiles.document("{\"name\":\"a\",\"value\":2}")])
    #expect(twice.usable.first?.failure?.contains("give a of \"*\" different values") == true)
  }

  @Test("No cut of a document, and no line of one, makes it crash", arguments: 0..<90)
  func cuts(length: Int) throws {
    let text = FactFiles.document("{\"name\":\"a.p95\",\"value\":1,\"unit\":\"ms\",\"samples\":[1e308,-1]}")
    _ = try FactFiles.read(String(text.prefix(length)))
    _ = try FactFiles.read("{\"name\":\"a\",\"value\":1}\n" + text.prefix(length), ext: "jsonl")
    _ = try FactFiles.read("name,value\n" + text.prefix(length), ext: "csv")
  }
}
