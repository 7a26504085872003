package digitlab.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of a vector of floats, of additions and multiplications alone: unlike the library's own
 * they give the same bits before and after the JIT compiler has been at work, so that a run repeats
 * itself.
 */
final class Vectors {
  /** As wide as this CPU has them: 16 floats for AVX-512, 8 for AVX2, 4 for NEON. */
  static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

  static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
  static final int LANES = FLOATS.length();

  /** 0, 1, 2 … */
  static final FloatVector INDEX = FloatVector.zero(FLOATS).addIndex(1);

  /** Exchanges lanes so many apart. */
  static final VectorShuffle<Float> SWAP_8 = swap(8);

  static final VectorShuffle<Float> SWAP_4 = swap(4);
  static final VectorShuffle<Float> SWAP_2 = swap(2);
  static final VectorShuffle<Float> SWAP_1 = swap(1);

  private Vectors() {}

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(FLOATS, i -> (i ^ distance) % LANES);
  }

  static FloatVector load(float[] array, int at) {
    return FloatVector.fromArray(FLOATS, array, at);
  }

  static FloatVector all(float value) {
    return FloatVector.broadcast(FLOATS, value);
  }

  /** Rounds up to whole vectors. */
  static int padded(int count) {
    return (count + LANES - 1) / LANES * LANES;
  }

  /** The sum of the lanes, always in the same order. */
  static float sum(FloatVector v) {
    if (LANES > 8) {
      v = v.add(v.rearrange(SWAP_8));
    }
    if (LANES > 4) {
      v = v.add(v.rearrange(SWAP_4));
    }
    if (LANES > 2) {
      v = v.add(v.rearrange(SWAP_2));
    }
    return v.add(v.rearrange(SWAP_1)).lane(0);
  }

  /**
   * e^x to about one unit in the last place, for x cut to [−87, 88]: x = n·ln 2 + r, then a
   * polynomial of degree 7 in r (Cephes, expf.c: Moshier 1984–2000).
   */
  static FloatVector exp(FloatVector x) {
    FloatVector cut = x.max(-87f).min(88f);
    FloatVector shifted =
        cut.fma(all(1.442695f), all(12582912f)); // rounds x/ln 2 to a whole number
    FloatVector n = shifted.sub(12582912f);
    FloatVector r = n.fma(all(-0.6933594f), cut);
    r = n.fma(all(0.00021219444f), r);
    FloatVector p = all(0.00019875691f).fma(r, all(0.0013981999f));
    p = p.fma(r, all(0.008333452f));
    p = p.fma(r, all(0.041665796f));
    p = p.fma(r, all(0.16666666f));
    p = p.fma(r, all(0.5f));
    p = p.fma(r.mul(r), r).add(1f);
    IntVector exponent = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    return p.reinterpretAsInts().add(exponent).reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector z) {
    return all(1f).div(exp(z.neg()).add(1f));
  }

  /** To about 10⁻⁷: 2·sigmoid(2z) − 1. */
  static FloatVector tanh(FloatVector z) {
    return sigmoid(z.add(z)).mul(2f).sub(1f);
  }

  /** log u for u in [1, 2], to about 10⁻⁷: 2·artanh((u − 1)/(u + 1)) as a series. */
  static FloatVector logOfOneToTwo(FloatVector u) {
    FloatVector s = u.sub(1f).div(u.add(1f));
    FloatVector square = s.mul(s);
    FloatVector p = all(1f / 13).fma(square, all(1f / 11));
    p = p.fma(square, all(1f / 9));
    p = p.fma(square, all(1f / 7));
    p = p.fma(square, all(1f / 5));
    p = p.fma(square, all(1f / 3));
    p = p.fma(square, all(1f));
    return p.mul(s.add(s));
  }

  /** log(1 + e^z), without overflow: max(z, 0) + log(1 + e^−|z|). */
  static FloatVector softplus(FloatVector z) {
    return z.max(0f).add(logOfOneToTwo(exp(z.abs().neg()).add(1f)));
  }

  /** The normal distribution Φ(z), to about 10⁻⁷ (Abramowitz, Stegun 1964, 7.1.26, for erf). */
  static FloatVector normalDistribution(FloatVector z) {
    FloatVector x = z.abs().mul(0.70710677f);
    FloatVector t = all(1f).div(x.fma(all(0.3275911f), all(1f)));
    FloatVector p = all(1.0614054f).fma(t, all(-1.4531521f));
    p = p.fma(t, all(1.4214138f));
    p = p.fma(t, all(-0.28449672f));
    p = p.fma(t, all(0.2548296f)).mul(t);
    FloatVector tail = p.mul(exp(x.mul(x).neg())).mul(0.5f); // 1 − Φ(|z|)
    VectorMask<Float> negative = z.compare(VectorOperators.LT, 0f);
    return all(1f).sub(tail).blend(tail, negative);
  }

  /** The density φ(z) of the normal distribution. */
  static FloatVector normalDensity(FloatVector z) {
    return exp(z.mul(z).mul(-0.5f)).mul(0.3989423f);
  }
}
