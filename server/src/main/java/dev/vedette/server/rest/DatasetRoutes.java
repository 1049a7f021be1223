package dev.vedette.server.rest;

import dev.vedette.server.azure.Uploads;
import dev.vedette.server.azure.Uploads.Upload;
import dev.vedette.server.security.Right;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Data for multivariate models that come by requests instead of from a storage elsewhere. */
final class DatasetRoutes {
  private final Uploads uploads;

  DatasetRoutes(Parts parts) {
    this.uploads = parts.azureModels().uploads();
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/v1/datasets", Right.ADMINISTER, this::list),
        new Route("PUT", "/v1/datasets/{name}", Right.ADMINISTER, this::upload),
        new Route("DELETE", "/v1/datasets/{name}", Right.ADMINISTER, this::delete));
  }

  private Reply list(Call call) {
    call.queries();
    List<Upload> all = uploads.all();
    return Reply.json(
        json -> {
          json.writeStartObject();
          Json.array(json, "datasets", all, DatasetRoutes::write);
          json.writeEndObject();
        });
  }

  private static void write(JsonGenerator json, Upload upload) {
    json.writeStartObject();
    json.writeStringProperty("name", upload.name());
    json.writeStringProperty("dataSource", "upload:" + upload.name());
    json.writeNumberProperty("bytes", upload.bytes());
    Json.time(json, "modified", upload.modified());
    json.writeEndObject();
  }

  private static String name(Call call) {
    String name = call.part("name");
    if (!Uploads.named(name)) {
      throw Problem.bad(
          "name",
          "write one of at most 64 letters, digits, '.', '_' and '-', the first a letter or digit");
    }
    return name;
  }

  private Reply upload(Call call) {
    String name = name(call);
    call.type("text/csv", "application/zip", "application/octet-stream");
    try {
      Path draft = uploads.draft();
      try {
        try (OutputStream out = Files.newOutputStream(draft)) {
          call.body().copyTo(out, uploads.most());
        }
        Upload kept = uploads.keep(name, draft);
        return Reply.json(201, json -> write(json, kept));
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply delete(Call call) {
    try {
      if (!uploads.delete(name(call))) {
        throw new Problem(404, "no data of that name are kept here");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.nothing();
  }
}
