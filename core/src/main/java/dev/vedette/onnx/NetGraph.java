package dev.vedette.onnx;

import dev.vedette.neural.Activation;
import dev.vedette.neural.Autoencoder;
import dev.vedette.neural.BiGan;
import dev.vedette.neural.DeepSvdd;
import dev.vedette.neural.Net;
import dev.vedette.neural.Standardizer;
import dev.vedette.neural.Vae;
import java.util.List;

/** Networks, in single precision as Vedette runs them; errors are measured in double. */
final class NetGraph {
  private NetGraph() {}

  static String autoencoder(Graph graph, Autoencoder.Fitted fitted, String rows) {
    String z = graph.standard(rows, fitted.standardizer().mean(), fitted.standardizer().unit());
    return error(graph, z, apply(graph, fitted.net(), seen(graph, z)), fitted.columns());
  }

  static String vae(Graph graph, Vae.Fitted fitted, String rows) {
    String z = graph.standard(rows, fitted.standardizer().mean(), fitted.standardizer().unit());
    String code = apply(graph, fitted.encoder(), seen(graph, z));
    int hidden = fitted.decoder().layers().getFirst().weights().length;
    String rebuilt = apply(graph, fitted.decoder(), graph.columns(code, 0, hidden));
    return error(graph, z, rebuilt, fitted.columns());
  }

  static String deepSvdd(Graph graph, DeepSvdd.Fitted fitted, String rows) {
    String z = graph.standard(rows, fitted.standardizer().mean(), fitted.standardizer().unit());
    String point = graph.cast(apply(graph, fitted.net(), seen(graph, z)), ElementType.DOUBLE);
    double[] center = new double[fitted.center().length];
    for (int o = 0; o < center.length; o++) {
      center[o] = fitted.center()[o];
    }
    String distance = graph.sumOfSquares(graph.op("Sub", point, graph.row(center)));
    String out = graph.op("Abs", graph.clip(z, Standardizer.FARTHEST));
    String beyond =
        graph.op(
            "Max", graph.op("Sub", out, graph.constant(Standardizer.BOUND)), graph.constant(0));
    return graph.op(
        "Add",
        graph.op("Div", distance, graph.constant(fitted.usual())),
        graph.sumOfSquares(beyond));
  }

  static String biGan(Graph graph, BiGan.Fitted fitted, String rows) {
    String z = graph.standard(rows, fitted.standardizer().mean(), fitted.standardizer().unit());
    String seen = seen(graph, z);
    String sum = graph.constant(0);
    for (BiGan.Member member : fitted.members()) {
      String code = apply(graph, member.encoder(), seen);
      String rebuilt = apply(graph, member.generator(), code);
      String pair = graph.op("Concat", List.of(Attribute.of("axis", 1)), seen, code);
      String logit = graph.sum(apply(graph, member.discriminator(), pair));
      String doubt =
          graph.op(
              "Mul",
              softplus(graph, graph.cast(logit, ElementType.DOUBLE)),
              graph.constant(fitted.detector().doubt()));
      sum = graph.op("Add", sum, error(graph, z, rebuilt, fitted.columns()));
      sum = graph.op("Add", sum, doubt);
    }
    return graph.op("Div", sum, graph.constant(fitted.members().size()));
  }

  /** ln(1 + eˣ), finite for every x. */
  private static String softplus(Graph graph, String x) {
    String small = graph.op("Exp", graph.op("Neg", graph.op("Abs", x)));
    return graph.op(
        "Add",
        graph.op("Max", x, graph.constant(0)),
        graph.op("Log", graph.op("Add", small, graph.constant(1))));
  }

  private static String seen(Graph graph, String z) {
    return graph.cast(graph.clip(z, Standardizer.BOUND), ElementType.FLOAT);
  }

  private static String error(Graph graph, String z, String rebuilt, int columns) {
    String errors =
        graph.op(
            "Sub", graph.clip(z, Standardizer.FARTHEST), graph.cast(rebuilt, ElementType.DOUBLE));
    return graph.op("Div", graph.sumOfSquares(errors), graph.constant(columns));
  }

  private static String apply(Graph graph, Net net, String in) {
    String flow = in;
    for (Net.Dense layer : net.layers()) {
      int inputs = layer.weights().length;
      int outputs = layer.biases().length;
      float[] weights = new float[Math.multiplyExact(inputs, outputs)];
      for (int i = 0; i < inputs; i++) {
        System.arraycopy(layer.weights()[i], 0, weights, i * outputs, outputs);
      }
      String sums =
          graph.op(
              "Gemm",
              flow,
              graph.constant(Tensor.of(weights, inputs, outputs)),
              graph.constant(Tensor.of(layer.biases(), outputs)));
      flow = activate(graph, layer.activation(), sums);
    }
    return flow;
  }

  private static String activate(Graph graph, Activation activation, String sums) {
    return switch (activation) {
      case IDENTITY -> sums;
      case RELU -> graph.op("Relu", sums);
      case LEAKY_RELU -> graph.op("LeakyRelu", List.of(Attribute.of("alpha", 0.1f)), sums);
      case SIGMOID -> graph.op("Sigmoid", sums);
      case TANH -> graph.op("Tanh", sums);
    };
  }
}
