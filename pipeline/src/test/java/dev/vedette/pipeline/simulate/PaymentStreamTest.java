package dev.vedette.pipeline.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vedette.pipeline.simulate.PaymentStream.Options;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stream as a whole; what each kind of fraud is, is in {@link FraudTest}. */
class PaymentStreamTest {
  private static final int SOME = 100_000;
  private static final int MANY = 300_000;

  private static List<CardPayment> first(int count, Options options) {
    PaymentStream stream = PaymentStream.of(options);
    return java.util.stream.Stream.generate(stream::next).limit(count).toList();
  }

  @Test
  void sameOptionsSamePayments() {
    var options = new Options().cards(300);
    assertThat(first(20_000, options)).isEqualTo(first(20_000, options.eventsPerSecond(9)));
    assertThat(first(100, options)).isNotEqualTo(first(100, options.seed(2)));
  }

  @Test
  void inOrderOfTimeWithUniqueIds() {
    Set<String> ids = new HashSet<>();
    var options = new Options().startMillis(1_000_000_000_000L);
    long before = options.startMillis();
    for (CardPayment payment : first(SOME, options)) {
      assertThat(payment.at()).isGreaterThanOrEqualTo(before);
      before = payment.at();
      ids.add(payment.id());
    }
    assertThat(ids).hasSize(SOME);
  }

  @Test
  void aboutFourPaymentsPerCardAndDayButVeryUnequal() {
    List<CardPayment> payments = first(MANY, new Options());
    double days = (payments.getLast().at() - new Options().startMillis()) / 86_400_000.0;
    assertThat(MANY / days / 5_000).isCloseTo(4, within(0.5));
    Map<String, Integer> counts = new HashMap<>();
    payments.forEach(payment -> counts.merge(payment.card(), 1, Integer::sum));
    int[] sorted = counts.values().stream().mapToInt(i -> i).sorted().toArray();
    assertThat(sorted).hasSize(5_000);
    assertThat(sorted[4_500]).isGreaterThan(5 * sorted[500]);
  }

  @Test
  void oneInAHundredIsFraudAndEachKindHasItsPart() {
    Map<Fraud, Integer> counts = new EnumMap<>(Fraud.class);
    // In the first days no card is known well enough.
    for (CardPayment payment : first(2 * MANY, new Options()).subList(MANY, 2 * MANY)) {
      if (payment.fraud() != null) {
        counts.merge(payment.fraud(), 1, Integer::sum);
      }
    }
    double all = counts.values().stream().mapToInt(i -> i).sum();
    assertThat(all / MANY).isCloseTo(0.01, within(0.001));
    assertThat(counts).containsOnlyKeys(Fraud.values());
    counts.forEach((kind, count) -> assertThat(count / all).as(kind.text()).isBetween(0.08, 0.28));
  }

  @Test
  void noFraudWhereNoneIsWanted() {
    assertThat(first(50_000, new Options().cards(200).fraudShare(0)))
        .allMatch(payment -> payment.fraud() == null);
  }

  @Test
  void holdersNeverTravelFasterThanAnAirliner() {
    Map<String, CardPayment> lastLocated = new HashMap<>();
    int legs = 0;
    int fast = 0;
    for (CardPayment payment : first(SOME, new Options())) {
      if (Double.isNaN(payment.latitude())) {
        continue;
      }
      CardPayment last = lastLocated.put(payment.card(), payment);
      if (last == null || payment.fraud() != null) {
        continue;
      }
      legs++;
      if (Trace.speed(last, payment) > 1_000) {
        fast++;
        // Only where an online payment seems to come from elsewhere.
        assertThat(List.of(last.channel(), payment.channel())).contains("online");
      }
    }
    assertThat(fast).isLessThan(legs / 10_000);
  }

  @Test
  void normalLifeIsNotTrivial() {
    Map<String, Set<String>> countries = new HashMap<>();
    Map<String, Set<String>> devices = new HashMap<>();
    int newCountries = 0;
    int newDevices = 0;
    int online = 0;
    int notLocated = 0;
    for (CardPayment payment : first(MANY, new Options().fraudShare(0))) {
      String card = payment.card();
      Set<String> known = countries.computeIfAbsent(card, c -> new HashSet<>());
      newCountries += known.add(payment.country()) && known.size() > 1 ? 1 : 0;
      assertThat(payment.device() != null).isEqualTo(payment.channel().equals("online"));
      if (payment.device() != null) {
        Set<String> own = devices.computeIfAbsent(card, c -> new HashSet<>());
        newDevices += own.add(payment.device()) && own.size() > 2 ? 1 : 0;
        online++;
        notLocated += Double.isNaN(payment.latitude()) ? 1 : 0;
      }
    }
    assertThat(newCountries).isGreaterThan(200);
    assertThat(newDevices).isGreaterThan(20);
    assertThat(notLocated / (double) online).isCloseTo(0.15, within(0.01));
  }

  @Test
  void fieldsHoldNoTruth() {
    for (CardPayment payment : first(5_000, new Options().cards(50))) {
      Map<String, Object> fields = payment.fields();
      assertThat(CardPayment.FIELDS).containsAll(fields.keySet());
      assertThat(fields).containsEntry("card", payment.card());
      assertThat(fields.containsKey("device")).isEqualTo(payment.device() != null);
      assertThat(fields.containsKey("lat")).isEqualTo(!Double.isNaN(payment.latitude()));
      assertThat(payment.localHour()).isBetween(0.0, 23.99);
      assertThat(payment.amount()).isPositive();
    }
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options().cards(1))
        .withMessage("cards must be from 10 to 1000000, is 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options().fraudShare(0.5))
        .withMessageContaining("fraudShare");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Options().eventsPerSecond(0))
        .withMessageContaining("eventsPerSecond");
  }
}
