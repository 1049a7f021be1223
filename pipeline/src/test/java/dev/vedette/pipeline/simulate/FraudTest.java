package dev.vedette.pipeline.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each kind of fraud is what it says, seen from the payments alone. */
class FraudTest {
  private static final long MINUTE = 60_000;
  private static final Trace TRACE =
      Trace.of(PaymentStream.of(new PaymentStream.Options().cards(1_000).seed(11)), 200_000);

  private static double median(List<CardPayment> payments) {
    double[] sorted = payments.stream().mapToDouble(CardPayment::amount).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static long minutes(List<CardPayment> payments) {
    return (payments.getLast().at() - payments.getFirst().at()) / MINUTE;
  }

  @Test
  void amountsAreFarAboveTheHabitForTheType() {
    int checked = 0;
    for (Trace.Run run : TRACE.runs(Fraud.AMOUNT)) {
      CardPayment payment = run.payments().getFirst();
      List<CardPayment> same =
          TRACE.genuine(payment.card()).stream()
              .filter(other -> other.merchantType().equals(payment.merchantType()))
              .toList();
      if (same.size() >= 30) {
        // The median of 30 payments is within a fifth or so of the habit.
        assertThat(payment.amount() / median(same)).isBetween(8.0, 80.0);
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(100);
  }

  @Test
  void merchantTypesAreNewToTheCardAndRare() {
    List<Trace.Run> runs = TRACE.runs(Fraud.MERCHANT_TYPE);
    long unused =
        runs.stream()
            .filter(
                run -> {
                  CardPayment payment = run.payments().getFirst();
                  return TRACE.genuine(payment.card()).stream()
                      .noneMatch(other -> other.merchantType().equals(payment.merchantType()));
                })
            .count();
    // A ring once in a life.
    assertThat(runs.size()).isGreaterThan(100);
    assertThat(unused).isGreaterThan(runs.size() * 95L / 100);
  }

  @Test
  void impossibleTravelIsFasterThanAnyAirliner() {
    List<Trace.Run> runs = TRACE.runs(Fraud.IMPOSSIBLE_TRAVEL);
    assertThat(runs.size()).isGreaterThan(100);
    for (Trace.Run run : runs) {
      CardPayment payment = run.payments().getFirst();
      assertThat(payment.channel()).isIn("chip");
      assertThat(run.payments()).hasSize(1);
      CardPayment last = run.before().getLast();
      assertThat(last.fraud()).isNull();
      assertThat(Trace.speed(last, payment)).isGreaterThan(1_500);
    }
  }

  @Test
  void burstsAreManySmallOnlinePaymentsWithinMinutes() {
    List<Trace.Run> runs = TRACE.runs(Fraud.BURST);
    assertThat(runs).isNotEmpty();
    for (Trace.Run run : runs) {
      assertThat(run.payments()).hasSizeBetween(15, 40);
      assertThat(minutes(run.payments())).isBetween(5L, 20L);
      assertThat(run.payments())
          .allMatch(payment -> payment.channel().equals("online") && payment.amount() <= 5);
    }
  }

  @Test
  void oddHoursAreThoseOfTheHoldersSleep() {
    List<Trace.Run> runs = TRACE.runs(Fraud.ODD_HOUR);
    assertThat(runs.size()).isGreaterThan(30);
    for (Trace.Run run : runs) {
      assertThat(run.payments()).hasSizeBetween(3, 5);
      List<CardPayment> genuine = TRACE.genuine(run.payments().getFirst().card());
      double middle = run.payments().get(1).localHour();
      long atThisHour =
          genuine.stream()
              .filter(payment -> Math.abs(payment.localHour() - middle) <= 0.25)
              .count();
      assertThat(atThisHour).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void takeoversComeFromANewDeviceAndShipToANewCountry() {
    List<Trace.Run> runs = TRACE.runs(Fraud.TAKEOVER);
    assertThat(runs.size()).isGreaterThan(20);
    for (Trace.Run run : runs) {
      assertThat(run.payments()).hasSizeBetween(4, 10).allMatch(p -> p.channel().equals("online"));
      assertThat(minutes(run.payments())).isLessThan(8 * 60);
      assertThat(run.before().stream().map(CardPayment::device).filter(Objects::nonNull).toList())
          .doesNotContain(run.payments().getFirst().device());
      assertThat(run.before().stream().filter(p -> p.fraud() == null).map(CardPayment::country))
          .doesNotContain(run.payments().getFirst().country());
    }
  }

  @Test
  void theHolderPaysNothingForADayAfterIt() {
    for (Trace.Run run : TRACE.runs()) {
      CardPayment last = run.payments().getLast();
      CardPayment next =
          TRACE
              .cards()
              .getOrDefault(last.card(), List.of())
              .get(run.before().size() + run.payments().size());
      assertThat(next.at() - last.at()).isGreaterThanOrEqualTo(24 * 60 * MINUTE);
    }
  }

  @Test
  void everyKindSaysWhatItIs() {
    assertThat(List.of(Fraud.values()).stream().map(Fraud::text).collect(Collectors.toSet()))
        .hasSize(6);
    assertThat(Fraud.values()).allMatch(kind -> !kind.description().isBlank());
  }
}
