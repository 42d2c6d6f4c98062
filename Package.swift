// swift-tools-version: 6.0
import Foundation
import PackageDescription

// The Swift package, from a checkout or by URL. KlokuurFFI is the C interface of the Rust library; it comes
// - from KlokuurFFI.xcframework beside the sources, which xcframework.sh makes on a Mac,
// - or from a release: `release` names the zip of that framework and its checksum, which xcframework.sh prints,
// - or from a static library, which `make swift-package` puts beside the sources together with the generated Swift.
let folder = "bindings-kotlin/swift"
let release: (url: String, checksum: String)? = nil

func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(path)") }

let framework = "\(folder)/KlokuurFFI.xcframework"
let library: Target
let linked: [LinkerSetting]
if exists(framework) {
    (library, linked) = (.binaryTarget(name: "KlokuurFFI", path: framework), [])
} else if let release {
    (library, linked) = (.binaryTarget(name: "KlokuurFFI", url: release.url, checksum: release.checksum), [])
} else {
    library = .systemLibrary(name: "KlokuurFFI", path: "\(folder)/Sources/KlokuurFFI")
    linked = [
        .unsafeFlags(["-L\(Context.packageDirectory)/\(folder)/lib"]), .linkedLibrary("klokuur_ffi"),
        .linkedLibrary("m", .when(platforms: [.linux])),
    ]
}
if !exists("\(folder)/Sources/Klokuur/Generated.swift") {
    fatalError("the Swift sources of this checkout are not made yet: run `make swift-package` in it, which needs Rust")
}

let package = Package(
    name: "Klokuur",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [.library(name: "Klokuur", targets: ["Klokuur"])],
    targets: [
        library,
        .target(
            name: "Klokuur", dependencies: ["KlokuurFFI"], path: "\(folder)/Sources/Klokuur", linkerSettings: linked),
    ]
)
