package dev.vedette.connect.host;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OperatingSystem;

/**
 * The metrics of the machine this runs on, as events of a pipeline, read through OSHI on Linux,
 * Windows and macOS. Not thread-safe.
 *
 * <p>Each sample holds {@code id}, {@code host} (its name), {@code at} (ISO 8601, UTC) and, as
 * {@link Double}:
 *
 * <ul>
 *   <li>{@code cpu}, {@code cpu_user}, {@code cpu_system}: the share of all processors busy since
 *       the sample before, 0 to 1
 *   <li>{@code load1}: the mean number of runnable processes in the last minute
 *   <li>{@code memory_used}, {@code swap_used}: shares, 0 to 1
 *   <li>{@code disk_read}, {@code disk_write}, {@code network_in}, {@code network_out}: bytes a
 *       second, summed over disks or over network interfaces other than loopback and bridges
 *   <li>{@code disk_queue}: requests in flight, summed over disks
 *   <li>{@code processes}, {@code threads}: how many there are
 *   <li>{@code context_switches}: a second
 * </ul>
 *
 * <p>What is not known is absent: shares of processors and rates in the first sample, and what the
 * operating system does not tell. The first sample may take a tenth of a second. Samples should be
 * half a second apart or more: OSHI repeats what it read in the last 300 ms.
 */
public final class HostMetrics {
  private static final double SECOND = 1_000;

  /** Their bytes pass through another interface or disk as well, or never leave the memory. */
  private static final List<String> DOUBLES =
      List.of(
          "veth",
          "docker",
          "br-",
          "virbr",
          "ifb",
          "/dev/dm-",
          "/dev/loop",
          "/dev/zram",
          "/dev/ram",
          "/dev/md");

  private static final int SAMPLES_BETWEEN_LISTINGS = 60;

  private final CentralProcessor processor;
  private final GlobalMemory memory;
  private final OperatingSystem system;
  private final HardwareAbstractionLayer hardware;
  private final String host;
  private final Counters counters = new Counters();
  private List<NetworkIF> interfaces = List.of();
  private long[] ticks = {};
  private long last = Long.MIN_VALUE;
  private long samples;

  /** For this machine. */
  public HostMetrics() {
    var info = new SystemInfo();
    hardware = info.getHardware();
    processor = hardware.getProcessor();
    memory = hardware.getMemory();
    system = info.getOperatingSystem();
    host = system.getNetworkParams().getHostName();
  }

  /**
   * Reads everything once, in about 5 ms of processor time, most of it for the disks.
   *
   * @param nowMillis the time, in milliseconds since 1970-01-01T00:00Z; rates need it to grow
   */
  public Map<String, Object> sample(long nowMillis) {
    double seconds = last == Long.MIN_VALUE ? 0 : (nowMillis - last) / SECOND;
    last = nowMillis;
    counters.begin();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", host + "-" + nowMillis);
    fields.put("host", host);
    fields.put("at", Instant.ofEpochMilli(nowMillis).toString());
    addProcessor(fields);
    addMemory(fields);
    addDisks(fields, seconds);
    addNetwork(fields, seconds);
    fields.put("processes", (double) system.getProcessCount());
    fields.put("threads", (double) system.getThreadCount());
    double switches = (double) counters.growth("switches", processor.getContextSwitches());
    addRate(fields, "context_switches", switches, seconds);
    samples++;
    return fields;
  }

  private static void addRate(
      Map<String, Object> fields, String name, double growth, double seconds) {
    if (seconds > 0) {
      fields.put(name, growth / seconds);
    }
  }

  private void addProcessor(Map<String, Object> fields) {
    long[] now = processor.getSystemCpuLoadTicks();
    double all = 0;
    for (int i = 0; i < ticks.length; i++) {
      all += (double) Math.max(0, now[i] - ticks[i]);
    }
    if (all > 0) {
      double idle = grown(now, TickType.IDLE) + grown(now, TickType.IOWAIT);
      fields.put("cpu", (all - idle) / all);
      fields.put("cpu_user", (grown(now, TickType.USER) + grown(now, TickType.NICE)) / all);
      fields.put("cpu_system", grown(now, TickType.SYSTEM) / all);
    }
    ticks = now;
    double load = processor.getSystemLoadAverage(1)[0];
    if (load >= 0) {
      fields.put("load1", load);
    }
  }

  private double grown(long[] now, TickType type) {
    return (double) Math.max(0, now[type.getIndex()] - ticks[type.getIndex()]);
  }

  private void addMemory(Map<String, Object> fields) {
    double total = (double) memory.getTotal();
    fields.put("memory_used", Math.clamp(1 - memory.getAvailable() / total, 0, 1));
    VirtualMemory virtual = memory.getVirtualMemory();
    double swap = (double) virtual.getSwapTotal();
    fields.put("swap_used", swap > 0 ? Math.clamp(virtual.getSwapUsed() / swap, 0, 1) : 0.0);
  }

  private void addDisks(Map<String, Object> fields, double seconds) {
    double read = 0;
    double written = 0;
    double queue = 0;
    // Listing all disks costs as much as updating one of them.
    for (HWDiskStore disk : hardware.getDiskStores()) {
      if (counted(disk.getName())) {
        read += (double) counters.growth("read " + disk.getName(), disk.getReadBytes());
        written += (double) counters.growth("written " + disk.getName(), disk.getWriteBytes());
        queue += (double) disk.getCurrentQueueLength();
      }
    }
    addRate(fields, "disk_read", read, seconds);
    addRate(fields, "disk_write", written, seconds);
    fields.put("disk_queue", queue);
  }

  private void addNetwork(Map<String, Object> fields, double seconds) {
    if (samples % SAMPLES_BETWEEN_LISTINGS == 0) {
      interfaces =
          hardware.getNetworkIFs().stream().filter(link -> counted(link.getName())).toList();
    }
    double in = 0;
    double out = 0;
    for (NetworkIF link : interfaces) {
      if (link.updateAttributes()) {
        in += (double) counters.growth("in " + link.getName(), link.getBytesRecv());
        out += (double) counters.growth("out " + link.getName(), link.getBytesSent());
      }
    }
    addRate(fields, "network_in", in, seconds);
    addRate(fields, "network_out", out, seconds);
  }

  private static boolean counted(String name) {
    return DOUBLES.stream().noneMatch(name::startsWith);
  }
}
