package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.data.Column;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.Split;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description = {
      "Compares detectors on rows with labels they have not learned from.",
      "Learns from a random 70 %% of FILE and judges by the rest, unless told otherwise. Each is"
          + " judged at the threshold with the best accuracy on the rows judged, which flatters"
          + " all alike. Ctrl-C ends it with what is done so far."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette compare payments.csv --label label --ignore kind",
      "  vedette compare today.csv --label label --ignore kind --train payments.csv",
      "  vedette compare today.csv --label label --detectors 'iforest,knn k=10'"
    })
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "a table with labels; - is standard input")
  Path file = Path.of("-");

  @Option(
      names = "--detectors",
      paramLabel = "TEXT",
      split = "[,;]",
      defaultValue = Entrant.ALL,
      description =
          "which, with their options, commas between them: 'all,knn k=10'; default all of"
              + " 'vedette detectors'")
  List<String> detectors = List.of(Entrant.ALL);

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "how long each detector may take; default 300")
  double limit = 300;

  @Option(names = "--json", description = "print JSON for machines instead of text")
  boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write a page with pictures, and two models side by side, as HTML")
  @Nullable Path report;

  @Mixin SplitMixin rows = new SplitMixin();
  @Mixin ReadMixin reading = new ReadMixin();

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Entrant> entrants = check();
    ReadOptions options = reading.options();
    Destinations.check(
        Arrays.asList(file, rows.train), Destinations.of("--bad-rows", reading.badRows));
    try (TableFile source = TableFile.open(file, options);
        Ending ending = Ending.watch()) {
      console.progress("reading ...");
      Comparison.Facts facts = read(source, options);
      requireBoth(facts);
      var contest = new Contest(console, limit, ending::asked);
      return show(facts, contest.run(entrants, facts));
    }
  }

  private List<Entrant> check() {
    if (reading.label == null) {
      throw new IllegalArgumentException("compare needs --label, the column with the truth");
    }
    if (!(limit > 0)) {
      throw new IllegalArgumentException("--limit must be more than 0, is " + limit);
    }
    if (rows.train != null) {
      rows.refuseWithTrain();
    }
    return Entrant.parse(detectors, rows.normalOnly);
  }

  private Comparison.Facts read(TableFile source, ReadOptions options) {
    Path other = rows.train;
    if (other == null) {
      Table all = source.read();
      Split split = rows.split(all);
      return facts(source, split.train(), split.test(), judged(all));
    }
    try (TableFile training = TableFile.open(other, options)) {
      Table learned = training.read();
      Table test = source.read(learned.schema());
      return facts(source, learned, test, IntStream.rangeClosed(1, test.rows()).boxed().toList());
    }
  }

  private Comparison.Facts facts(
      TableFile source, Table training, Table test, List<Integer> numbers) {
    Table learned = rows.learned(training);
    return new Comparison.Facts(source.name(), learned, test, numbers, source.badRows());
  }

  /** The numbers of the rows of {@code all} that are judged, found by splitting the numbers. */
  private List<Integer> judged(Table all) {
    double[] numbers = IntStream.rangeClosed(1, all.rows()).asDoubleStream().toArray();
    Table numbered =
        Table.of(List.of(Column.Numeric.numbers("row", numbers)))
            .withLabels(all.labels().orElseThrow());
    Column.Numeric kept = (Column.Numeric) rows.split(numbered).test().columns().getFirst();
    return IntStream.range(0, kept.rows()).mapToObj(i -> (int) kept.value(i)).toList();
  }

  private static void requireBoth(Comparison.Facts facts) {
    long anomalies = facts.anomalies();
    if (anomalies == 0 || anomalies == facts.judged().rows()) {
      throw new DataException(
          "%s: %d of the %d rows judged by are anomalies; rows of both kinds are needed"
              .formatted(facts.file(), anomalies, facts.judged().rows()));
    }
  }

  private int show(Comparison.Facts facts, Comparison comparison) {
    List<Comparison.Failure> failures = comparison.failures();
    boolean fault = failures.stream().anyMatch(Comparison.Failure::fault);
    if (comparison.results().isEmpty() && !fault) {
      Comparison.Failure first = failures.getFirst();
      throw new DataException(
          "no detector could be judged; %s: %s".formatted(first.entrant().name(), first.reason()));
    }
    if (report != null) {
      ComparisonReport.write(facts, comparison, console.clock().instant(), report);
    }
    if (json) {
      ComparisonText.json(facts, comparison, console.out());
    } else {
      new ComparisonText(console).print(facts, comparison);
      if (report != null) {
        console.line("");
        console.line("report with pictures: %s", report);
      }
    }
    return fault ? Vedette.FAULT : Vedette.DONE;
  }
}
