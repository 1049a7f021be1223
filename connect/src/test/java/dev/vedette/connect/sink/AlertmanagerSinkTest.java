package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertmanagerSinkTest extends SinkContract {
  private Receiver receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Override
  String text() {
    return "alertmanager " + receiver.address() + "/ bearer=env:HOOK";
  }

  @Override
  List<String> received() {
    return receiver.requests.stream().map(Receiver.Request::body).toList();
  }

  private JsonNode sent(Alert alert) throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(alert);
    }
    assertThat(receiver.requests.getLast().path()).isEqualTo("/api/v2/alerts");
    return JsonMapper.shared().readTree(receiver.requests.getLast().body());
  }

  @Test
  void anOpenAlertEndsADayAhead() throws Exception {
    JsonNode alerts = sent(Some.alert(1));
    assertThat(alerts.size()).isEqualTo(1);
    JsonNode alert = alerts.get(0);
    assertThat(alert.get("labels").toString())
        .isEqualTo(
            "{\"alertname\":\"VedetteAnomaly\",\"pipeline\":\"payments\",\"group\":\"card"
                + " 4711\",\"severity\":\"critical\"}");
    assertThat(alert.get("startsAt").stringValue()).isEqualTo("2026-05-04T11:59:00Z");
    assertThat(alert.get("endsAt").stringValue()).isEqualTo("2026-05-05T12:00:00Z");
    assertThat(alert.get("annotations").get("causes").stringValue())
        .startsWith("amount is 18.25, normally 1\n");
  }

  @Test
  void aClosedAlertEndsNowInEverySeverityItHad() throws Exception {
    JsonNode alerts = sent(Some.alert(1, Alert.State.CLOSED, 9, 70));
    assertThat(alerts.size()).isEqualTo(2);
    for (JsonNode alert : alerts) {
      assertThat(alert.get("endsAt").stringValue()).isEqualTo("2026-05-04T12:00:00Z");
    }
    assertThat(alerts.get(1).get("labels").get("severity").stringValue()).isEqualTo("warning");
  }

  @Test
  void anAlertThatGetsWorseEndsAsWhatItWas() throws Exception {
    JsonNode alerts = sent(Some.alert(1, Alert.State.UPDATED, 9, 90));
    assertThat(alerts.size()).isEqualTo(3);
    assertThat(alerts.get(0).get("endsAt").stringValue()).isEqualTo("2026-05-04T12:00:00Z");
    assertThat(alerts.get(2).get("endsAt").stringValue()).isEqualTo("2026-05-05T12:00:00Z");
  }
}
