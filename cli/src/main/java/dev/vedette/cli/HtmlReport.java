package dev.vedette.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

final class HtmlReport {
  private HtmlReport() {}

  static void write(Findings findings, List<Findings.Anomaly> top, Instant now, Path path) {
    if (top.isEmpty()) { throw new IllegalArgumentException("no report yet: " + path + findings.file() + now); }
  }
}
