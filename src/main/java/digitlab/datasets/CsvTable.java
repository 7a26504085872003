package digitlab.datasets;

import digitlab.text.Message;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Images as a table: a line for each, its label and its pixels between commas, semicolons or tabs;
 * a line of headings may stand first. The label is the column that is headed "label", "class" or
 * "target", else the first one. Pixels are 0 to 255, or 0 to 1 if they have decimals.
 */
final class CsvTable {
  private static final int MOST_LINE = 1 << 20; // characters
  private static final int MOST_LABEL = 126;

  private final String name;
  private final BufferedReader lines;
  private final long most;
  private final ByteArrayOutputStream pixels = new ByteArrayOutputStream();
  private final ByteArrayOutputStream labels = new ByteArrayOutputStream();
  private int lineNumber;
  private String separator = ",";
  private int columns;
  private int labelColumn;
  private boolean decimals;

  CsvTable(String name, InputStream in, long most) {
    this.name = name;
    this.most = most;
    lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
  }

  UploadedFile read() throws IOException, UploadRefusedException {
    String line = next();
    if (line == null) {
      throw refused("upload.csv.empty");
    }
    separator = line.indexOf(';') >= 0 ? ";" : line.indexOf('\t') >= 0 ? "\t" : ",";
    String[] first = line.split(separator, -1);
    columns = first.length;
    int side = (int) Math.round(Math.sqrt(columns - 1.0));
    if (columns < 5 || side * side != columns - 1 || side > 256) {
      throw refused("upload.csv.columns", columns);
    }
    if (isHeading(first)) {
      labelColumn = labelColumn(first);
      line = next();
    }
    while (line != null) {
      add(line);
      line = next();
    }
    if (labels.size() == 0) {
      throw refused("upload.csv.empty");
    }
    return new UploadedFile(
        name,
        UploadedFile.Part.TABLE,
        labels.size(),
        side,
        side,
        pixels.toByteArray(),
        labels.toByteArray());
  }

  /** The next line that is not blank. */
  private @Nullable String next() throws IOException, UploadRefusedException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int c = lines.read();
      if (c == '\n' || c < 0) {
        lineNumber++;
        String text = line.toString().strip();
        if (!text.isEmpty()) {
          return text.charAt(0) == '\uFEFF' ? text.substring(1) : text;
        }
        if (c < 0) {
          return null;
        }
        line.setLength(0);
      } else {
        line.append((char) c);
        if (line.length() > MOST_LINE) {
          throw refused("upload.csv.line", lineNumber + 1);
        }
      }
    }
  }

  private static boolean isHeading(String[] cells) {
    for (String cell : cells) {
      String text = unquoted(cell);
      if (!text.isEmpty() && !Character.isDigit(text.charAt(0)) && text.charAt(0) != '.') {
        return true;
      }
    }
    return false;
  }

  private static String unquoted(String cell) {
    String text = cell.strip();
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static int labelColumn(String[] headings) {
    for (int i = 0; i < headings.length; i++) {
      String heading = unquoted(headings[i]).toLowerCase(Locale.ROOT);
      if (heading.equals("label") || heading.equals("class") || heading.equals("target")) {
        return i;
      }
    }
    return 0;
  }

  private void add(String line) throws UploadRefusedException {
    String[] cells = line.split(separator, -1);
    if (cells.length != columns) {
      throw refused("upload.csv.ragged", lineNumber, cells.length, columns);
    }
    if (labels.size() == 0) {
      decimals = line.indexOf('.') >= 0;
    }
    if (pixels.size() + columns > most) {
      throw refused("upload.large", "> " + (most >> 20), most >> 20);
    }
    double label = number(cells, labelColumn);
    if (label != Math.rint(label) || label < 0 || label > MOST_LABEL) {
      throw refused("upload.csv.label", lineNumber, unquoted(cells[labelColumn]), MOST_LABEL);
    }
    labels.write((int) label);
    for (int i = 0; i < columns; i++) {
      if (i != labelColumn) {
        double value = number(cells, i) * (decimals ? 255 : 1);
        if (!(value >= 0 && value <= 255)) {
          throw refused(
              decimals ? "upload.csv.share" : "upload.csv.pixel",
              lineNumber,
              i + 1,
              unquoted(cells[i]));
        }
        pixels.write((int) Math.round(value));
      }
    }
  }

  private double number(String[] cells, int column) throws UploadRefusedException {
    String text = unquoted(cells[column]);
    try {
      return text.length() <= 3 ? Integer.parseInt(text) : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException notEven) {
        throw refused("upload.csv.number", lineNumber, column + 1, text);
      }
    }
  }

  private UploadRefusedException refused(String key, Object... arguments) {
    Object[] all = new Object[arguments.length + 1];
    all[0] = name;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new UploadRefusedException(Message.of(key, all));
  }
}
