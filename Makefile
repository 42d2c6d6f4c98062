# `make help` lists every target. Nothing here needs more than its own toolchain: what a target needs, it sets up.
.DEFAULT_GOAL := help
SHELL := /bin/bash
N ?= 1000000
SEED ?= 1
PARTS := rust python spark docs kotlin swift

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-16s %s\n", $$1, $$2}'

.PHONY: demo
demo: ## The Monday-morning report of the sample seller, and its page in target
	@mkdir -p target
	@cargo run --release --quiet -p klokuur-cli -- report core/examples/data --now 2026-11-09T08:00:00+01:00 --lang en -o target/report.html

.PHONY: page-check
page-check: ## axe-core on the sample seller's page: both languages, light and dark, three widths (needs chromium and npm)
	@tools/page-check.sh

.PHONY: replay
replay: ## What is in a case log, and which rows cannot be used: make replay LOG=FILE MAPPING=NAME
	@cargo run --release --quiet -p klokuur-cli -- check $(or $(LOG),core/examples/data/cases.csv) $(if $(MAPPING),--mapping $(MAPPING))

.PHONY: test
test: ## Everything CI checks, in every language whose toolchain is here
	@tools/test.sh $(PARTS)

.PHONY: test-rust
test-rust: ## Rust: format, lints, tests, doctests, examples, documentation
	cargo fmt --all --check
	tools/tested.sh clippy --all-targets -- -D warnings
	tools/tested.sh test
	tools/features.sh
	tools/counts.sh check
	RUSTDOCFLAGS="-D warnings" cargo doc --release -p klokuur --all-features --no-deps --quiet

.PHONY: package-rust
package-rust: ## Rust: the crates as crates.io would have them, built and tested from what is packed alone
	tools/package-rust.sh

.PHONY: features
features: ## Rust: the core with each subject and option, with and without each other
	tools/features.sh

.PHONY: test-python
test-python: ## Python: the extension, its tests, the types that checkers see
	bindings-python/tools/test.sh

.PHONY: zones
zones: ## Python: every zone beside zoneinfo with the newest tzdata package, 1900 to 2100, twice a day
	bindings-python/tools/zones.sh

.PHONY: holidays
holidays: ## Python: every built-in country beside the package holidays, 1990 to 2050, with the reason of each difference
	bindings-python/tools/holidays.sh

.PHONY: test-spark
test-spark: ## Python: klokuur.spark on a cluster of two workers
	bindings-python/tools/test-spark.sh

.PHONY: docs test-docs docs-look
docs: ## The documentation's pages with the references of Rust and Python, into target/docs; every link is checked
	tools/docs.sh build

test-docs: ## Every example of the documentation, its pictures, the table of other libraries; then the pages and their links
	tools/docs.sh test
	tools/docs.sh build

docs-look: ## The built pages at the widths of a phone and a desk: nothing runs out, nothing is loaded from elsewhere (needs chromium)
	tools/docs.sh look

.PHONY: bench-python
bench-python: ## Python: rows per second beside pandas, Polars, DuckDB and others, and beside the core
	bindings-python/tools/bench.sh

.PHONY: bench-peers
bench-peers: ## Rows per second beside peers in Rust, Python and JavaScript, and how a row's cost grows, into benches/RESULTS.md
	bindings-python/tools/bench.sh peers

.PHONY: stubs
stubs: ## Python: write the stubs of the extension again
	cd bindings-python && source tools/environment.sh && python tools/stubs.py

.PHONY: wheel-python
wheel-python: ## Python: a manylinux wheel in bindings-python/dist, tried in an empty environment
	bindings-python/tools/wheel.sh

.PHONY: test-kotlin
test-kotlin: ## Kotlin: the facade and its lints, the generated sources, the tests and the sample app
	cargo clippy --release -p klokuur-ffi -p klokuur-bindgen --no-deps --all-targets --quiet -- -D warnings
	cargo test --release -p klokuur-ffi --quiet
	bindings-kotlin/build.sh kotlin
	$(MAKE) --no-print-directory calls
	cd bindings-kotlin/kotlin && mvn -q -B -ntp install
	bindings-kotlin/kotlin/outside/run.sh

.PHONY: outside-kotlin
outside-kotlin: ## Kotlin: a project outside takes the installed jar, as it is and as R8 leaves it (part of test-kotlin)
	bindings-kotlin/kotlin/outside/run.sh

.PHONY: test-swift
test-swift: ## Swift: the same; on Debian, as root, the toolchain is set up too
	bindings-kotlin/swift/toolchain.sh setup
	bindings-kotlin/build.sh swift
	bindings-kotlin/swift/toolchain.sh run swift test

.PHONY: package-kotlin
package-kotlin: ## Kotlin: the jar with the small library (AARCH64=1: 64-bit Arm too, NATIVE=FOLDER: those there too), its sources and documentation
	PROFILE=phone AARCH64=$(AARCH64) NATIVE=$(NATIVE) bindings-kotlin/build.sh kotlin
	cd bindings-kotlin/kotlin && mvn -q -B -ntp install -DskipTests -Prelease

.PHONY: cross-kotlin check-phones
cross-kotlin: ## Kotlin: the jar with the library for 64-bit Arm too, run there by qemu (on Debian, as root, the toolchain is set up too)
	$(MAKE) --no-print-directory package-kotlin AARCH64=1
	bindings-kotlin/cross.sh test
check-phones: ## Kotlin and Swift: the facade compiles for Android and iOS (without their linkers; set up as above)
	bindings-kotlin/cross.sh check

.PHONY: docs-kotlin docs-swift
docs-kotlin: ## Kotlin: the pages of the API by Dokka, in kotlin/target/dokka
	bindings-kotlin/build.sh kotlin
	cd bindings-kotlin/kotlin && mvn -q -B -ntp -Prelease org.jetbrains.dokka:dokka-maven-plugin:dokka
docs-swift: ## Swift: the same by DocC, in swift/.build/docs (of the tree that has the toolchain)
	bindings-kotlin/swift/toolchain.sh setup
	bindings-kotlin/build.sh swift
	bindings-kotlin/swift/toolchain.sh run ./docs.sh

.PHONY: swift-package
swift-package: ## Swift: what the package at the root needs before another package takes this checkout by its path
	bindings-kotlin/build.sh swift

.PHONY: soak-kotlin soak-swift
soak-kotlin: ## Kotlin: create and drop 1,000,000 objects with a flat resident size, and arguments that nobody else holds
	bindings-kotlin/build.sh kotlin
	cd bindings-kotlin/kotlin && mvn -q -B -ntp test -Dtest=CollectedSoak -DargLine="-Xmx24m -XX:+UseSerialGC"
	cd bindings-kotlin/kotlin && mvn -q -B -ntp test -Dtest=Soak -DargLine=-Xmx128m
soak-swift: ## Swift: the same
	bindings-kotlin/build.sh swift
	bindings-kotlin/swift/toolchain.sh run swift run -c release Measure soak

.PHONY: bench-kotlin bench-swift
bench-kotlin: ## Kotlin: the cost of one call, and of a row in a batch call
	bindings-kotlin/build.sh kotlin
	cd bindings-kotlin/kotlin && mvn -q -B -ntp test -Dtest=Bench,StartUp
bench-swift: ## Swift: the same
	bindings-kotlin/build.sh swift
	bindings-kotlin/swift/toolchain.sh run swift run -c release Measure bench

.PHONY: service-soak
service-soak: ## The example service, killed at random under clients: make service-soak KILLS=100 CLIENTS=50
	KILLS=$(or $(KILLS),100) CLIENTS=$(or $(CLIENTS),50) cargo test -q -p klokuur-service killed -- --nocapture

.PHONY: oracle
oracle: ## N random comparisons with the slow oracle (make oracle N=1000000 SEED=1)
	cargo run --release --quiet --config 'profile.release.package.klokuur-tests.opt-level=3' -p klokuur-tests --bin oracle -- --n $(N) --seed $(SEED)

.PHONY: model
model: ## N random logs, weeks, accounts, scores and ledgers beside the second models of the domain (make model N=10000)
	MODEL=$(N) tools/tested.sh test --test all -- model:: s5_the_ledger s6_a_reported

.PHONY: growth
growth: ## Instructions of each constructor, parser, fold and column at n and 2n parts (needs valgrind)
	tools/growth.sh

.PHONY: bench
bench: ## Nanoseconds per row, beside a plain subtraction
	cargo bench -p klokuur-benches

.PHONY: counts
counts: ## Instructions of each hot call, written into benches/counts.txt (needs valgrind); test-rust checks them
	tools/counts.sh write

.PHONY: sample
sample: ## Make the sample seller again (core/examples/data), from its seed
	cargo run --release --quiet -p klokuur --example make_sample_seller -- core/examples/data
	gzip -9 -n -c core/examples/data/cases.csv > bindings-python/python/klokuur/_sample_data/cases.csv.gz

.PHONY: trust
trust: ## What the library is built from: counts, findings, a bill of materials in target
	tools/trust.py

.PHONY: public-api
public-api: ## Write the list of the core's public items again (tests/public-api.txt), and look at what changed
	tools/public-api.sh write
	@git diff --stat -- tests/public-api.txt

.PHONY: release-check
release-check: ## Everything short of publishing: each package built, looked at and tried in an empty place (RELEASING.md)
	tools/release-check.sh

.PHONY: fuzz
fuzz: ## Fuzz every target for T seconds each, or one: make fuzz T=60 ONLY=hours (needs cargo-fuzz)
	tools/fuzz.sh $(or $(T),60) $(ONLY)

.PHONY: coverage
coverage: ## Lines of the core that tests and examples run, file by file: make coverage LEAST=97 (needs LLVM's tools)
	tools/coverage.sh $(or $(LEAST),97)

.PHONY: mutants
mutants: ## Every small change of the domain, tried by the tests that reach it: make mutants SUBJECTS="nps sla" (needs cargo-mutants; an hour)
	tools/mutants.sh $(SUBJECTS)

.PHONY: calls
calls: ## Kotlin and Swift: everything that the facade exports is called through its C interface (part of test-kotlin)
	bindings-kotlin/build.sh python
	bindings-kotlin/every_call.py "$$(source tools/cargo-facts.sh && target_folder)/calls" $(or $(ROUNDS),20) $(SEED)

.PHONY: memcheck
memcheck: ## Memory that crosses into other languages, under valgrind: make memcheck PART="facade calls python" ROUNDS=3
	ROUNDS=$(or $(ROUNDS),3) tools/memcheck.sh $(PART)

.PHONY: deny
deny: ## Licences, bans and sources of every dependency (needs cargo-deny)
	cargo deny --all-features check licenses bans sources

.PHONY: fmt
fmt: ## Format the Rust code
	cargo fmt --all
