package dev.vedette.connect.sink;

import dev.vedette.pipeline.alert.Alert;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as JSON posted to an address. With a secret, {@code X-Vedette-Signature} is {@code v1=}
 * and the HMAC-SHA256 (RFC 2104), in hex, of {@code X-Vedette-Timestamp} (seconds since 1970), a
 * point and the body: a receiver refuses what does not match or is old.
 */
final class WebhookSink implements Sink {
  private final String name;
  private final Post post;
  private final @Nullable Secret secret;
  private final InstantSource clock;

  WebhookSink(SinkText text, Sinks sinks) {
    text.only("secret", "bearer");
    name = text.text();
    secret = Secret.of(text, "secret", sinks);
    clock = sinks.clock();
    post = new Post(text, "", sinks);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void send(Alert alert) throws IOException {
    String body = AlertJson.of(alert);
    String timestamp = Long.toString(Math.floorDiv(clock.millis(), 1000));
    var headers = new LinkedHashMap<String, String>();
    headers.put("Idempotency-Key", Plain.token(alert.idempotencyKey()));
    headers.put("X-Vedette-Timestamp", timestamp);
    if (secret != null) {
      headers.put("X-Vedette-Signature", "v1=" + signature(secret, timestamp + "." + body));
    }
    post.send(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  static String signature(Secret secret, String signed) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public void close() {
    post.close();
  }
}
