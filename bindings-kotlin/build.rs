//! Says to the linker what the target asks for.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Newer phones have memory pages of 16 KB, and load no library that is aligned for smaller ones. NDKs before r27 ask
    // for 4 KB unless told.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "android") {
        println!("cargo:rustc-link-arg-cdylib=-Wl,-z,max-page-size=16384");
    }
}
