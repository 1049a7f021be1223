package dev.vedette.cli;

import dev.vedette.Detectors;
import dev.vedette.LabelledDetector;
import dev.vedette.Models;
import dev.vedette.Online;
import dev.vedette.OnlineDetector;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A detector that is compared with others: one fitted at once, or one that learns row by row. */
sealed interface Entrant {
  String ALL = "all";

  /** As it was asked for. */
  String name();

  /** With all its options. */
  String text();

  /** Whether NaN means "missing" to it. */
  boolean acceptsMissing();

  /**
   * Learns, telling {@code step} how far it is, which may throw to stop it.
   *
   * @param known which rows are known anomalies, for those that learn from labels; no other looks
   */
  Learned learn(Matrix rows, Optional<boolean[]> known, Step step);

  /** Hears how far the learning is; what it throws ends it. */
  @FunctionalInterface
  interface Step {
    void at(String state);
  }

  /** What has learned and can judge. */
  interface Learned {
    double[] score(Matrix rows);

    /** The size of its file. */
    long bytes() throws IOException;
  }

  /**
   * The detectors meant by {@code texts}, each once; {@value #ALL} is the whole catalogue.
   *
   * @param clean whether they are known to learn from normal rows only
   * @throws IllegalArgumentException naming what is wrong and what there is
   */
  static List<Entrant> parse(List<String> texts, boolean clean) {
    Detectors catalogue = Detectors.standard();
    var entrants = new ArrayList<Entrant>();
    for (String text : texts.stream().map(String::strip).toList()) {
      if (text.equals(ALL)) {
        catalogue.entries().stream()
            .map(Detectors.Entry::name)
            .forEach(name -> entrants.add(new Fitted(name, FitMixin.parse(name, clean))));
        catalogue
            .onlineEntries()
            .forEach(each -> entrants.add(new Taught(each.name(), each.defaults())));
      } else if (isOnline(text)) {
        entrants.add(new Taught(text, catalogue.parseOnline(text)));
      } else {
        entrants.add(new Fitted(text, FitMixin.parse(text, clean)));
      }
    }
    var different = new ArrayList<Entrant>();
    for (Entrant entrant : entrants) {
      if (different.stream().noneMatch(other -> other.text().equals(entrant.text()))) {
        different.add(entrant);
      }
    }
    return List.copyOf(different);
  }

  private static boolean isOnline(String text) {
    String name = text.split("[\\s=]", 2)[0];
    return Detectors.standard().onlineEntries().stream().anyMatch(each -> each.name().equals(name));
  }

  /** Fitted at once. */
  record Fitted(String name, RowDetector detector) implements Entrant {
    @Override
    public String text() {
      return Detectors.standard().text(detector);
    }

    @Override
    public boolean acceptsMissing() {
      return detector.acceptsMissing();
    }

    @Override
    public Learned learn(Matrix rows, Optional<boolean[]> known, Step step) {
      RowModel model =
          detector instanceof LabelledDetector learner
              ? learner.fit(rows, known.orElseThrow(learner::noLabels))
              : detector.fit(
                  rows,
                  (epoch, epochs, loss) ->
                      step.at(
                          Console.text("epoch %d of at most %d, loss %.4g", epoch, epochs, loss)));
      return new Learned() {
        @Override
        public double[] score(Matrix block) {
          return model.score(block);
        }

        @Override
        public long bytes() throws IOException {
          Path folder = Files.createTempDirectory("vedette-compare");
          Path file = folder.resolve("model.vedette");
          try {
            Models.save(model, file);
            return Files.size(file);
          } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
          }
        }
      };
    }
  }

  /** Shown the rows one by one, in their order; it learns nothing from the rows it judges. */
  record Taught(String name, OnlineDetector detector) implements Entrant {
    private static final int ROWS_A_STEP = 1024;

    @Override
    public String text() {
      return Detectors.standard().text(detector);
    }

    @Override
    public boolean acceptsMissing() {
      return true;
    }

    @Override
    public Learned learn(Matrix rows, Optional<boolean[]> known, Step step) {
      Online online = detector.start(rows.columns());
      double[] row = new double[rows.columns()];
      for (int i = 0; i < rows.rows(); i++) {
        if (i % ROWS_A_STEP == 0) {
          step.at(Console.text("row %,d of %,d", i + 1, rows.rows()));
        }
        rows.copyRow(i, row);
        online.learn(row);
      }
      return new Learned() {
        @Override
        public double[] score(Matrix block) {
          double[] scores = new double[block.rows()];
          for (int i = 0; i < scores.length; i++) {
            block.copyRow(i, row);
            scores[i] = online.score(row);
          }
          return scores;
        }

        @Override
        public long bytes() {
          var counter = new Counter();
          try {
            Models.write(online.snapshot(), counter);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return counter.bytes;
        }
      };
    }
  }

  /** Counts what is written to it. */
  final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }
}
