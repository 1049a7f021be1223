package dev.vedette.cli;

import dev.vedette.Decider;
import dev.vedette.ModelFileException;
import dev.vedette.Models;
import dev.vedette.onnx.Onnx;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Writes a saved model as an ONNX file, which runtimes score in any language.",
      "What the model does to the columns of a table is inside: its inputs are the columns,",
      "its outputs score, p_value and flagged."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette fit payments.csv --model forest.vedette --detector iforest",
      "  vedette export forest.vedette --onnx forest.onnx"
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "a model saved by fit")
  Path model = Path.of("");

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      required = true,
      description = "where to write the ONNX file")
  Path onnx = Path.of("");

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Destinations.check(List.of(model), Destinations.of("--onnx", onnx));
    Decider decider;
    try {
      decider = Models.loadDecider(model);
    } catch (ModelFileException noTable) { // unless it is damaged, which is told now
      Onnx.export(Models.load(model), onnx);
      console.line("%s: input rows; output scores", onnx);
      return Vedette.DONE;
    }
    Onnx.export(decider, onnx);
    List<String> columns =
        decider.model().encoding().schema().fields().stream().map(field -> field.name()).toList();
    console.line(
        "%s: inputs %s; outputs score, p_value, flagged", onnx, String.join(", ", columns));
    return Vedette.DONE;
  }
}
