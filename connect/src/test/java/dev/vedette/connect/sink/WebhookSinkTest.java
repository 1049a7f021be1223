package dev.vedette.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vedette.connect.sink.Receiver.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTest extends SinkContract {
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
    return "webhook " + receiver.address() + "/hook?a=b secret=env:HOOK bearer=env:HOOK";
  }

  @Override
  List<String> received() {
    return receiver.requests.stream().map(Receiver.Request::body).toList();
  }

  private Throwable refusal(Answer answer) throws Exception {
    receiver.answers.add(answer);
    try (Sink sink = Some.sinks(folder).parse(text())) {
      return catchThrowableOfType(IOException.class, () -> sink.send(Some.alert(1)));
    }
  }

  @Test
  void theSignatureVerifies() throws Exception {
    try (Sink sink = Some.sinks(folder).parse(text())) {
      sink.send(Some.alert(1));
      sink.send(Some.hostile());
    }
    for (Receiver.Request request : receiver.requests) {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Some.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      String timestamp = request.headers().get("x-vedette-timestamp");
      byte[] signed = (timestamp + "." + request.body()).getBytes(StandardCharsets.UTF_8);
      assertThat(request.headers())
          .containsEntry(
              "x-vedette-signature", "v1=" + HexFormat.of().formatHex(mac.doFinal(signed)))
          .containsEntry("authorization", "Bearer " + Some.SECRET)
          .containsEntry("content-type", "application/json; charset=utf-8");
      assertThat(timestamp).isEqualTo(Long.toString(Some.NOW / 1000));
      assertThat(request.path()).isEqualTo("/hook?a=b");
    }
    assertThat(receiver.requests.getFirst().headers())
        .containsEntry("idempotency-key", "payments:1:opened:1");
    assertThat(receiver.requests.getLast().headers()).doesNotContainKey("bcc");
  }

  @Test
  void theSignatureIsThatOfRfc4231() throws Exception {
    // RFC 4231, test case 2.
    var text = SinkText.parse("webhook http://h/ secret=env:KEY");
    var sinks = new Sinks(folder, name -> "Jefe", Some.CLOCK);
    assertThat(
            WebhookSink.signature(
                Secret.read(text, "env:KEY", sinks), "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void sentAgainAfter(int status) throws Exception {
    assertThat(refusal(new Answer(status, "busy\r\nvery")))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(Sink.RefusedException.class)
        .hasMessageContaining("answered " + status + ": busy  very");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308, 400, 401, 403, 404, 410, 413, 422})
  void refusedBy(int status) throws Exception {
    assertThat(refusal(new Answer(status, "", "Location", receiver.address() + "/elsewhere")))
        .isInstanceOf(Sink.RefusedException.class);
    assertThat(receiver.requests).as("redirects are not followed").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "Mon, 4 May 2026 12:00:07 GMT"})
  void retryAfterIsHonoured(String wait) throws Exception {
    assertThat(refusal(new Answer(503, "", "Retry-After", wait)))
        .isInstanceOfSatisfying(
            LaterException.class,
            later -> assertThat(later.waiting()).isEqualTo(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "99999999999999999999"})
  void aRetryAfterThatSaysNothingIsIgnored(String wait) throws Exception {
    assertThat(refusal(new Answer(503, "", "Retry-After", wait)))
        .isNotInstanceOf(LaterException.class);
  }

  @Test
  void aSecretThatIsEchoedIsNotRepeated() throws Exception {
    assertThat(refusal(new Answer(400, "no, Bearer " + Some.SECRET + " is wrong")))
        .hasMessageNotContaining(Some.SECRET)
        .hasMessageContaining("Bearer *** is wrong");
  }

  @Test
  void aHugeAnswerIsNotRead() throws Exception {
    assertThat(refusal(new Answer(500, "x".repeat(20_000_000))).getMessage()).hasSizeLessThan(400);
  }

  @Test
  void whoCannotBeReachedIsTriedAgain() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (Sink sink = Some.sinks(folder).parse("webhook http://127.0.0.1:" + port)) {
      assertThatThrownBy(() -> sink.send(Some.alert(1)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(Sink.RefusedException.class)
          .hasMessageContaining("cannot be reached (ConnectException)");
    }
  }
}
