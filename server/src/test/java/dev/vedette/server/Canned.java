package dev.vedette.server;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers of the API for the tests of the dashboard, shaped as in openapi.yaml. */
final class Canned {
  private Canned() {}

  static final String ID = "payments:card 4711:900";
  static final String ID_IN_PATH = "alerts/payments%3Acard%204711%3A900";

  static String pipelines(boolean paused) {
    return """
        {"pipelines":[{"name":"payments","paused":%b,"queued":3,"learnsFromLabels":false,"status":{"version":"1.17","events":1204331,
        "flagged":1204,"duplicates":12,"late":41,"watermark":"2026-11-22T08:15:00.250Z","keys":5012,
        "archivedKeys":0,"bytes":31000000,"bound":52428800,"threshold":3.02,"agreement":0.93,"drift":0.12,
        "detectors":[
        {"detector":"half-space-trees","weight":0.6,"fits":0,"bytes":2400000,"leftOut":null},
        {"detector":"zscore","weight":0.4,"fits":17,"bytes":64000,"leftOut":null},
        {"detector":"knn k=10","weight":0,"fits":0,"bytes":0,"leftOut":"not fitted yet"}]}}]}
        """
        .formatted(paused);
  }

  static String alerts(String... alerts) {
    return "{\"alerts\":[" + String.join(",", alerts) + "],\"next\":null}";
  }

  static String alert(String id, String group, double severity) {
    return String.format(
        Locale.ROOT,
        """
        {"id":"%s","pipeline":"payments","group":"%s","state":"opened","opened":"2026-11-22T08:15:00.250Z",
        "last":"2026-11-22T08:15:20.250Z","first":900,"worst":901,"count":2,"severity":%s,"causes":%s,
        "summary":"2 unusual payments"}
        """,
        id,
        group,
        severity,
        CAUSES);
  }

  private static final String CAUSES =
      """
      [{"feature":"ratio(amount, mean(amount, 30d))","value":18.2,"normal":1.0,"share":0.7,
      "text":"ratio(amount, mean(amount, 30d)) is 18.2, normally 1.0"},
      {"feature":"hour(at)","value":3.4,"normal":15,"share":0.2,"text":"hour(at) is 3.4, normally 15"}]""";

  static String detail(String id, String group) {
    String alert = alert(id, group, 94.2);
    return """
        {"alert":%s,"decision":{"number":901,"event":{"id":"e-77","key":"%s","at":"2026-11-22T08:15:20.250Z",
        "fields":{"amount":812.4,"merchant":"%s","online":false}},"handling":"judged","score":5.12,
        "pValue":0.00005,"severity":94.2,"flagged":true,"pLow":0.000022,"pHigh":0.00011,"threshold":3.02,
        "disagreement":8.1,"opinions":[
        {"detector":"half-space-trees","score":0.9,"pValue":0.0001,"strength":4.2,"leftOut":null},
        {"detector":"knn k=10","score":0,"pValue":1,"strength":0,"leftOut":"not fitted yet"}],
        "causes":%s,"version":"1.17"},"labels":[],"similar":[%s],"history":[%s]}
        """
        .formatted(alert, group, group, CAUSES, alert("other", group, 80), history());
  }

  private static String history() {
    return IntStream.rangeClosed(0, 40)
        .mapToObj(
            i ->
                """
                {"number":%d,"at":"2026-11-22T07:%02d:00.000Z","score":0.5,"severity":20,"flagged":%b,
                "fields":{"amount":%d}}"""
                    .formatted(861 + i, i, i == 40, i == 40 ? 812 : 30 + i % 7))
        .collect(Collectors.joining(","));
  }

  /** Thirty decisions, the newest first. */
  static String decisions() {
    return IntStream.range(0, 30)
        .mapToObj(
            i ->
                """
                {"number":%d,"event":{"id":"e-%d","key":"card 1","at":"2026-11-22T08:15:20.000Z",
                "fields":{}},"score":0.5,"severity":20,"flagged":false,"threshold":3.02}"""
                    .formatted(1_204_531 - i, i))
        .collect(Collectors.joining(",", "{\"decisions\":[", "],\"next\":null}"));
  }

  static String tick(int perSecond) {
    return """
        {"at":"2026-11-22T08:15:21.000Z","events":1204531,"perSecond":%d,"p50":1.1,"p95":3.2,"p99":7.9,
        "queued":3,"flagged":1204,"threshold":3.02,"low":0.1,"high":2.1,"paused":false,"keys":5012,
        "bytes":31000000,"bound":52428800,"agreement":0.93,"drift":0.12,
        "truth":{"precision":0.983,"recall":0.961,"truePositives":1131,"falsePositives":19,"missed":45}}
        """
        .formatted(perSecond);
  }

  static String score(double score, boolean flagged) {
    return String.format(
        Locale.ROOT,
        """
        {"at":"2026-11-22T08:15:21.000Z","number":902,"key":"card 4711","score":%s,"threshold":3.02,
        "severity":50,"flagged":%b}
        """,
        score,
        flagged);
  }

  /** A day's rhythm of 120 hours, the one before the last of them far out and flagged. */
  static String series() {
    var points = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      double expected = 50 + 20 * Math.sin(Math.PI * i / 12);
      boolean odd = i == 118;
      boolean known = i >= 20;
      points.append(
          """
          %s{"number":%d,"at":"2026-11-%02dT%02d:00:00.000Z","value":%s,"expected":%s,"lower":%s,"upper":%s,"flagged":%s}"""
              .formatted(
                  i == 0 ? "" : ",",
                  i + 1,
                  1 + i / 24,
                  i % 24,
                  odd ? 120 : expected + 2 * Math.sin(i * i),
                  known ? expected : null,
                  known ? expected - 5 : null,
                  known ? expected + 5 : null,
                  odd));
    }
    return """
        {"key":"pump 1","field":"pressure","keys":["pump 1","pump 2"],"fields":["flow","pressure"],"held":0.99,"points":[%s]}"""
        .formatted(points);
  }
}
