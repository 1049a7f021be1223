package dev.vedette.cli;

import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.OptionText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "detectors",
    description =
        "Lists the detectors with their options, defaults and costs; the first is the default.",
    mixinStandardHelpOptions = true,
    footer = {"", "Examples:", "  vedette detectors"})
final class DetectorsCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--json", description = "print JSON for machines instead of text")
  boolean json;

  DetectorsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Detectors.standard().entries().forEach(this::show);
    if (!json) {
      console.line("");
      console.line("With --label also those that learn from labels:");
    }
    Detectors.standard().labelledEntries().forEach(this::show);
    if (!json) {
      console.line("");
      console.line("In pipelines also those that learn from every event:");
    }
    for (Detectors.OnlineEntry entry : Detectors.standard().onlineEntries()) {
      if (json) {
        Json.line(console.out(), line -> describe(line, entry));
      } else {
        String options = String.join(" ", OptionText.settings(entry.defaults()));
        print(entry.name(), entry.summary(), options, entry.cost(), false);
      }
    }
    return Vedette.DONE;
  }

  private void show(Detectors.Entry entry) {
    if (json) {
      Json.line(console.out(), line -> describe(line, entry));
    } else {
      boolean missing = entry.defaults().acceptsMissing();
      String options = String.join(" ", OptionText.settings(entry.defaults()));
      print(entry.name(), entry.summary(), options, entry.cost(), missing);
    }
  }

  private void print(String name, String summary, String options, String cost, boolean missing) {
    console.line("%-16s %s", name, summary);
    console.line(
        "%-16s %s; %s%s",
        "",
        options.isEmpty() ? "no options" : options,
        cost,
        missing ? "; understands missing values" : "");
  }

  private static void describe(Json line, Detectors.OnlineEntry entry) {
    line.text("name", entry.name());
    line.text("summary", entry.summary());
    line.text("cost", entry.cost());
    line.text("defaults", Detectors.standard().text(entry.defaults()));
    line.flag("online", true);
  }

  private static void describe(Json line, Detectors.Entry entry) {
    line.text("name", entry.name());
    line.text("summary", entry.summary());
    line.text("cost", entry.cost());
    line.text("defaults", Detectors.standard().text(entry.defaults()));
    line.flag("accepts_missing", entry.defaults().acceptsMissing());
    if (entry.defaults() instanceof LabelledDetector) {
      line.flag("labelled", true);
    }
  }
}
