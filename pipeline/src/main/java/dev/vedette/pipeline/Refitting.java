package dev.vedette.pipeline;

import dev.vedette.RowDetector;
import dev.vedette.data.Matrix;
import dev.vedette.math.Quantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Fits the members that cannot learn event by event, again and again, on a reservoir of events. A
 * fit is asked for after event n and used from event n + lag on, whenever it is ready before: so
 * decisions do not depend on how fast it was. Fits come after 256, 512, 1024 ... events, until the
 * interval of the pipeline file is reached.
 */
final class Refitting {
  private static final int FIRST = 256;
  private static final int MOST_LAG = 2_000;

  private final Learning options;
  private final List<String> names;
  private final Crew crew;
  private final Reservoir reservoir;
  private double[] typical;
  private long nextRequest = FIRST;
  private long activation = Long.MAX_VALUE;
  private @Nullable Matrix requested;
  private @Nullable Matrix active;
  private List<@Nullable Supplier<Fitted>> fits = List.of();

  Refitting(Learning options, List<String> names, Crew crew) {
    this.options = options;
    this.names = names;
    this.crew = crew;
    this.reservoir = new Reservoir(options.reservoir(), options.every());
    this.typical = new double[names.size()];
    Arrays.fill(typical, Double.NaN);
  }

  /** The last event of the block that begins after event {@code number}: there is work after it. */
  long boundary() {
    return Math.min(nextRequest, activation);
  }

  void offer(long number, double[] row) {
    reservoir.offer(number, row);
  }

  /** The median of feature {@code j} in the reservoir, at the last fit; NaN before. */
  double typical(int j) {
    return typical[j];
  }

  /** Does what is due after event {@code number}. */
  void after(long number, Member[] members) {
    if (number == activation) {
      activate(members);
    }
    if (number >= nextRequest) {
      request(number, members);
    }
  }

  private void request(long number, Member[] members) {
    nextRequest = number + Math.clamp(number, FIRST, options.refit());
    if (activation != Long.MAX_VALUE || reservoir.held() < FIRST / 2) {
      return;
    }
    Matrix rows = reservoir.matrix(names);
    requested = rows;
    activation = number + Math.min(Math.min(MOST_LAG, options.refit()), number / 4);
    for (int j = 0; j < typical.length; j++) {
      typical[j] = Quantiles.of(Quantiles.sorted(rows.column(j)), 0.5);
    }
    start(rows, members);
  }

  private void start(Matrix rows, Member[] members) {
    fits = new ArrayList<>();
    for (Member member : members) {
      RowDetector detector = member.use().fitted();
      fits.add(
          detector == null || member.isLeftOut()
              ? null
              : crew.start(() -> Fitted.fit(detector, rows)));
    }
  }

  private void activate(Member[] members) {
    for (int m = 0; m < members.length; m++) {
      Supplier<Fitted> fit = fits.get(m);
      if (fit != null && !members[m].isLeftOut()) {
        try {
          members[m].use(fit.get());
        } catch (RuntimeException e) {
          members[m].leaveOut("cannot be fitted: " + e.getMessage());
        }
      }
    }
    active = requested;
    requested = null;
    activation = Long.MAX_VALUE;
    fits = List.of();
  }

  long fits(Member[] members) {
    long most = 0;
    for (Member member : members) {
      most = Math.max(most, member.fits());
    }
    return most;
  }

  long bytes() {
    return reservoir.bytes() + bytes(requested) + bytes(active);
  }

  private static long bytes(@Nullable Matrix rows) {
    return rows == null ? 0 : 8L * rows.rows() * rows.columns();
  }

  void write(DataOutput out) throws IOException {
    reservoir.write(out);
    out.writeLong(nextRequest);
    out.writeLong(activation);
    for (double value : typical) {
      out.writeDouble(value);
    }
    write(out, requested);
    write(out, active);
  }

  /** Reads what was written, fits the models in use anew and starts the fit that was under way. */
  void read(DataInput in, Member[] members) throws IOException {
    reservoir.read(in, names.size());
    nextRequest = in.readLong();
    activation = in.readLong();
    for (int j = 0; j < typical.length; j++) {
      typical[j] = in.readDouble();
    }
    requested = readRows(in);
    active = readRows(in);
    for (Member member : members) {
      RowDetector detector = member.use().fitted();
      if (active != null && detector != null && member.fits() > 0 && !member.isLeftOut()) {
        member.restore(Fitted.fit(detector, active));
      }
    }
    if (requested != null) {
      start(requested, members);
    }
  }

  private static void write(DataOutput out, @Nullable Matrix rows) throws IOException {
    out.writeInt(rows == null ? -1 : rows.rows());
    for (int i = 0; rows != null && i < rows.rows(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        out.writeDouble(rows.get(i, j));
      }
    }
  }

  private @Nullable Matrix readRows(DataInput in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      return null;
    }
    var rows = new ArrayList<double[]>();
    for (int i = 0; i < count; i++) {
      double[] row = new double[names.size()];
      for (int j = 0; j < row.length; j++) {
        row[j] = in.readDouble();
      }
      rows.add(row);
    }
    return Matrix.of(names, rows.toArray(double[][]::new));
  }
}
