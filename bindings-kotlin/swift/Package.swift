// swift-tools-version: 6.0
import Foundation
import PackageDescription

// KlokuurFFI is the C interface of the Rust library: its header and module map are made by ../build.sh, and the
// static library libklokuur_ffi.a is found by `-Xlinker -L<folder>`. Where xcframework.sh has made a framework, that is it.
let framework = "KlokuurFFI.xcframework"
let isFramework = FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let package = Package(
    name: "Klokuur",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [.library(name: "Klokuur", targets: ["Klokuur"])],
    targets: [
        isFramework ? .binaryTarget(name: "KlokuurFFI", path: framework) : .systemLibrary(name: "KlokuurFFI"),
        .target(
            name: "Klokuur",
            dependencies: ["KlokuurFFI"],
            linkerSettings: isFramework
                ? [] : [.linkedLibrary("klokuur_ffi"), .linkedLibrary("m", .when(platforms: [.linux]))]
        ),
        .executableTarget(name: "SellerInbox", dependencies: ["Klokuur"]),
        // The soak and the table of costs: no product.
        .executableTarget(name: "Measure", dependencies: ["Klokuur"]),
        .testTarget(name: "KlokuurTests", dependencies: ["Klokuur"]),
        .testTarget(name: "SellerInboxTests", dependencies: ["SellerInbox"]),
    ]
)
