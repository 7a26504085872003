package digitlab.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import digitlab.testing.Property;
import org.junit.jupiter.api.Test;

/** Against the JDK's own, which not every platform has. */
class Float16Test {
  @Test
  void allNumbersAreReadAsTheJdkReadsThem() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertEquals(Float.float16ToFloat((short) bits), Float16.value(bits), "bits " + bits);
    }
  }

  @Test
  void anyNumberBecomesTheNearest() {
    Property.check(
        200_000,
        random -> {
          int any = (int) random.nextLong();
          // any float; one of a size that fits; one half-way between two
          float[] values = {
            Float.intBitsToFloat(any),
            (float) (random.nextGaussian() * Functions.exp(random.nextDouble(-18, 11))),
            Float.intBitsToFloat(any & 0xfffff000),
            Float16.value(any & 0xffff)
          };
          for (float value : values) {
            short expected = Float.floatToFloat16(value);
            if (!Float.isNaN(value)) {
              assertEquals(expected, (short) Float16.bits(value), "value " + value);
            }
          }
        });
    assertEquals(Float.NaN, Float16.value(Float16.bits(Float.NaN)));
  }
}
