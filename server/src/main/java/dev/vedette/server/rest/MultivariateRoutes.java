package dev.vedette.server.rest;

import dev.vedette.azure.MultivariateVariable;
import dev.vedette.server.azure.AzureException;
import dev.vedette.server.azure.AzureModels;
import dev.vedette.server.azure.AzureModels.Detected;
import dev.vedette.server.azure.DetectionInfo;
import dev.vedette.server.azure.KeptModel;
import dev.vedette.server.azure.KeptResult;
import dev.vedette.server.azure.TrainingInfo;
import dev.vedette.server.model.Gate;
import dev.vedette.server.security.Right;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The multivariate part of the Azure-compatible service: models are made, listed and removed, judge
 * a batch behind the request or the last points within it. The previews of that service had some
 * other paths.
 */
final class MultivariateRoutes {
  private static final String ROOT = "/anomalydetector/{version}/multivariate/";
  private static final String MODELS = ROOT + "models";
  private static final String MODEL = MODELS + "/{modelId}";
  private static final List<String> VERSIONS = List.of("v1.1", "v1.1-preview", "v1.1-preview.1");
  private static final int USUAL = 10;

  /** What a variable of a model, or a byte of a result that is kept, takes on its way out. */
  private static final int VARIABLE_BYTES = 600;

  private static final int RESULT_BYTES = 4;

  private final AzureModels models;
  private final AzureReader reader;
  private final Gate gate;

  MultivariateRoutes(Parts parts, Gate gate) {
    this.models = parts.azureModels();
    this.reader = new AzureReader(parts.limits().depth(), parts.azure().points());
    this.gate = gate;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", MODELS, Right.ADMINISTER, this::create),
        new Route("GET", MODELS, Right.SCORE, this::list),
        new Route("GET", MODEL, Right.SCORE, this::get),
        new Route("DELETE", MODEL, Right.ADMINISTER, this::delete),
        new Route("POST", MODEL + ":detect-batch", Right.SCORE, this::detect),
        new Route("GET", ROOT + "detect-batch/{resultId}", Right.SCORE, this::result),
        new Route("POST", MODEL + ":detect-last", Right.SCORE, this::detectLast),
        new Route("POST", MODEL + "/detect", Right.SCORE, this::detectPreview),
        new Route("GET", ROOT + "results/{resultId}", Right.SCORE, this::result),
        new Route("POST", MODEL + "/last/detect", Right.SCORE, this::detectLast));
  }

  private static void checkVersion(Call call) {
    if (!VERSIONS.contains(call.part("version"))) {
      throw new Problem(404, "Resource not found; there are " + VERSIONS);
    }
  }

  private static boolean preview(Call call) {
    return !call.part("version").equals("v1.1");
  }

  private static UUID id(Call call, String name, Supplier<AzureException> missing) {
    try {
      return UUID.fromString(call.part(name));
    } catch (IllegalArgumentException e) {
      throw missing.get();
    }
  }

  private static UUID model(Call call) {
    checkVersion(call);
    return id(call, "modelId", AzureModels::noModel);
  }

  private static byte[] body(Call call) {
    call.type("application/json");
    return call.body().bytes(call.limits().body());
  }

  private static String root(Call call) {
    return call.address() + "/anomalydetector/" + call.part("version") + "/multivariate/";
  }

  private Reply create(Call call) {
    checkVersion(call);
    TrainingInfo info = TrainingInfo.parse(reader.multivariate(body(call)));
    KeptModel made = models.create(info, call.caller().who());
    return Reply.json(201, json -> AzureJson.model(json, made))
        .header("Location", root(call) + "models/" + made.id());
  }

  private Reply list(Call call) {
    checkVersion(call);
    int skip = paging(call, "skip", 0, 0);
    int top = paging(call, "top", USUAL, 1);
    List<KeptModel> all = models.all();
    List<KeptModel> page = all.stream().skip(skip).limit(top).toList();
    boolean more = all.size() > (long) skip + page.size() && !page.isEmpty();
    long variables = page.stream().mapToLong(model -> 2L + model.variables().size()).sum();
    call.body().holdInTurn(VARIABLE_BYTES * variables, call.limits().time());
    String next = root(call) + "models?skip=" + ((long) skip + page.size()) + "&top=" + top;
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "models", page, preview(call) ? AzureJson::snapshot : AzureJson::model);
          json.writeNumberProperty("currentCount", all.size());
          json.writeNumberProperty("maxCount", models.most());
          if (more) {
            json.writeStringProperty("nextLink", next);
          }
          json.writeEndObject();
        });
  }

  /** The number in the query {@code name}, as v1.1 or as the previews write it. */
  private static int paging(Call call, String name, int otherwise, int least) {
    String text = call.query(name);
    text = text == null ? call.query("$" + name) : text;
    try {
      int number = text == null ? otherwise : Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As a number out of range.
    }
    throw new AzureException(
        400, "InvalidRequestParameterError", "Invalid values for $skip or $top.");
  }

  private Reply get(Call call) {
    KeptModel model = models.find(model(call));
    return Reply.json(json -> AzureJson.model(json, model));
  }

  private Reply delete(Call call) {
    models.delete(model(call), call.caller().who());
    return Reply.nothing();
  }

  private Reply detect(Call call) {
    KeptResult begun = begun(call);
    return Reply.json(202, json -> AzureJson.result(json, begun))
        .header("operation-id", begun.id().toString())
        .header("operation-location", root(call) + "detect-batch/" + begun.id());
  }

  private Reply detectPreview(Call call) {
    KeptResult begun = begun(call);
    return Reply.json(201, json -> AzureJson.result(json, begun))
        .header("Location", root(call) + "results/" + begun.id());
  }

  private KeptResult begun(Call call) {
    UUID model = model(call);
    return models.detect(model, DetectionInfo.parse(reader.multivariate(body(call))));
  }

  private Reply result(Call call) {
    checkVersion(call);
    UUID id = id(call, "resultId", AzureModels::noResult);
    // It may be large, and is held whole until a slow client has taken it.
    call.body().holdInTurn(RESULT_BYTES * models.resultBytes(id), call.limits().time());
    KeptResult result = models.result(id);
    return Reply.json(json -> AzureJson.result(json, result));
  }

  private Reply detectLast(Call call) {
    UUID model = models.find(model(call)).id();
    byte[] body = body(call);
    return gate.pass(
        () -> {
          Map<String, @Nullable Object> fields = reader.last(body);
          Detected detected =
              models.detectLast(
                  model, variables(fields), points(fields), DetectionInfo.contributors(fields));
          return Reply.json(json -> AzureJson.last(json, detected));
        });
  }

  @SuppressWarnings("unchecked") // read by VariableReader
  private static List<MultivariateVariable> variables(Map<String, @Nullable Object> fields) {
    Object variables = fields.get("variables");
    if (variables == null) {
      throw new AzureException(
          400, "NoVariablesFound", "The 'variables' field is required in the request.");
    }
    return (List<MultivariateVariable>) variables;
  }

  /** How many points the previews want judged; 0 where nothing is said. */
  private static int points(Map<String, @Nullable Object> fields) {
    Object points = fields.get("detectingPoints");
    if (points == null) {
      return 0;
    }
    if (points instanceof Integer number && number >= 1 && number <= 10) {
      return number;
    }
    throw new AzureException(
        400,
        "InvalidRequestParameterError",
        "The 'detectingPoints' field must be an integer between 1 and 10.");
  }
}
