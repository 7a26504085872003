#!/bin/sh
# Compiles the kernels for the chips that people have, and PTX for later ones, with nvcc 13. Run it after a change in this folder; the
# digest tells the tests which sources the binary was made of.
set -e
cd "$(dirname "$0")"
into=../resources/digitlab/engine/cuda
mkdir -p "$into"
${NVCC:-nvcc} -O3 -std=c++17 -fatbin --compress-mode=size -t 0 \
  -gencode arch=compute_80,code=sm_80 -gencode arch=compute_86,code=sm_86 -gencode arch=compute_89,code=sm_89 \
  -gencode arch=compute_90,code=sm_90 -gencode arch=compute_90,code=compute_90 \
  kernels.cu -o "$into/kernels.fatbin"
cat $(LC_ALL=C ls *.cu *.cuh) | sha256sum | cut -d ' ' -f 1 > "$into/kernels.sha256"
ls -l "$into/kernels.fatbin"
