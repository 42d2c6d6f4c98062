#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| klokuur_tests::fuzzed::snapshot(data));
