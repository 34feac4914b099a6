// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "reports-benchmark",
  dependencies: [.package(name: "slogate", path: "../..")],
  targets: [
    .executableTarget(
      name: "reports-benchmark", dependencies: [.product(name: "SLOGate", package: "slogate")],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
      ])
  ]
)
