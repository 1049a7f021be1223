package dev.vedette.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vedette.azure.ChangePointRequest;
import dev.vedette.azure.RequestException;
import dev.vedette.azure.UnivariateRequest;
import dev.vedette.server.intake.Limits;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes are a series, or are refused with a code and a message of the service. Runs its seeds
 * and past findings; with JAZZER_FUZZ=1 in the environment it looks for new ones.
 */
class AzureBodyFuzzTest {
  private static final int MOST = 50;
  private static final AzureReader READER = new AzureReader(new Limits().depth(), MOST);

  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] body) {
    try {
      Map<String, @Nullable Object> fields = READER.univariate(body);
      if (fields.get("series") instanceof List<?> series) {
        assertThat(series.size()).isLessThanOrEqualTo(MOST + 1);
      }
      told(() -> ChangePointRequest.parse(fields, MOST).points().count());
      told(() -> UnivariateRequest.parse(fields, MOST).points().count());
    } catch (RequestException refused) {
      told(refused);
    }
  }

  private interface Asked {
    int points();
  }

  private static void told(Asked asked) {
    try {
      assertThat(asked.points()).isBetween(12, MOST);
    } catch (RequestException refused) {
      told(refused);
    }
  }

  private static void told(RequestException refused) {
    assertThat(refused.code().text()).isNotBlank();
    assertThat(refused).message().isNotBlank();
    Reply reply =
        AzureErrors.reply(
            AzureErrors.failure(400, refused.code().text(), String.valueOf(refused.getMessage())));
    assertThat(new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8))
        .startsWith("{\"code\":\"" + refused.code().text() + "\",\"message\":\"");
  }
}
