#!/usr/bin/env bash
# Builds the project outside with the installed jar, and runs it as it is, shrunk by R8 with the rules of the jar, and
# on a platform that the jar has no library for.
set -euo pipefail
cd "$(dirname "$0")"
# What was compiled against the jar of before would run against this one.
rm -rf target
mvn -q -B -ntp package
main=outside.AppKt built=target/outside-1.jar
path="$built:$(echo target/lib/*.jar | tr ' ' ':')"
java -cp "$path" $main >target/plain.txt
head -n "$(wc -l <expected.txt)" target/plain.txt | diff expected.txt -

# The Android build takes the rules from the jar by itself.
unzip -q -o target/lib/klokuur-*.jar 'META-INF/proguard/*' -d target
cat >target/app.pro <<'RULES'
-keep class outside.AppKt { public static void main(java.lang.String[]); }
# Of the other libraries, what is for other platforms and tools.
-dontwarn **
RULES
home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
rm -f target/shrunk.jar
java -cp target/tools/r8.jar com.android.tools.r8.R8 --classfile --release --lib "$home" \
    --pg-conf target/app.pro --pg-conf target/META-INF/proguard/klokuur.pro --output target/shrunk.jar \
    "$built" target/lib/*.jar >target/r8.log 2>&1 || { cat target/r8.log >&2; exit 1; }
java -cp target/shrunk.jar $main >target/shrunk.txt
diff target/plain.txt target/shrunk.txt
kept=$(unzip -l target/shrunk.jar | grep -c 'klokuur/.*\.class$' || true)
all=$(unzip -l target/lib/klokuur-*.jar | grep -c 'klokuur/.*\.class$')

if java -Djna.prefix=plan9-x86-64 -cp "$path" $main >target/missing.txt 2>&1; then
    echo "outside: it ran without a native library" >&2
    exit 1
fi
grep -q "native library cannot be loaded on plan9-x86-64: accepted is " target/missing.txt || { cat target/missing.txt >&2; exit 1; }
echo "outside: Kotlin 2.1 and Java took the jar; R8 left $kept of its $all classes, and they answered the same"
