// swift-tools-version: 6.2
import PackageDescription

/// CI builds with every warning an error; a user's newer compiler may warn about more than ours did.
let warningsAreErrors = Context.environment["SLOGATE_WARNINGS_AS_ERRORS"] != nil

let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (warningsAreErrors ? [.treatAllWarnings(as: .error)] : [])

/// The modules of the library, lowest first. A module imports only what its list names.
let modules: [(name: String, imports: [Target.Dependency])] = [
  ("SLOSupport", ["CNettle"]),
  ("SLOStatistics", ["SLOSupport"]),
  ("SLOModel", ["SLOSupport", "SLOStatistics"]),
  ("SLOReaders", ["SLOModel", "SLOSupport", "SLOStatistics", "CISAL", "CZlib"]),
  ("SLOBudgets", ["SLOModel", "SLOSupport", "SLOReaders", "CLibYAML"]),
  ("SLOHistory", ["SLOModel", "SLOSupport", "SLOStatistics", "SLOReaders", "CSQLite"]),
  ("SLOGate", ["SLOModel", "SLOSupport", "SLOStatistics", "SLOReaders", "SLOBudgets", "SLOHistory"]),
  (
    "SLOCheck",
    ["SLOModel", "SLOSupport", "SLOStatistics", "SLOReaders", "SLOBudgets", "SLOHistory", "SLOGate"]
  ),
  (
    "SLOReports",
    ["SLOModel", "SLOSupport", "SLOStatistics", "SLOReaders", "SLOBudgets", "SLOHistory", "SLOGate"]
  ),
]

/// The files of `slogate init`, compiled in: the executable needs no folder next to it. Those of k6 are links to the
/// scripts that this repository runs itself.
let starterFiles: [Resource] = [
  "k6/baseline.js", "k6/endpoints.js", "k6/endpoints-in-job.js", "k6/requirements.txt", "k6/spike.js",
  "workflows/budget-review.yml", "workflows/performance-comment.yml", "workflows/performance-deployed.yml",
  "workflows/performance-in-job.yml",
].map { .embedInCode("Starter/" + $0) }

let command: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let libraries = modules.map { Target.Dependency.target(name: $0.name) }

let package = Package(
  name: "slogate",
  products: [
    .library(name: "SLOGate", targets: modules.map(\.name)),
    .executable(name: "slogate", targets: ["slogate"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
    .executableTarget(
      name: "slogate", dependencies: libraries + [command], resources: starterFiles, swiftSettings: settings),
    .executableTarget(
      name: "slogate-example", dependencies: ["SLOCheck", "SLOReaders", "SLOReports"], path: "Examples/Gate",
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["SLOModel", "SLOReaders"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "slogateTests", dependencies: libraries + ["slogate", "slogate-example", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: settings),
  ]
    + modules.map { .target(name: $0.name, dependencies: $0.imports, swiftSettings: settings) }
    + modules.map {
      .testTarget(
        name: $0.name + "Tests", dependencies: [.target(name: $0.name), "TestSupport"] + $0.imports,
        resources: $0.name == "SLOSupport" ? [] : [.copy("Fixtures")], swiftSettings: settings)
    }
)
