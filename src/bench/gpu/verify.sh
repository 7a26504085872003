#!/usr/bin/env bash
# Verifies Digit Lab's engine cuda on the card of this machine, in at most ten minutes. Needs an NVIDIA driver and nothing else; python3
# with torch and compute-sanitizer are used where they are. Run it where the bundle was unpacked:
#
#     ./verify.sh [IMAGES]        # of MNIST's 60,000; fewer only to see that it runs
#
# Ends with 0 if the contract holds and the trainings reach their accuracy. All that is printed is also in report.txt. A part that takes
# too long is ended, which the report says.
set -uo pipefail
cd "$(dirname "$0")"
images="${1:-60000}"
java=(runtime/bin/java --enable-native-access=ALL-UNNAMED --add-modules jdk.incubator.vector -Dslf4j.internal.verbosity=ERROR)
[ -n "${DIGITLAB_CUDA_DRIVER:-}" ] && java+=("-Ddigitlab.cuda.driver=$DIGITLAB_CUDA_DRIVER")
java+=(-cp 'app/*')
contract=(digitlab.testing.TestRunner digitlab.net.EngineContractTest digitlab.net.EnginesLearnAlikeTest)
failed=0

# part SECONDS COMMAND…: the command's exit status, said where it is not 0
part() {
  local limit="$1" start="$SECONDS" status=0
  shift
  timeout --kill-after=5 "$limit" "$@" || status=$?
  case "$status" in
    0) echo "## ($((SECONDS - start)) s)" ;;
    124 | 137) echo "## ENDED after $limit s" ;;
    *) echo "## exit $status after $((SECONDS - start)) s" ;;
  esac
  return "$status"
}

verify() {
  echo "## Digit Lab's engine cuda, $(date -u '+%Y-%m-%d %H:%M UTC')"
  if command -v nvidia-smi > /dev/null; then
    nvidia-smi --query-gpu=name,driver_version,memory.total,memory.free --format=csv,noheader
  fi
  echo "CUDA_VISIBLE_DEVICES=${CUDA_VISIBLE_DEVICES:-} $(nproc) processors"

  echo "## Contract: the numbers of a network in double precision, whatever trains"
  part 120 "${java[@]}" "${contract[@]}" | awk '!seen[$0]++' || failed=1  # what is skipped says so once

  peers=()
  if python3 -c 'import torch; assert torch.cuda.is_available()' 2> /dev/null; then
    echo "## PyTorch: what is slow to prepare comes last"
    part 210 python3 pytorch.py > pytorch.txt
    cat pytorch.txt
    peers=(pytorch.txt)
  else
    echo "## No PyTorch that can use the card: the tables have our side only"
  fi

  part 120 "${java[@]}" digitlab.engine.cuda.CardReport mnist "$images" "${peers[@]}" || failed=1

  if command -v compute-sanitizer > /dev/null; then
    for tool in memcheck racecheck synccheck initcheck; do
      echo "## compute-sanitizer, $tool: every kernel, on small networks"
      part 35 compute-sanitizer --tool "$tool" --error-exitcode 9 --target-processes all --print-limit 20 \
        "${java[@]}" digitlab.engine.cuda.Exercise || failed=1
    done
  else
    echo "## No compute-sanitizer here"
  fi
  [ "$failed" = 0 ] && echo "## All is well, after $SECONDS s" || echo "## SOMETHING FAILED, after $SECONDS s"
  return "$failed"
}

verify 2>&1 | tee report.txt
exit "${PIPESTATUS[0]}"
