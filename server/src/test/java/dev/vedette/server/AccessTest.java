package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.DataException;
import dev.vedette.connect.store.Stores;
import dev.vedette.server.security.Keys;
import dev.vedette.server.security.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys, roles and what everybody may see. */
final class AccessTest {
  private Front front;

  @BeforeEach
  void start(@TempDir Path folder) {
    front = new Front(folder);
  }

  @AfterEach
  void stop() {
    front.close();
  }

  private HttpResponse<String> get(String path, String key) {
    return front.send(front.to(path).header("Authorization", "Bearer " + key));
  }

  @Test
  void withoutKeysWhoeverIsHereIsAdmin() {
    assertThat(front.get("/v1/keys").statusCode()).isEqualTo(200);
  }

  @Test
  void theFirstKeyIsAnAdmins() {
    assertThat(front.post("/v1/keys", "application/json", "{\"role\":\"ingest\"}").statusCode())
        .isEqualTo(409);
    HttpResponse<String> made =
        front.post("/v1/keys", "application/json", "{\"role\":\"admin\",\"note\":\"me\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    String key = made.body().replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
    assertThat(key).matches("vdt_[0-9a-f]{12}_[0-9a-f]{64}");
    assertThat(front.get("/v1/keys").statusCode()).isEqualTo(401);
    HttpResponse<String> keys = get("/v1/keys", key);
    assertThat(keys.statusCode()).isEqualTo(200);
    assertThat(keys.body()).contains("\"note\":\"me\"").doesNotContain(key.substring(17));
    assertThat(get("/v1/audit", key).body())
        .contains("key.create")
        .doesNotContain(key.substring(17));
  }

  @Test
  void aRoleMayDoWhatItMay() {
    String admin = front.keys.create(Role.ADMIN, "", "test").secret();
    String analyst = front.keys.create(Role.ANALYST, "", "test").secret();
    String ingest = front.keys.create(Role.INGEST, "", "test").secret();
    assertThat(get("/v1/keys", admin).statusCode()).isEqualTo(200);
    assertThat(get("/v1/keys", analyst).statusCode()).isEqualTo(403);
    assertThat(get("/v1/models", analyst).statusCode()).isEqualTo(200);
    assertThat(get("/v1/models", ingest).statusCode()).isEqualTo(403);
    assertThat(get("/metrics", ingest).statusCode()).isEqualTo(200);
    assertThat(get("/v1/pipelines", ingest).statusCode()).isEqualTo(503);
    assertThat(front.send(front.to("/v1/models").header("X-Api-Key", analyst)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void wrongKeysAreRefusedAndCounted() {
    String admin = front.keys.create(Role.ADMIN, "", "test").secret();
    String wrong = admin.substring(0, admin.length() - 1) + (admin.endsWith("0") ? "1" : "0");
    HttpResponse<String> refused = get("/v1/keys", wrong);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    for (int i = 0; i < 25; i++) {
      refused = get("/v1/keys", "vdt_x");
    }
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(get("/v1/keys", admin).statusCode()).isEqualTo(200);
  }

  @Test
  void theLastAdminStays() {
    Keys.Created admin = front.keys.create(Role.ADMIN, "", "test");
    front.keys.create(Role.INGEST, "", "test");
    HttpResponse<String> kept =
        front.send(
            front.to("/v1/keys/" + admin.key().id()).header("X-Api-Key", admin.secret()).DELETE());
    assertThat(kept.statusCode()).isEqualTo(409);
    Keys.Created other = front.keys.create(Role.ADMIN, "", "test");
    HttpRequest.Builder again = front.to("/v1/keys/" + admin.key().id()).DELETE();
    assertThat(front.send(again.header("X-Api-Key", other.secret())).statusCode()).isEqualTo(204);
    assertThat(get("/v1/keys", admin.secret()).statusCode()).isEqualTo(401);
  }

  @Test
  void othersNeedAKey(@TempDir Path folder) {
    Settings open = new Settings(folder).host("0.0.0.0").port(0).grpcPort(0);
    assertThatThrownBy(
            () ->
                Server.start(
                    open,
                    Stores.open(folder.resolve("vedette.db").toString()),
                    InstantSource.system()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("vedette serve --create-key admin");
  }

  @Test
  void everyAnswerIsGuarded() {
    HttpResponse<String> answer = front.get("/health/live");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(answer.headers().map()).doesNotContainKeys("server", "set-cookie");
    HttpResponse<String> head =
        front.send(front.to("/health/live").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void readinessWaitsForThePipelines() {
    assertThat(front.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(front.get("/v1/pipelines").statusCode()).isEqualTo(503);
  }

  @Test
  void requestsAreMeasured() {
    front.get("/v1/keys");
    front.get("/nothing");
    String metrics = front.get("/metrics").body();
    assertThat(metrics)
        .contains(
            "http_server_requests_seconds_bucket{method=\"GET\",route=\"/v1/keys\",status=\"200\"");
  }

  @Test
  void chartsComeFromHere() {
    HttpResponse<String> chart = front.get("/webjars/chart.js");
    assertThat(chart.statusCode()).isEqualTo(200);
    assertThat(chart.headers().firstValue("Content-Type").orElse("")).startsWith("text/javascript");
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() throws Exception {
    String yaml;
    try (var in = Server.class.getResourceAsStream("openapi.yaml")) {
      yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(front.get("/openapi.yaml").body()).isEqualTo(yaml);
    Matcher lines =
        Pattern.compile("(?m)^  (/\\S*):$|^    (get|post|put|delete):$")
            .matcher(yaml.substring(yaml.indexOf("\npaths:"), yaml.indexOf("\ncomponents:")));
    var described = new TreeSet<String>();
    String path = "";
    while (lines.find()) {
      if (lines.group(1) != null) {
        path = lines.group(1);
      } else {
        described.add(lines.group(2).toUpperCase(java.util.Locale.ROOT) + " " + path);
      }
    }
    assertThat(described).containsExactlyElementsOf(new TreeSet<>(front.rest.routes()));
  }
}
