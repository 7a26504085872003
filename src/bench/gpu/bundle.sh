#!/usr/bin/env bash
# Makes target/digitlab-gpu.tar.gz: all that verifies the engine cuda on a machine that has an NVIDIA driver, but neither Java nor a network.
#
#     src/bench/gpu/bundle.sh FOLDER        # with the four files of MNIST
#
# Needs what the build needs, and JAVA_HOME at the JDK 25. Unpack it there and run digitlab-gpu/verify.sh.
set -euo pipefail
data="$(cd "${1:?Say in which folder the four files of MNIST are.}" && pwd)"
cd "$(dirname "$0")/../../.."
bundle=target/digitlab-gpu
jdk="${JAVA_HOME:?Point JAVA_HOME at a JDK 25.}"
[ "$("$jdk/bin/jlink" --version | cut -d . -f 1)" -ge 25 ] || { echo "Point JAVA_HOME at a JDK 25; $jdk is older." >&2; exit 1; }
rm -rf "$bundle" "$bundle.tar.gz"
mkdir -p "$bundle/app" "$bundle/mnist"

mvn --quiet ${MAVEN_ARGS:-} package -DskipTests
mvn --quiet ${MAVEN_ARGS:-} dependency:copy-dependencies -DoutputDirectory="$bundle/app" \
  -DincludeGroupIds=org.junit.jupiter,org.junit.platform,org.opentest4j,org.slf4j,org.jspecify

cp target/digitlab.jar "$bundle/app/"
"$jdk/bin/jar" --create --file "$bundle/app/tests.jar" -C target/test-classes digitlab/net -C target/test-classes digitlab/testing \
  -C target/test-classes digitlab/engine/cuda
"$jdk/bin/jlink" --add-modules java.base,java.logging,java.net.http,jdk.incubator.vector,jdk.unsupported \
  --strip-debug --no-header-files --no-man-pages --compress=zip-6 --output "$bundle/runtime"
for file in train-images-idx3 train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do
  cp "$data/$file-ubyte"* "$bundle/mnist/"
done
cp src/bench/gpu/verify.sh src/bench/gpu/pytorch.py "$bundle/"

tar --create --gzip --file "$bundle.tar.gz" --directory target digitlab-gpu
bytes="$(stat --format=%s "$bundle.tar.gz")"
echo "$bundle.tar.gz: $((bytes / 1048576)) MiB"
[ "$bytes" -lt $((64 << 20)) ] || { echo "That is more than 64 MiB." >&2; exit 1; }
