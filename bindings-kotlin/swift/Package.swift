// swift-tools-version: 6.0
import PackageDescription

// The tests and samples, as a package outside that depends on the one at the root of the repository by its path.
let klokuur = Target.Dependency.product(name: "Klokuur", package: "Klokuur")

let package = Package(
    name: "KlokuurSamples",
    platforms: [.macOS(.v14), .iOS(.v17)],
    dependencies: [.package(name: "Klokuur", path: "../..")],
    targets: [
        // Swift 6.0's own library of Observation leaves a symbol open on Linux, which nothing calls.
        .executableTarget(
            name: "SellerInbox", dependencies: [klokuur],
            linkerSettings: [.unsafeFlags(["-Xlinker", "--allow-shlib-undefined"], .when(platforms: [.linux]))]),
        // The soak and the table of costs.
        .executableTarget(name: "Measure", dependencies: [klokuur]),
        // A process takes time zone data once: the tests start this one.
        .executableTarget(name: "NewerZones", dependencies: [klokuur]),
        .testTarget(name: "KlokuurTests", dependencies: [klokuur, "NewerZones"]),
        .testTarget(name: "SellerInboxTests", dependencies: ["SellerInbox"]),
    ]
)
