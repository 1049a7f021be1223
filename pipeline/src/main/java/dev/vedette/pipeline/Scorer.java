package dev.vedette.pipeline;

import dev.vedette.Attribution;
import dev.vedette.Models;
import dev.vedette.Online;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What gives a member's scores. */
sealed interface Scorer permits Scorer.Learning, Scorer.Waiting, Fitted {
  double score(double[] row);

  void learn(double[] row);

  Attribution attribute(double[] row);

  long bytes();

  /** Why it has no say; null where it has. */
  default @Nullable String silence() {
    return null;
  }

  static Scorer of(Use use, int columns) {
    return use.online() == null ? new Waiting() : new Learning(use.online().start(columns));
  }

  default void write(DataOutputStream out) throws IOException {}

  /** Goes on where {@code fresh}, a scorer of this use, was written. */
  static Scorer read(Use use, Scorer fresh, DataInputStream in) throws IOException {
    return use.online() == null ? fresh : new Learning(Models.readOnline(in).resume());
  }

  /** An online detector. */
  record Learning(Online online) implements Scorer {
    @Override
    public double score(double[] row) {
      return online.score(row);
    }

    @Override
    public void learn(double[] row) {
      online.learn(row);
    }

    @Override
    public Attribution attribute(double[] row) {
      return online.attribute(row);
    }

    @Override
    public long bytes() {
      return online.bytes();
    }

    @Override
    public void write(DataOutputStream out) throws IOException {
      Models.write(online.snapshot(), out);
    }
  }

  /** A detector before its first fit. */
  record Waiting() implements Scorer {
    @Override
    public double score(double[] row) {
      throw new IllegalStateException(silence());
    }

    @Override
    public void learn(double[] row) {}

    @Override
    public Attribution attribute(double[] row) {
      throw new IllegalStateException(silence());
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public String silence() {
      return "not fitted yet";
    }
  }
}
