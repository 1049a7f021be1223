package dev.vedette.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.Attribution;
import dev.vedette.Online;
import dev.vedette.OnlineDetector;
import dev.vedette.OnlineState;
import dev.vedette.ensemble.Fuse;
import dev.vedette.online.StreamingZScore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PanelTest {
  /** Learns until it meets a value of 13, and cannot even say what it knows after that. */
  private record Superstitious() implements OnlineDetector {
    @Override
    public Online start(int columns) {
      return new Failing(new StreamingZScore().start(columns));
    }
  }

  private static final class Failing implements Online {
    private final Online inner;
    private boolean broken;

    Failing(Online inner) {
      this.inner = inner;
    }

    @Override
    public OnlineDetector detector() {
      return inner.detector();
    }

    @Override
    public int columns() {
      return inner.columns();
    }

    @Override
    public double score(double[] row) {
      return inner.score(row);
    }

    @Override
    public void learn(double[] row) {
      broken |= row[0] == 13;
      if (broken) {
        throw new IllegalStateException("13");
      }
      inner.learn(row);
    }

    @Override
    public Attribution attribute(double[] row) {
      return inner.attribute(row);
    }

    @Override
    public OnlineState snapshot() {
      if (broken) {
        throw new IllegalStateException("13");
      }
      return inner.snapshot();
    }

    @Override
    public long bytes() {
      return inner.bytes();
    }
  }

  private static Panel panel() {
    var uses =
        List.of(
            new Use("superstitious", 1, new Superstitious(), null),
            new Use("streaming-zscore", 1, new StreamingZScore(), null));
    return new Panel(uses, new Fuse.Weighted(), Crew.alone(), 1);
  }

  private static double[][] rows() {
    double[][] rows = new double[40][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new double[] {i == 25 ? 13 : i % 7};
    }
    return rows;
  }

  /** What the panel says of all rows, judged in blocks of {@code size}. */
  private static List<String> said(Panel panel, int size) {
    double[][] rows = rows();
    boolean[] learn = new boolean[size];
    Arrays.fill(learn, true);
    var said = new ArrayList<String>();
    for (int from = 0; from < rows.length; from += size) {
      panel.work(Arrays.copyOfRange(rows, from, from + size), learn, from + 1);
      for (int i = 0; i < size; i++) {
        said.add(panel.fused(i) + " " + panel.disagreement(i) + " " + panel.opinions(i));
      }
    }
    return said;
  }

  @Test
  void aFailureIsOneFromItsEventOnInBlocksOfAnySize() {
    List<String> one = said(panel(), 1);
    assertThat(one.get(24)).doesNotContain("failed: 13");
    assertThat(one.get(25)).contains("failed: 13");
    assertThat(said(panel(), 8)).isEqualTo(one);
    assertThat(said(panel(), 40)).isEqualTo(one);
  }

  @Test
  void theStateOfAPanelWithAFailedDetectorIsKept() throws IOException {
    Panel panel = panel();
    said(panel, 8);
    var bytes = new ByteArrayOutputStream();
    panel.write(new DataOutputStream(bytes));
    Panel resumed = panel();
    resumed.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(said(resumed, 8)).isEqualTo(said(panel, 8));
  }
}
