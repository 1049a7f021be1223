package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vedette.data.Table;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows and tensors that are wrong or mean harm, each with the answer it gets. */
@Timeout(120)
final class HostileInferenceTest {
  private static Running running;

  @BeforeAll
  static void start(@TempDir Path folder) {
    Cards.save(Cards.mixed(500, 1), 1, folder.resolve("cards.vedette"));
    running = new Running(folder, new Settings.Hosting().models(List.of(folder)));
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  private static void told(HttpResponse<String> response, int status, String why) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains(why).doesNotContain("Exception", "at dev.", "\n");
  }

  private static HttpResponse<String> infer(String body) {
    return running.post("/v2/models/cards/infer", Running.JSON, body);
  }

  /** An input of this name and these properties, before the three that are right. */
  private static String with(String input) {
    return """
        {"inputs":[%s,
        {"name":"age","datatype":"INT32","shape":[2],"data":[30,40]},
        {"name":"chip","datatype":"BOOL","shape":[2],"data":[true,false]},
        {"name":"country","datatype":"BYTES","shape":[2],"data":["DE",null]}]}"""
        .formatted(input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "name":"amount","datatype":"FP64","shape":[2],"data":[1,2]     | 200 | score
          "name":"amount","datatype":"FP64","shape":[2],"data":[1,null]  | 200 | score
          "name":"amount","datatype":"FP64","shape":[2],"data":[1,NaN]   | 200 | score
          "name":"amount","datatype":"BYTES","shape":[2,1],"data":["1","2"] | 200 | score
          "name":"amount","datatype":"FP64","shape":[2],"data":[1,Infinity] | 400 | is not a finite number
          "name":"amount","datatype":"FP64","shape":[2],"data":[1,1e999] | 400 | is not a finite number
          "name":"amount","datatype":"FP64","shape":[-2],"data":[1,2]    | 400 | a size is not negative
          "name":"amount","datatype":"FP64","shape":[3],"data":[1,2]     | 400 | has 3 values, and 2 came
          "name":"amount","datatype":"FP64","shape":[3],"data":[1,2,3]   | 400 | send as many of each
          "name":"amount","datatype":"FP64","shape":[9223372036854775807,9223372036854775807],"data":[1] | 413 | more than 2,000,000 values
          "name":"amount","datatype":"FP64","shape":[99999999999999999999],"data":[1] | 400 | not JSON that can be read
          "name":"amount","datatype":"FP64","shape":[1.5],"data":[1]     | 400 | whole numbers
          "name":"amount","datatype":"FP64","shape":[1,2],"data":[1,2]   | 400 | send [rows] or [rows, 1]
          "name":"amount","datatype":"FP64","shape":[],"data":[1]        | 400 | send [rows] or [rows, 1]
          "name":"amount","datatype":"FP65","shape":[2],"data":[1,2]     | 400 | there is no datatype FP65
          "name":"amount","datatype":"FP64","shape":[2],"data":["1","2"] | 400 | a tensor of texts has the datatype BYTES
          "name":"amount","datatype":"BYTES","shape":[2],"data":[1,2]    | 400 | a tensor of datatype BYTES has texts
          "name":"amount","datatype":"BYTES","shape":[2],"data":["1",2]  | 400 | both numbers and texts
          "name":"amount","datatype":"BYTES","shape":[2],"data":["1","x"] | 400 | row 2, column 'amount': 'x' is not a number
          "name":"amount","datatype":"FP64","shape":[2],"data":[1,{}]    | 400 | it is not an array of values
          "name":"amount","datatype":"FP64","shape":[2],"data":7         | 400 | it is not an array
          "name":"amount","datatype":"FP64","shape":[2]                  | 400 | an input has name, datatype, shape
          "name":"amount","datatype":"FP64","shape":[2],"parameters":{"binary_data_size":16} | 400 | 16 bytes of it are announced, and 0 are left
          "name":"sum","datatype":"FP64","shape":[2],"data":[1,2]        | 400 | the model has no input 'sum'
          "name":"same","datatype":"FP64","shape":[2],"data":[1,2]       | 400 | input 'amount' is missing
          "name":"age","datatype":"FP64","shape":[2],"data":[1,2]        | 400 | input 'age' is there twice
          """)
  void tensors(String input, int status, String why) {
    told(infer(with("{" + input + "}")), status, why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          []                                   | it is not an object
          {}                                   | there are no inputs
          {"inputs":{}}                        | it is not an array
          {"inputs":[1]}                       | it is not an object
          {"inputs":[]} x                      | not JSON
          {"inputs":[]} {}                     | something follows
          {"inputs":[                          | not JSON
          {"inputs":[],"outputs":[{"name":"no"}]} | there is no such output
          {"inputs":[],"outputs":7}            | it is not an array
          {"inputs":[{"name":"a","datatype":"FP64","shape":[1,3],"data":[1,2,3]}]} | or one of shape [rows, 4]
          {"inputs":[{"name":"a","datatype":"FP64","shape":[0,4],"data":[]}]}      | there are no rows
          {"inputs":[{"name":"a","datatype":"FP64","shape":[4],"data":[1,1,1,1]}]} | or one of shape [rows, 4]
          {"inputs":[{"name":"a","datatype":"INT64","shape":[1,4],"data":[9007199254740993,1,1,1]}]} | too many digits
          """)
  void requests(String body, String why) {
    told(infer(body), 400, why);
  }

  @Test
  void deepAndLong() {
    told(infer("{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"), 400, "nest");
    told(infer("{\"id\":\"" + "a".repeat(100_000) + "\"}"), 400, "not JSON");
    told(infer("{\"inputs\":[" + "1,".repeat(6_000_000) + "1]}"), 413, "the body has more than");
    String zeros = "0,".repeat(2_100_000) + "0";
    String data = "{\"name\":\"a\",\"datatype\":\"FP64\",\"shape\":[1,4],\"data\":[" + zeros + "]}";
    told(infer("{\"inputs\":[" + data + "]}"), 413, "more than 2,000,000 values");
  }

  private static HttpResponse<String> binary(String header, String json, int tail) {
    byte[] body = Arrays.copyOf(json.getBytes(StandardCharsets.UTF_8), json.length() + tail);
    HttpRequest.Builder request =
        running
            .to("/v2/models/cards/infer")
            .header("Content-Type", "application/octet-stream")
            .header("Inference-Header-Content-Length", header);
    return running.send(request.POST(BodyPublishers.ofByteArray(body)));
  }

  @Test
  void bytesAfterTheJson() {
    String json =
        "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"FP64\",\"shape\":[1,4],"
            + "\"parameters\":{\"binary_data_size\":32}}]}";
    String length = Integer.toString(json.length());
    told(binary(length, json, 32), 200, "score");
    told(binary(length, json, 31), 400, "32 bytes of it are announced, and 31 are left");
    told(binary(length, json, 33), 400, "1 bytes follow those of the inputs");
    told(binary("-1", json, 32), 400, "is not a number of bytes");
    told(binary("99999999999", json, 32), 400, "is not a number of bytes");
    told(binary("100000", json, 32), 400, "is not a number of bytes");
    told(binary("7", json, 32), 400, "not JSON");
    told(binary(length, json.replace("32}", "40}"), 40), 400, "has 32 bytes, and 40 came");
    String texts = json.replace("FP64", "BYTES");
    told(binary(Integer.toString(texts.length()), texts, 32), 400, "16 bytes follow its 4 texts");
  }

  private static HttpResponse<String> score(String type, String body) {
    return running.post("/v1/models/cards/score", type, body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"amount":1,"sum":2}              | row 1.sum
          {"amount":1,"amount":2}           | it is there twice
          {"amount":[1]}                    | it is not a value
          {"amount":{"a":1}}                | it is not a value
          {"amount":"x"}                    | row 1, column 'amount': 'x' is not a number
          {"chip":"perhaps"}                | is not a flag
          {"amount":true}                   | is not a number
          {"amount":1e999}                  | is not a finite number
          {"amount":12345678901234567891}   | too many digits
          [1,2,true]                        | 3 values, and the model has 4: send [amount, age, chip, country] in this order, without [same]
          [1,2,true,"DE",5]                 | 5 values, and the model has 4
          [1,2,true,["DE"]]                 | it is not a value
          [1,2,true,"DE",[]]                | it is not a value
          [[1,2,true,"DE"],7]               | it is not a row
          {"instances":[]}                  | there are no rows
          []                                | 0 values
          7                                 | it is not a row
          {"instances":[[1,2,true,"DE"]],"more":[]} | nothing else
          """)
  void rows(String body, String why) {
    told(score(Running.JSON, body), 400, why);
  }

  @Test
  void lines() {
    told(score("text/csv", "1,2,3\n"), 400, "3 values, and the model has 4");
    told(score("text/csv", "amount,age,chip,country\n1,2,1\n"), 400, "the header has 4");
    told(score("text/csv", "amount,amount,age,chip,country\n"), 400, "a name twice");
    told(score("text/csv", "amount,age,chip,country\n"), 400, "there are no rows");
    told(score("text/csv", "amount,age,chip,land\n1,2,1,DE"), 400, "'amount' is not a number");
    told(score("text/csv", ""), 400, "there are no rows");
    told(score("text/csv", "1,2,1,\"DE"), 400, "a quote is not closed");
    told(score(Running.LINES, "[1,2,true,\"DE\"]\n[1,2"), 400, "line 2");
    told(score("application/xml", "<a/>"), 415, "text/csv");
  }

  @Test
  void queries() {
    Table one = Cards.mixed(1, 3);
    String path = "/v1/models/cards/score";
    told(running.post(path + "?reasons=no", Running.JSON, "{}"), 400, "flagged, all, none");
    told(running.post(path + "?x=1", Running.JSON, "{}"), 400, "there is no such parameter");
    told(running.post(path + "?version=7", Running.JSON, "{}"), 404, "is at version 1");
    told(running.post(path, Running.JSON, Cards.objects(one)), 200, "score");
    String many = Cards.objects(Cards.mixed(1_001, 3));
    told(running.post(path + "?reasons=all", Running.JSON, many), 413, "reasons for 1,001 rows");
    told(running.post("/v1/models/..%2fx/score", Running.JSON, "{}"), 404, "of that name");
    told(running.get("/v1/models/..%2fx"), 400, "that is not the name of a model");
  }
}
