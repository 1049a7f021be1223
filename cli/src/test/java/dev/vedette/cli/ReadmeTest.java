package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.vedette.Detectors;
import dev.vedette.threshold.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * README.md tells the truth: its commands and its Java run, in order and in one folder, and print
 * what the text block after them shows ("..." stands for anything left out). And no page links to a
 * file that is not there.
 */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = ROOT.resolve("README.md");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern FILE = Pattern.compile("[\\w-]+\\.(csv|jsonl|html|onnx|vedette)");
  private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

  /** A fenced block: the language it is marked with, and its text. */
  private record Block(String language, String text) {}

  @TempDir Path folder;

  @Test
  void everyCommandRunsAndPrintsWhatIsShown() throws Exception {
    String printed = "";
    int commands = 0;
    int programs = 0;
    for (Block block : blocks()) {
      switch (block.language()) {
        case "sh" -> {
          var output = new StringBuilder();
          for (String line :
              block.text().lines().filter(l -> l.startsWith("./vedette ")).toList()) {
            output.append(vedette(line.substring("./vedette ".length())));
            commands++;
          }
          printed = output.toString();
        }
        case "java" -> {
          printed = java(block.text());
          programs++;
        }
        case "text" -> assertShown(block.text(), printed);
        default -> {}
      }
    }
    assertThat(commands).isGreaterThanOrEqualTo(7);
    assertThat(programs).isGreaterThanOrEqualTo(1);
  }

  private static List<Block> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(README))
        .results()
        .map(found -> new Block(found.group(1), found.group(2)))
        .toList();
  }

  /** What the command prints; names of files are meant in the test's folder. */
  private String vedette(String command) {
    // Until it is interrupted, on fixed ports: here for a moment, on free ones.
    String brief = " --seconds 3 --history 1000 --port 0 --grpc-port 0";
    String[] words =
        WORD.matcher(command.equals("demo") ? command + brief : command)
            .results()
            .map(word -> Objects.requireNonNullElseGet(word.group(1), word::group))
            .map(word -> FILE.matcher(word).matches() ? folder.resolve(word).toString() : word)
            .toArray(String[]::new);
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    int code = Vedette.run(new Console(writer, writer, false, InstantSource.system()), words);
    assertThat(code).as("./vedette %s%n%s", command, text).isZero();
    return withoutFolder(text.toString());
  }

  private String withoutFolder(String text) {
    return text.replace(folder + folder.getFileSystem().getSeparator(), "");
  }

  private String java(String program) throws Exception {
    MatchResult found = CLASS.matcher(program).results().findFirst().orElseThrow();
    String name = found.group(1);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path source = classes.resolve(name + ".java");
    Files.writeString(source, program.replace("Path.of(\"", "Path.of(\"" + folder + "/"));
    var complaints = new ByteArrayOutputStream();
    var compiler =
        Objects.requireNonNull(
            ToolProvider.getSystemJavaCompiler(), "the tests need a JDK, not a JRE");
    String path = System.getProperty("java.class.path");
    int code =
        compiler.run(
            null,
            null,
            complaints,
            "-d",
            classes.toString(),
            "-cp",
            path,
            "-Xlint:all,-classfile",
            source.toString());
    assertThat(code).as(complaints.toString(StandardCharsets.UTF_8)).isZero();
    return run(classes, name);
  }

  private String run(Path classes, String name) throws Exception {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (var loader =
            new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        var out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      var main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return withoutFolder(printed.toString(StandardCharsets.UTF_8));
  }

  /** Every line shown is printed, in that order; one that ends in "..." need only start so. */
  private static void assertShown(String shown, String printed) {
    List<String> lines = printed.lines().map(String::stripTrailing).toList();
    int at = 0;
    for (String line : shown.lines().map(String::stripTrailing).toList()) {
      boolean cut = line.endsWith("...");
      String expected = cut ? line.substring(0, line.length() - 3) : line;
      while (at < lines.size()
          && !(cut ? lines.get(at).startsWith(expected) : lines.get(at).equals(expected))) {
        at++;
      }
      assertThat(at)
          .as("README shows%n%s%nbut what is printed is%n%s", line, printed)
          .isLessThan(lines.size());
      at += line.equals("...") ? 0 : 1;
    }
  }

  @Test
  void theTablesNameEveryDetectorAndThreshold() throws IOException {
    String readme = Files.readString(README);
    assertThat(Detectors.standard().entries())
        .allSatisfy(
            entry -> assertThat(readme).containsPattern("(?m)^\\| .*`" + entry.name() + "`"));
    assertThat(Detectors.standard().labelledEntries())
        .allSatisfy(
            entry -> assertThat(readme).containsPattern("(?m)^\\| .*`" + entry.name() + "`"));
    String series = Files.readString(ROOT.resolve("docs/series.md"));
    assertThat(Detectors.standard().seriesEntries())
        .allSatisfy(entry -> assertThat(series).containsPattern("(?m)^\\| `" + entry.name() + "`"));
    assertThat(Rule.defaults())
        .allSatisfy(
            rule -> assertThat(readme).containsPattern("(?m)^\\| `.*" + rule.name() + "\\b"));
  }

  @TestFactory
  List<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      tests.add(dynamicTest(ROOT.relativize(page).toString(), () -> checkLinks(page)));
    }
    return tests;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> top = Files.list(ROOT)) {
      return Stream.concat(docs, top)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  private static void checkLinks(Path page) throws IOException {
    String text = BLOCK.matcher(Files.readString(page)).replaceAll("");
    assertThat(LINK.matcher(text).results().map(link -> link.group(1)))
        .filteredOn(link -> URI.create(link).getScheme() == null && !link.startsWith("#"))
        .allSatisfy(link -> assertThat(page.resolveSibling(link.replaceAll("#.*", ""))).exists());
  }
}
