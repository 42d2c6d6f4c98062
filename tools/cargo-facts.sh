# Sourced, in a folder of the project: what Cargo knows and scripts ask for.

# Where Cargo builds.
target_folder() { cargo metadata --format-version 1 --no-deps | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p'; }

# The version of all packages: `workspace_version Cargo.toml`.
workspace_version() { sed -n '/^\[workspace.package\]/,/^$/s/^version = "\(.*\)"/\1/p' "$1"; }
