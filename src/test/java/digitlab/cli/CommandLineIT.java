package digitlab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import digitlab.data.StrokeGenerator;
import digitlab.ink.Stroke;
import digitlab.testing.IdxFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The contract of the command line, with the jar as it ships: {@code java -jar target/digitlab.jar}
 * and no other flag.
 */
class CommandLineIT {
  @TempDir private static Path folder;
  private static Path data;
  private static Path model;

  private record Ended(int exit, List<String> out, String err) {
    JsonNode json(int line) {
      return JsonMapper.shared().readTree(out.get(line));
    }

    JsonNode last() {
      return json(out.size() - 1);
    }
  }

  private static ProcessBuilder command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                "target/digitlab.jar"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("DIGITLAB_DATA");
    return builder;
  }

  private static Ended run(String input, String... arguments)
      throws IOException, InterruptedException {
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = command(arguments).redirectError(err.toFile()).start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    List<String> out;
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      out = lines.lines().toList();
    }
    assertTrue(process.waitFor(2, TimeUnit.MINUTES));
    return new Ended(process.exitValue(), out, Files.readString(err));
  }

  @BeforeAll
  static void train() throws IOException, InterruptedException {
    data = IdxFolders.write(folder.resolve("data"), 2000, 300);
    model = folder.resolve("trained.digitlab");
    Path plan = folder.resolve("plan.txt");
    Files.writeString(
        plan, "network 784 → 32 relu → 10 softmax # small\nepochs 3; batch 10; rate 0.002");
    Ended ended =
        run(
            "",
            "train",
            "--plan",
            plan.toString(),
            "--data",
            data.toString(),
            "--json",
            "--out",
            model.toString());
    assertEquals(0, ended.exit, ended.err);
    assertEquals(4, ended.out.size());
    for (int epoch = 1; epoch <= 3; epoch++) {
      JsonNode line = ended.json(epoch - 1);
      assertEquals(epoch, line.get("epoch").asInt());
      assertTrue(line.get("trainLoss").isNumber() && line.get("samplesPerSecond").asDouble() > 0);
      assertTrue(line.get("validationAccuracy").asDouble() <= 1);
    }
    JsonNode last = ended.last();
    assertTrue(last.get("done").asBoolean());
    assertEquals("cpu", last.get("engine").asString());
    assertEquals(784 * 32 + 32 * 10 + 42, last.get("parameters").asInt());
    assertTrue(last.get("testAccuracy").asDouble() > 0.7, last.toString());
    assertTrue(last.get("testLoss").isNumber() && last.get("seconds").isNumber());
    assertEquals(model.toString(), last.get("model").asString());
    assertTrue(ended.err.contains("IDX files from"), ended.err);
  }

  @Test
  void evaluateSaysTheSameAsTheTraining() throws Exception {
    Ended first =
        run(
            "",
            "train",
            "--preset",
            "3b1b",
            "--epochs",
            "1",
            "--seed",
            "7",
            "--data",
            data.toString(),
            "--json",
            "--out",
            folder.resolve("a.digitlab").toString());
    Ended again =
        run(
            "",
            "train",
            "--preset",
            "3b1b",
            "--epochs",
            "1",
            "--seed",
            "7",
            "--data",
            data.toString(),
            "--json",
            "--out",
            folder.resolve("b.digitlab").toString());
    assertEquals(
        first.last().get("testLoss"), again.last().get("testLoss"), "one seed, one result");
    assertEquals(-1, Files.mismatch(folder.resolve("a.digitlab"), folder.resolve("b.digitlab")));
    Ended evaluated =
        run(
            "",
            "evaluate",
            folder.resolve("a.digitlab").toString(),
            "--data",
            data.toString(),
            "--json");
    assertEquals(1, evaluated.out.size());
    assertEquals(first.last().get("testAccuracy"), evaluated.last().get("testAccuracy"));
    assertEquals(
        first.last().get("testLoss").asDouble(), evaluated.last().get("testLoss").asDouble(), 1e-6);
    JsonNode confusion = evaluated.last().get("confusion");
    int sum = 0;
    for (JsonNode row : confusion) {
      for (JsonNode count : row) {
        sum += count.asInt();
      }
    }
    assertEquals(300, sum);
    assertEquals(10, confusion.size());
  }

  private static String drawing(int digit, long seed, double scale, double shift) {
    StringBuilder json = new StringBuilder("{\"label\": " + digit + ", \"strokes\": [");
    for (Stroke stroke : new StrokeGenerator(seed).draw(digit)) {
      json.append(json.charAt(json.length() - 1) == '[' ? "[" : ", [");
      for (int i = 0; i < stroke.size(); i++) {
        json.append(i == 0 ? "" : ", ")
            .append('[')
            .append(stroke.x(i) * scale + shift)
            .append(", ")
            .append(stroke.y(i) * scale)
            .append(']');
      }
      json.append(']');
    }
    return json.append("]}\n").toString();
  }

  @Test
  void classifyReadsDrawingsOfAnySizeAndPlace() throws Exception {
    StringBuilder input = new StringBuilder();
    for (int digit = 0; digit < 10; digit++) {
      input.append(drawing(digit, 5, 1, 0)).append(drawing(digit, 5, 350, -90));
    }
    Ended ended = run(input + "\n{\"strokes\": []}\n", "classify", "pad", "--json");
    assertEquals(0, ended.exit, ended.err);
    assertEquals(21, ended.out.size());
    int right = 0;
    for (int digit = 0; digit < 10; digit++) {
      JsonNode answer = ended.json(2 * digit);
      assertEquals(answer.get("digit"), ended.json(2 * digit + 1).get("digit"));
      right += answer.get("digit").asInt() == digit ? 1 : 0;
      double sum = 0;
      for (JsonNode probability : answer.get("probabilities")) {
        sum += probability.asDouble();
      }
      assertEquals(1, sum, 1e-5);
    }
    assertTrue(right >= 9, right + " of 10");
    assertTrue(
        run(drawing(3, 1, 1, 0), "classify", model.toString())
            .out
            .getFirst()
            .matches("(not sure, perhaps )?\\d  \\(.* %\\)"));
  }

  /** The line that the Draw page has: below it, the network is not sure. */
  @Test
  void classifySaysWhatItIsNotSureOf() throws Exception {
    String scribble = "{\"strokes\": [[[0,0],[9,9],[1,8],[8,1],[0,5],[9,4],[4,9],[5,0],[0,0]]]}\n";
    Ended ended = run(drawing(3, 1, 1, 0) + scribble, "classify", "pad", "--json");
    assertTrue(ended.json(0).get("sure").asBoolean());
    assertFalse(ended.json(1).get("sure").asBoolean());
    String said = run(scribble, "classify", "pad", "--threshold", "0.99").out.getFirst();
    assertTrue(said.matches("not sure, perhaps \\d  \\(.* %\\)"), said);
    refused(2, "The threshold must be between 0 and 1", "classify", "pad", "--threshold", "60");
  }

  @Test
  void presetsCanBeTrainedAsTheyArePrinted() throws Exception {
    Ended presets = run("", "presets", "--json");
    assertEquals(0, presets.exit);
    assertEquals("3b1b", presets.json(0).get("name").asString());
    assertEquals(13_002, presets.json(0).get("parameters").asInt());
    Path plan = folder.resolve("preset.json");
    Files.writeString(plan, presets.out.getFirst());
    Ended trained =
        run(
            "",
            "train",
            "--plan",
            plan.toString(),
            "--epochs",
            "1",
            "--data",
            data.toString(),
            "--json");
    assertEquals(13_002, trained.last().get("parameters").asInt());
    assertTrue(trained.last().get("model").isNull());
    assertTrue(
        run("", "presets").out.contains("  network 784 → 16 sigmoid → 16 sigmoid → 10 sigmoid"));
  }

  /** PyTorch's library is beside the jar only where somebody asked for it. */
  @Test
  void benchMeasuresWhatIsThereAndNamesWhatIsNot() throws Exception {
    Ended ended =
        run(
            "",
            "bench",
            "--nets",
            "784-30-10",
            "--engines",
            "reference,pytorch",
            "--threads",
            "1",
            "--seconds",
            "0.1",
            "--data",
            data.toString(),
            "--json");
    assertEquals(0, ended.exit, ended.err);
    assertEquals(1, ended.out.size());
    JsonNode line = ended.last();
    assertEquals("784-30-10", line.get("net").asString());
    assertEquals(10, line.get("batch").asInt());
    assertTrue(line.get("samplesPerSecond").get("reference").asDouble() > 0);
    assertTrue(line.get("inferenceOne").get("samplesPerSecond").get("reference").asDouble() > 0);
    boolean hasPyTorch = Files.exists(Path.of("target/lib-pytorch"));
    assertEquals(hasPyTorch, line.get("ratio").isNumber(), line.toString());
    assertEquals(!hasPyTorch, ended.err.contains("mvn package -Dpytorch"), ended.err);
    assertEquals(!hasPyTorch, line.get("unavailable").has("pytorch"));
  }

  /**
   * One line on stderr that says the fact and the remedy, nothing on stdout, the exit code of the
   * contract.
   */
  private static void refused(int exit, String complaint, String... arguments) throws Exception {
    refusedWith("", exit, complaint, arguments);
  }

  private static void refusedWith(String input, int exit, String complaint, String... arguments)
      throws Exception {
    Ended ended = run(input, arguments);
    assertEquals(exit, ended.exit, ended.err);
    String last = ended.err.strip().lines().reduce("", (_, line) -> line);
    assertTrue(last.contains(complaint), ended.err);
    assertFalse(ended.err.contains("\tat "), ended.err);
    assertEquals(List.of(), ended.out);
  }

  @Test
  void wrongUsageEndsWithTwo() throws Exception {
    refused(2, "Unmatched argument at index 0: 'trian'", "trian");
    refused(2, "There is no preset \"4b1b\"; choose 3b1b", "train", "--preset", "4b1b");
    refused(2, "--preset=NAME | --plan=FILE", "train");
    refused(2, "Unknown option: '--fast'", "train", "--preset", "3b1b", "--fast");
    refused(2, "number of epochs is 0", "train", "--preset", "3b1b", "--epochs", "0");
    refused(2, "'x' is not an int", "train", "--preset", "3b1b", "--epochs", "x");
    refused(
        2,
        "no engine \"abacus\"; choose auto, ",
        "train",
        "--preset",
        "3b1b",
        "--engine",
        "abacus");
    refused(2, "number of threads is 0", "train", "--preset", "3b1b", "--threads", "0");
    refused(2, "The port is 99999; it must lie between 0 and 65535.", "serve", "--port", "99999");
    refused(2, "'frobnicate'. Try: digitlab --help", "frobnicate");
    refused(2, "There is no network \"784-9\" to measure", "bench", "--nets", "784-9");
    refused(2, "number of seconds is 0", "bench", "--seconds", "0");
    refused(2, "Missing required parameter: 'MODEL'", "evaluate");
    refused(2, "There is no address", "serve", "--host", "no.such.host.invalid");
  }

  @Test
  void whatFailsEndsWithOne() throws Exception {
    Path bad = folder.resolve("bad.txt");
    Files.writeString(bad, "network 784 → 10 relu");
    refused(
        1, "Choose softmax for the output, or another loss.", "train", "--plan", bad.toString());
    Files.writeString(bad, "speed 3");
    refused(1, "is no plan: A plan has no field \"speed\"", "train", "--plan", bad.toString());
    Files.writeString(bad, "{\"plan\": ");
    refused(1, "begins like JSON but is none", "train", "--plan", bad.toString());
    Files.write(bad, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused(1, "it is not text in UTF-8", "train", "--plan", bad.toString());
    Files.writeString(bad, "{\"network\": {\"layers\": 3}}");
    refused(1, "its \"network\" is neither a text nor a number", "train", "--plan", bad.toString());
    Files.writeString(bad, " \n");
    refused(1, "It is empty. Begin with", "train", "--plan", bad.toString());
    Files.write(bad, new byte[100_001]);
    refused(1, "a plan has at most 100000 bytes", "train", "--plan", bad.toString());
    refused(1, "It is a folder, not a file", "train", "--plan", folder.toString());
    refused(1, "It is a folder, not a file", "evaluate", folder.toString());
    if (Files.exists(Path.of("/dev/zero"))) {
      refused(1, "It is too large: a network has at most", "evaluate", "/dev/zero");
    }
    refused(1, "There is no file", "train", "--plan", folder.resolve("none").toString());
    refused(
        1,
        "has no file train-images-idx3-ubyte",
        "train",
        "--preset",
        "3b1b",
        "--data",
        folder.toString());
    refused(
        1,
        "can't be written to",
        "train",
        "--preset",
        "3b1b",
        "--out",
        folder.resolve("no/such/folder").toString());
    refused(1, "There is no file", "evaluate", folder.resolve("none").toString());
    refused(1, "not a Digit Lab network", "evaluate", bad.toString());
    byte[] damaged = Files.readAllBytes(model);
    damaged[5000] ^= 1;
    Files.write(bad, damaged);
    refused(1, "checksum does not match", "classify", bad.toString());
    damaged[8] = 9;
    Files.write(bad, damaged);
    refused(1, "has version 9; this Digit Lab reads versions 1 and 2", "classify", bad.toString());
    refusedWith("{\"strokes\": 5}\n", 1, "Line 1 is no drawing", "classify", "pad");
    refusedWith("hello\n", 1, "Line 1 is no JSON", "classify", "pad");
    refusedWith(
        "{\"strokes\": [[[1, \"x\"]]]}\n",
        1,
        "point 0 of a stroke is not [x, y]",
        "classify",
        "pad");
    refused(
        1,
        "is neither H2 nor PostgreSQL",
        "serve",
        "--db",
        "jdbc:mysql://x",
        "--home",
        folder.resolve("h1").toString());
    refused(
        1,
        "can't be opened",
        "serve",
        "--db",
        "jdbc:postgresql://127.0.0.1:1/x",
        "--home",
        folder.resolve("h1").toString());
    Path file = Files.createFile(folder.resolve("a file"));
    refused(1, "can't be written to. Change its permissions", "serve", "--home", file.toString());
    Path damagedHome = Files.createDirectory(folder.resolve("damaged"));
    Files.write(damagedHome.resolve("digitlab.mv.db"), new byte[50_000]);
    refused(
        1,
        "Put a copy of its file in its place, or choose another --home",
        "serve",
        "--port",
        "0",
        "--home",
        damagedHome.toString());
  }

  @Test
  void whatWasAnsweredBeforeABadLineIsNotLost() throws Exception {
    Ended ended = run(drawing(3, 1, 1, 0) + "nonsense\n", "classify", "pad", "--json");
    assertEquals(1, ended.exit);
    assertEquals(1, ended.out.size());
  }

  @Test
  void whatIsExportedComesBack() throws Exception {
    for (String format : List.of("onnx", "safetensors")) {
      Path file = folder.resolve("handed." + format);
      Ended exported =
          run(
              "",
              "export",
              model.toString(),
              "--format",
              format,
              "--out",
              file.toString(),
              "--json");
      assertEquals(0, exported.exit, exported.err);
      assertEquals(file.toString(), exported.last().get("file").asString());
      assertEquals(1, exported.last().size());
      Path back = folder.resolve("back.digitlab");
      Ended imported = run("", "import", file.toString(), "--out", back.toString(), "--json");
      assertEquals(0, imported.exit, imported.err);
      assertEquals(back.toString(), imported.last().get("file").asString());
      assertEquals("784 → 32 relu → 10 softmax", imported.last().get("network").asString());
      assertEquals(-1, Files.mismatch(model, back), format);
    }
  }

  @Test
  void scriptsAndModelsAreExported() throws Exception {
    for (String format : List.of("keras", "json")) {
      Path file = folder.resolve("handed." + format);
      Ended ended =
          run("", "export", "3b1b", "--format", format, "--out", file.toString(), "--json");
      assertEquals(0, ended.exit, ended.err);
      assertTrue(Files.size(file) > 13_002 * 4, format);
    }
    for (String format : List.of("pytorch", "keras-script", "numpy")) {
      Path file = folder.resolve(format + ".py");
      Ended ended =
          run("", "export", "3b1b", "--format", format, "--out", file.toString(), "--json");
      assertEquals(0, ended.exit, ended.err);
      assertEquals(file.toString(), ended.last().get("file").asString());
      assertTrue(Files.readString(file).contains("    schedule cosine\n"), "the preset's plan");
      for (JsonNode beside : ended.last().get("weights")) {
        assertTrue(Files.size(Path.of(beside.asString())) > 13_002 * 4);
      }
    }
    Path guessed = folder.resolve("guessed.py");
    Ended ended =
        run("", "export", model.toString(), "--format", "sklearn", "--out", guessed.toString());
    assertEquals(0, ended.exit, ended.err);
    assertTrue(ended.err.contains("does not tell how it was trained"), ended.err);
  }

  @Test
  void whatCanNotBeHandedOverIsRefused() throws Exception {
    String out = folder.resolve("never").toString();
    refused(
        2, "no format \"excel\"; choose onnx", "export", "pad", "--format", "excel", "--out", out);
    refused(2, "Missing required option: '--out=FILE'", "export", "pad", "--format", "onnx");
    refused(
        1,
        "do not know the loss mse with outputs of sigmoid",
        "export",
        "3b1b",
        "--format",
        "sklearn",
        "--out",
        out);
    refused(
        2,
        "but the plan trains 784 → 30 sigmoid",
        "export",
        "3b1b",
        "--format",
        "numpy",
        "--preset",
        "nielsen-30",
        "--out",
        out);
    Path bad = folder.resolve("bad.onnx");
    Files.writeString(bad, "PK nonsense");
    refused(1, "neither safetensors nor ONNX", "import", bad.toString(), "--out", out);
    refused(
        2,
        "has no layer. Write it like",
        "import",
        bad.toString(),
        "--network",
        "784",
        "--out",
        out);
    assertFalse(Files.exists(Path.of(out)));
  }

  /** Starts a server; its address is on its first line. */
  private static Process serve(Path home, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("serve", "--port", "0", "--home", home.toString(), "--data", data.toString()));
    arguments.addAll(Arrays.asList(more));
    return command(arguments.toArray(String[]::new)).redirectErrorStream(true).start();
  }

  @Test
  void aServerServesAndAnotherOneCanNotTakeItsDatabaseOrItsPort() throws Exception {
    Path home = folder.resolve("home");
    Process server = serve(home);
    try (BufferedReader lines = server.inputReader()) {
      String first = readyLine(lines);
      assertTrue(first.startsWith("Digit Lab is ready: http://127.0.0.1:"), first);
      URI uri = URI.create(first.replaceAll(".*ready: (\\S+) .*", "$1"));
      HttpClient client = HttpClient.newHttpClient();
      assertEquals(
          200,
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).statusCode());
      assertEquals(
          200,
          client
              .send(HttpRequest.newBuilder(uri.resolve("/lab/")).build(), BodyHandlers.ofString())
              .statusCode());
      refused(
          1,
          "is in use by another process. Stop the other Digit Lab",
          "serve",
          "--port",
          "0",
          "--home",
          home.toString());
      refused(
          1,
          "Port " + uri.getPort() + " of 127.0.0.1 is in use by another program",
          "serve",
          "--port",
          Integer.toString(uri.getPort()),
          "--home",
          folder.resolve("other").toString());
      server.destroy();
      assertTrue(server.waitFor(20, TimeUnit.SECONDS));
    } finally {
      server.destroyForcibly();
    }
    assertTrue(Files.exists(home.resolve("logs/digitlab.log")));
    Process again = serve(home);
    try (BufferedReader lines = again.inputReader()) {
      assertTrue(readyLine(lines).startsWith("Digit Lab is ready"), "closed whole, opened again");
    } finally {
      again.destroyForcibly();
    }
  }

  @Test
  void onTheNetworkALinkIsPrintedThatSetsThePassword() throws Exception {
    Process server = serve(folder.resolve("network"), "--host", "0.0.0.0");
    try (BufferedReader lines = server.inputReader()) {
      assertTrue(readyLine(lines).startsWith("Digit Lab is ready: http://"));
      String link = String.valueOf(lines.readLine());
      assertTrue(
          link.matches(
              "Set the teacher's password with this link, which works once: http://\\S+/lab/welcome/[\\w-]{32}"),
          link);
    } finally {
      server.destroyForcibly();
    }
  }

  /** The line that says where; Java itself may warn of an incubating module before it. */
  private static String readyLine(BufferedReader lines) throws IOException {
    String line = String.valueOf(lines.readLine());
    return line.startsWith("WARNING: Using incubator modules")
        ? String.valueOf(lines.readLine())
        : line;
  }

  @Test
  void theStaticSiteIsWrittenWholeWithData() throws Exception {
    Path site = folder.resolve("site");
    Ended ended =
        run("", "site", site.toString(), "--with-data", "--data", data.toString(), "--json");
    assertEquals(0, ended.exit(), ended.err());
    String index = Files.readString(site.resolve("index.html"));
    assertTrue(index.contains("train.html") && !index.contains("href=\"/lab\""), index);
    assertTrue(Files.size(site.resolve("core/digitlab.wasm")) > 0);
    JsonNode images =
        JsonMapper.shared().readTree(Files.readString(site.resolve("data/mnist/index.json")));
    Path piece = site.resolve("data/mnist/" + images.get("test").get(0).get("file").asString());
    assertTrue(Files.isRegularFile(piece));
  }

  @Test
  void helpAndVersionAreThere() throws Exception {
    assertTrue(String.join("\n", run("", "--help").out).contains("classify"));
    assertTrue(run("", "--version").out.getFirst().matches("digitlab \\d+\\.\\d+\\.\\d+.*"));
    assertTrue(String.join("\n", run("", "train", "--help").out).contains("--preset"));
  }
}
