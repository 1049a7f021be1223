package dev.vedette.server.rest;

import dev.vedette.connect.store.Store;
import dev.vedette.server.azure.AzureModels;
import dev.vedette.server.azure.AzureSettings;
import dev.vedette.server.intake.Budget;
import dev.vedette.server.intake.Limits;
import dev.vedette.server.live.Live;
import dev.vedette.server.live.LivePipeline;
import dev.vedette.server.model.HostedModels;
import dev.vedette.server.security.Hosts;
import dev.vedette.server.security.Keys;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the REST interface stands on.
 *
 * @param live all pipelines; null until they are recovered
 * @param models those that are kept, and answer
 * @param openScoring whether models answer without a key
 * @param azure how the Azure-compatible service is set up
 * @param azureModels its multivariate models
 */
public record Parts(
    Supplier<@Nullable Live> live,
    Store store,
    Keys keys,
    Hosts hosts,
    PrometheusMeterRegistry meters,
    InstantSource clock,
    HostedModels models,
    boolean openScoring,
    Limits limits,
    Budget budget,
    AzureSettings azure,
    AzureModels azureModels) {
  /** All pipelines, once they are recovered. */
  Live pipelines() {
    Live now = live.get();
    if (now == null) {
      throw new Problem(503, "the pipelines are being recovered; try again in a moment");
    }
    return now;
  }

  /** Whether all that has to be recovered is. */
  boolean ready() {
    return live.get() != null;
  }

  /** The pipeline that {@code call} names in its path. */
  LivePipeline pipeline(Call call) {
    return pipeline(call.part("name"));
  }

  LivePipeline pipeline(String name) {
    Live all = pipelines();
    return all.find(name)
        .orElseThrow(
            () ->
                new Problem(
                    404,
                    "no pipeline "
                        + Texts.shown(name)
                        + "; there are "
                        + all.pipelines().stream().map(LivePipeline::name).sorted().toList()));
  }
}
