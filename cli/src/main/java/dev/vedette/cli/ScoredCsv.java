package dev.vedette.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.DataException;
import dev.vedette.Decision;
import dev.vedette.TableModel;
import dev.vedette.data.Block;
import dev.vedette.data.Draft;
import dev.vedette.data.Numbers;
import dev.vedette.data.TableFile;
import dev.vedette.explain.Explanation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV of all rows as they came, with what was made of them in five more columns. A file appears
 * only when it is complete.
 */
final class ScoredCsv implements AutoCloseable {
  static final int BLOCK = 4096;
  private static final List<String> ADDED =
      List.of("score", "p_value", "severity", "flagged", "reason");

  private final CsvWriter csv;
  private final @Nullable Draft draft;

  private ScoredCsv(Writer writer, @Nullable Draft draft, List<String> header) {
    csv = CsvWriter.builder().build(writer);
    this.draft = draft;
    var columns = new ArrayList<>(header);
    columns.addAll(added(header));
    csv.writeRecord(columns);
  }

  /** The names of the new columns; prefixed until none is a name in {@code header}. */
  private static List<String> added(List<String> header) {
    List<String> names = ADDED;
    while (names.stream().anyMatch(header::contains)) {
      names = names.stream().map(name -> "vedette_" + name).toList();
    }
    return names;
  }

  /**
   * Writes to the file {@code path}; columns of the input that have the names of the new ones keep
   * them.
   */
  static ScoredCsv to(Path path, List<String> header) {
    Draft draft = Draft.of(path);
    try {
      return new ScoredCsv(
          Files.newBufferedWriter(draft.path(), StandardCharsets.UTF_8), draft, header);
    } catch (IOException e) {
      throw draft.failed(e);
    }
  }

  /** Writes to {@code writer}. */
  static ScoredCsv to(Writer writer, List<String> header) {
    return new ScoredCsv(writer, null, header);
  }

  /** Copies all rows of {@code source}, which are the rows of {@code findings}. */
  void copy(Findings findings, TableFile source) {
    int[] flagged =
        IntStream.range(0, findings.scores().length)
            .filter(row -> findings.decision(row).flagged())
            .toArray();
    Iterator<Explanation> reasons = findings.explain(flagged).iterator();
    int[] next = {0};
    source.blocks(
        findings.table().schema(),
        BLOCK,
        block -> {
          for (int i = 0; i < block.records().size() && next[0] < findings.scores().length; i++) {
            Decision decision = findings.decision(next[0]++);
            add(block.records().get(i), decision, decision.flagged() ? reasons.next() : null);
          }
        });
    long rows = source.badRows().rows() - source.badRows().bad();
    if (rows != findings.scores().length) {
      throw new DataException(source.name() + " changed while it was read; try again");
    }
  }

  /** Adds row number {@code row} of {@code block}; flagged rows with the reason. */
  void add(Block block, int row, Decision decision, TableModel model) {
    Explanation reason = decision.flagged() ? model.explain(block.table(), row) : null;
    add(block.records().get(row), decision, reason);
  }

  private void add(String[] given, Decision decision, @Nullable Explanation reason) {
    String[] cells = Arrays.copyOf(given, given.length + ADDED.size());
    int at = given.length;
    cells[at++] = Double.toString(decision.score());
    cells[at++] = Numbers.text(decision.pValue(), 6);
    cells[at++] = Numbers.text(decision.severity(), 4);
    cells[at++] = decision.flagged() ? "1" : "0";
    cells[at] = reason == null ? "" : reason.toString();
    try {
      csv.writeRecord(cells);
    } catch (UncheckedIOException e) {
      throw failed(new IOException(e.getMessage(), e));
    }
  }

  /** Makes the file appear; nothing can be added afterwards. */
  void commit() {
    try {
      csv.flush();
      if (draft != null) {
        csv.close();
        draft.commit();
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    if (draft != null) {
      draft.close();
    }
  }

  private DataException failed(IOException e) {
    return draft == null
        ? new DataException("cannot write the scored rows: " + e.getMessage(), e)
        : draft.failed(e);
  }
}
