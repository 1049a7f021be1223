package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.AzureSettings.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests for multivariate models that are wrong or mean harm, each with the answer it gets. */
@Timeout(120)
final class AzureModelErrorTest {
  private static final String MODELS = AzureClient.MODELS;
  private static final int MOST_BYTES = 2 << 20;
  private static final int MOST_TIMESTAMPS = 30_000;

  private static Path data;
  private static Path secret;
  private static Running running;
  private static AzureClient client;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    data = Files.createDirectory(folder.resolve("data"));
    secret = Files.writeString(folder.resolve("secret.csv"), Pumps.table());
    var sources = new Sources().folders(List.of(data)).bytes(MOST_BYTES);
    var quota = new Quota(1_000, 20, 10, MOST_TIMESTAMPS, Duration.ofDays(7));
    var azure = new AzureSettings().sources(sources).quota(quota);
    running = new Running(folder, new Settings.Hosting().azure(azure));
    client = new AzureClient(running);
    client.upload("pumps.csv", bytes(Pumps.table()));
    client.upload("pumps.zip", Pumps.zip());
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                                | InvalidJsonFormat | Invalid JSON format: line 1
          []                               | InvalidJsonFormat | it is not an object
          {}                               | RequiredSource | The 'dataSource' field is required in the request.
          {"dataSource":""}                | RequiredSource | The 'dataSource' field is required in the request.
          {"dataSource":7}                 | InvalidJsonFormat | The 'dataSource' field must be a text.
          {"dataSource":"upload:pumps.csv"} | RequiredStartTime | The 'startTime' field is required in the request.
          {"source":"upload:pumps.csv"}    | RequiredStartTime | The 'startTime' field is required in the request.
          {"dataSource":"upload:pumps.csv","startTime":"2021-01-01T00:00:00Z"} | RequiredEndTime | The 'endTime' field is required in the request.
          {"dataSource":"upload:pumps.csv","startTime":"then","endTime":"now"} | InvalidTimestampFormat | The then format is not a valid format.
          {"dataSource":"upload:pumps.csv","startTime":7,"endTime":"now"}      | InvalidTimestampFormat | Invalid timestamp format.
          {"dataSource":"upload:pumps.csv","startTime":"2021-01-02","endTime":"2021-01-01 00:00:00"} | InvalidRequestParameterError | must not be after
          """)
  void bodies(String body, String code, String why) {
    client.told(client.post(MODELS, body), 400, code, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "slidingWindow":27                       | InvalidSlidingWindow | The 'slidingWindow' field must be an integer between 28 and 2880.
          "slidingWindow":2881                     | InvalidSlidingWindow | The 'slidingWindow' field must be an integer between 28 and 2880.
          "slidingWindow":30.5                     | InvalidSlidingWindow | The 'slidingWindow' field must be an integer between 28 and 2880.
          "slidingWindow":"30"                     | InvalidSlidingWindow | The 'slidingWindow' field must be an integer between 28 and 2880.
          "alignPolicy":7                          | InvalidJsonFormat | The 'alignPolicy' field must be an object.
          "alignPolicy":{"alignMode":"inner"}      | InvalidAlignMode | The 'alignMode' field must be one of the following: 'Inner' or 'Outer' .
          "alignPolicy":{"alignMode":7}            | InvalidAlignMode | The 'alignMode' field must be one of the following: 'Inner' or 'Outer' .
          "alignPolicy":{"fillNAMethod":"Guess"}   | InvalidFillNAMethod | The 'fillNAMethod' field must be one of the following
          "alignPolicy":{"fillNAMethod":"NotFill"} | InvalidFillNAMethod | It cannot be 'NotFill' when 'alignMode' is 'Outer'.
          "alignPolicy":{"fillNAMethod":"Fixed"}   | RequiredPaddingValue | The 'paddingValue' field is required in the request when 'fillNAMethod' is 'Fixed'.
          "alignPolicy":{"fillNAMethod":"Fixed","paddingValue":"0"} | RequiredPaddingValue | The 'paddingValue' field is required
          "displayName":"more than 24 characters, see"  | InvalidRequestParameterError | The 'displayName' field cannot have more than 24 characters.
          "displayName":["x"]                      | InvalidJsonFormat | The 'displayName' field must be a text.
          "dataSchema":"TwoTables"                 | InvalidRequestParameterError | 'OneTable', 'MultiTable'
          """)
  void options(String option, String code, String why) {
    String body = AzureClient.request("upload:pumps.csv", 0, 999, "," + option);
    client.told(client.post(MODELS, body), 400, code, why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pumps.csv",
        "ftp://example.org/pumps.csv",
        "jar:file:///data/pumps.jar!/pumps.csv",
        "http://169.254.169.254/latest/meta-data",
        "http://localhost:1/pumps.csv",
        "https://account.blob.core.windows.net/data/pumps.csv?sig=x",
        "file:///etc/passwd",
        "file:///etc/none",
        "file:pumps.csv",
        "file://example.org/share/pumps.csv",
        "file:///%00",
        "http:///x",
        "%%"
      })
  void sources(String source) {
    client.told(
        client.post(MODELS, AzureClient.training(source)),
        400,
        "InvalidBlobURL",
        "The data source cannot be used");
  }

  @Test
  void noWayOutOfTheFolder() throws Exception {
    Files.createSymbolicLink(data.resolve("link.csv"), secret);
    Files.createSymbolicLink(data.resolve("out"), secret.getParent());
    String root = data.toUri().toString();
    for (String path :
        List.of("../secret.csv", "link.csv", "out/secret.csv", "%2e%2e/secret.csv")) {
      String body = AzureClient.training(root + path);
      client.told(client.post(MODELS, body), 400, "InvalidBlobURL", "in none of the folders");
    }
    Path several = Files.createDirectory(data.resolve("several"));
    Files.writeString(several.resolve("flow.csv"), Pumps.file(1));
    Files.writeString(several.resolve("heat.csv"), Pumps.file(2));
    Files.createSymbolicLink(several.resolve("secret.csv"), secret);
    String id = client.trained(several.toUri().toString());
    assertThat(client.model(id).at("/modelInfo/diagnosticsInfo/variableStates")).hasSize(2);
  }

  @Test
  void filesThatAreNotThereOrTooLarge() throws Exception {
    String missing = AzureClient.training("upload:none.csv");
    client.told(client.post(MODELS, missing), 400, "FileNotExist", "none.csv does not exist");
    String odd = AzureClient.training("upload:../store.db");
    client.told(client.post(MODELS, odd), 400, "FileNotExist", "does not exist");
    String none = AzureClient.training(data.resolve("none.csv").toUri().toString());
    client.told(client.post(MODELS, none), 400, "FileNotExist", "does not exist");
    Path large = Files.write(data.resolve("large.csv"), new byte[MOST_BYTES + 1]);
    client.told(
        client.post(MODELS, AzureClient.training(large.toUri().toString())),
        413,
        "InvalidFileSize",
        "exceeds the file size limit (2097152 bytes).");
  }

  private static void fails(String name, byte[] data, String code, String why)
      throws InterruptedException {
    client.upload(name, data);
    client.fails(AzureClient.training("upload:" + name), code, why);
  }

  @Test
  void dataThatCannotBeRead() throws Exception {
    String first = Pumps.at(0).toString();
    fails("a", bytes("x,y\n1,2\n"), "FileColumnsNotExist", "timestamp or value in file data");
    fails("a", bytes("timestamp\n" + first + "\n"), "NoVariablesFound", "No variables found.");
    fails("a", bytes("timestamp,x,x\n" + first + ",1,2\n"), "DuplicatedVariables", "same name");
    fails("a", bytes("timestamp,x\nthen,1\n"), "ReadingFileError", "'then' is not a date or time");
    fails(
        "a",
        bytes("timestamp,x\n" + first + ",1\n,1\n"),
        "ReadingFileError",
        "Row 2 has no timestamp.");
    fails("a", bytes("timestamp,x\n" + first + ",1,2\n"), "ReadingFileError", "3 fields");
    fails("a", bytes("timestamp,x\n" + first + ",many\n"), "VariableParseError", "'many'");
    fails("a", bytes("timestamp,x\n" + first + ",1e999\n"), "VariableParseError", "Variable x");
    fails("a", bytes("timestamp,x\n"), "NoData", "There is no effective data.");
    String twice = "timestamp,x\n" + first + ",1\n" + first + ",2\n";
    fails("a", bytes(twice), "MergeDataFailed", "twice");
    fails("a", bytes("timestamp,x\n" + first + ",1\n"), "NotEnoughInput", "sliding window");
    fails("a", new byte[0], "FileColumnsNotExist", "do not exist");
    fails("a", new byte[2_000], "FileColumnsNotExist", "do not exist");
    fails("a", new byte[2 << 20], "ReadingFileError", "Its first line cannot be read.");
    String late = AzureClient.request("upload:pumps.csv", 5_000, 6_000, "");
    client.fails(late, "NoData", "There is no effective data.");
    String table =
        AzureClient.training("upload:pumps.zip").replace("{", "{\"dataSchema\":\"OneTable\",");
    client.fails(table, "NoVariablesFound", "No variables found.");
    String several =
        AzureClient.training("upload:pumps.csv").replace("{", "{\"dataSchema\":\"MultiTable\",");
    client.fails(several, "NoVariablesFound", "No variables found.");
  }

  @Test
  void moreThanMayBe() throws Exception {
    String many =
        IntStream.rangeClosed(0, MOST_TIMESTAMPS)
            .mapToObj(i -> Pumps.at(i) + ",1\n")
            .collect(Collectors.joining("", "timestamp,x\n", ""));
    fails("a", bytes(many), "TooManyData", "Maximum number is 30000 per variable.");
    String wide = IntStream.range(0, 11).mapToObj(i -> ",v" + i).collect(Collectors.joining());
    fails("a", bytes("timestamp" + wide + "\n"), "TooManyData", "Maximum number is 10.");
  }

  @Test
  void archivesThatMeanHarm() throws Exception {
    byte[] cut = java.util.Arrays.copyOf(Pumps.zip(), 5_000);
    fails("z", cut, "ReadingFileError", "not a zip archive that can be read");
    byte[] none = Pumps.zip(List.of("readme.txt"), List.of("no data"));
    fails("z", none, "NoVariablesFound", "No variables found.");
    byte[] twice =
        Pumps.zip(List.of("a/flow.csv", "b/flow.csv"), List.of(Pumps.file(1), Pumps.file(1)));
    fails("z", twice, "DuplicatedVariables", "same name");
    // Megabytes of blanks in a few bytes, wanted or not.
    String blanks = " ".repeat(3 << 20);
    byte[] bomb = Pumps.zip(List.of("flow.csv"), List.of("timestamp,value\n" + blanks));
    fails("z", bomb, "FileSizeTooLarge", "The size of file flow.csv is too large.");
    byte[] hidden = Pumps.zip(List.of("flow.csv", "x.txt"), List.of(Pumps.file(1), blanks));
    fails("z", hidden, "FileSizeTooLarge", "The size of file x.txt is too large.");
    List<String> names = IntStream.range(0, 11).mapToObj(i -> "v" + i + ".csv").toList();
    byte[] many = Pumps.zip(names, names.stream().map(name -> Pumps.file(1)).toList());
    fails("z", many, "TooManyData", "Maximum number is 10.");
    byte[] out = Pumps.zip(List.of("../../x.csv", "/y.csv"), List.of(Pumps.file(0), Pumps.file(1)));
    client.upload("z", out);
    JsonNode info = client.model(client.trained("upload:z")).get("modelInfo");
    assertThat(info.at("/diagnosticsInfo/variableStates/0/variable").asString()).isEqualTo("x");
    assertThat(info.at("/diagnosticsInfo/variableStates/1/variable").asString()).isEqualTo("y");
    byte[] wrong = Pumps.zip(List.of("x.csv"), List.of("timestamp,x\n2021-01-01,1\n"));
    fails("z", wrong, "FileColumnsNotExist", "in file x.csv do not exist.");
  }

  private static void detectionFails(String model, String source, String code, String why)
      throws InterruptedException {
    JsonNode result = client.detected(model, AzureClient.request(source, 1_000, 1_199, ""));
    assertThat(result.at("/summary/status").asString()).isEqualTo("FAILED");
    client.fault(result.at("/summary/errors"), code, why);
  }

  @Test
  void dataOfOtherVariables() throws Exception {
    String table = client.trained("upload:pumps.csv");
    client.upload("b", bytes(Pumps.table().replaceFirst("heat", "warmth")));
    detectionFails(table, "upload:b", "ColumnNotFound", "Column heat cannot be found");
    client.upload("b", bytes(Pumps.table().replace("\n", ",1\n").replaceFirst(",1\n", ",more\n")));
    detectionFails(table, "upload:b", "NumColumnsMismatch", "does not match the number");
    String several = client.trained("upload:pumps.zip");
    List<String> files = List.of(Pumps.file(0), Pumps.file(1), Pumps.file(2), Pumps.file(2));
    List<String> names = List.of("pressure.csv", "flow.csv", "heat.csv", "more.csv");
    client.upload("b", Pumps.zip(names.subList(0, 2), files.subList(0, 2)));
    detectionFails(several, "upload:b", "FileNotExist", "File heat does not exist.");
    client.upload("b", Pumps.zip(names, files));
    detectionFails(several, "upload:b", "RedundantFile", "File more is redundant.");
    String long20 =
        IntStream.range(0, 20_001)
            .mapToObj(i -> Pumps.at(i) + ",1,2,3\n")
            .collect(Collectors.joining("", "timestamp,pressure,flow,heat\n", ""));
    client.upload("b", bytes(long20));
    JsonNode all = client.detected(table, AzureClient.request("upload:b", 0, 20_000, ""));
    client.fault(all.at("/summary/errors"), "DataExceedsLimit", "exceeds limit(20000).");
  }

  private static void last(String model, String body, String code, String why) {
    client.told(client.post(MODELS + "/" + model + ":detect-last", body), 400, code, why);
  }

  @Test
  void lastPoints() throws Exception {
    String model = client.trained("upload:pumps.csv");
    last(model, "{}", "NoVariablesFound", "The 'variables' field is required in the request.");
    last(model, "{\"variables\":7}", "InvalidJsonFormat", "must be an array of objects");
    last(model, "{\"variables\":[7]}", "InvalidJsonFormat", "must be an array of objects");
    last(model, "{\"variables\":[{}]}", "InvalidJsonFormat", "variable, timestamps and values");
    String one = "{\"variables\":[{\"variable\":\"heat\",\"timestamps\":[%s],\"values\":[%s]}]}";
    last(model, one.formatted("7", "1"), "InvalidTimestampFormat", "A timestamp is a text.");
    last(model, one.formatted("\"then\"", "1"), "InvalidTimestampFormat", "The then format");
    last(model, one.formatted("\"2021-01-01\"", "\"1\""), "VariableParseError", "is no number");
    last(model, one.formatted("\"2021-01-01\"", "1,2"), "VariableParseError", "1 timestamps but 2");
    last(model, one.formatted("\"2021-01-01\"", "1e999"), "VariableParseError", "not a finite");
    last(model, one.formatted("\"2021-01-01\"", "1"), "ColumnNotFound", "Column pressure");
    String few = "{\"variables\":" + Pumps.variables(0, 29) + "}";
    last(model, few, "NotEnoughInput", "The length of data is 29");
    String extra =
        few.replace(
            "[{\"variable\"",
            "[{\"variable\":\"x\",\"timestamps\":[],\"values\":[]},{\"variable\"");
    last(model, extra, "NumColumnsMismatch", "does not match the number of variables");
    last(
        model,
        few.replace(Pumps.at(1).toString(), Pumps.at(2).toString()),
        "MergeDataFailed",
        "twice");
    String options = few.replace("{\"variables\"", "{\"topContributorCount\":0,\"variables\"");
    last(model, options, "InvalidRequestParameterError", "'topContributorCount'");
    last(
        model,
        options.replace("topContributorCount", "detectingPoints"),
        "InvalidRequestParameterError",
        "'detectingPoints'");
    String times =
        IntStream.range(0, 2_881)
            .mapToObj(i -> "\"" + Pumps.at(i) + "\"")
            .collect(Collectors.joining(","));
    String ones = "1" + ",1".repeat(2_880);
    String all =
        Pumps.NAMES.stream()
            .map(
                name ->
                    "{\"variable\":\"%s\",\"timestamps\":[%s],\"values\":[%s]}"
                        .formatted(name, times, ones))
            .collect(Collectors.joining(",", "{\"variables\":[", "]}"));
    last(model, all, "DataExceedsLimit", "exceeds limit(2880).");
    // A thousand times of its own of each of three.
    String apart =
        IntStream.range(0, 3)
            .mapToObj(
                v ->
                    "{\"variable\":\"%s\",\"timestamps\":[%s],\"values\":[%s]}"
                        .formatted(
                            Pumps.NAMES.get(v),
                            IntStream.range(1_000 * v, 1_000 * (v + 1))
                                .mapToObj(i -> "\"" + Pumps.at(i) + "\"")
                                .collect(Collectors.joining(",")),
                            "1" + ",1".repeat(999)))
            .collect(Collectors.joining(",", "{\"variables\":[", "]}"));
    last(model, apart, "DataExceedsLimit", "exceeds limit(2880).");
  }

  @Test
  void idsAndPages() {
    String id = "/" + new java.util.UUID(1, 2);
    String none = "The model does not exist.";
    client.told(running.get(MODELS + id), 404, "ModelNotExist", none);
    client.told(running.get(MODELS + "/x"), 404, "ModelNotExist", none);
    client.told(running.send(running.to(MODELS + id).DELETE()), 404, "ModelNotExist", none);
    String body = AzureClient.request("upload:pumps.csv", 0, 9, "");
    client.told(client.post(MODELS + id + ":detect-batch", body), 404, "ModelNotExist", none);
    client.told(client.post(MODELS + id + ":detect-last", "{}"), 404, "ModelNotExist", none);
    String result = "/anomalydetector/v1.1/multivariate/detect-batch" + id;
    client.told(running.get(result), 404, "ResultNotExist", "The result does not exist.");
    for (String query :
        List.of("skip=x", "top=x", "skip=-1", "top=0", "$skip=1.5", "top=99999999999")) {
      client.told(
          running.get(MODELS + "?" + query.replace("$", "%24")),
          400,
          "InvalidRequestParameterError",
          "Invalid values for $skip or $top.");
    }
    assertThat(running.get(MODELS.replace("v1.1", "v1.0")).statusCode()).isEqualTo(404);
  }

  @Test
  void uploads() {
    for (String name : List.of(".x", "a%2Fb", "..", "x.draft", "a".repeat(65))) {
      var request = running.to("/v1/datasets/" + name).header("Content-Type", "text/csv");
      var put = java.net.http.HttpRequest.BodyPublishers.ofString("x");
      assertThat(running.send(request.PUT(put)).statusCode()).as(name).isEqualTo(400);
    }
    var large = java.net.http.HttpRequest.BodyPublishers.ofByteArray(new byte[MOST_BYTES + 1]);
    var request = running.to("/v1/datasets/x").header("Content-Type", "text/csv").PUT(large);
    assertThat(running.send(request).statusCode()).isEqualTo(413);
  }
}
