// swift-tools-version: 6.0
import PackageDescription

// KlokuurFFI is the C interface of the Rust library: its header and module map are made by ../build.sh, and the
// static library libklokuur_ffi.a is found by `-Xlinker -L<folder>`.
let package = Package(
    name: "Klokuur",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [.library(name: "Klokuur", targets: ["Klokuur"])],
    targets: [
        .systemLibrary(name: "KlokuurFFI"),
        .target(
            name: "Klokuur",
            dependencies: ["KlokuurFFI"],
            linkerSettings: [.linkedLibrary("klokuur_ffi"), .linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .executableTarget(name: "SellerInbox", dependencies: ["Klokuur"]),
        // The soak and the table of costs: no product.
        .executableTarget(name: "Measure", dependencies: ["Klokuur"]),
        .testTarget(name: "KlokuurTests", dependencies: ["Klokuur"]),
        .testTarget(name: "SellerInboxTests", dependencies: ["SellerInbox"]),
    ]
)
