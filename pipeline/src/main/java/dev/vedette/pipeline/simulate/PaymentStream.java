package dev.vedette.pipeline.simulate;

import dev.vedette.Require;
import dev.vedette.math.Seeds;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * An endless stream of card payments in order of their time, with known truth. The same options
 * give the same payments everywhere; there is no clock. About 4 payments a day for each card, so
 * that a million payments of 5,000 cards take 50 days. Half a million are made in a second of one
 * core, in memory that does not grow.
 *
 * <p>Each card has a holder with a home, a daily rhythm, some types of merchants with an amount
 * that is usual there, favourite merchants, devices and a habit of travelling. Normal life has new
 * merchants and types, payments up to 6 times the usual, trips of several days, new devices,
 * missing coordinates, people who live at night, and rarely a sleepless night, a ring, or an online
 * payment that seems to come from elsewhere.
 *
 * <p>{@link Fraud} hits cards at home with at least 30 payments. Every payment of a thief is marked
 * as such, the first of a series too. Afterwards the bank keeps the card for one to three days, so
 * that the holder's own payments never look like a jump back home. Not thread-safe.
 */
public final class PaymentStream {
  /** By what share of the fraudulent payments each kind is planned, in percent. */
  private static int percent(Fraud kind) {
    return switch (kind) {
      case AMOUNT, MERCHANT_TYPE -> 20;
      case IMPOSSIBLE_TRAVEL, BURST, ODD_HOUR, TAKEOVER -> 15;
    };
  }

  private static double meanPayments(Fraud kind) {
    return switch (kind) {
      case AMOUNT, MERCHANT_TYPE, IMPOSSIBLE_TRAVEL -> 1;
      case BURST -> 27.5;
      case ODD_HOUR -> 4;
      case TAKEOVER -> 7;
    };
  }

  /**
   * What stream is wanted.
   *
   * @param seed other random draws: other people, other payments
   * @param cards from 10 to 1,000,000; each takes about 3 kB
   * @param eventsPerSecond how fast a demonstration plays the stream, in payments for each second
   *     on the wall; more than 0, up to 1,000,000. The payments do not depend on it
   * @param fraudShare of the payments; from 0 to 0.05
   * @param startMillis the time at which it starts, in milliseconds since 1970-01-01T00:00Z
   */
  public record Options(
      long seed, int cards, double eventsPerSecond, double fraudShare, long startMillis) {
    private static final long YEAR_2026 = 1_767_225_600_000L;

    public Options {
      Require.range("cards", cards, 10, 1_000_000);
      Require.range("eventsPerSecond", eventsPerSecond, Double.MIN_VALUE, 1e6);
      Require.range("fraudShare", fraudShare, 0, 0.05);
      Require.range("startMillis", (double) startMillis, 0, 4e12);
    }

    /** Seed 1, 5,000 cards, 200 a second, one in a hundred fraudulent, from 2026-01-01T00:00Z. */
    public Options() {
      this(1, 5_000, 200, 0.01, YEAR_2026);
    }

    /** With other random draws. */
    public Options seed(long number) {
      return new Options(number, cards, eventsPerSecond, fraudShare, startMillis);
    }

    /** With so many cards. */
    public Options cards(int count) {
      return new Options(seed, count, eventsPerSecond, fraudShare, startMillis);
    }

    /** Played at this speed. */
    public Options eventsPerSecond(double speed) {
      return new Options(seed, cards, speed, fraudShare, startMillis);
    }

    /** With this share of fraudulent payments. */
    public Options fraudShare(double share) {
      return new Options(seed, cards, eventsPerSecond, share, startMillis);
    }

    /** Starting at this time. */
    public Options startMillis(long millis) {
      return new Options(seed, cards, eventsPerSecond, fraudShare, millis);
    }
  }

  /** So many fraudulent payments too few double the chance of the next fraud. */
  private static final double PATIENCE = 100;

  private final double odds;
  private final SplittableRandom random;
  private final PriorityQueue<Card> cards;
  private Fraud wanted;
  private double due;

  private PaymentStream(Options options) {
    odds = options.fraudShare / (1 - options.fraudShare);
    random = Seeds.stream(options.seed, -1);
    var market = new Market(Seeds.stream(options.seed, -2));
    cards = new PriorityQueue<>(options.cards, Card.BY_TIME);
    for (int i = 0; i < options.cards; i++) {
      cards.add(new Card(i, market, Seeds.stream(options.seed, i), options.startMillis));
    }
    wanted = drawKind();
  }

  /** A stream at its start. */
  public static PaymentStream of(Options options) {
    return new PaymentStream(options);
  }

  /** The next payment; never earlier than the one before. */
  public CardPayment next() {
    Card card = cards.remove();
    CardPayment payment = card.next();
    if (payment.fraud() == null && card.known()) {
      tempt(card);
    }
    card.advance();
    cards.add(card);
    return payment;
  }

  /** Keeps the share of fraud: {@code due} is how many payments of thieves are still to come. */
  private void tempt(Card card) {
    due += odds;
    double chance = odds / MEAN_PAYMENTS * Math.clamp(1 + due / PATIENCE, 0, 3);
    if (random.nextDouble() < chance && card.invites(wanted)) {
      card.plan(wanted);
      due -= meanPayments(wanted);
      wanted = drawKind();
    }
  }

  /** The mean number of payments of a fraud. */
  private static final double MEAN_PAYMENTS = 100 / frauds();

  /** How many frauds make 100 payments. */
  private static double frauds() {
    double sum = 0;
    for (Fraud kind : Fraud.values()) {
      sum += percent(kind) / meanPayments(kind);
    }
    return sum;
  }

  private Fraud drawKind() {
    double left = random.nextDouble() * frauds();
    for (Fraud kind : Fraud.values()) {
      left -= percent(kind) / meanPayments(kind);
      if (left < 0) {
        return kind;
      }
    }
    return Fraud.AMOUNT;
  }
}
