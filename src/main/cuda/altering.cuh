// Changes images at random before they are shown: digitlab.data.Augmenter, byte for byte. A block an image, with the same random
// numbers, which any thread can draw because they are counted; every operation is rounded as Java rounds it.
#pragma once
#include "job.cuh"

namespace altering {

constexpr int THREADS = 128;
constexpr int REACH = 6;  // of the Gaussian, in points: digitlab.data.SmoothField

/// What is to be done, as digitlab.engine.cuda.AlteredImages writes it.
struct Job {
  const u8* pixels;    // of the set, images `stride` bytes apart
  const u8* labels;
  const int* numbers;  // which of its images: (count)
  u8* into;            // (count, stride)
  u8* intoLabels;      // (count)
  u64 key;             // of the random numbers
  u64 shown;           // images before the first one
  double shift, rotate, scale, shear, thickness;  // the most that may happen, as in digitlab.net.Alteration
  int count, width, height, stride;
  int classes;
  int noClass;         // the label of images that belong to none
  int drawn;           // random numbers that an image needs before its elastic distortion
  float strength;      // of the elastic distortion; 0 for none
  float gaussian[2 * REACH + 1];
};

static_assert(sizeof(Job) == 184, "as in digitlab.engine.cuda.AlteredImages");

/// A number whose operations are rounded one by one.
template <class T>
struct Rounded {
  T value;

  friend METHOD Rounded operator+(Rounded a, Rounded b) { return {sum_of(a.value, b.value)}; }
  friend METHOD Rounded operator-(Rounded a, Rounded b) { return {sum_of(a.value, -b.value)}; }
  friend METHOD Rounded operator*(Rounded a, Rounded b) { return {product_of(a.value, b.value)}; }
  friend METHOD Rounded operator/(Rounded a, Rounded b) { return {a.value / b.value}; }  // never fused
};

typedef Rounded<float> Float;
typedef Rounded<double> Double;

/// The series of digitlab.math.Functions: sin for n = 16, 14 … 2, cos for n = 15, 13 … 1.
DEVICE Double series(Double square, int n) {
  Double sum = {1};
  for (; n >= 1; n -= 2) sum = Double{1} - sum * square / Double{(double)(n * (n + 1))};
  return sum;
}

DEVICE Double sine(Double x) {
  const int quarter = (int)(x * Double{0.6366197723675814} + Double{x.value < 0 ? -0.5 : 0.5}).value;
  const Double q = {(double)quarter};
  const Double r = (x - q * Double{0x1.921fb544p0}) - q * Double{0x1.0b4611a626331p-34};
  const Double value = quarter & 1 ? series(r * r, 15) : r * series(r * r, 16);
  return quarter & 2 ? Double{-value.value} : value;
}

DEVICE Double cosine(Double x) { return sine(x + Double{1.5707963267948966}); }

/// The random numbers of one image.
struct Draws {
  u64 key;
  u64 next;

  METHOD u64 bits() { return random_at(key, next++); }

  /// Uniform in [-most, most); none is drawn for 0.
  METHOD Double within(double most) {
    if (most == 0) return {0};
    const Double uniform = {(double)(bits() >> 11) * (1.0 / (1ull << 53))};
    return Double{-most} + (Double{most} - Double{-most}) * uniform;
  }

  /// Uniform in [0, bound).
  METHOD int below(u32 bound) {
    while (true) {
      const u64 product = (bits() >> 32) * bound;
      const u32 low = (u32)product;
      if (low >= bound || low >= (u32)((1ull << 32) % bound)) return (int)(product >> 32);
    }
  }
};

/// How one image is turned, as a whole.
struct Turn {
  Double cos, sin, scaleX, scaleY, shear, shiftX, shiftY;
  Float thickness;
  int label;
};

DEVICE int points(int pixels) { return pixels / 2 + 1; }

struct Worker {
  const Job& job;
  Turn& turn;
  float* memory;

  METHOD int lineStride() const { return job.width + 2; }
  METHOD int lines() const { return job.height + 2; }
  METHOD int pointCount() const { return points(job.width) * points(job.height); }
  METHOD float* drawn() const { return memory; }  // (lines, lineStride), with paper around
  METHOD float* source() const { return job.thickness == 0 ? drawn() : drawn() + lines() * lineStride(); }
  METHOD float* rough() const { return memory + 2 * lines() * lineStride(); }  // (2, points); later they are smooth
  METHOD float* smoothLines() const { return rough() + 2 * pointCount(); }
  METHOD u64 key(int image) const { return random_at(job.key, job.shown + image); }

  METHOD void draw(int image, int number) const {
    Draws draws = {key(image), 0};
    const Double angle = draws.within(job.rotate) * Double{3.141592653589793} / Double{180};
    turn.scaleX = Double{1} / (Double{1} + draws.within(job.scale));
    turn.scaleY = Double{1} / (Double{1} + draws.within(job.scale));
    turn.shear = draws.within(job.shear);
    turn.shiftX = draws.within(job.shift);
    turn.shiftY = draws.within(job.shift);
    turn.cos = cosine(angle);
    turn.sin = sine(angle);
    if (job.strength != 0) draws.next += 2 * pointCount();
    turn.thickness = {(float)draws.within(job.thickness).value};
    const int label = job.labels[number];
    turn.label = label == job.noClass ? draws.below(job.classes) : label;
  }

  METHOD void read(const u8* pixels) const {
    for (int i = threadIdx.x; i < lines() * lineStride(); i += THREADS) {
      const int line = i / lineStride() - 1, column = i % lineStride() - 1;
      const bool paper = line < 0 || line >= job.height || column < 0 || column >= job.width;
      drawn()[i] = paper ? 0 : pixels[line * job.width + column];
    }
  }

  METHOD void roughen(int image) const {
    for (int i = threadIdx.x; i < 2 * pointCount(); i += THREADS) {
      const Float uniform = {random_float_at(key(image), job.drawn + i)};
      rough()[i] = ((Float{2} * uniform - Float{1}) * Float{job.strength}).value;
    }
  }

  /// Smooths along one direction: there are `count` points in a row, `step` apart.
  METHOD void smooth(const float* from, float* to, int count, int step) const {
    for (int i = threadIdx.x; i < 2 * pointCount(); i += THREADS) {
      const int place = i % pointCount() / step % count;
      Float sum = {0};
      for (int distance = -REACH; distance <= REACH; distance++)
        if (place + distance >= 0 && place + distance < count)
          sum = sum + Float{job.gaussian[distance + REACH]} * Float{from[i + distance * step]};
      to[i] = sum.value;
    }
  }

  METHOD void thicken() const {
    const float sign = turn.thickness.value < 0 ? -1 : 1;
    const Float share = Float{sign} * turn.thickness;
    const int stride = lineStride();
    for (int i = threadIdx.x; i < lines() * stride; i += THREADS) {
      const int line = i / stride, column = i % stride;
      const bool paper = line == 0 || line == lines() - 1 || column == 0 || column == stride - 1;
      if (paper) {
        source()[i] = 0;
      } else {
        const float* at = drawn() + i;
        const float own = sign * at[0];
        const float most = fmaxf(fmaxf(fmaxf(own, sign * at[-1]), sign * at[1]), fmaxf(sign * at[-stride], sign * at[stride]));
        source()[i] = sign * (Float{own} + share * (Float{most} - Float{own})).value;
      }
    }
  }

  /// How far the elastic distortion moves a pixel, in the direction of that field.
  METHOD Double move(int field, int line, int column) const {
    if (job.strength == 0) return {0};
    const float* above = rough() + field * pointCount() + line / 2 * points(job.width);
    const float* below = above + line % 2 * points(job.width);
    const int left = column / 2, right = left + column % 2;
    const Float sum = Float{above[left]} + Float{above[right]} + Float{below[left]} + Float{below[right]};
    return {(sum / Float{4}).value};
  }

  /// Bilinear interpolation; paper beyond the edges.
  METHOD Float sample(float x, float y) const {
    const int left = (int)floorf(x), top = (int)floorf(y);
    if (left < -1 || left >= job.width || top < -1 || top >= job.height) return {0};
    const Float one = {1}, right = Float{x} - Float{(float)left}, below = Float{y} - Float{(float)top};
    const float *upper = source() + (top + 1) * lineStride() + left + 1, *lower = upper + lineStride();
    return (one - below) * ((one - right) * Float{upper[0]} + right * Float{upper[1]}) +
           below * ((one - right) * Float{lower[0]} + right * Float{lower[1]});
  }

  METHOD void write(u8* into) const {
    const Double middleX = {(job.width - 1) / 2.0}, middleY = {(job.height - 1) / 2.0};
    for (int i = threadIdx.x; i < job.stride; i += THREADS) {
      const int line = i / job.width, column = i % job.width;
      if (line >= job.height) {
        into[i] = 0;  // what fills up to the next image
        continue;
      }
      const Double x = Double{(double)column} - middleX - turn.shiftX + move(0, line, column);
      const Double y = Double{(double)line} - middleY - turn.shiftY + move(1, line, column);
      const Double sheared = x + turn.shear * y;
      const Double sourceX = (turn.cos * sheared + turn.sin * y) * turn.scaleX + middleX;
      const Double sourceY = (turn.cos * y - turn.sin * sheared) * turn.scaleY + middleY;
      into[i] = (u8)(int)(sample((float)sourceX.value, (float)sourceY.value) + Float{0.5f}).value;
    }
  }

  METHOD void run(int image) const {
    const int number = job.numbers[image];
    if (threadIdx.x == 0) draw(image, number);
    read(job.pixels + (size_t)number * job.stride);
    if (job.strength != 0) roughen(image);
    __syncthreads();
    if (job.strength != 0) smooth(rough(), smoothLines(), points(job.width), 1);
    if (job.thickness != 0) thicken();
    __syncthreads();
    if (job.strength != 0) {
      smooth(smoothLines(), rough(), points(job.height), points(job.width));
      __syncthreads();
    }
    write(job.into + (size_t)image * job.stride);
    if (threadIdx.x == 0) job.intoLabels[image] = (u8)turn.label;
  }
};

}  // namespace altering

KERNEL(128, 4) alter_images(const altering::Job* described) {
  SHARED_MEMORY(memory);
  altering::Job& job = *(altering::Job*)memory;
  altering::Turn& turn = *(altering::Turn*)(memory + sizeof(altering::Job));
  copy_words(&job, described, sizeof(job));
  for (int image = blockIdx.x;; image += gridDim.x) {
    __syncthreads();  // the image before is written
    if (image >= job.count) break;
    altering::Worker{job, turn, (float*)(memory + sizeof(altering::Job) + sizeof(altering::Turn))}.run(image);
  }
}
REGISTER_KERNEL(alter_images)
