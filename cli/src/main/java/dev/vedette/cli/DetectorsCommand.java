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
    if (!json) {
      console.line("");
      console.line("Of series; the first is the default of files that are series:");
    }
    Detectors.standard().seriesEntries().forEach(this::show);
    return Vedette.DONE;
  }

  private void show(Detectors.SeriesEntry entry) {
    if (json) {
      Json.line(console.out(), line -> describe(line, entry));
      return;
    }
    String options = String.join(" ", OptionText.settings(entry.defaults()));
    String cost = entry.cost();
    cost += entry.defaults().univariate() ? "" : "; several variables together";
    cost += entry.forecasts() ? "; forecasts" : "";
    cost += entry.streams() ? "; learns from streams too" : "";
    print(entry.name(), entry.summary(), options, cost, entry.defaults().acceptsMissing());
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

  private static void describe(Json line, Detectors.SeriesEntry entry) {
    line.text("name", entry.name());
    line.text("summary", entry.summary());
    line.text("cost", entry.cost());
    line.text("defaults", Detectors.standard().text(entry.defaults()));
    line.flag("series", true);
    line.flag("accepts_missing", entry.defaults().acceptsMissing());
    line.flag("several_variables", !entry.defaults().univariate());
    line.flag("forecasts", entry.forecasts());
    line.flag("online", entry.streams());
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
