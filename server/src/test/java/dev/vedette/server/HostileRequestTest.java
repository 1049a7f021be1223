package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that mean harm, each with the answer it gets. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
final class HostileRequestTest {
  private static Front front;

  @BeforeAll
  static void start(@TempDir Path folder) {
    front = new Front(folder);
  }

  @AfterAll
  static void stop() {
    front.close();
  }

  private static HttpResponse<String> key(String body) {
    return front.post("/v1/keys", "application/json", body);
  }

  private static void isProblem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body()).contains("\"type\":\"about:blank\"", "\"status\":" + status);
    assertThat(response.body()).doesNotContain("Exception", "at dev.", "at io.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"role":"admin","role":"ingest"} | there twice
          {"role":{"a":1}}                 | an object is not a value
          {"role":["admin"]}               | an array is not a value
          {"role":NaN}                     | not JSON
          {"role":Infinity}                | not JSON
          {"role":1e999}                   | too large
          {"role":12345678901234567891}    | too many digits
          {"role":"admin"                  | not JSON
          {"role":"admin"} {}              | something follows
          [1,2]                            | not an object
          "text"                           | not an object
          {"role":"admin","x":1}           | no such field
          {"role":"owner"}                 | no such role
          """)
  void badJsonIsRefusedByPlace(String body, String why) {
    HttpResponse<String> response = key(body);
    isProblem(response, 400);
    assertThat(response.body()).contains(why, "\"place\"");
  }

  @Test
  void deepJson() {
    isProblem(key("{\"role\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"), 400);
  }

  @Test
  void hugeNumber() {
    isProblem(key("{\"role\":" + "9".repeat(30_000) + "}"), 400);
  }

  @Test
  void longText() {
    isProblem(key("{\"role\":\"" + "a".repeat(30_000) + "\"}"), 400);
  }

  @Test
  void manyFields() {
    var body = new StringBuilder("{\"role\":\"admin\"");
    for (int i = 0; i < 2_000; i++) {
      body.append(",\"f").append(i).append("\":1");
    }
    isProblem(key(body.append('}').toString()), 400);
  }

  @Test
  void hugeBody() {
    isProblem(key(" ".repeat(100_000)), 413);
    isProblem(key(" ".repeat(300_000)), 413);
    isProblem(key(" ".repeat(5_000_000)), 413);
  }

  @Test
  void aClientThatNeverReadsItsAnswersDoesNotKeepAConnection() throws Exception {
    String request = "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n";
    int requests = 1_000;
    int size = front.get("/openapi.yaml").body().length();
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(front.address());
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.repeat(requests).getBytes(StandardCharsets.US_ASCII));
      // Longer than a request may take.
      Thread.sleep(4_000);
      long read = 0;
      byte[] buffer = new byte[1 << 16];
      try {
        int count;
        while (read < (long) requests * size
            && (count = socket.getInputStream().read(buffer)) >= 0) {
          read += count;
        }
      } catch (SocketException reset) {
        assertThat(reset).isNotNull();
      }
      assertThat(read).isPositive().isLessThan((long) requests * size);
    }
  }

  @Test
  void hugeBodyWithoutALength() {
    byte[] body = " ".repeat(5_000_000).getBytes(StandardCharsets.UTF_8);
    isProblem(
        front.send(
            front
                .to("/v1/keys")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))),
        413);
  }

  @Test
  void hugeBodyInChunks() throws IOException, InterruptedException {
    String head = "POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
    String answer = front.raw(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5));
    assertThat(answer).startsWith("HTTP/1.1 413");
  }

  @Test
  void bytesThatAreNoText() {
    byte[] body = "{\"role\":\"admin\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
    isProblem(
        front.send(
            front
                .to("/v1/keys")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))),
        400);
  }

  @Test
  void gzipBomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[10_000_000]);
    }
    isProblem(
        front.send(
            front
                .to("/v1/keys")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))),
        415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "GZIP, br", "none"})
  void compressedBodies(String encoding) {
    HttpResponse<String> refused =
        front.send(
            front
                .to("/v1/keys")
                .header("Content-Type", "application/json")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString("{\"role\":\"admin\"}")));
    isProblem(refused, 415);
    assertThat(refused.body()).contains("compressed bodies are not taken", "Content-Encoding");
  }

  @Test
  void brokenJsonIsToldInPlainWords() {
    HttpResponse<String> refused =
        front.post("/v1/keys", "application/json", "{\"role\":\"admin\"");
    isProblem(refused, 400);
    assertThat(refused.body())
        .contains("not JSON", "end-of-input", "line 1, column ")
        .doesNotContain("Source", "marker at", "StreamRead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/x-www-form-urlencoded", "text/plain"})
  void otherMediaTypes(String type) {
    isProblem(front.post("/v1/keys", type, "{\"role\":\"admin\"}"), 415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=-1", "limit=0", "limit=1001", "limit=x", "limit=1&limit=2", "a=1"})
  void badQueries(String query) {
    isProblem(front.get("/v1/audit?" + query), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/dashboard/../openapi.yaml",
        "/openapi.yaml%00.html",
        "/webjars/../chart.js",
        "/META-INF/MANIFEST.MF",
        "/logback-server.xml"
      })
  void pathsOutOfTheDashboard(String path) throws IOException, InterruptedException {
    String answer =
        front.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*");
    assertThat(answer).doesNotContain("root:", "Manifest-Version", "EcsEncoder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..%2F..%2Fetc", "%2e%2e", "a%2Fb", "a.vedette", "a%00", "-a"})
  void pathsOutOfTheModels(String name) throws IOException, InterruptedException {
    String answer =
        front.raw(
            "GET /v1/models/" + name + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400");
  }

  @Test
  void modelThatIsNone() {
    HttpResponse<String> response =
        front.send(
            front
                .to("/v1/models/evil")
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofString("PK\u0003\u0004 not a model")));
    isProblem(response, 400);
    assertThat(response.body()).doesNotContain("draft", "/models/");
    assertThat(front.get("/v1/models").body()).isEqualTo("{\"models\":[]}");
  }

  @Test
  void otherHost() throws IOException, InterruptedException {
    assertThat(
            front.raw("GET /v1/keys HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(front.raw("GET /v1/keys HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(
            front.raw(
                "GET /v1/keys HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n"
                    + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void pageOfAnotherOrigin() {
    isProblem(front.send(front.to("/v1/keys").header("Origin", "http://evil.example")), 403);
    isProblem(front.send(front.to("/v1/keys").header("Origin", "null")), 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "OPTIONS", "TRACE", "DEBUG"})
  void otherMethods(String method) {
    HttpResponse<String> response =
        front.send(front.to("/v1/keys").method(method, BodyPublishers.noBody()));
    isProblem(response, 405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, POST");
    assertThat(response.headers().map()).doesNotContainKey("access-control-allow-origin");
  }

  @Test
  void methodOverrideIsNotHeard() {
    HttpResponse<String> response =
        front.send(front.to("/v1/keys").header("X-HTTP-Method-Override", "DELETE"));
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void headerFlood() throws IOException, InterruptedException {
    String many = "X-A: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n".repeat(1_000);
    String answer = refusedOr("GET / HTTP/1.1\r\nHost: localhost\r\n" + many + "\r\n");
    assertThat(answer).matches("(?s)(HTTP/1.1 (400|431) .*)?");
    String longLine = "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertThat(refusedOr(longLine)).matches("(?s)(HTTP/1.1 4\\d\\d .*)?");
  }

  /** A server may close before all was read, and then its answer can be lost. */
  private static String refusedOr(String request) throws IOException, InterruptedException {
    try {
      return front.raw(request);
    } catch (SocketException closed) {
      return "";
    }
  }

  @Test
  void lineBreaksInHeadersAndPaths() throws IOException, InterruptedException {
    String answer =
        front.raw(
            "GET /v1/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\n"
                + "Connection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("Set-Cookie");
    answer =
        front.raw(
            "GET /v1/models/a%0d%0aSet-Cookie:x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("\nSet-Cookie");
  }

  @Test
  void twoLengths() throws IOException, InterruptedException {
    String answer =
        front.raw(
            "POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + "GET /v1/audit HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").doesNotContain("\"audit\"");
  }

  @Test
  void slowBody() throws IOException, InterruptedException {
    List<byte[]> drips =
        drips(
            "POST /v1/keys HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 1000\r\n\r\n");
    assertThat(dripped(drips)).doesNotContain("200 OK", "201");
  }

  @Test
  void slowHeaders() throws IOException, InterruptedException {
    assertThat(dripped(drips("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: "))).isEmpty();
  }

  private static List<byte[]> drips(String start) {
    var drips = new ArrayList<byte[]>();
    drips.add(start.getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 15; i++) {
      drips.add(new byte[] {' '});
    }
    return drips;
  }

  /** The connection is closed under the one who drips: by an end of file or a reset. */
  private static String dripped(List<byte[]> drips) throws IOException, InterruptedException {
    try {
      return front.raw(drips.toArray(byte[][]::new));
    } catch (SocketException closed) {
      return "";
    }
  }

  @Test
  void afterAllThatItStillAnswers() {
    assertThat(front.get("/health/live").statusCode()).isEqualTo(200);
  }
}
