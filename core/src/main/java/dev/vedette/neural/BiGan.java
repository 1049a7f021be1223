package dev.vedette.neural;

import dev.vedette.Attribution;
import dev.vedette.Progress;
import dev.vedette.Require;
import dev.vedette.RowDetector;
import dev.vedette.RowModel;
import dev.vedette.data.Matrix;
import dev.vedette.math.Parallel;
import dev.vedette.math.Seeds;
import java.util.Arrays;
import java.util.List;

/**
 * Bidirectional generative adversarial networks: a generator makes rows from hidden numbers, an
 * encoder finds hidden numbers for rows, and a discriminator tells the pairs of one from those of
 * the other. What the two cannot rebuild together, and the discriminator does not take for a
 * training row, is unusual.
 *
 * <p>Score ≥ 0: for each member the mean squared error of the row encoded and generated again, in
 * standard deviations of the columns, and {@code doubt} times the discriminator's loss; the mean
 * over the members.
 *
 * <p>Adversarial training is a game, not a descent: it circles, and members of different seeds
 * differ. Several members are steadier than one. A generator that only makes one row is refused.
 *
 * <p>Fit O(members · epochs · n · weights), a thread a member, row O(members · weights).
 *
 * <p>Donahue, Krähenbühl and Darrell, "Adversarial Feature Learning", ICLR 2017, arXiv:1605.09782
 * (Eq. 3); for anomalies Zenati et al. 2018, arXiv:1802.06222 (Eq. 3 and 4).
 *
 * @param members networks of different seeds, 1 to 64
 * @param hidden units of the hidden layers of the encoder and the discriminator; the generator has
 *     them in reverse; none: two layers, as wide as the row and half as wide
 * @param latent hidden numbers, 1 to 1,024; 0: about a third of the columns
 * @param doubt the weight of the discriminator's loss in the score, 0 to 100
 * @param rebuild the weight of the squared error of rebuilt rows in the training of encoder and
 *     generator, 0 (the paper) to 100; without it they may pair rows with numbers of other rows
 * @param training how it is trained; nothing is held back, as a game has no loss to watch
 * @param seed of all randomness
 */
public record BiGan(
    int members,
    List<Integer> hidden,
    int latent,
    double doubt,
    double rebuild,
    Training training,
    long seed)
    implements RowDetector {
  public BiGan {
    Require.range("members", members, 1, 64);
    hidden = Widths.require(hidden);
    Require.range("latent", latent, 0, 1024);
    Require.range("doubt", doubt, 0, 100);
    Require.range("rebuild", rebuild, 0, 100);
  }

  /** Two members with widths that fit the columns. */
  public BiGan() {
    this(2, List.of(), 0, 0.3, 1, new Training().epochs(25).rate(0.001).validation(0), 42);
  }

  public BiGan members(int members) {
    return new BiGan(members, hidden, latent, doubt, rebuild, training, seed);
  }

  public BiGan hidden(Integer... units) {
    return new BiGan(members, List.of(units), latent, doubt, rebuild, training, seed);
  }

  public BiGan latent(int latent) {
    return new BiGan(members, hidden, latent, doubt, rebuild, training, seed);
  }

  public BiGan doubt(double doubt) {
    return new BiGan(members, hidden, latent, doubt, rebuild, training, seed);
  }

  public BiGan rebuild(double rebuild) {
    return new BiGan(members, hidden, latent, doubt, rebuild, training, seed);
  }

  public BiGan training(Training training) {
    return new BiGan(members, hidden, latent, doubt, rebuild, training, seed);
  }

  public BiGan seed(long seed) {
    return new BiGan(members, hidden, latent, doubt, rebuild, training, seed);
  }

  @Override
  public Fitted fit(Matrix rows) {
    return fit(rows, Progress.NONE);
  }

  @Override
  public Fitted fit(Matrix rows, Progress progress) {
    rows.requireRows(2);
    rows.requireComplete();
    Standardizer standardizer = Standardizer.of(rows);
    float[][] samples = Trainer.rows(standardizer, rows);
    Member[] fitted = new Member[members];
    Parallel.each(members, m -> fitted[m] = member(samples, m, m == 0 ? progress : Progress.NONE));
    return Trainer.requireSpread(new Fitted(this, standardizer, List.of(fitted)), rows);
  }

  private Member member(float[][] samples, int number, Progress progress) {
    int columns = samples[0].length;
    long own = Seeds.mix(seed + number);
    var random = Seeds.stream(own, -1);
    List<Integer> inner = hidden.isEmpty() ? Widths.halving(columns) : hidden;
    int codes = latent == 0 ? Widths.inner(columns) : latent;
    Stack encoder =
        Stack.dense(Widths.path(columns, inner, codes), Activation.LEAKY_RELU, 0, random);
    Stack generator =
        Stack.dense(
            Widths.path(codes, inner.reversed(), columns), Activation.LEAKY_RELU, 0, random);
    Stack discriminator =
        Stack.dense(Widths.path(columns + codes, inner, 1), Activation.LEAKY_RELU, 0, random);
    var game = new Game(encoder, generator, discriminator, rebuild, training.rate());
    new Trainer(game, samples, training.validation(0), own, progress).run();
    return new Member(encoder.learned(), generator.learned(), discriminator.learned());
  }

  /**
   * The networks of one member.
   *
   * @param encoder from a row to hidden numbers
   * @param generator from hidden numbers to a row
   * @param discriminator from a row and hidden numbers to the logit that the row is a training row
   */
  public record Member(Net encoder, Net generator, Net discriminator) {
    public Member {
      Require.that(
          encoder.outputs() == generator.inputs()
              && generator.outputs() == encoder.inputs()
              && discriminator.inputs() == encoder.inputs() + encoder.outputs()
              && discriminator.outputs() == 1,
          "encoder, generator and discriminator do not fit each other");
    }

    private double doubt(float[] row, float[] code) {
      float[] pair = Arrays.copyOf(row, row.length + code.length);
      System.arraycopy(code, 0, pair, row.length, code.length);
      return Game.loss(-discriminator.apply(pair)[0]);
    }
  }

  /**
   * A fitted {@link BiGan}.
   *
   * @param standardizer of the columns
   * @param members at least one
   */
  public record Fitted(BiGan detector, Standardizer standardizer, List<Member> members)
      implements RowModel {
    public Fitted {
      members = List.copyOf(members);
      Require.that(!members.isEmpty(), "there is no member");
      for (Member member : members) {
        Require.that(
            member.encoder.inputs() == standardizer.columns(),
            "the networks and the columns differ in width");
      }
    }

    @Override
    public int columns() {
      return standardizer.columns();
    }

    @Override
    public double score(double[] row) {
      Require.row(row, columns(), false);
      float[] bounded = standardizer.bounded(row);
      double sum = 0;
      for (Member member : members) {
        float[] code = member.encoder.apply(bounded);
        sum += standardizer.error(row, member.generator.apply(code));
        sum += detector.doubt() * member.doubt(bounded, code);
      }
      return sum / members.size();
    }

    /**
     * A column's part is how much the score falls when the column alone is set to its mean or to
     * its rebuilt value, scaled so that the parts sum to the score: the squared error of a column
     * is not that, as what goes in spoils how all columns are rebuilt. Normal is the rebuilt value.
     */
    @Override
    public Attribution attribute(double[] row) {
      Require.row(row, columns(), false);
      float[] bounded = standardizer.bounded(row);
      float[] mean = new float[row.length];
      for (Member member : members) {
        float[] rebuilt = member.generator.apply(member.encoder.apply(bounded));
        for (int j = 0; j < mean.length; j++) {
          mean[j] += rebuilt[j] / members.size();
        }
      }
      return Occlusion.attribute(this, row, standardizer.mean(), standardizer.values(mean));
    }
  }
}
