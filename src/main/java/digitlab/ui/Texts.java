package digitlab.ui;

import com.vaadin.flow.component.UI;
import digitlab.i18n.Language;
import digitlab.i18n.Messages;
import digitlab.text.Decimals;
import digitlab.text.Message;
import digitlab.train.DataChoice;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Texts, numbers and times in the language of the current UI. */
public final class Texts {
  private Texts() {}

  private static Locale locale() {
    return UI.getCurrent().getLocale();
  }

  public static String get(String key, Object... arguments) {
    return Messages.in(Language.of(locale())).get(key, arguments);
  }

  public static String get(Message message) {
    return Messages.in(Language.of(locale())).get(message);
  }

  /** What a data set is called. */
  static String data(DataChoice choice) {
    return choice.isOwn() ? choice.ownName() : get("plan.data." + choice);
  }

  /** "95.3 %". */
  public static String percent(double share) {
    NumberFormat format = NumberFormat.getNumberInstance(locale());
    format.setMinimumFractionDigits(2);
    format.setMaximumFractionDigits(2);
    return format.format(100 * share) + "\u00A0%";
  }

  /** With so many digits behind the point. */
  public static String decimal(double value, int digits) {
    NumberFormat format = NumberFormat.getNumberInstance(locale());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(value);
  }

  /** With so many digits that count: "0.0123", "1.2·10⁻⁷"; a minus is a true one. */
  public static String significant(double value, int digits) {
    char point = DecimalFormatSymbols.getInstance(locale()).getDecimalSeparator();
    return Decimals.rounded(value, digits).replace('.', point);
  }

  public static String whole(long value) {
    return NumberFormat.getIntegerInstance(locale()).format(value);
  }

  /** "8 s", "3 min 05 s", "2 h 10 min". */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds < 60) {
      return get("time.seconds", seconds);
    }
    if (seconds < 3600) {
      return get("time.minutes", seconds / 60, String.format(Locale.ROOT, "%02d", seconds % 60));
    }
    return get(
        "time.hours", seconds / 3600, String.format(Locale.ROOT, "%02d", seconds % 3600 / 60));
  }

  /** The same, with tenths of a second below a minute. */
  public static String fineDuration(double seconds) {
    return seconds < 59.95
        ? get("time.seconds", decimal(seconds, 1))
        : duration(Duration.ofMillis(Math.round(1000 * seconds)));
  }

  public static String moment(Instant instant) {
    return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
        .withLocale(locale())
        .format(instant.atZone(ZoneId.systemDefault()));
  }
}
