// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "history-benchmark",
  dependencies: [.package(name: "slogate", path: "../..")],
  targets: [
    .executableTarget(
      name: "history-benchmark", dependencies: [.product(name: "SLOGate", package: "slogate")])
  ]
)
