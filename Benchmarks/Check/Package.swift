// swift-tools-version: 6.2
import PackageDescription

/// The identity of slogate's package: its folder's name as a C identifier. Under it a benchmark sees what is declared
/// `package`, as slogate's own targets do.
let slogate = Context.packageDirectory.split(separator: "/").dropLast(2).suffix(1).joined().lowercased()
  .map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
let inside = SwiftSetting.unsafeFlags(["-package-name", slogate])

let package = Package(
  name: "check-benchmark",
  dependencies: [.package(name: "slogate", path: "../..")],
  targets: [
    .executableTarget(
      name: "make-history", dependencies: [.product(name: "SLOGate", package: "slogate")],
      packageAccess: false, swiftSettings: [inside])
  ]
)
