package dev.vedette.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes wrong is told in one line, with the documented exit code, and leaves nothing behind.
 */
class BadInputTest {
  @TempDir static Path folder = Path.of("");
  private Map<String, Long> before = Map.of();

  @BeforeAll
  static void files() throws IOException {
    command("sample --rows 300 good.csv");
    command("sample --rows 300 --seed 2 other.csv");
    command("fit good.csv --model good.vedette --label label --ignore kind");
    Files.createDirectory(folder.resolve("folder.x"));
    tables();
    badLabels();
    damaged();
  }

  private static void tables() throws IOException {
    text("empty.csv", "");
    text("blank.csv", "\n \n");
    text("header.csv", "a,b\n");
    text("ragged.csv", "a,b\n1,2\n3\n");
    text("twice.csv", "a,b,a\n1,2,3\n");
    text("unnamed.csv", "a,,c\n1,2,3\n");
    text("infinite.csv", "a\n1\n2\ninf\n");
    text("missing.csv", "a,b\n1,\n2,NA\n");
    text("word.csv", "a\n" + numbers(30) + "oops\n");
    text("one.csv", "a,b\n1,2\n");
    text("constant.csv", "a,b\n" + "1,x\n".repeat(20));
    text(
        "keys.csv",
        "key\n" + IntStream.range(0, 200).mapToObj(i -> "k" + i + "\n").collect(joining()));
    text("huge.csv", "a,b\n1,2\n3," + "x".repeat((1 << 24) + 1) + "\n");
    text("quote.csv", "a,b\n1,\"x\"y\n");
    text("open.csv", "a,b\n1,\"x\n2,y\n");
    text("few.csv", "amount,fee\n1,2\n3,4\n");
    text("half.csv", "a,b\n1,2\n3\n4\n");
    text("nested.jsonl", "{\"a\":1}\n{\"a\":{\"b\":2}}\n");
    text("broken.jsonl", "{\"a\":1}\n{\"a\":\n");
    text("array.jsonl", "[{\"a\":1},{\"a\":2}]\n");
    text("steer.csv", "a,\u001b[2Jb\n1,2\n3\n");
  }

  private static void badLabels() throws IOException {
    text("grades.csv", "a,y\n1,0\n2,maybe\n3,1\n");
    text("normal.csv", "a,y\n" + numbers(50).replace("\n", ",0\n"));
    text("anomalies.csv", "a,y\n" + numbers(50).replace("\n", ",1\n"));
  }

  private static void damaged() throws IOException {
    bytes("zip.csv", "PK\u0003\u0004............".getBytes(ISO_8859_1));
    bytes("image.csv", "\u0089PNG\r\n\u001a\n....".getBytes(ISO_8859_1));
    bytes("binary.csv", new byte[500]);
    bytes("latin.csv", "name\nM\u00fcller\nB\u00f6hm\n".getBytes(ISO_8859_1));
    try (var out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("cut.csv.gz")))) {
      out.write(("a\n" + numbers(20_000)).getBytes(UTF_8));
    }
    byte[] packed = Files.readAllBytes(folder.resolve("cut.csv.gz"));
    bytes("cut.csv.gz", Arrays.copyOf(packed, packed.length / 2));
    byte[] model = Files.readAllBytes(folder.resolve("good.vedette"));
    bytes("cut.vedette", Arrays.copyOf(model, model.length / 2));
    model[model.length / 2] ^= 1;
    bytes("flipped.vedette", model);
  }

  private static String numbers(int count) {
    return IntStream.range(0, count).mapToObj(i -> i * 37 % 101 + ".5\n").collect(joining());
  }

  private static void text(String name, String text) throws IOException {
    bytes(name, text.getBytes(UTF_8));
  }

  private static void bytes(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
  }

  private static Run command(String line) {
    return Run.of(Run.split(line, folder));
  }

  @BeforeEach
  void remember() throws IOException {
    before = content();
  }

  @AfterEach
  void leavesNothingBehind() throws IOException {
    assertThat(content()).isEqualTo(before);
  }

  /** The files and when they were last changed. */
  private static Map<String, Long> content() throws IOException {
    var content = new TreeMap<String, Long>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
      }
    }
    return content;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          detect none.csv                                    | none.csv does not exist
          detect folder.x                                    | is a folder; name a file in it
          detect empty.csv                                   | is empty; expected a header and rows
          detect blank.csv                                   | is empty; expected a header and rows
          detect header.csv                                  | has no rows, only a header
          detect ragged.csv                                  | ragged.csv line 3: 1 field, the header has 2
          detect twice.csv                                   | line 1: columns 1 and 3 are both named 'a'
          detect unnamed.csv                                 | line 1: column 2 of 3 has no name
          detect infinite.csv                                | line 4, column 'a': 'inf' is not a finite number
          detect missing.csv                                 | column 'b' has no values; ignore it
          detect word.csv                                    | line 32, column 'a': 'oops' is not a number, but most
          detect one.csv                                     | 1 row given
          detect constant.csv                                | column 'a' is constant, column 'b' is constant
          detect keys.csv                                    | column 'key' looks like an identifier
          detect huge.csv                                    | line 3: the record has more than
          detect quote.csv                                   | line 2: the quotes are broken
          detect open.csv                                    | line 2: a quoted field of this record is never closed
          detect steer.csv                                   | steer.csv line 3: 1 field, the header has 2
          detect nested.jsonl                                | line 2, column 'a': an object is not a value of a table
          detect broken.jsonl                                | line 2: not a complete JSON object
          detect array.jsonl                                 | is a JSON array; write one object per line
          detect good.csv --label lable                      | has no column 'lable' (the label); its columns are time
          detect good.csv --ignore time,zeit                 | has no column 'zeit' (to be ignored)
          detect good.csv --category nope                    | has no column 'nope'
          detect good.csv --number country                   | line 2, column 'country': 'DE' is not a number
          detect good.csv --time country                     | line 2, column 'country': 'DE' is not a
          detect grades.csv --label y                        | line 3, column 'y': 'maybe' is not a label
          evaluate normal.csv --label y                      | one class only
          evaluate normal.csv --label y --folds 3            | anomal
          evaluate anomalies.csv --label y --normal-only     | rows to learn from are labelled anomalies; leave
          fit anomalies.csv --label y --normal-only --model m.vedette | all 50 rows to learn from are labelled
          detect zip.csv                                     | is a zip archive or spreadsheet, not a text table
          detect image.csv                                   | is a PNG image, not a text table
          detect binary.csv                                  | line 1 has a NUL character
          detect cut.csv.gz                                  | its gzip data ends too early; the file is cut off
          detect latin.csv                                   | line 2: the bytes FC are not UTF-8; pass the encoding
          detect good.csv --encoding UTF-16LE                | good.csv
          detect good.csv --delimiter ;                      | no column is left to learn from
          detect half.csv --skip-bad-rows --bad-rows bad.csv | 2 of the 3 rows of
          detect good.csv --out none/scored.csv              | cannot write none/scored.csv: the folder
          detect good.csv --out folder.x                     | it is a folder; name a file in it
          detect good.csv --report none/report.html          | cannot write none/report.html: the folder
          fit good.csv --model none/m.vedette                | cannot write none/m.vedette: the folder
          sample none/sample.csv                             | cannot write none/sample.csv: the folder
          score none.vedette good.csv                        | none.vedette
          score cut.vedette good.csv                         | cut.vedette cannot be used
          score flipped.vedette good.csv                     | flipped.vedette cannot be used
          score good.csv good.csv                            | it is not a Vedette model
          score folder.x good.csv                            | folder
          score good.vedette few.csv                         | lacks the columns time, merchant_type
          score good.vedette few.csv --out scored.csv        | lacks the columns time, merchant_type
          score good.vedette ragged.csv --json               | lacks the columns time
          compare normal.csv --label y                       | 0 of the 15 rows judged by are anomalies
          compare anomalies.csv --label y --normal-only      | rows to learn from are labelled anomalies; leave
          compare good.csv --label nobody                    | has no column 'nobody' (the label)
          compare grades.csv --label y                       | maybe
          compare header.csv --label a                       | header.csv
          compare good.csv --label label --train one.csv     | one.csv has no column 'label'
          compare absent.csv --label y                       | absent.csv does not exist
          evaluate one.csv --label a --model good.vedette    | lacks the columns
          export none.vedette --onnx m.onnx                  | none.vedette
          export good.vedette --onnx m.onnx                  | a model of bagged-neighbor cannot be exported as ONNX
          export good.vedette --onnx none/m.onnx             | cannot write none/m.onnx: the folder
          export cut.vedette --onnx m.onnx                   | cut.vedette cannot be used
          import none.onnx --model m.vedette                 | there is no file
          import good.csv --model m.vedette                  | good.csv cannot be used as a forest
          import empty.csv --model m.vedette --table good.csv | it holds no operators
          explain good.vedette good.csv --row 0              | has no row 0; its rows are 1 to 300
          explain good.vedette good.csv --row 17,301         | has no row 301; its rows are 1 to 300
          explain good.vedette good.csv --row -3             | has no row -3
          """)
  void data(String line, String fragment) {
    Run run = command(line);
    assertThat(run.err()).contains(fragment).startsWith("vedette: ").hasLineCount(1);
    assertThat(run.err()).endsWith(System.lineSeparator()).doesNotContain("Exception", "\u001b");
    assertThat(run.err().strip()).doesNotContain("  ").hasSizeLessThan(600);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          detct good.csv                                     | there is no command 'detct'; did you mean 'detect'?
          --colour                                           | there is no option '--colour'
          detect                                             | give one FILE, or --sample
          detect good.csv --sample                           | give one FILE, or --sample
          detect good.csv other.csv                          | is one argument too many
          detect @good.csv more                              | 'more' is one argument too many
          detect good.csv --colour                           | there is no option '--colour'
          detect good.csv --detector forest                  | no detector [forest]; there are [bagged-neighbor, iforest
          detect good.csv --detector 'iforest depth=3'       | iforest has no option [depth]; it has [trees, sample, seed]
          detect good.csv --detector 'iforest trees=many'    | trees must be a whole number, is 'many'
          detect good.csv --detector 'iforest trees=0'       | trees must be
          detect good.csv --detector 'knn k=1 k=2'           | k
          detect good.csv --label label --label kind         | should be specified only once
          detect good.csv --threshold strict                 | no threshold [strict]; there are [false-alarms, budget
          detect good.csv --threshold share=2                | share must be
          detect good.csv --threshold share=few              | share must be
          detect good.csv --threshold best-f1                | best-f1 needs labels
          detect good.csv --threshold 'budget per-day=5'     | budget needs rows-per-day
          detect good.csv --top -1                           | --top must be from 0 to 10000, is -1
          detect good.csv --top many                         | 'many' is not a whole number
          detect good.csv --scaling huge                     | --scaling
          detect good.csv --encoding klingon                 | --encoding: there is no character set 'klingon'
          detect good.csv --delimiter ab                     | --delimiter must be one character or 'tab', is 'ab'
          detect good.csv --delimiter a                      | the delimiter must be a character such as
          detect good.csv --label kind --ignore kind         | column 'kind' cannot be both the label and ignored
          detect good.csv --bad-rows bad.csv                 | --bad-rows needs --skip-bad-rows
          detect good.csv --out good.csv                     | --out would overwrite
          detect good.csv --out a.csv --report a.csv         | --out and --report are the same file
          detect good.csv --skip-bad-rows --bad-rows good.csv | --bad-rows would overwrite
          fit good.csv                                       | --model
          fit --model m.vedette                              | FILE
          fit good.csv --model good.csv                      | --model would overwrite
          fit good.csv --model m.vedette --normal-only       | --normal-only needs --label
          score good.vedette                                 | FILE
          score good.vedette good.csv --json --out a.csv     | --json prints to standard output; leave out --out
          score good.vedette good.csv --out good.vedette     | --out would overwrite
          evaluate good.csv                                  | evaluate needs --label
          evaluate good.csv --label label --folds 1          | --folds must be at least 2, is 1
          evaluate good.csv --label label --folds -2         | --folds must be at least 2, is -2
          evaluate good.csv --label label --folds 3 --train other.csv | give one of --train, --model and --folds
          evaluate good.csv --label label --folds 3 --report a.html   | --report means nothing with --folds
          evaluate good.csv --label label --model good.vedette --detector knn | --detector means nothing with --model
          evaluate good.csv --label label --train-share 2    | training share must be between 0 and 1
          evaluate good.csv --label label --out a.csv        | --out needs --train or --model
          compare                                            | FILE
          compare good.csv                                   | compare needs --label
          compare good.csv --label label --detectors nobody  | no detector [nobody]; there are [bagged-neighbor
          compare good.csv --label label --detectors 'knn,knn k=0' | k must be
          compare good.csv --label label --limit 0           | --limit must be more than 0, is 0.0
          compare good.csv --label label --seed 7 --train other.csv | --seed means nothing with --train
          compare good.csv --label label --train-share 2     | training share must be between 0 and 1
          export good.vedette                                | --onnx
          export good.vedette --onnx good.vedette            | --onnx would overwrite
          import good.csv --model good.csv                   | --model would overwrite
          import good.csv --model m.vedette --table other.csv --threshold strict | no threshold [strict]
          explain good.vedette good.csv                      | --row
          explain good.vedette good.csv --row one            | 'one' is not a whole number
          explain good.vedette good.csv --row 1 --top -1     | --top must be from 0 to 10000, is -1
          sample --rows 5                                    | rows must be from 100 to 1000000, is 5
          """)
  void usage(String line, String fragment) {
    Run run = command(line);
    assertThat(run.err()).contains(fragment).startsWith("vedette: ").hasLineCount(2);
    assertThat(run.err().lines().toList().getLast()).matches("Try 'vedette .*--help'\\.");
    assertThat(run.err()).doesNotContain("Exception");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }
}
