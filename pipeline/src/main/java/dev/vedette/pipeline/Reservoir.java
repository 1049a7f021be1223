package dev.vedette.pipeline;

import dev.vedette.Require;
import dev.vedette.data.Matrix;
import dev.vedette.math.Seeds;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * A bounded sample of the events so far that favours recent ones: once full, every {@code every}-th
 * event on average takes the place of a random one (Aggarwal, VLDB 2006, "biased reservoir
 * sampling"), so an event stays for {@code size · every} events on average.
 */
final class Reservoir {
  private final double[][] rows;
  private final int every;
  private int held;

  Reservoir(int size, int every) {
    this.rows = new double[size][];
    this.every = every;
  }

  /** Takes in the row of event {@code number}, or not; the row is kept, not copied. */
  void offer(long number, double[] row) {
    if (held < rows.length) {
      rows[held++] = row;
      return;
    }
    long bits = Seeds.mix(number);
    if (Long.remainderUnsigned(bits, every) == 0) {
      rows[(int) Long.remainderUnsigned(Seeds.mix(bits), rows.length)] = row;
    }
  }

  int held() {
    return held;
  }

  Matrix matrix(List<String> names) {
    double[][] sample = new double[held][];
    System.arraycopy(rows, 0, sample, 0, held);
    return Matrix.of(names, sample);
  }

  long bytes() {
    return held == 0 ? 0 : held * (24L + 8L * rows[0].length);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(held);
    for (int i = 0; i < held; i++) {
      for (double value : rows[i]) {
        out.writeDouble(value);
      }
    }
  }

  void read(DataInput in, int columns) throws IOException {
    held = in.readInt();
    Require.that(held >= 0 && held <= rows.length, "the snapshot's reservoir is damaged");
    for (int i = 0; i < held; i++) {
      rows[i] = new double[columns];
      for (int j = 0; j < columns; j++) {
        rows[i][j] = in.readDouble();
      }
    }
  }
}
