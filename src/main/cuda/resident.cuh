// Small networks: one block trains one network, many batches in one launch, without leaving its multiprocessor. Parameters, the batch
// and all that is between them lie in shared memory; several networks train side by side, a block each. While a batch is worked on,
// the next one is on its way in registers. The products with the images, which take most of the time, run on the tensor cores.
//
// In shared memory rows of weights and of units are padded with zeros to multiples of four (of 16 where they meet the images), so
// that everything is read in fours and no inner loop asks where it ends. What lies behind a row may be read; it only ever meets zeros
// or becomes a number that nobody asks for.
#pragma once
#include "judge.cuh"
#include "parts.cuh"

namespace resident {

constexpr int THREADS = 512;
constexpr int AHEAD = 4;  // pieces of 16 bytes of the next batch that a thread holds

DEVICE int fours(int n) { return (n + 3) / 4; }

/// The units of a layer.
struct Units {
  const float* at;
  int stride;

  METHOD float4 four(int row, int from) const { return *(const float4*)(at + row * stride + from); }
};

/// Weights as they lie: four neighbouring columns for a thread.
struct Weights {
  const float* at;
  int stride;

  METHOD float4 four(int k, int column, int) const { return *(const float4*)(at + k * stride + 4 * column); }
  static METHOD int column(int left, int j, int) { return 4 * left + j; }
};

/// Weights transposed: the four columns of a thread are as far apart as there are threads beside it, which keeps banks apart.
struct Transposed {
  const float* at;
  int stride;

  METHOD float4 line(int column, int from) const { return *(const float4*)(at + column * stride + from); }
  static METHOD int column(int left, int j, int across) { return left + j * across; }
};

DEVICE void load(const Weights& b, int k, int left, int, float4* four) {
#pragma unroll
  for (int i = 0; i < 4; i++) four[i] = b.four(k + i, left, 0);
}

DEVICE void load(const Transposed& b, int k, int left, int across, float4* four) {
  float4 line[4];
#pragma unroll
  for (int j = 0; j < 4; j++) line[j] = b.line(b.column(left, j, across), k);
  four[0] = make_float4(line[0].x, line[1].x, line[2].x, line[3].x);
  four[1] = make_float4(line[0].y, line[1].y, line[2].y, line[3].y);
  four[2] = make_float4(line[0].z, line[1].z, line[2].z, line[3].z);
  four[3] = make_float4(line[0].w, line[1].w, line[2].w, line[3].w);
}

DEVICE void add(float* sum, float factor, const float4& four) {
  sum[0] += factor * four.x;
  sum[1] += factor * four.y;
  sum[2] += factor * four.z;
  sum[3] += factor * four.w;
}

/// One network.
struct Worker {
  const Job& job;
  float* memory;

  METHOD float* weights(int l) const { return memory + job.layers[l].roomForWeights; }
  METHOD float* biases(int l) const { return weights(l) + job.layers[l].biasLine * job.layers[l].weightStride; }
  METHOD float* z(int l) const { return memory + job.layers[l].roomForZ; }
  METHOD float* y(int l) const { return z(l) + job.paddedRows * job.layers[l].unitStride; }
  METHOD float* delta(int l) const { return y(l) + job.paddedRows * job.layers[l].unitStride; }
  METHOD u16* pixels() const { return (u16*)(memory + job.roomForPixels); }
  METHOD int pixelStride() const { return job.imageStride + 8; }  // keeps banks apart
  METHOD Units units(int l) const { return {y(l), job.layers[l].unitStride}; }

  /// A product of (4 down, 4 depth) and (4 depth, 4 across): 4 by 4 numbers a thread, and where threads are left, several for the
  /// pieces of one sum. `done(row, column, sum)` is called for each number, behind a barrier; one more has to follow.
  template <class A, class B, class Done>
  METHOD void multiply(int down, int across, int depth, const A& a, const B& b, const Done& done) const {
    float* sums = memory + job.roomForSums;  // (splits, 16, tiles)
    const int tiles = down * across;
    int splits = min(min(THREADS / tiles, depth), job.sums / (16 * tiles));
    if (splits < 1) splits = 1;
    for (int t = threadIdx.x; t < tiles * splits; t += THREADS) {
      const int split = t / tiles, tile = t % tiles, top = tile / across, left = tile % across;
      float sum[4][4] = {};
#pragma unroll 1
      for (int k = depth * split / splits; k < depth * (split + 1) / splits; k++) {
        float4 four[4];
        load(b, 4 * k, left, across, four);
#pragma unroll
        for (int i = 0; i < 4; i++) {
          const float4 value = a.four(top + i * down, 4 * k);
          add(sum[i], value.x, four[0]);
          add(sum[i], value.y, four[1]);
          add(sum[i], value.z, four[2]);
          add(sum[i], value.w, four[3]);
        }
      }
#pragma unroll
      for (int e = 0; e < 16; e++) sums[(split * 16 + e) * tiles + tile] = sum[e / 4][e % 4];
    }
    __syncthreads();
#pragma unroll 1
    for (int t = threadIdx.x; t < 16 * tiles; t += THREADS) {
      const int e = t / tiles, tile = t % tiles;
      float total = 0;
      for (int split = 0; split < splits; split++) total += sums[(split * 16 + e) * tiles + tile];
      done(tile / across + e / 4 * down, B::column(tile % across, e % 4, across), total);
    }
  }

  /// What is done with the sums of layer l: `done(row, neuron, sum)`.
  template <class Then>
  METHOD void with_outputs(const Step& step, int l, float scale, const Then& then) const {
    const Layer& layer = job.layers[l];
    const Dropout dropout = dropout_of(job, step, l);
    const float* bias = biases(l);
    float *zs = z(l), *ys = y(l);
    then([&](int row, int o, float sum) {
      const float value = sum * scale + bias[o];
      zs[row * layer.unitStride + o] = value;
      ys[row * layer.unitStride + o] = pass(dropout, (u64)row * layer.out + o, activate(layer.activation, value));
    });
  }

  METHOD void forward(const Step& step, int l) const {
    const Layer& layer = job.layers[l];
    if (l == 0) {
      with_outputs(step, 0, 1 / 255.0f, [&](const auto& done) { multiply_images(step, done); });
    } else {
      const Weights b = {weights(l), layer.weightStride};
      with_outputs(step, l, 1, [&](const auto& done) { multiply(fours(step.rows), fours(layer.out), fours(layer.in), units(l - 1), b, done); });
    }
  }

  /// Images times the weights of the first layer, on the tensor cores: each warp has a part of the pixels.
  template <class Done>
  METHOD void multiply_images(const Step& step, const Done& done) const {
    const Layer& layer = job.layers[0];
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, g = lane / 4, q = lane % 4;
    const int downs = pieces(step.rows, 16), acrosses = pieces(layer.out, 8), depth = job.imageStride / 16;
    const int size = downs * 16 * acrosses * 8;
    const int splits = min(min(THREADS / 32, depth), job.sums / size);
    float* sums = memory + job.roomForSums;  // (splits, rows, columns)
    if (warp < splits) {
      const u32* x = (const u32*)pixels();
      const int stride = pixelStride() / 2;
      for (int across = 0; across < acrosses; across++) {
        for (int down = 0; down < downs; down += 2) {
          float sum[2][4] = {};
          for (int k = depth * warp / splits; k < depth * (warp + 1) / splits; k++) {
            const float* w = weights(0) + (16 * k + 2 * q) * layer.weightStride + 8 * across + g;
            u32 b[PARTS][2];
            split_pair(w[0], w[layer.weightStride], &b[0][0], 2);
            split_pair(w[8 * layer.weightStride], w[9 * layer.weightStride], &b[0][1], 2);
#pragma unroll
            for (int d = 0; d < 2; d++) {
              if (down + d < downs) {
                const u32* at = x + ((down + d) * 16 + g) * stride + 8 * k + q;
                const u32 a[4] = {at[0], at[8 * stride], at[4], at[8 * stride + 4]};
#pragma unroll
                for (int p = PARTS - 1; p >= 0; p--) mma_bf16(sum[d], a, b[p]);  // the smallest first
              }
            }
          }
#pragma unroll
          for (int d = 0; d < 2; d++)
#pragma unroll
            for (int i = 0; i < 4; i++)
              if (down + d < downs)
                sums[warp * size + ((down + d) * 16 + g + i / 2 * 8) * acrosses * 8 + 8 * across + 2 * q + i % 2] = sum[d][i];
        }
      }
    }
    __syncthreads();
    const int columns = 4 * fours(layer.out);
#pragma unroll 1
    for (int t = threadIdx.x; t < 4 * fours(step.rows) * columns; t += THREADS) {
      const int row = t / columns, o = t % columns;
      float total = 0;
      for (int split = 0; split < splits; split++) total += sums[split * size + row * acrosses * 8 + o];
      done(row, o, total);
    }
  }

  /// The outputs, their gradient and how right they are. Rows that only fill up to four have none, and nobody asks for it.
  METHOD void judge(const Step& step, const u8* labels, float* losses, int* hits) const {
    const int last = job.layerCount - 1;
    const Layer& layer = job.layers[last];
    for (int row = threadIdx.x / 32; row < step.rows; row += THREADS / 32) {
      const int at = row * layer.unitStride;
      const Judgement judgement =
          judge_row(job, layer.activation, layer.out, labels[row], 1.0f / step.rows, z(last) + at, y(last) + at, delta(last) + at);
      if (threadIdx.x % 32 == 0) {
        losses[row] = judgement.loss;
        hits[row] = judgement.hit;
      }
    }
  }

  /// The gradient with respect to the z of the layer below layer l.
  METHOD void backward(const Step& step, int l) const {
    const Layer &layer = job.layers[l], &below = job.layers[l - 1];
    const Dropout dropout = dropout_of(job, step, l - 1);
    const float* zs = z(l - 1);
    float* into = delta(l - 1);
    const Units deltas = {delta(l), layer.unitStride};
    multiply(fours(step.rows), fours(layer.in), fours(layer.out), deltas, Transposed{weights(l), layer.weightStride}, [&](int row, int i, float sum) {
      const int at = row * below.unitStride + i;
      into[at] = pass(dropout, (u64)row * layer.in + i, sum) * slope(below.activation, zs[at]);
    });
  }

  METHOD void change(const Step& step, const Slots& slots, int l, int line, int o, float gradient) const {
    const Layer& layer = job.layers[l];
    const bool weight = line < layer.in;
    float& w = weights(l)[(weight ? line : layer.biasLine) * layer.weightStride + o];
    w = update(job, step, weight, w, gradient, slots, layer.weightsAt + line * layer.out + o);
  }

  /// The weights of the first layer, on the tensor cores: the gradient is deltas, transposed, times images.
  METHOD void change_image_weights(const Step& step, const Slots& slots) const {
    constexpr int TILES = 4;  // of eight pixels: so many use what was split once
    const Layer& layer = job.layers[0];
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, g = lane / 4, q = lane % 4;
    const int depth = pieces(step.rows, 16), across = pieces(layer.in, 8 * TILES);
    const u16* x = pixels();
    const int stride = pixelStride();
    for (int t = warp; t < across * pieces(layer.out, 16); t += THREADS / 32) {
      const int left = t % across * 8 * TILES, top = t / across * 16;
      float sum[TILES][4] = {};
      for (int k = 0; k < depth; k++) {
        u32 a[PARTS][4];
#pragma unroll
        for (int i = 0; i < 4; i++) {
          const int row = 16 * k + 2 * q + i / 2 * 8, o = top + g + i % 2 * 8;
          const float* d = delta(0) + row * layer.unitStride + o;
          const bool there = o < layer.out;
          split_pair(there ? d[0] : 0, there ? d[layer.unitStride] : 0, &a[0][i], 4);
        }
#pragma unroll
        for (int j = 0; j < TILES; j++) {
          const u16* at = x + (16 * k + 2 * q) * stride + left + 8 * j + g;
          if (left + 8 * j < layer.in) {
            const u32 b[2] = {at[0] | (u32)at[stride] << 16, at[8 * stride] | (u32)at[9 * stride] << 16};
#pragma unroll
            for (int p = PARTS - 1; p >= 0; p--) mma_bf16(sum[j], a[p], b);
          }
        }
      }
#pragma unroll
      for (int j = 0; j < TILES; j++)
#pragma unroll
        for (int i = 0; i < 4; i++) {
          const int o = top + g + i / 2 * 8, pixel = left + 8 * j + 2 * q + i % 2;
          if (o < layer.out && pixel < layer.in) change(step, slots, 0, pixel, o, sum[j][i] * (1 / 255.0f));
        }
    }
  }

  /// All other weights, and the biases, of all layers at once, so that no thread is without work: four lines and four columns a
  /// thread; the biases are the first of the four lines behind the weights.
  METHOD void change_others(const Step& step, const Slots& slots) const {
    int first = 0;
    for (int l = 0; l < job.layerCount; l++) {
      const Layer& layer = job.layers[l];
      const int across = fours(layer.out), weightTiles = l == 0 ? 0 : fours(layer.in) * across;
      for (int tile = (threadIdx.x + THREADS - first % THREADS) % THREADS; tile < weightTiles + across; tile += THREADS) {
        const bool weight = tile < weightTiles;
        const int top = weight ? tile / across * 4 : layer.in, left = tile % across * 4;
        const float* deltas = delta(l) + left;
        float gradient[4][4] = {};
        for (int row = 0; row < step.rows; row++) {
          const float4 four = *(const float4*)(deltas + row * layer.unitStride);
          const float4 value = weight ? units(l - 1).four(row, top) : make_float4(1, 0, 0, 0);
          add(gradient[0], value.x, four);
          add(gradient[1], value.y, four);
          add(gradient[2], value.z, four);
          add(gradient[3], value.w, four);
        }
        const int lines = weight ? min(4, layer.in - top) : 1, columns = min(4, layer.out - left);
#pragma unroll
        for (int i = 0; i < 4; i++)
#pragma unroll
          for (int j = 0; j < 4; j++)
            if (i < lines && j < columns) change(step, slots, l, top + i, left + j, gradient[i][j]);
      }
      first += weightTiles + across;
    }
  }

  /// Calls `visit(in shared memory, index in device memory)` for each parameter.
  template <class Visit>
  METHOD void parameters(const Visit& visit) const {
    for (int l = 0; l < job.layerCount; l++) {
      const Layer& layer = job.layers[l];
      for (int i = threadIdx.x; i < layer.in * layer.out; i += THREADS)
        visit(weights(l)[i / layer.out * layer.weightStride + i % layer.out], layer.weightsAt + i);
      for (int o = threadIdx.x; o < layer.out; o += THREADS) visit(biases(l)[o], layer.weightsAt + layer.in * layer.out + o);
    }
  }
};

/// The next batch on its way from device memory: loads begin, and the step goes on without waiting for them.
struct Delivery {
  uint4 pixels[AHEAD];
  int label;
  int number;  // of the batch after the next
  u32 word;    // of its description
};

/// What else lies in shared memory, in front of the rest.
struct Desk {
  Job job;
  Step steps[2];
  int numbers[2][THREADS];  // the images of the next two batches
  u8 labels[2][THREADS];
  float losses[THREADS];
  int hits[THREADS];
};
static_assert(sizeof(Desk) == 12584, "as in digitlab.engine.cuda.Room");

/// The 16 bytes that piece `i` of a batch is: of the row's image, or zeros below the last row.
DEVICE uint4 piece(const Step& step, const int* numbers, int stride, int i) {
  const int row = i / (stride / 16);
  if (row >= step.rows) return make_uint4(0, 0, 0, 0);
  return *(const uint4*)(step.pixels + (size_t)numbers[row] * stride + i % (stride / 16) * 16);
}

/// Brings what the optimiser remembers into shared memory; `room` is where there is some.
DEVICE void bring(float*& slot, float** room, int count) {
  if (!slot) return;
  for (int i = threadIdx.x; i < count; i += THREADS) (*room)[i] = slot[i];
  slot = *room;
  *room += count;
}

DEVICE void take_back(float* to, const float* from, int count) {
  if (!to) return;
  for (int i = threadIdx.x; i < count; i += THREADS) to[i] = from[i];
}

/// Sixteen pixels as bfloat16, where they belong.
DEVICE void put(const Worker& worker, int i, const uint4& bytes) {
  const int inRow = worker.job.imageStride / 16;
  uint4* to = (uint4*)(worker.pixels() + i / inRow * worker.pixelStride() + i % inRow * 16);
  to[0] = make_uint4(bytes_to_bf16<0>(bytes.x), bytes_to_bf16<2>(bytes.x), bytes_to_bf16<0>(bytes.y), bytes_to_bf16<2>(bytes.y));
  to[1] = make_uint4(bytes_to_bf16<0>(bytes.z), bytes_to_bf16<2>(bytes.z), bytes_to_bf16<0>(bytes.w), bytes_to_bf16<2>(bytes.w));
}

DEVICE void train(const Job* described, unsigned char* base) {
  const int t = threadIdx.x;
  Desk& desk = *(Desk*)base;
  const Job& job = desk.job;
  copy_words(&desk.job, described, sizeof(Job));
  __syncthreads();
  const Worker worker = {job, (float*)(base + (sizeof(Desk) + 15) / 16 * 16)};
  for (int i = t; i < job.roomForAll; i += THREADS) worker.memory[i] = 0;
  copy_words(desk.steps, job.steps, sizeof(Step));
  __syncthreads();
  worker.parameters([&](float& w, int at) { w = job.parameters[at]; });
  Slots slots = job.slots;
  if (job.roomForSlots >= 0) {
    float* room = worker.memory + job.roomForSlots;
    bring(slots.means, &room, job.parameterCount);
    bring(slots.squares, &room, job.parameterCount);
  }
  // the first batch is waited for, all others come while the one before is worked on
  const int parts = job.paddedRows * job.imageStride / 16;
  if (t < desk.steps[0].rows) {
    desk.numbers[0][t] = desk.steps[0].numbers[t];
    desk.labels[0][t] = desk.steps[0].labels[desk.numbers[0][t]];
  }
  if (job.stepCount > 1) {
    copy_words(desk.steps + 1, job.steps + 1, sizeof(Step));
    __syncthreads();
    if (t < desk.steps[1].rows) desk.numbers[1][t] = desk.steps[1].numbers[t];
  }
  __syncthreads();
  for (int i = t; i < parts; i += THREADS) put(worker, i, piece(desk.steps[0], desk.numbers[0], job.imageStride, i));
  __syncthreads();

  for (int s = 0; s < job.stepCount; s++) {
    const Step& step = desk.steps[s % 2];
    const Step& next = desk.steps[(s + 1) % 2];
    const int* numbers = desk.numbers[(s + 1) % 2];
    const bool more = s + 1 < job.stepCount, evenMore = s + 2 < job.stepCount;
    Delivery coming = {};
    if (more) {
#pragma unroll
      for (int e = 0; e < AHEAD; e++)
        if (t + e * THREADS < parts) coming.pixels[e] = piece(next, numbers, job.imageStride, t + e * THREADS);
      if (t < next.rows) coming.label = next.labels[numbers[t]];
    }
    if (evenMore) {
      const int* number = next.numbers + next.rows + t;
      if (t < job.paddedRows && number < job.numbersEnd) coming.number = *number;
      if (t < (int)sizeof(Step) / 4) coming.word = ((const u32*)(job.steps + s + 2))[t];
    }

    for (int l = 0; l < job.layerCount; l++) {
      worker.forward(step, l);
      __syncthreads();
    }
    worker.judge(step, desk.labels[s % 2], desk.losses, desk.hits);
    __syncthreads();
    if (t < 32) report(desk.losses, desk.hits, step.rows, job.results + s);
    for (int l = job.layerCount - 1; l > 0; l--) {
      worker.backward(step, l);
      __syncthreads();
    }
    worker.change_image_weights(step, slots);
    worker.change_others(step, slots);
    __syncthreads();

    if (more) {
#pragma unroll
      for (int e = 0; e < AHEAD; e++)
        if (t + e * THREADS < parts) put(worker, t + e * THREADS, coming.pixels[e]);
      for (int i = t + AHEAD * THREADS; i < parts; i += THREADS) put(worker, i, piece(next, numbers, job.imageStride, i));
      desk.labels[(s + 1) % 2][t] = (u8)coming.label;
      desk.numbers[s % 2][t] = coming.number;
      if (t < (int)sizeof(Step) / 4) ((u32*)(desk.steps + s % 2))[t] = coming.word;
      __syncthreads();
    }
  }

  worker.parameters([&](float& w, int at) { job.parameters[at] = w; });
  if (job.roomForSlots >= 0) {
    take_back(job.slots.means, slots.means, job.parameterCount);
    take_back(job.slots.squares, slots.squares, job.parameterCount);
  }
}

}  // namespace resident

KERNEL(512, 1) train_resident(Job* const* jobs) {
  SHARED_MEMORY(memory);
  resident::train(jobs[blockIdx.x], memory);
}
REGISTER_KERNEL(train_resident)
