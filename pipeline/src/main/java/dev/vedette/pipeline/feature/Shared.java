package dev.vedette.pipeline.feature;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** What is remembered over all keys. */
final class Shared {
  final Dictionary[] dictionaries;
  final Deviations[] deviations;
  final Means[] means;

  private final Plan plan;

  Shared(Plan plan) {
    this.plan = plan;
    dictionaries = new Dictionary[plan.dictionaries().size()];
    Arrays.setAll(dictionaries, i -> new Dictionary());
    deviations = new Deviations[plan.deviations().size()];
    Arrays.setAll(deviations, i -> new Deviations());
    means = new Means[plan.means().size()];
    Arrays.setAll(means, i -> new Means());
  }

  void learn(Moment moment) {
    for (int i = 0; i < dictionaries.length; i++) {
      dictionaries[i].learn(moment.value(plan.dictionaries().get(i)));
    }
    for (int i = 0; i < deviations.length; i++) {
      Plan.Deviation of = plan.deviations().get(i);
      deviations[i].learn(moment.number(of.number()), moment.summary(of.trace()));
    }
    for (int i = 0; i < means.length; i++) {
      Plan.Mean of = plan.means().get(i);
      means[i].learn(moment.number(of.number()), of.by() < 0 ? 0 : moment.value(of.by()));
    }
  }

  long bytes() {
    long bytes = 0;
    for (Means mean : means) {
      bytes += mean.bytes();
    }
    for (Dictionary dictionary : dictionaries) {
      bytes += dictionary.bytes();
    }
    return bytes + Deviations.BYTES * deviations.length;
  }

  void write(DataOutput out) throws IOException {
    for (Dictionary dictionary : dictionaries) {
      dictionary.write(out);
    }
    for (Deviations deviation : deviations) {
      deviation.write(out);
    }
    for (Means mean : means) {
      mean.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    for (int i = 0; i < dictionaries.length; i++) {
      dictionaries[i] = Dictionary.read(in);
    }
    for (Deviations deviation : deviations) {
      deviation.read(in);
    }
    for (int i = 0; i < means.length; i++) {
      means[i] = Means.read(in);
    }
  }
}
