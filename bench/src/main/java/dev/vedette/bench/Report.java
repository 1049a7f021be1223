package dev.vedette.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page of Markdown with tables, printed and kept. */
public final class Report {
  private final StringBuilder text = new StringBuilder();

  public Report(String title, String command) {
    line("# " + title).line("");
    line("Command: `" + command + "`  ");
    line("Machine: " + Machine.description());
  }

  public Report line(String line) {
    text.append(line).append('\n');
    return this;
  }

  public Report section(String title) {
    return line("").line("## " + title).line("");
  }

  /** A table; the columns after the first are numbers. */
  public Report table(List<String> header, List<List<String>> rows) {
    line(row(header));
    var rule = new ArrayList<String>();
    for (int j = 0; j < header.size(); j++) {
      rule.add(j == 0 ? "---" : "---:");
    }
    line(row(rule));
    rows.forEach(cells -> line(row(cells)));
    return this;
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  public static String fixed(double value, int decimals) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  static String signed(double value, int decimals) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%+." + decimals + "f", value);
  }

  /** Writes the page to {@code file}, or to standard output where that is empty. */
  public void write(String file) {
    if (file.isEmpty()) {
      System.out.print(text);
      return;
    }
    Path path = Path.of(file);
    Path beside = path.resolveSibling(path.getFileName() + ".part");
    try {
      Files.writeString(beside, text);
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
