package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.Models;
import dev.vedette.TableDetector;
import dev.vedette.TableModel;
import dev.vedette.data.Column;
import dev.vedette.data.Encoder;
import dev.vedette.data.Encoding;
import dev.vedette.data.Feature;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import dev.vedette.onnx.Onnx;
import dev.vedette.row.IsolationForestModel;
import dev.vedette.threshold.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Makes a model of a scikit-learn IsolationForest that skl2onnx converted.",
      "The file knows no names, scale or threshold; they come from a table of its rows."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette import forest.onnx --model forest.vedette --table training.csv"
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "ONNX", description = "the ONNX file")
  Path onnx = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "where to save the model")
  Path model = Path.of("");

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = {
        "mostly normal rows, with the columns of the forest in its order;",
        "without it the model scores bare rows, in the library only"
      })
  @Nullable Path table;

  @Option(
      names = "--threshold",
      paramLabel = "RULE",
      defaultValue = "false-alarms=0.01",
      description = "with --table: what is flagged, as for fit; default ${DEFAULT-VALUE}")
  String threshold = "";

  @Mixin ReadMixin reading = new ReadMixin();

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Rule rule = Rule.parse(threshold);
    Destinations.check(
        Arrays.asList(onnx, table),
        Destinations.of("--model", model),
        Destinations.of("--bad-rows", reading.badRows));
    IsolationForestModel forest = Onnx.importForest(onnx);
    if (table == null) {
      Models.save(forest, model);
      console.line(
          "%s: %,d trees over %d columns; with --table it can be used by score",
          model, forest.detector().trees(), forest.columns());
      return Vedette.DONE;
    }
    try (TableFile source = TableFile.open(table, reading.options())) {
      Table rows = source.read();
      TableModel named = named(forest, rows, source.name());
      Decider decider = Decider.of(named, named.score(rows), rows, rule);
      Models.save(decider, rows, console.clock(), model);
      console.line(
          "%s: %,d trees over %s; %s",
          model,
          forest.detector().trees(),
          String.join(", ", named.encoding().names()),
          decider.threshold().description());
    }
    return Vedette.DONE;
  }

  /** The forest on the columns of {@code rows}, as they are. */
  private static TableModel named(IsolationForestModel forest, Table rows, String source) {
    List<Feature> features = new ArrayList<>();
    for (Column column : rows.columns()) {
      if (!(column instanceof Column.Numeric numbers)) {
        throw new DataException(
            "%s: column '%s' is no number; leave it out with --ignore"
                .formatted(source, column.name()));
      }
      features.add(new Feature.Amount(numbers.name(), numbers.kind(), false));
    }
    if (features.size() != forest.columns()) {
      throw new DataException(
          "%s has %d columns, %s; the forest has %d: leave others out with --ignore"
              .formatted(
                  source,
                  features.size(),
                  features.stream().map(Feature::name).toList(),
                  forest.columns()));
    }
    var encoder = new Encoder().scaling(Encoder.Scaling.NONE);
    double[] center = new double[features.size()];
    double[] unit = new double[features.size()];
    Arrays.fill(unit, 1);
    var encoding = new Encoding(encoder, true, rows.rows(), features, List.of(), center, unit);
    return new TableModel(new TableDetector(encoder, forest.detector()), encoding, forest);
  }
}
