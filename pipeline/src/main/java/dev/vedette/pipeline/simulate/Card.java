package dev.vedette.pipeline.simulate;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One card: the payments of its holder and of its thieves, in order of time. The next one is always
 * made in advance.
 */
final class Card {
  static final Comparator<Card> BY_TIME =
      Comparator.<Card>comparingLong(card -> card.next.at()).thenComparingInt(card -> card.number);

  /** A person could not tell fraud from habit before so many payments. */
  private static final int KNOWN_AFTER = 30;

  /** The same kind of fraud does not come again before that: the holder and the bank learned. */
  private static final long SPARED = 60 * Rhythm.DAY;

  private final int number;
  private final String name;
  private final SplittableRandom random;
  private final Holder holder;
  private final Thief thief;
  private final ArrayDeque<Thief.Theft> thefts = new ArrayDeque<>();
  private final Map<Fraud, Long> spared = new EnumMap<>(Fraud.class);
  private @Nullable Fraud planned;
  private long plannedStart;
  private long count;

  /** When the bank lets the holder pay again after a fraud: one to three days later. */
  private long released = Long.MIN_VALUE;

  private CardPayment next;

  Card(int number, Market market, SplittableRandom random, long start) {
    this.number = number;
    this.name = "card-" + (100_000 + number);
    this.random = random;
    var habits = new Habits(market, random);
    holder = new Holder(habits, market, random, start);
    thief = new Thief(habits, holder, market, random);
    next = genuine(holder.next(start, true), start - Rhythm.DAY);
  }

  /** The next payment; the one after it is to be made with {@link #advance}. */
  CardPayment next() {
    return next;
  }

  /** Whether somebody who knows this card could tell that a payment is not its holder's. */
  boolean known() {
    return count >= KNOWN_AFTER;
  }

  /** Whether fraud of {@code kind} may be planned after {@link #next}. */
  boolean invites(Fraud kind) {
    return planned == null
        && thefts.isEmpty()
        && known()
        && holder.atHome()
        && next.at() >= spared.getOrDefault(kind, Long.MIN_VALUE)
        && (kind != Fraud.TAKEOVER || holder.paysOnline())
        && (kind != Fraud.IMPOSSIBLE_TRAVEL || next.device() == null);
  }

  /** Plans fraud after {@link #next}. */
  void plan(Fraud kind) {
    planned = kind;
    plannedStart = thief.start(kind, next.at());
  }

  /** Makes the payment after {@link #next}. */
  void advance() {
    long last = next.at();
    if (thefts.isEmpty()) {
      long at = holder.next(Math.max(last, released), planned == null);
      if (planned == null || at < plannedStart) {
        next = genuine(at, last);
        return;
      }
      long start = Math.max(plannedStart, last + Rhythm.HOUR / 12);
      thefts.addAll(thief.strike(planned, start, last));
      spared.put(planned, start + SPARED);
      planned = null;
    }
    Thief.Theft theft = thefts.removeFirst();
    next = numbered(theft.slip(), theft.at());
    released = theft.at() + random.nextLong(Rhythm.DAY, 3 * Rhythm.DAY);
  }

  private CardPayment genuine(long at, long last) {
    Slip slip = holder.pay(at);
    return numbered(slip, Math.max(at, holder.earliest(slip, last)));
  }

  private CardPayment numbered(Slip slip, long at) {
    count++;
    return slip.payment(name + "-" + count, name, at);
  }
}
