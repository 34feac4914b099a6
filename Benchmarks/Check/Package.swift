// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "check-benchmark",
  dependencies: [.package(name: "slogate", path: "../..")],
  targets: [
    .executableTarget(name: "make-history", dependencies: [.product(name: "SLOGate", package: "slogate")])
  ]
)
