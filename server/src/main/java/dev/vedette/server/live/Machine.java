package dev.vedette.server.live;

import dev.vedette.pipeline.Archive;
import dev.vedette.pipeline.Control;
import dev.vedette.pipeline.Crew;
import dev.vedette.pipeline.Event;
import dev.vedette.pipeline.Partition;
import dev.vedette.pipeline.Pipeline;
import dev.vedette.pipeline.Status;
import dev.vedette.pipeline.Step;
import java.util.List;

/** What a worker needs of a {@link Partition}, so that its tests choose what happens inside. */
interface Machine {
  List<Step> process(List<Event> events);

  void apply(Control control);

  List<Control> takeControls();

  long number();

  byte[] snapshot();

  Status status();

  /** Makes machines of pipeline files. */
  interface Maker {
    Pipeline parse(String yaml);

    long memory(Pipeline pipeline);

    Machine start(Pipeline pipeline, Crew crew, Archive archive);

    Machine resume(Pipeline pipeline, byte[] snapshot, Crew crew, Archive archive);
  }

  /** Makes partitions. */
  final class Partitions implements Maker {
    @Override
    public Pipeline parse(String yaml) {
      return Pipeline.parse(yaml);
    }

    @Override
    public long memory(Pipeline pipeline) {
      return pipeline.memory();
    }

    @Override
    public Machine start(Pipeline pipeline, Crew crew, Archive archive) {
      return new Of(Partition.start(pipeline, crew, archive));
    }

    @Override
    public Machine resume(Pipeline pipeline, byte[] snapshot, Crew crew, Archive archive) {
      return new Of(Partition.resume(pipeline, snapshot, crew, archive));
    }
  }

  /** A partition. */
  record Of(Partition partition) implements Machine {
    @Override
    public List<Step> process(List<Event> events) {
      return partition.process(events);
    }

    @Override
    public void apply(Control control) {
      partition.apply(control);
    }

    @Override
    public List<Control> takeControls() {
      return partition.takeControls();
    }

    @Override
    public long number() {
      return partition.number();
    }

    @Override
    public byte[] snapshot() {
      return partition.snapshot();
    }

    @Override
    public Status status() {
      return partition.status();
    }
  }
}
