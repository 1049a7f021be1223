package dev.vedette.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vedette.DataException;
import dev.vedette.Decision;
import dev.vedette.TableModel;
import dev.vedette.data.Block;
import dev.vedette.data.Numbers;
import dev.vedette.data.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final @Nullable Path target;
  private final @Nullable Path draft;

  private ScoredCsv(
      Writer writer, @Nullable Path target, @Nullable Path draft, List<String> header) {
    csv = CsvWriter.builder().build(writer);
    this.target = target;
    this.draft = draft;
    var columns = new ArrayList<>(header);
    boolean taken = ADDED.stream().anyMatch(header::contains);
    ADDED.forEach(name -> columns.add(taken ? "vedette_" + name : name));
    csv.writeRecord(columns);
  }

  /**
   * Writes to the file {@code path}; columns of the input that have the names of the new ones keep
   * them.
   */
  static ScoredCsv to(Path path, List<String> header) {
    try {
      Path target = path.toAbsolutePath();
      Path draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".part");
      return new ScoredCsv(
          Files.newBufferedWriter(draft, StandardCharsets.UTF_8), target, draft, header);
    } catch (IOException e) {
      throw new DataException("cannot write " + path + ": " + e, e);
    }
  }

  /** Writes to {@code writer}. */
  static ScoredCsv to(Writer writer, List<String> header) {
    return new ScoredCsv(writer, null, null, header);
  }

  /** Copies all rows of {@code source}, which are the rows of {@code findings}. */
  void copy(Findings findings, TableFile source) {
    TableModel model = findings.decider().model();
    int[] next = {0};
    source.blocks(
        findings.table().schema(),
        BLOCK,
        block -> {
          for (int i = 0; i < block.table().rows(); i++) {
            add(block, i, findings.decision(next[0]++), model);
          }
        });
  }

  /** Adds row number {@code row} of {@code block}; flagged rows with the reason. */
  void add(Block block, int row, Decision decision, TableModel model) {
    String[] given = block.records().get(row);
    String[] cells = Arrays.copyOf(given, given.length + ADDED.size());
    int at = given.length;
    cells[at++] = Double.toString(decision.score());
    cells[at++] = Numbers.text(decision.pValue(), 6);
    cells[at++] = Numbers.text(decision.severity(), 4);
    cells[at++] = decision.flagged() ? "1" : "0";
    cells[at] = decision.flagged() ? model.explain(block.table(), row).toString() : "";
    try {
      csv.writeRecord(cells);
    } catch (UncheckedIOException e) {
      throw new DataException("cannot write the scored rows: " + e.getMessage(), e);
    }
  }

  /** Makes the file appear. */
  void commit() {
    try {
      csv.flush();
      if (target != null && draft != null) {
        csv.close();
        Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new DataException("cannot write the scored rows: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (draft != null) {
        csv.close();
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new DataException("cannot write the scored rows: " + e.getMessage(), e);
    }
  }
}
