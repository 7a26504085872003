// The output layer of one image: what the network answers, how wrong that is, and the gradient with respect to z. A warp a row.
#pragma once
#include "job.cuh"

constexpr u32 WARP = 0xFFFFFFFFu;

/// The sum over the 32 lanes, in every lane, always added in the same order.
DEVICE float warp_sum(float value) {
  for (int i = 16; i > 0; i /= 2) value += __shfl_xor_sync(WARP, value, i);
  return value;
}

DEVICE float warp_max(float value) {
  for (int i = 16; i > 0; i /= 2) value = fmaxf(value, __shfl_xor_sync(WARP, value, i));
  return value;
}

struct Judgement {
  float loss;
  int hit;  // 1 if the label has the largest output, the first of the largest counting
};

/// Reads z and writes y and delta, `classes` each. Every lane gets the judgement.
DEVICE Judgement judge_row(const Job& job, int activation, int classes, int label, float scale, const float* z, float* y, float* delta) {
  const int lane = threadIdx.x % 32;
  float largest = 0, sum = 1;
  if (activation == SOFTMAX) {
    largest = -INFINITY;
    sum = 0;
    for (int c = lane; c < classes; c += 32) largest = fmaxf(largest, z[c]);
    largest = warp_max(largest);
    for (int c = lane; c < classes; c += 32) sum += expf(z[c] - largest);
    sum = warp_sum(sum);
  }
  float loss = 0, dot = 0, best = -INFINITY;
  int answer = classes;
  for (int c = lane; c < classes; c += 32) {
    const float output = activation == SOFTMAX ? expf(z[c] - largest) / sum : activate(activation, z[c]);
    const float error = output - (c == label ? 1 : 0);
    y[c] = output;
    if (output > best || answer == classes) {
      best = output;
      answer = c;
    }
    if (job.loss == MSE) {
      loss += 0.5f * error * error;
      dot += error * output;
    } else if (job.loss == CROSS_ENTROPY) {
      loss += c == label ? logf(sum) + largest - z[c] : 0;
    } else {
      loss += softplus(z[c]) - (c == label ? z[c] : 0);
    }
  }
  loss = warp_sum(loss);
  dot = warp_sum(dot);
  for (int i = 16; i > 0; i /= 2) {
    const float value = __shfl_xor_sync(WARP, best, i);
    const int other = __shfl_xor_sync(WARP, answer, i);
    if (other < classes && (answer == classes || value > best || (value == best && other < answer))) {
      best = value;
      answer = other;
    }
  }
  for (int c = lane; c < classes; c += 32) {
    float error = y[c] - (c == label ? 1 : 0);
    if (job.loss == MSE) error = activation == SOFTMAX ? y[c] * (error - dot) : error * slope(activation, z[c]);
    delta[c] = error * scale;
  }
  return {loss, answer == label ? 1 : 0};
}

/// Adds up what the rows came to: one warp does it.
DEVICE void report(const float* rowLosses, const int* rowHits, int rows, Result* result) {
  const int lane = threadIdx.x % 32;
  float loss = 0, hits = 0;
  for (int row = lane; row < rows; row += 32) {
    loss += rowLosses[row];
    hits += (float)rowHits[row];
  }
  loss = warp_sum(loss);
  hits = warp_sum(hits);
  if (lane == 0) *result = {loss / rows, (int)hits};
}
