package dev.vedette.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Refusals in the two forms that clients of Azure know. */
final class AzureErrorsTest {
  private static String body(Reply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Test
  void whoIsToComeBackLaterIsToldWhen() {
    Reply reply = AzureErrors.reply(new Retry(429, "too many; try again", 1).failure());
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(body(reply))
        .isEqualTo("{\"error\":{\"code\":\"429\",\"message\":\"too many; try again\"}}");
    Reply own = AzureErrors.reply(AzureErrors.failure(429, "TooManyRequests", "later"));
    assertThat(own.headers())
        .containsEntry("Retry-After", "5")
        .containsEntry("x-ms-error-code", "TooManyRequests");
    assertThat(body(own)).isEqualTo("{\"code\":\"TooManyRequests\",\"message\":\"later\"}");
  }

  @Test
  void whatTheServerDidWrongHasACode() {
    Reply reply = AzureErrors.reply(new Failure(500, "its log says why"));
    assertThat(reply.headers()).containsEntry("x-ms-error-code", "UnexpectedError");
    assertThat(body(reply))
        .isEqualTo("{\"code\":\"UnexpectedError\",\"message\":\"its log says why\"}");
  }
}
