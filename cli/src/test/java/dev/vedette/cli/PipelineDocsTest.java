package dev.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/pipeline.md finds what it claims to find, and says it as it is shown. */
class PipelineDocsTest {
  private static final Path DOCS = Path.of("../docs/pipeline.md");

  @TempDir Path folder;

  @Test
  void theExampleFlagsTheOneEventThatDoesNotBelong() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no sh here");
    String text = Files.readString(DOCS);
    Path pipeline = Files.writeString(folder.resolve("payments.yaml"), block(text, "yaml"));
    makeEvents(block(text, "sh"));
    Path decisions = folder.resolve("decisions.jsonl");

    String printed =
        vedette(
            "replay",
            pipeline.toString(),
            folder.resolve("events.jsonl").toString(),
            "--decisions",
            decisions.toString());

    List<String> shown = block(text, "text").lines().toList();
    assertThat(shown).hasSizeGreaterThanOrEqualTo(2);
    for (String line : shown) {
      String anything = Matcher.quoteReplacement("\\E.*\\Q");
      assertThat(printed.replace(folder + "/", ""))
          .containsPattern("\\Q" + line.strip().replaceAll("\\.\\.\\.", anything) + "\\E");
    }
    List<String> flagged =
        Files.readAllLines(decisions).stream()
            .filter(line -> line.contains("\"flagged\":true"))
            .toList();
    assertThat(flagged).singleElement().asString().startsWith("{\"number\":19000,");
    assertThat(flagged.getFirst())
        .contains(
            "\"feature\":\"deviation(log(amount), 90d)\"",
            "\"feature\":\"surprise(country, 90d)\"",
            "\"version\":\"517d906d.7\"",
            "the amount for this card is 36.1 times the usual");
  }

  private static String block(String text, String language) {
    Matcher found = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(text);
    assertThat(found.find()).as("a block of %s", language).isTrue();
    return found.group(1);
  }

  /** Runs the part of the block that makes the events. */
  private void makeEvents(String block) throws IOException, InterruptedException {
    String awk = block.substring(0, block.indexOf("./vedette"));
    Process process =
        new ProcessBuilder("/bin/sh", "-c", awk)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static String vedette(String... words) {
    var text = new StringWriter();
    var writer = new PrintWriter(text);
    int code = Vedette.run(new Console(writer, writer, false, InstantSource.system()), words);
    assertThat(code).as(text.toString()).isZero();
    return text.toString();
  }
}
