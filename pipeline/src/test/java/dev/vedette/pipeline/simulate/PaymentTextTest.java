package dev.vedette.pipeline.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PaymentTextTest {
  private static final int COUNT = 4_000;

  private static PaymentStream stream() {
    return PaymentStream.of(new PaymentStream.Options().cards(100).seed(3));
  }

  private static List<String> lines(PaymentText format) throws IOException {
    var out = new StringWriter();
    format.write(stream(), COUNT, out);
    return out.toString().lines().toList();
  }

  @Test
  void csvHasTheTruthLast() throws IOException {
    List<String> lines = lines(PaymentText.CSV);
    assertThat(lines).hasSize(COUNT + 1);
    assertThat(lines.getFirst())
        .isEqualTo(
            "id,card,at,local_hour,amount,merchant,merchant_type,country,lat,lon,channel,device,"
                + "ship_to,fraud");
    PaymentStream again = stream();
    for (String line : lines.subList(1, lines.size())) {
      CardPayment payment = again.next();
      Fraud fraud = payment.fraud();
      assertThat(line).startsWith(payment.id() + "," + payment.card() + ",2026-0");
      assertThat(line).endsWith("," + (fraud == null ? "" : fraud.text()));
      assertThat(line.chars().filter(c -> c == ',').count()).isEqualTo(13);
    }
  }

  @Test
  void jsonLinesHoldTheFieldsAndTheTruth() throws IOException {
    PaymentStream again = stream();
    var mapper = new JsonMapper();
    for (String line : lines(PaymentText.JSON_LINES)) {
      CardPayment payment = again.next();
      Map<String, Object> fields = payment.fields();
      if (payment.fraud() != null) {
        fields.put("fraud", payment.fraud().text());
      }
      Object read = mapper.readValue(line, Object.class);
      assertThat(read).isEqualTo(fields);
    }
  }
}
