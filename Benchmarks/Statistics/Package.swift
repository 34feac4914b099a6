// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "statistics-benchmark",
  dependencies: [.package(name: "slogate", path: "../..")],
  targets: [
    .executableTarget(
      name: "statistics-benchmark", dependencies: [.product(name: "SLOGate", package: "slogate")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ]
)
