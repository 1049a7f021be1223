package dev.vedette.cli;

import dev.vedette.DataException;
import dev.vedette.Detectors;
import dev.vedette.Detectors.SeriesEntry;
import dev.vedette.Forecast;
import dev.vedette.Forecaster;
import dev.vedette.SeriesDetector;
import dev.vedette.data.Preparation;
import dev.vedette.data.ReadOptions;
import dev.vedette.data.Series;
import dev.vedette.data.SeriesColumns;
import dev.vedette.data.Table;
import dev.vedette.data.TableFile;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "forecast",
    description = "Says how series go on, with an interval for each value.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  vedette forecast load.csv --points 144",
      "  vedette forecast load.csv --every 1d --zone Europe/Berlin --points 7",
      "  vedette forecast load.csv --level 0.5 --out ahead.csv --report ahead.html"
    })
final class ForecastCommand implements Callable<Integer> {
  private static final int MOST_POINTS = 100_000;

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "a table with a column of times; - is standard input")
  Path file = Path.of("-");

  @Option(
      names = "--points",
      paramLabel = "N",
      defaultValue = "24",
      description = "how many points ahead; default 24")
  int points = 24;

  @Option(
      names = "--level",
      paramLabel = "X",
      defaultValue = "0.9",
      description = "how likely each value lies in its interval; default 0.9")
  double level = 0.9;

  @Option(
      names = "--detector",
      paramLabel = "TEXT",
      description =
          "what forecasts, with its options; default: the first of 'vedette detectors' that can")
  @Nullable String detector;

  @Option(names = "--json", description = "print JSON for machines instead of text")
  boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "write the forecasts as CSV")
  @Nullable Path out;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "write a report with pictures as HTML")
  @Nullable Path report;

  @Mixin PreparationMixin preparing = new PreparationMixin();
  @Mixin ReadMixin reading = new ReadMixin();

  ForecastCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (points < 1 || points > MOST_POINTS) {
      throw new IllegalArgumentException(
          "--points must be from 1 to " + MOST_POINTS + ", is " + points);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "--level must be more than 0 and less than 1, is " + level);
    }
    SeriesDetector chosen = detector();
    Preparation preparation = preparing.preparation();
    ReadOptions options = preparing.options(reading);
    Destinations.check(
        List.of(file),
        Destinations.of("--out", out),
        Destinations.of("--report", report),
        Destinations.of("--bad-rows", reading.badRows));
    Console.Watch watch = console.watch();
    try (TableFile source = TableFile.open(file, options)) {
      Table table = watch.time("reading", source::read);
      SeriesColumns columns = preparing.columns(source.name(), table, reading);
      var reader = new SeriesReader(chosen, columns, preparation);
      SeriesReader.All all = SeriesReader.in(source.name(), () -> reader.read(table));
      if (!all.failures().isEmpty()) {
        throw new DataException(source.name() + ": " + all.failures().getFirst());
      }
      console.notice("%s", reader.said(source.name(), all.series()));
      List<Forecasts.One> each =
          watch.time(
              "forecasting",
              () ->
                  SeriesReader.in(
                      source.name(),
                      () ->
                          all.series().stream()
                              .map(named -> one(chosen, preparation, named))
                              .toList()));
      show(
          new Forecasts(source.name(), chosen, level, each, all.notices(), watch.phases()),
          preparation.zone());
    }
    return Vedette.DONE;
  }

  private SeriesDetector detector() {
    List<SeriesEntry> able =
        Detectors.standard().seriesEntries().stream().filter(SeriesEntry::forecasts).toList();
    String names = able.stream().map(SeriesEntry::name).collect(Collectors.joining(", "));
    if (detector == null) {
      if (able.isEmpty()) {
        throw new DataException("no detector of series can forecast");
      }
      return able.getFirst().defaults();
    }
    SeriesDetector parsed = Detectors.standard().parseSeries(detector);
    SeriesEntry entry = Detectors.standard().entry(parsed);
    if (!entry.forecasts()) {
      throw new IllegalArgumentException(
          "%s cannot forecast; these can: %s".formatted(entry.name(), names));
    }
    return parsed;
  }

  private Forecasts.One one(
      SeriesDetector chosen, Preparation preparation, SeriesReader.Named named) {
    Series series = named.series();
    try {
      var model = (Forecaster) chosen.fit(series);
      Forecast ahead = Forecasts.dated(model.forecast(points, level), series, preparation);
      return new Forecasts.One(named.name(), series, ahead, model.note());
    } catch (DataException e) {
      throw named.name().isEmpty() ? e : new DataException(named.name() + ": " + e.getMessage(), e);
    }
  }

  private void show(Forecasts forecasts, ZoneId zone) {
    if (out != null) {
      forecasts.csv(out);
    }
    if (report != null) {
      forecasts.page(console.clock().instant(), report);
    }
    if (json) {
      forecasts.json(console.out());
      return;
    }
    forecasts.text(console, zone);
    if (out != null) {
      console.line("all forecasts: %s", out);
    }
    if (report != null) {
      console.line("report with pictures: %s", report);
    }
  }
}
