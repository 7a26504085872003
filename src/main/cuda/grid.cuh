// Networks of any size: all blocks of the card train one network, many batches in one launch. A step is a few phases, each a product
// of matrices that is cut into tiles; between two phases all blocks meet. Everything is added in an order that depends on nothing but
// the sizes and the card.
#pragma once
#include "judge.cuh"

namespace grid {

constexpr int THREADS = 256;
constexpr int SLICES = 4;                  // the sum of a tile is cut into four, each for 64 threads
constexpr int SLICE = THREADS / SLICES;    // 8 by 8 threads

constexpr int ROOM_FOR_TILES = (sizeof(Job) + sizeof(Step) + 15) / 16 * 16;

/// An operand: lines of numbers, and perhaps a 1 behind each line, which is the input of the biases.
struct Floats {
  const float* at;
  int lines, width;

  METHOD float get(int line, int position) const { return line < lines && position < width ? at[(size_t)line * width + position] : 0; }
};

/// What a layer reads, with the ones: the images of the batch, 0…1, or the outputs of the layer below.
struct Inputs {
  const u8* pixels;  // or null
  const int* numbers;
  int stride;
  Floats outputs;

  METHOD float get(int line, int position) const {
    if (line >= outputs.lines || position > outputs.width) return 0;
    if (position == outputs.width) return 1;
    if (pixels) return pixels[(size_t)numbers[line] * stride + position] * (1 / 255.0f);
    return outputs.at[(size_t)line * outputs.width + position];
  }
};

/// A square of 8R by 8R numbers of a product, R by R for each thread of a slice.
template <int R>
struct Tile {
  static constexpr int SIDE = 8 * R;
  static constexpr int DEPTH = 128 / R;              // of the operands that are in shared memory at a time
  static constexpr int LOADS = SIDE * DEPTH / THREADS;
  static constexpr int STRIDE = SIDE + 4;            // keeps banks apart
  static constexpr int FLOATS = SLICES * SIDE * SIDE > 2 * DEPTH * STRIDE ? SLICES * SIDE * SIDE : 2 * DEPTH * STRIDE;

  /// Which of the numbers of a side is number e of thread t (of 8): in fours, so that four are read at once.
  static METHOD int place(int t, int e) { return e / 4 * 32 + t * 4 + e % 4; }

  /// Which number of a side and which depth load `e` of this thread is for: neighbours in memory to neighbouring threads.
  static METHOD void source(bool deep, int e, int* side, int* depth) {
    const int i = threadIdx.x + e * THREADS;
    *side = deep ? i / DEPTH : i % SIDE;
    *depth = deep ? i % DEPTH : i / SIDE;
  }

  /// sum over k of a(m, k) b(k, n) for the tile at (top, left) of (rows, columns); `done(m, n, sum)` is called for each number.
  /// A_DEEP: the lines of operand a run along k; B_DEEP: those of b do.
  template <bool A_DEEP, bool B_DEEP, class A, class B, class Done>
  METHOD void multiply(int top, int left, int rows, int columns, int depth, const A& a, const B& b, float* shared, const Done& done) {
    float* sharedA = shared;                   // (DEPTH, STRIDE)
    float* sharedB = shared + DEPTH * STRIDE;
    const int slice = threadIdx.x / SLICE, tm = threadIdx.x % SLICE / 8, tn = threadIdx.x % 8;
    float sum[R][R] = {}, nextA[LOADS], nextB[LOADS];
    auto load = [&](int from) {
#pragma unroll
      for (int e = 0; e < LOADS; e++) {
        int side, k;
        source(A_DEEP, e, &side, &k);
        nextA[e] = from + k < depth ? (A_DEEP ? a.get(top + side, from + k) : a.get(from + k, top + side)) : 0;
        source(B_DEEP, e, &side, &k);
        nextB[e] = from + k < depth ? (B_DEEP ? b.get(left + side, from + k) : b.get(from + k, left + side)) : 0;
      }
    };
    load(0);
    for (int from = 0; from < depth; from += DEPTH) {
      __syncthreads();  // the numbers before these have been used
#pragma unroll
      for (int e = 0; e < LOADS; e++) {
        int side, k;
        source(A_DEEP, e, &side, &k);
        sharedA[k * STRIDE + side] = nextA[e];
        source(B_DEEP, e, &side, &k);
        sharedB[k * STRIDE + side] = nextB[e];
      }
      __syncthreads();
      if (from + DEPTH < depth) load(from + DEPTH);  // on their way while we compute
#pragma unroll
      for (int i = 0; i < DEPTH / SLICES; i++) {
        const int k = slice * (DEPTH / SLICES) + i;
        float partA[R], partB[R];
#pragma unroll
        for (int e = 0; e < R; e += 4) {
          *(float4*)(partA + e) = *(const float4*)(sharedA + k * STRIDE + place(tm, e));
          *(float4*)(partB + e) = *(const float4*)(sharedB + k * STRIDE + place(tn, e));
        }
#pragma unroll
        for (int m = 0; m < R; m++)
#pragma unroll
          for (int n = 0; n < R; n++) sum[m][n] += partA[m] * partB[n];
      }
    }
    __syncthreads();
#pragma unroll
    for (int i = 0; i < R; i++)
#pragma unroll
      for (int j = 0; j < R; j += 4)
        *(float4*)(shared + (slice * SIDE + place(tm, i)) * SIDE + place(tn, j)) = make_float4(sum[i][j], sum[i][j + 1], sum[i][j + 2], sum[i][j + 3]);
    __syncthreads();
#pragma unroll 1
    for (int i = threadIdx.x; i < SIDE * SIDE; i += THREADS) {
      const int m = top + i / SIDE, n = left + i % SIDE;
      if (m < rows && n < columns) {
        float total = shared[i];
#pragma unroll
        for (int s = 1; s < SLICES; s++) total += shared[s * SIDE * SIDE + i];
        done(m, n, total);
      }
    }
  }
};

/// A product of (rows, depth) and (depth, columns), shared out among the blocks from block `first` on. Returns the block behind the last.
template <bool A_DEEP, bool B_DEEP, class A, class B, class Done>
DEVICE int product(int first, int rows, int columns, int depth, const A& a, const B& b, float* shared, const Done& done) {
  auto tiles = [&](auto tile) {
    constexpr int SIDE = decltype(tile)::SIDE;
    const int across = pieces(columns, SIDE), count = pieces(rows, SIDE) * across, blocks = gridDim.x;
    for (int t = (blockIdx.x + blocks - first) % blocks; t < count; t += blocks)
      tile.template multiply<A_DEEP, B_DEEP>(t / across * SIDE, t % across * SIDE, rows, columns, depth, a, b, shared, done);
    return (first + count) % blocks;
  };
  const bool enough = pieces(rows, 64) * pieces(columns, 64) >= (int)gridDim.x;  // large tiles only if every block gets one
  return enough ? tiles(Tile<8>()) : tiles(Tile<4>());
}

/// One step of one network; all threads of the grid go through it together.
struct Worker {
  const Job& job;
  const Step& step;
  float* shared;
  u32* barrier;

  METHOD Inputs inputs(int l) const {
    const float* outputs = l == 0 ? nullptr : job.y + job.layers[l - 1].unitsAt;
    return {l == 0 ? step.pixels : nullptr, step.numbers, job.imageStride, {outputs, step.rows, job.layers[l].in}};
  }

  METHOD Floats deltas(int l) const { return {job.delta + job.layers[l].unitsAt, step.rows, job.layers[l].out}; }

  /// z = x W + b, and what the layer passes on.
  METHOD void forward(int l) const {
    const Layer& layer = job.layers[l];
    const Floats weights = {job.parameters + layer.weightsAt, layer.in + 1, layer.out};
    const Dropout dropout = dropout_of(job, step, l);
    float *z = job.z + layer.unitsAt, *y = job.y + layer.unitsAt;
    product<true, false>(0, step.rows, layer.out, layer.in + 1, inputs(l), weights, shared, [&](int row, int o, float sum) {
      const size_t i = (size_t)row * layer.out + o;
      z[i] = sum;
      y[i] = pass(dropout, i, activate(layer.activation, sum));
    });
  }

  METHOD void judge() const {
    const Layer& layer = job.layers[job.layerCount - 1];
    for (int row = blockIdx.x * (THREADS / 32) + threadIdx.x / 32; row < step.rows; row += gridDim.x * (THREADS / 32)) {
      const size_t at = layer.unitsAt + (size_t)row * layer.out;
      float* y = job.kind == PREDICT ? step.outputs + (size_t)row * layer.out : job.y + at;
      const int label = step.labels[step.numbers[row]];
      const Judgement judgement = judge_row(job, layer.activation, layer.out, label, 1.0f / step.rows, job.z + at, y, job.delta + at);
      if (threadIdx.x % 32 == 0) {
        job.rowLosses[row] = judgement.loss;
        job.rowHits[row] = judgement.hit;
      }
    }
  }

  /// The gradient with respect to the z of the layer below layer l. Returns which block is free first.
  METHOD int backward(int l) const {
    const Layer &layer = job.layers[l], &below = job.layers[l - 1];
    const Floats weights = {job.parameters + layer.weightsAt, layer.in, layer.out};
    const Dropout dropout = dropout_of(job, step, l - 1);
    const float* z = job.z + below.unitsAt;
    float* into = job.delta + below.unitsAt;
    return product<true, true>(0, step.rows, layer.in, layer.out, deltas(l), weights, shared, [&](int row, int i, float sum) {
      const size_t at = (size_t)row * layer.in + i;
      into[at] = pass(dropout, at, sum) * slope(below.activation, z[at]);
    });
  }

  /// The gradient of the weights and biases of layer l, and what the optimiser makes of it, beginning with block `first`.
  METHOD int change(int first, int l) const {
    const Layer& layer = job.layers[l];
    return product<false, false>(first, layer.in + 1, layer.out, step.rows, inputs(l), deltas(l), shared, [&](int i, int o, float gradient) {
      const int at = layer.weightsAt + i * layer.out + o;
      if (job.kind == TRAIN) job.parameters[at] = update(job, step, i < layer.in, job.parameters[at], gradient, job.slots, at);
      else job.gradient[at] = gradient;
    });
  }

  METHOD void run(Result* result) const {
    const int last = job.layerCount - 1;
    for (int l = 0; l <= last; l++) {
      forward(l);
      grid_barrier(barrier);
    }
    judge();
    grid_barrier(barrier);
    if (blockIdx.x == 0 && threadIdx.x < 32) report(job.rowLosses, job.rowHits, step.rows, result);
    for (int l = job.kind == PREDICT ? -1 : last; l >= 0; l--) {
      int first = l > 0 ? backward(l) : 0;
      // a layer changes when its weights have been gone through backwards; the first has nothing below it
      for (int c = l + 1; c > l || (l == 0 && c == 0); c--)
        if (c <= last) first = change(first, c);
      grid_barrier(barrier);
    }
  }
};

}  // namespace grid

KERNEL(256, 1) train_grid(Job* const* jobs) {
  SHARED_MEMORY(memory);
  Job* described = jobs[0];
  Job& job = *(Job*)memory;
  Step& step = *(Step*)(memory + sizeof(Job));
  copy_words(&job, described, sizeof(Job));
  for (int s = 0; ; s++) {
    __syncthreads();  // the step before is over for all
    if (s == job.stepCount) break;
    copy_words(&step, job.steps + s, sizeof(Step));
    __syncthreads();
    grid::Worker{job, step, (float*)(memory + grid::ROOM_FOR_TILES), &described->barrier}.run(job.results + s);
  }
}
REGISTER_KERNEL(train_grid)
