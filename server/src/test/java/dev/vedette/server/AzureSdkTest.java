package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.ai.anomalydetector.AnomalyDetectorClient;
import com.azure.ai.anomalydetector.AnomalyDetectorClientBuilder;
import com.azure.ai.anomalydetector.models.AnomalyDetectorErrorException;
import com.azure.ai.anomalydetector.models.AnomalyState;
import com.azure.ai.anomalydetector.models.ChangePointDetectRequest;
import com.azure.ai.anomalydetector.models.ChangePointDetectResponse;
import com.azure.ai.anomalydetector.models.DetectRequest;
import com.azure.ai.anomalydetector.models.DetectionRequest;
import com.azure.ai.anomalydetector.models.DetectionResult;
import com.azure.ai.anomalydetector.models.DetectionStatus;
import com.azure.ai.anomalydetector.models.EntireDetectResponse;
import com.azure.ai.anomalydetector.models.ErrorResponseException;
import com.azure.ai.anomalydetector.models.LastDetectResponse;
import com.azure.ai.anomalydetector.models.LastDetectionRequest;
import com.azure.ai.anomalydetector.models.LastDetectionResult;
import com.azure.ai.anomalydetector.models.Model;
import com.azure.ai.anomalydetector.models.ModelInfo;
import com.azure.ai.anomalydetector.models.ModelSnapshot;
import com.azure.ai.anomalydetector.models.ModelStatus;
import com.azure.ai.anomalydetector.models.TimeGranularity;
import com.azure.ai.anomalydetector.models.TimeSeriesPoint;
import com.azure.ai.anomalydetector.models.VariableValues;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.netty.NettyAsyncHttpClientBuilder;
import com.azure.core.http.policy.AzureKeyCredentialPolicy;
import com.azure.core.util.Context;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.security.Role;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client of Azure for Java, as it comes, is answered by this server under another endpoint. */
@Timeout(120)
final class AzureSdkTest {
  private static final String HEADER = "Ocp-Apim-Subscription-Key";

  private static Server server;
  private static Path data;
  private static HttpClient http;
  private static AnomalyDetectorClient client;
  private static AnomalyDetectorClient slashed;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Certificate certificate = Certificate.in(folder);
    data = Files.createDirectory(folder.resolve("data"));
    var azure = new AzureSettings().sources(new AzureSettings.Sources().folders(List.of(data)));
    Settings settings =
        new Settings(folder)
            .port(0)
            .grpcPort(0)
            .tls(certificate.chain(), certificate.key())
            .hosting(new Settings.Hosting().azure(azure));
    server = Server.start(settings, Running.store(folder), InstantSource.system());
    String key = server.keys().create(Role.ADMIN, "", "test").secret();
    SslContext trusting =
        SslContextBuilder.forClient().trustManager(certificate.chain().toFile()).build();
    http =
        new NettyAsyncHttpClientBuilder(
                reactor.netty.http.client.HttpClient.create()
                    .secure(tls -> tls.sslContext(trusting)))
            .build();
    client = client(key);
    slashed = client(key, "/");
  }

  private static AnomalyDetectorClient client(String key) {
    return client(key, "");
  }

  private static AnomalyDetectorClient client(String key, String end) {
    return new AnomalyDetectorClientBuilder()
        .endpoint("https://localhost:" + server.port() + end)
        .pipeline(
            new HttpPipelineBuilder()
                .httpClient(http)
                .policies(new AzureKeyCredentialPolicy(HEADER, new AzureKeyCredential(key)))
                .build())
        .buildClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** As the endpoints of Azure do, which the client puts before "/anomalydetector". */
  @Test
  void anEndpointMayEndWithASlash() {
    assertThat(slashed.detectLastPoint(series(240, 239)).isAnomaly()).isTrue();
    assertThatThrownBy(() -> slashed.getMultivariateModel(new UUID(1, 2)))
        .hasMessageContaining("ModelNotExist");
  }

  private static List<TimeSeriesPoint> points(double[] values) {
    return IntStream.range(0, values.length)
        .mapToObj(
            i ->
                new TimeSeriesPoint()
                    .setTimestamp(Seasonal.hour(i).atOffset(ZoneOffset.UTC))
                    .setValue((float) values[i]))
        .toList();
  }

  private static DetectRequest series(int points, int strange) {
    return new DetectRequest()
        .setSeries(points(Seasonal.hourly(points, strange)))
        .setGranularity(TimeGranularity.HOURLY);
  }

  @Test
  void entireSeries() {
    EntireDetectResponse response = client.detectEntireSeries(series(240, 100));
    assertThat(response.getPeriod()).isEqualTo(24);
    assertThat(response.getIsAnomaly()).hasSize(240);
    assertThat(response.getIsAnomaly().stream().filter(flag -> flag).count()).isBetween(1L, 12L);
    assertThat(response.getIsPositiveAnomaly().get(100)).isTrue();
    assertThat(response.getIsNegativeAnomaly().get(100)).isFalse();
    assertThat(response.getExpectedValues()).hasSize(240).doesNotContainNull();
    assertThat(response.getUpperMargins()).hasSize(240).doesNotContainNull();
    assertThat(response.getLowerMargins()).hasSize(240).doesNotContainNull();
  }

  @Test
  void lastPoint() {
    LastDetectResponse strange = client.detectLastPoint(series(240, 239));
    assertThat(strange.isAnomaly()).isTrue();
    assertThat(strange.isPositiveAnomaly()).isTrue();
    assertThat(strange.getPeriod()).isEqualTo(24);
    assertThat(strange.getSuggestedWindow()).isEqualTo(97);
    assertThat(client.detectLastPoint(series(240, -1)).isAnomaly()).isFalse();
  }

  @Test
  void changePoint() {
    Seasonal.assumeChangePoints();
    double[] values = Seasonal.hourly(240, -1);
    for (int i = 120; i < 240; i++) {
      values[i] += 400;
    }
    ChangePointDetectResponse response =
        client.detectChangePoint(
            new ChangePointDetectRequest()
                .setSeries(points(values))
                .setGranularity(TimeGranularity.HOURLY));
    assertThat(response.getIsChangePoint()).hasSize(240).contains(true);
    assertThat(response.getConfidenceScores()).hasSize(240).doesNotContainNull();
  }

  @Test
  void whatIsWrongIsToldInItsWords() {
    assertThatThrownBy(() -> client.detectEntireSeries(series(11, -1)))
        .isInstanceOfSatisfying(
            AnomalyDetectorErrorException.class,
            e -> {
              assertThat(e.getValue().getCode()).hasToString("InvalidSeries");
              assertThat(e.getValue().getMessage()).contains("at least 12 points");
            });
    assertThatThrownBy(() -> client("vdt_no").detectEntireSeries(series(20, -1)))
        .isInstanceOfSatisfying(
            HttpResponseException.class,
            e -> assertThat(e.getResponse().getStatusCode()).isEqualTo(401));
    assertThatThrownBy(() -> client.getMultivariateModel(new UUID(1, 2)))
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            e -> assertThat(e.getValue().getCode()).isEqualTo("ModelNotExist"));
  }

  private static OffsetDateTime time(int i) {
    return Pumps.at(i).atOffset(ZoneOffset.UTC);
  }

  @Test
  void multivariate() throws Exception {
    Files.write(data.resolve("pumps.zip"), Pumps.zip());
    String source = data.resolve("pumps.zip").toUri().toString();
    ModelInfo info =
        new ModelInfo()
            .setSource(source)
            .setStartTime(time(0))
            .setEndTime(time(999))
            .setSlidingWindow(30)
            .setDisplayName("pumps");
    UUID model =
        last(
            client
                .trainMultivariateModelWithResponse(info, Context.NONE)
                .getDeserializedHeaders()
                .getLocation());
    Model trained = client.getMultivariateModel(model);
    while (trained.getModelInfo().getStatus() != ModelStatus.READY) {
      assertThat(trained.getModelInfo().getErrors()).isEmpty();
      Thread.sleep(50);
      trained = client.getMultivariateModel(model);
    }
    assertThat(trained.getModelInfo().getDiagnosticsInfo().getVariableStates()).hasSize(3);
    assertThat(client.listMultivariateModel(0, 10).stream().map(ModelSnapshot::getModelId))
        .contains(model);
    batch(model, source);
    lastPoints(model);
    client.deleteMultivariateModel(model);
    assertThatThrownBy(() -> client.getMultivariateModel(model))
        .isInstanceOf(ErrorResponseException.class);
  }

  private static UUID last(String location) {
    return UUID.fromString(location.substring(location.lastIndexOf('/') + 1));
  }

  private static void batch(UUID model, String source) throws InterruptedException {
    DetectionRequest request =
        new DetectionRequest()
            .setSource(source)
            .setStartTime(time(1_000))
            .setEndTime(time(Pumps.POINTS - 1));
    UUID id =
        last(
            client
                .detectAnomalyWithResponse(model, request, Context.NONE)
                .getDeserializedHeaders()
                .getLocation());
    DetectionResult result = client.getDetectionResult(id);
    while (result.getSummary().getStatus() != DetectionStatus.READY) {
      assertThat(result.getSummary().getErrors()).isEmpty();
      Thread.sleep(50);
      result = client.getDetectionResult(id);
    }
    List<AnomalyState> states = result.getResults();
    assertThat(states).hasSize(200);
    assertThat(states.getFirst().getTimestamp()).isEqualTo(time(1_000));
    AnomalyState strange = states.get(Pumps.STRANGE - 1_000);
    assertThat(strange.getValue().isAnomaly()).isTrue();
    assertThat(strange.getValue().getSeverity()).isBetween(0f, 1f);
    assertThat(strange.getValue().getInterpretation().getFirst().getVariable()).isEqualTo("heat");
  }

  private static void lastPoints(UUID model) {
    int from = Pumps.STRANGE - 40;
    List<VariableValues> variables =
        IntStream.range(0, 3)
            .mapToObj(
                v ->
                    new VariableValues()
                        .setName(Pumps.NAMES.get(v))
                        .setTimestamps(
                            IntStream.rangeClosed(from, Pumps.STRANGE)
                                .mapToObj(i -> Pumps.at(i).toString())
                                .toList())
                        .setValues(
                            IntStream.rangeClosed(from, Pumps.STRANGE)
                                .mapToObj(i -> (float) Pumps.value(v, i))
                                .toList()))
            .toList();
    LastDetectionResult result =
        client.lastDetectAnomaly(
            model, new LastDetectionRequest().setVariables(variables).setDetectingPoints(5));
    assertThat(result.getResults()).hasSize(5);
    assertThat(result.getResults().get(4).getValue().isAnomaly()).isTrue();
    assertThat(result.getVariableStates()).hasSize(3);
  }
}
