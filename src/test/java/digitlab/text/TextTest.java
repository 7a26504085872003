package digitlab.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.testing.Property;
import digitlab.testing.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void numbersAreWrittenWithoutExponentAndReadBackExactly() {
    assertEquals("3", Decimals.format(3));
    assertEquals("0.5", Decimals.format(0.5));
    assertEquals("0.0001", Decimals.format(1e-4));
    assertEquals("-0.00000123", Decimals.format(-1.23e-6));
    assertEquals("123456789000", Decimals.format(1.23456789e11));
    assertEquals("0", Decimals.format(0));
    Property.check(
        1000,
        random -> {
          double value = random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15);
          String text = Decimals.format(value);
          assertTrue(!text.contains("E"), text);
          assertEquals(value, Decimals.parse(text, "value"));
        });
  }

  @Test
  void whatIsNoNumberIsNamed() {
    assertEquals(
        "The rate \"x\" is not a number. Write it like 0.1 or 25.",
        Refusal.of(() -> Decimals.parse("x", "rate")));
    assertEquals(
        "The rate is NaN; it must be a finite number.",
        Refusal.of(() -> Decimals.parse("NaN", "rate")));
    assertEquals(
        "The batch is 0; it must lie between 1 and 9.",
        Refusal.of(() -> Decimals.parseInt("0", "batch", 1, 9)));
    assertThrows(
        IllegalArgumentException.class, () -> Decimals.parseInt("99999999999", "batch", 1, 9));
    assertThrows(
        IllegalArgumentException.class, () -> Decimals.requireRange(Double.NaN, "rate", 0, 1));
  }

  @Test
  void wordsAreFoundBetweenBlanks() {
    assertEquals(List.of("a", "bc", "d"), Words.of("  a bc\t d\n"));
    assertEquals(List.of(), Words.of(" "));
    assertEquals(List.of("", "a", ""), Words.split(";a;", ';'));
    assertEquals("a, b or c", Words.choices(List.of("a", "b", "c")));
    assertEquals("a", Words.choices(List.of("a")));
  }

  @Test
  void utf8AgreesWithTheJdk() {
    String[] texts = {"", "digit", "784 → 16", "Мой первый опыт", "数字 7", "𝟕 and 🖊️"};
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertArrayEquals(bytes, Utf8.encode(text));
      assertEquals(text, Utf8.decode(bytes, 0, bytes.length));
    }
  }

  @Test
  void damagedUtf8NeverFails() {
    Property.check(
        500,
        random -> {
          byte[] bytes = new byte[random.nextInt(20)];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(256);
          }
          assertTrue(Utf8.decode(bytes, 0, bytes.length).length() <= bytes.length);
        });
  }

  @Test
  void messagesSurviveBeingStored() {
    Message message = Message.of("run.diverged", 120, 0.5, "a\tb");
    assertEquals(
        new Message("run.diverged", List.of("120", "0.5", "a b")), Message.parse(message.format()));
    assertEquals(Message.of("key"), Message.parse(Message.of("key").format()));
  }
}
