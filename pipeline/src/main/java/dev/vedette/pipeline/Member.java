package dev.vedette.pipeline;

import dev.vedette.Attribution;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One detector at work: what it learned, the scale of its recent scores, and what it says of the
 * events of the current block. Members share nothing, so each can work on its own thread.
 */
final class Member {
  /** How many recent scores a member's scale holds. */
  static final int RECENT = 20_000;

  /** From this strength on a member says why; an event is never flagged by less. */
  static final double SAYS_WHY = 1.5;

  private final Use use;
  private final int columns;
  private Scorer scorer;
  private Scale scale = new Scale(RECENT);
  private long fits;
  private @Nullable String leftOut;

  // What it says of the current block: of its first events, and why not of the others.
  private double[] scores = {};
  private double[] pValues = {};
  private double[] strengths = {};
  private @Nullable Attribution[] reasons = {};
  private int said;
  private @Nullable String silence;

  Member(Use use, int columns) {
    this.use = use;
    this.columns = columns;
    this.scorer = Scorer.of(use, columns);
  }

  /**
   * Judges the rows of a block, and learns from them where {@code learn} says so. A failure leaves
   * the member out from its row on, whatever the block; it never spreads.
   */
  void work(double[][] rows, boolean[] learn) {
    said = 0;
    silence = leftOut != null ? leftOut : scorer.silence();
    if (silence != null) {
      return;
    }
    int block = rows.length;
    if (scores.length < block) {
      scores = new double[block];
      pValues = new double[block];
      strengths = new double[block];
      reasons = new Attribution[block];
    }
    Arrays.fill(reasons, null);
    try {
      for (; said < block; said++) {
        judge(said, rows[said], learn[said]);
      }
    } catch (RuntimeException e) {
      leaveOut("failed: " + e.getMessage());
    }
  }

  private void judge(int i, double[] row, boolean learn) {
    double score = scorer.score(row);
    if (!Double.isFinite(score)) {
      throw new IllegalStateException("its score is " + score);
    }
    double pValue = scale.pValue(score);
    double strength = Math.max(0, scale.strength(score, pValue));
    scores[i] = score;
    pValues[i] = pValue;
    strengths[i] = strength;
    if (strength >= SAYS_WHY) {
      reasons[i] = scorer.attribute(row);
    }
    if (learn) {
      scale.add(score);
      scorer.learn(row);
    }
  }

  /** Goes on with a newly fitted model and the scale of its training scores. */
  void use(Fitted fitted) {
    scorer = fitted;
    fits++;
    scale = new Scale(RECENT);
    for (double score : fitted.trainingScores()) {
      scale.add(score);
    }
  }

  /** It has no say from here on; what it learned, which may be damaged, is forgotten. */
  void leaveOut(String reason) {
    leftOut = reason;
    silence = reason;
    scorer = Scorer.of(use, columns);
    scale = new Scale(RECENT);
  }

  /** A member of the same use that has no say, in place of one that is still stuck in its work. */
  Member replaced(String reason) {
    var silent = new Member(use, columns);
    silent.leaveOut(reason);
    return silent;
  }

  boolean isLeftOut() {
    return leftOut != null;
  }

  boolean isFitted() {
    return use.isFitted();
  }

  /** Whether it has a say in event {@code i} of the current block. */
  boolean speaks(int i) {
    return i < said;
  }

  double strength(int i) {
    return strengths[i];
  }

  @Nullable Attribution reason(int i) {
    return reasons[i];
  }

  Opinion opinion(int i) {
    return speaks(i)
        ? new Opinion(use.text(), scores[i], pValues[i], strengths[i], null)
        : new Opinion(use.text(), 0, 1, 0, silence);
  }

  Use use() {
    return use;
  }

  long fits() {
    return fits;
  }

  Status.DetectorStatus status(double weight) {
    String why = leftOut != null ? leftOut : scorer.silence();
    return new Status.DetectorStatus(use.text(), weight, fits, bytes(), why);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeBoolean(leftOut != null);
    out.writeUTF(leftOut == null ? "" : leftOut);
    out.writeLong(fits);
    scale.write(out);
    scorer.write(out);
  }

  /** Reads all but a fitted model, which is fitted anew. */
  void read(DataInputStream in) throws IOException {
    boolean out = in.readBoolean();
    String reason = in.readUTF();
    leftOut = out ? reason : null;
    fits = in.readLong();
    scale = Scale.read(in, RECENT);
    scorer = Scorer.read(use, scorer, in);
  }

  /** Takes back the fitted model it had when the snapshot was taken; scale and count are read. */
  void restore(Fitted fitted) {
    scorer = fitted;
  }

  long bytes() {
    return scorer.bytes() + scale.bytes() + 32L * scores.length;
  }
}
